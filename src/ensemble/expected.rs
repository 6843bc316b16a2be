//! Several variants in expected mode: one replicate of fractional people, without noise.

use super::block::{Randomness, RecordedVariant, Worker};
use super::compare::PairTrace;
use super::comparison::Comparison;
use super::error::SimulateError;
use super::mode::Mode;
use super::plan::SeriesPlan;
use super::side_by_side::{prepare, summaries, summary};
use super::summary::Summary;
use super::tally::Trace;
use super::track::Track;
use super::watch::Watch;
use crate::engine::chance::Expected;
use crate::engine::{Drawn, Program};

/// Runs several variants with fractional people and no noise: what each says, and how they differ from that at index `against`.
///
/// # Errors
/// When stopped, when the one replicate does not balance or grows beyond what is counted, and when variants have other steps
/// or dates than the one they are compared with.
pub fn expect_side_by_side(
    tracks: &[Track],
    against: usize,
    watch: &dyn Watch,
) -> Result<(Vec<Summary>, Vec<Comparison>), SimulateError> {
    let (variants, pairings) = prepare(tracks, against, SeriesPlan::new)?;
    let mut traces: Vec<Trace> = variants.iter().map(|variant| Trace::new(&variant.table)).collect();
    let mut pairs: Vec<PairTrace> = pairings.iter().map(PairTrace::new).collect();
    let randomness =
        Randomness { chance: &Expected, draw: |program: &Program| -> Drawn { program.expect() }, first: 0 };
    Worker::new(&variants, !pairings.is_empty()).run(
        1,
        &randomness,
        watch,
        &mut traces,
        |boundary, rows| {
            for (pairing, sink) in pairings.iter().zip(&mut pairs) {
                pairing.compare(boundary, rows, &[0.0], sink);
            }
        },
    )?;
    let comparisons = pairings.iter().zip(&pairs);
    Ok((
        summaries(&variants, 1, Mode::Expected, &traces),
        comparisons.map(|(pairing, trace)| pairing.comparison(&variants, Mode::Expected, trace)).collect(),
    ))
}

/// Runs the first `steps` steps of a variant with fractional people and no noise. Nothing is said of outcomes, unless these are all steps.
///
/// # Errors
/// As [`expect_side_by_side`].
pub fn expect_first(track: Track, steps: u32, watch: &dyn Watch) -> Result<Summary, SimulateError> {
    let (plan, steps) = (SeriesPlan::new(&track.program), steps.min(track.program.steps()));
    let variants = [RecordedVariant::until(track, plan, steps)];
    let mut traces = [Trace::new(&variants[0].table)];
    let randomness = Randomness { chance: &Expected, draw: Program::expect, first: 0 };
    Worker::new(&variants, false).run(1, &randomness, watch, &mut traces, |_, _| {})?;
    Ok(summary(&variants[0], 1, Mode::Expected, &traces[0]))
}
