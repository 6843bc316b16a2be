//! Simulates many replicates of one program.

use std::sync::Arc;

use std::ops::Range;

use super::answer::BASELINE;
use super::error::SimulateError;
use super::expected::expect_side_by_side;
use super::machine::Machine;
use super::side_by_side::Ensemble;
use super::summary::Summary;
use super::track::Track;
use super::watch::{Unwatched, Watch};
use crate::engine::Program;

/// Simulates the replicates `replicates` with `seed` on a `machine`, which may be a number of threads (0: as many as
/// there are), and summarises them. The answer does not depend on the machine.
///
/// # Errors
/// When stopped, when a replicate does not balance or grows beyond what is counted, or when threads cannot be started.
pub fn simulate(
    program: &Arc<Program>,
    seed: u64,
    replicates: Range<u64>,
    machine: impl Into<Machine>,
    watch: &dyn Watch,
) -> Result<Summary, SimulateError> {
    let mut ensemble = Ensemble::new(&[alone(program)], 0, seed, machine)?;
    ensemble.add(replicates, watch)?;
    only(ensemble.summaries())
}

/// Runs the same program with fractional people and no noise.
///
/// # Errors
/// When the one replicate does not balance or grows beyond what is counted.
pub fn expect(program: &Arc<Program>) -> Result<Summary, SimulateError> {
    expect_watched(program, &Unwatched)
}

/// The same, watched.
///
/// # Errors
/// As [`expect`], and when stopped.
pub fn expect_watched(program: &Arc<Program>, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    expect_side_by_side(&[alone(program)], 0, watch).and_then(|(summaries, _)| only(summaries))
}

fn alone(program: &Arc<Program>) -> Track {
    Track::new(BASELINE, program)
}

fn only(summaries: Vec<Summary>) -> Result<Summary, SimulateError> {
    summaries.into_iter().next().ok_or(SimulateError::NoReplicates)
}
