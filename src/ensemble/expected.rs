//! Several worlds in expected mode: one history of fractional people, without noise.

use super::block::{Luck, Recorded, Worker};
use super::compare::PairTrace;
use super::comparison::Comparison;
use super::error::SimulateError;
use super::mode::Mode;
use super::plan::Plan;
use super::side_by_side::{prepare, summaries, summary};
use super::summary::Summary;
use super::tally::Trace;
use super::track::Track;
use super::watch::Watch;
use crate::engine::chance::Expected;
use crate::engine::{Drawn, Program};

/// Runs several worlds with fractional people and no noise: what each says, and how they differ from that at index `against`.
///
/// # Errors
/// When stopped, when the one history does not balance or grows beyond what is counted, and when worlds have other steps
/// or dates than the one they are compared with.
pub fn expect_side_by_side(
    tracks: &[Track<'_>],
    against: usize,
    watch: &dyn Watch,
) -> Result<(Vec<Summary>, Vec<Comparison>), SimulateError> {
    let (worlds, pairings) = prepare(tracks, against, Plan::new)?;
    let mut traces: Vec<Trace> = worlds.iter().map(|world| Trace::new(&world.table)).collect();
    let mut pairs: Vec<PairTrace> = pairings.iter().map(PairTrace::new).collect();
    let luck = Luck { chance: &Expected, draw: |program: &Program| -> Drawn { program.expect() }, first: 0 };
    Worker::new(&worlds, !pairings.is_empty()).run(1, &luck, watch, &mut traces, |boundary, rows| {
        for (pairing, sink) in pairings.iter().zip(&mut pairs) {
            pairing.compare(boundary, rows, &[0.0], sink);
        }
    })?;
    let comparisons = pairings.iter().zip(&pairs);
    Ok((
        summaries(&worlds, 1, Mode::Expected, &traces),
        comparisons.map(|(pairing, trace)| pairing.comparison(&worlds, Mode::Expected, trace)).collect(),
    ))
}

/// Runs the first `steps` steps of a world with fractional people and no noise. Nothing is said of outcomes, unless these are all steps.
///
/// # Errors
/// As [`expect_side_by_side`].
pub fn expect_first(track: Track<'_>, steps: u32, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    let worlds = [Recorded::until(track, Plan::new(track.program), steps.min(track.program.steps()))];
    let mut traces = [Trace::new(&worlds[0].table)];
    let luck = Luck { chance: &Expected, draw: Program::expect, first: 0 };
    Worker::new(&worlds, false).run(1, &luck, watch, &mut traces, |_, _| {})?;
    Ok(summary(&worlds[0], 1, Mode::Expected, &traces[0]))
}
