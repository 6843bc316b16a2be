//! How precise an answer is to be, and whether it is: replicates are added until standard errors are as small as asked for.
//!
//! How many are added follows from the tallies alone, so that the answer is the same on any number of threads. The rule is
//! that of sequential stopping (Chow and Robbins 1965): with at least [`FEWEST`] replicates before the first look its bias is
//! far below the standard errors it stops at.

use super::attribution::ExplainedSubject;
use super::block::{BLOCK, RecordedVariant};
use super::comparison::ALL_HELD;
use super::error::SimulateError;
pub use super::reached::{Reached, Tolerance, Verdict};
use super::scale::SeriesScale;
use super::side_by_side::Ensemble;
use super::tally::Statistics;
use super::watch::Watch;

/// Standard errors of fewer replicates are not relied on.
pub const FEWEST: u64 = 256;

/// At each look at most so many times as many replicates as there are.
const FASTEST: u64 = 4;

/// A little more than what seems to be needed, so that the next look is mostly the last.
const SPARE: f64 = 1.05;

/// A precision that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionTarget {
    /// Of what a variant changes: its name. `None`: of the number itself, in every variant.
    pub variant: Option<String>,
    /// Which number.
    pub what: ExplainedSubject,
    /// How precise.
    pub tolerance: Tolerance,
}

/// Adds replicates from the first on, at least `start` of them, until every target is met or there are `at_most`; and says what
/// was reached, target by target.
///
/// # Errors
/// Those of [`Ensemble::add`].
pub fn until_precise(
    ensemble: &mut Ensemble,
    targets: &[PrecisionTarget],
    start: u64,
    at_most: u64,
    watch: &dyn Watch,
) -> Result<Vec<Reached>, SimulateError> {
    let mut next = start.max(FEWEST).min(at_most);
    loop {
        watch.steps_planned(ensemble.steps(next));
        ensemble.add(ensemble.replicates()..next, watch)?;
        let looks: Vec<(Reached, f64)> = targets.iter().flat_map(|target| looks(ensemble, target)).collect();
        let open = looks.iter().filter(|(reached, _)| reached.verdict == Verdict::Limit);
        let times = open.map(|(_, times)| *times).fold(0.0, f64::max);
        if times == 0.0 || next >= at_most {
            return Ok(looks.into_iter().map(|(reached, _)| reached).collect());
        }
        let wanted = (next as f64 * times * SPARE).min(1e18) as u64;
        let wanted = wanted.clamp(next + BLOCK, next.saturating_mul(FASTEST).max(next + BLOCK));
        next = wanted.next_multiple_of(BLOCK).min(at_most);
    }
}

/// A number as it stands.
struct CurrentEstimate {
    /// Its mean over the replicates that have it, and how many these are.
    mean: f64,
    replicates: u64,
    mc_se: f64,
    scale: SeriesScale,
}

/// What became of a target so far, and how many times as many replicates it seems to need (0: no more).
fn looks(ensemble: &Ensemble, target: &PrecisionTarget) -> Vec<(Reached, f64)> {
    let variants = ensemble.variants.iter().enumerate().filter(|(_, variant)| match &target.variant {
        Some(name) => variant.track.name == *name,
        None => true,
    });
    let look = |(index, variant): (usize, &RecordedVariant)| {
        let difference = target.variant.is_some();
        let standing = if difference {
            of_difference(ensemble, index, &target.what)
        } else {
            of_variant(ensemble, index, &target.what)
        };
        let (verdict, times) =
            standing.as_ref().map_or((Verdict::Unattainable, 0.0), |it| it.look(target.tolerance));
        let reached = Reached {
            variant: variant.track.name.clone(),
            difference,
            what: target.what.clone(),
            tolerance: target.tolerance,
            mean: standing.as_ref().map(|standing| standing.mean),
            mc_se: standing.as_ref().map(|standing| standing.mc_se),
            replicates: ensemble.replicates(),
            verdict,
        };
        (reached, times)
    };
    variants.map(look).collect()
}

