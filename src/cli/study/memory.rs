//! What working on a study takes of memory.

use crate::cli::failure::Failure;
use crate::cli::memory::{Bytes, Limit, guard, programs};
use crate::engine::Program;
use crate::ensemble::memory::{Forecast, MemoryEstimate, MemoryPart};
use crate::ensemble::{Machine, Track};
use crate::study::Study;
use crate::study::cell::models;

/// What is kept of a factor's value and of an outcome in a column of a merge: the mean, its errors, parts of the replicates, what a variant
/// changes; and as much again for the analyses.
const COLUMN: u64 = 8;
const COLUMNS_AN_OUTCOME: u64 = 2 * 14;

/// Refuses work on a study that would take more than it may: points that are simulated at the same time.
///
/// # Errors
/// With the largest parts and what to leave out.
pub fn fits(study: &Study, threads: usize, memory: Option<Bytes>) -> Result<(), Failure> {
    let limit = Limit::of(memory);
    let at_once = (threads as u64).clamp(1, study.points().max(1));
    // A point that makes no scenario takes nothing: the first is as good as any.
    let Ok(models) = models(study, &study.values(0)) else { return Ok(()) };
    let models: Vec<_> = models.iter().collect();
    let kept = study.keep.series;
    let plan = |program: &Program| kept.plan(program);
    let programs = programs(limit, "a point of this study", &models, &plan, false)?;
    let named = programs.iter().enumerate();
    let tracks: Vec<Track> =
        named.map(|(variant, program)| Track::new(study.variant_name(variant), program)).collect();
    let machine = Machine::from((threads / at_once as usize).max(1));
    let Ok(forecast) = Forecast::new(&tracks, 0, study.seed, machine, Some(study.replicates), plan) else {
        return Ok(());
    };
    guard(limit, "this study", &forecast.in_rounds(true).times(at_once))
}

/// The same of merging it: what is kept of all points is read together.
///
/// # Errors
/// As [`fits`].
pub fn can_be_merged(study: &Study, memory: Option<Bytes>) -> Result<(), Failure> {
    let factors = study.factors.len() as u64;
    let outcomes = (study.variant_count() * study.keep.outcomes.len()) as u64;
    let numbers = factors.saturating_add(outcomes.saturating_mul(COLUMNS_AN_OUTCOME));
    let columns = MemoryPart {
        what: format!(
            "{} points with {factors} factors, and {outcomes} outcomes in all variants",
            study.points()
        ),
        bytes: study.points().saturating_mul(numbers).saturating_mul(COLUMN),
        less: "fewer points, or fewer outcomes in [keep]",
    };
    Limit::of(memory).refuse("merging this study", &MemoryEstimate { parts: vec![columns] })
}
