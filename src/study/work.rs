//! Works through the units of a plan that are not done.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::cell::{PointError, simulate};
use super::plan::{StudyPlan, WorkUnit};
use super::shard::Shard;
use super::store::{Store, StoreError};
use super::unit::{PointShape, line};
use super::valid::Study;
use crate::ensemble::{Machine, Unwatched};

/// What a worker tells while it works.
pub trait Overseer: Sync {
    /// Whether to stop after the points at hand.
    fn stop(&self) -> bool;

    /// So many points are done, or were done before.
    fn points_done(&self, count: u64);
}

/// How far a worker came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Units that were there already.
    pub found: u64,
    /// Units that it finished.
    pub finished: u64,
    /// Units of its shard that are not done, because it was stopped.
    pub left: u64,
    /// Points that could not be simulated, of those that it simulated.
    pub failed: u64,
}

/// Why work ended.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A point, and no fault of its numbers.
    #[error(transparent)]
    Point(#[from] PointError),
    /// A point's line.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Does the units of a shard that are not done. Stopped, it finishes the points at hand and keeps them.
///
/// # Errors
/// When a unit cannot be written, or threads cannot be started: what was done before stays.
pub fn work(
    store: &Store,
    plan: &StudyPlan,
    study: &Study,
    shard: Shard,
    machine: Machine,
    overseer: &dyn Overseer,
) -> Result<WorkDone, WorkError> {
    store.sweep();
    let shape = PointShape::of(study);
    let mut done = WorkDone::default();
    for unit in plan.units(study).filter(|unit| shard.has(unit.index)) {
        if store.has(&unit) {
            done.found += 1;
            overseer.points_done(unit.points.end - unit.points.start);
        } else if overseer.stop() {
            done.left += 1;
        } else {
            let mut lines = store.part(&unit, &shape);
            let before = lines.len();
            overseer.points_done(before as u64);
            let (failed, worked) = points(study, &unit, &mut lines, machine, overseer);
            done.failed += failed;
            if lines.len() > before {
                store.put(&unit, &lines)?;
            }
            worked?;
            match lines.len() as u64 == unit.points.end - unit.points.start {
                true => done.finished += 1,
                false => done.left += 1,
            }
        }
    }
    Ok(done)
}

/// Computes a unit again: its lines by point.
///
/// # Errors
/// As [`work`].
pub fn recompute(
    study: &Study,
    unit: &WorkUnit,
    machine: Machine,
) -> Result<BTreeMap<u64, String>, WorkError> {
    struct NoOverseer;
    impl Overseer for NoOverseer {
        fn stop(&self) -> bool {
            false
        }
        fn points_done(&self, _: u64) {}
    }
    let mut lines = BTreeMap::new();
    points(study, unit, &mut lines, machine, &NoOverseer).1?;
    Ok(lines)
}

/// Simulates the points of a unit that have no line yet, several at a time where there are several, and counts those
/// that could not be.
fn points(
    study: &Study,
    unit: &WorkUnit,
    lines: &mut BTreeMap<u64, String>,
    machine: Machine,
    overseer: &dyn Overseer,
) -> (u64, Result<(), WorkError>) {
    let open: Vec<u64> = unit.points.clone().filter(|point| !lines.contains_key(point)).collect();
    let at_once = machine.threads.clamp(1, open.len().max(1));
    let each = Machine { threads: (machine.threads / at_once).max(1), ..machine };
    let next = AtomicUsize::new(0);
    let failed = AtomicU64::new(0);
    let found: Mutex<&mut BTreeMap<u64, String>> = Mutex::new(lines);
    let wrong: Mutex<Option<WorkError>> = Mutex::new(None);
    let one = |point: u64| -> Result<(), WorkError> {
        let result = simulate(study, point, each, &Unwatched)?;
        failed.fetch_add(u64::from(result.cells.is_err()), Ordering::Relaxed);
        let line = line(&result)?;
        found.lock().unwrap_or_else(PoisonError::into_inner).insert(point, line);
        overseer.points_done(1);
        Ok(())
    };
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(point) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if overseer.stop() {
                        break;
                    }
                    if let Err(error) = one(*point) {
                        next.store(open.len(), Ordering::Relaxed);
                        wrong.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    (failed.into_inner(), wrong.map_or(Ok(()), Err))
}