impl CurrentEstimate {
    /// Of a yes or no the standard error is not 0 where it was the same in all replicates so far: as many again may have one
    /// that differs (Laplace's rule of succession).
    fn new(mean: f64, replicates: u64, mc_se: f64, scale: SeriesScale) -> CurrentEstimate {
        let n = replicates as f64;
        let rare = 1.0 / (n + 2.0);
        let least = (rare * (1.0 - rare) / n).sqrt();
        CurrentEstimate {
            mean,
            replicates,
            mc_se: if scale == SeriesScale::YesNo { mc_se.max(least) } else { mc_se },
            scale,
        }
    }

    fn look(&self, tolerance: Tolerance) -> (Verdict, f64) {
        let wanted = match tolerance {
            Tolerance::Absolute(size) => size,
            Tolerance::Relative(part) => part * self.mean.abs(),
        };
        if self.mc_se <= wanted && self.replicates > 1 {
            return (Verdict::Met, 0.0);
        }
        // A part of nothing: of what never happens nobody knows how rare it is.
        if self.scale == SeriesScale::YesNo && self.mean == 0.0 && matches!(tolerance, Tolerance::Relative(_))
        {
            return (Verdict::Unattainable, 0.0);
        }
        let times = (self.mc_se / wanted) * (self.mc_se / wanted);
        (Verdict::Limit, if times.is_nan() { FASTEST as f64 } else { times.max(1.0) })
    }
}

fn of_variant(ensemble: &Ensemble, variant: usize, what: &ExplainedSubject) -> Option<CurrentEstimate> {
    let (recorded, tally) = (&ensemble.variants[variant], &ensemble.tallies.variants[variant]);
    let series = match what {
        ExplainedSubject::HeldAtEnd => recorded.table.everybody_held(),
        ExplainedSubject::Outcome(name) => recorded.table.outcome(recorded.outcome_named(name)?),
    };
    let (scale, end) = (recorded.table[series].scale, recorded.table.slots_of(series).last()?);
    let stat = tally.stat(end)?;
    let calendar = &recorded.track.program.model().calendar;
    let times = if scale == SeriesScale::Date { calendar.step_years() * 12.0 } else { 1.0 };
    let spread = stat.spread?;
    Some(CurrentEstimate::new(stat.mean * times, spread.replicates, spread.mc_se * times, scale))
}

fn of_difference(ensemble: &Ensemble, variant: usize, what: &ExplainedSubject) -> Option<CurrentEstimate> {
    let index = ensemble.pairings.iter().position(|pairing| pairing.variant == variant)?;
    let (pairing, tally) = (&ensemble.pairings[index], &ensemble.tallies.pairs[index]);
    let recorded = &ensemble.variants[variant];
    let (difference, scale) = match what {
        ExplainedSubject::HeldAtEnd => (pairing.people_at_end(ALL_HELD, tally)?, SeriesScale::Count),
        ExplainedSubject::Outcome(name) => {
            let index = recorded.outcome_named(name)?;
            (pairing.outcome(&ensemble.variants, index, tally)?, recorded.plan.outcomes[index].scale)
        }
    };
    let spread = difference.spread?;
    Some(CurrentEstimate::new(difference.mean, spread.pairs, spread.mc_se, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_is_not_pursued() {
        let relative = Tolerance::Relative(0.01);
        let look =
            |mean, mc_se, scale, tolerance| CurrentEstimate::new(mean, 1000, mc_se, scale).look(tolerance);
        assert_eq!(look(100.0, 0.5, SeriesScale::Count, relative), (Verdict::Met, 0.0));
        assert_eq!(look(100.0, 2.0, SeriesScale::Count, relative), (Verdict::Limit, 4.0));
        // 0 in every replicate: as precise as it will be.
        assert_eq!(look(0.0, 0.0, SeriesScale::Count, relative), (Verdict::Met, 0.0));
        // A mean of 0 that varies is pursued, as fast as may be.
        assert_eq!(look(0.0, 0.1, SeriesScale::Count, relative).0, Verdict::Limit);
        // Never true so far: its part means nothing, but an absolute precision does.
        assert_eq!(look(0.0, 0.0, SeriesScale::YesNo, relative), (Verdict::Unattainable, 0.0));
        assert_eq!(look(0.0, 0.0, SeriesScale::YesNo, Tolerance::Absolute(0.01)).0, Verdict::Met);
        assert_eq!(look(0.0, 0.0, SeriesScale::YesNo, Tolerance::Absolute(0.0001)).0, Verdict::Limit);
    }
}
