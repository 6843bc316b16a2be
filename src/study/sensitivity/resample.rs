//! Standard errors by resampling.
//!
//! Two things make an index uncertain. Which points the design happens to have: a bootstrap over its independent units tells
//! (Efron 1979; for Sobol indices Archer, Saltelli and Sobol 1997). And the random numbers that rows share: all rows have the same
//! replicates, so no resampling of rows sees it, but leaving out one batch after the other does (the jackknife of groups).
//! The variances of both are added. Randomness that rows do not share is in both, so a standard error is too large rather than too
//! small, by a factor of up to 1.4 where nearly all is such noise. Points of a Sobol sequence or a hypercube are more even than the independent ones that a
//! bootstrap thinks of, which makes it larger still.

use rayon::prelude::*;

use super::estimate::Estimate;
use super::measured::MeasuredOutcome;
use super::moments::{TermColumns, UnitTerms};
use crate::random::{Keys, Site};
use crate::study::chance::below;

/// How resamples are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// The seed: the same gives the same standard errors, on every machine and any number of threads.
    pub seed: u64,
    /// How many resamples: of 500, a standard error is known to 3 %.
    pub resamples: usize,
}

impl Default for Resampling {
    fn default() -> Self {
        Resampling { seed: 1, resamples: 500 }
    }
}

/// The indices with their standard errors, and the columns that they come from.
///
/// An index that is not finite comes with an error of 0.
pub fn estimates(
    terms: &dyn UnitTerms,
    measured: &MeasuredOutcome<'_>,
    resampling: Resampling,
) -> (Vec<Estimate>, TermColumns) {
    let values = measured.values();
    let centre = values.iter().sum::<f64>() / values.len() as f64;
    let columns = TermColumns::new(terms, measured, centre);
    let all = vec![1; terms.units()];
    let indices = terms.indices(&columns.moments(&all));
    let of_rows = bootstrap(terms, &columns, resampling);
    let of_chance = leaving_out_batches(terms, measured, centre, &columns);
    let estimates = indices.iter().enumerate().map(|(index, value)| {
        // Without batches there is nothing to leave out.
        let variance = of_rows[index] + of_chance.get(index).copied().unwrap_or(0.0);
        Estimate { value: *value, standard_error: if value.is_finite() { variance.sqrt() } else { 0.0 } }
    });
    (estimates.collect(), columns)
}

/// The variance of each index over resamples of the units.
fn bootstrap(terms: &dyn UnitTerms, columns: &TermColumns, resampling: Resampling) -> Vec<f64> {
    let units = terms.units();
    let keys = Keys { seed: resampling.seed };
    let samples: Vec<Vec<f64>> = (0..resampling.resamples as u64)
        .into_par_iter()
        .map_init(
            || vec![0u32; units],
            |weights, resample| {
                weights.fill(0);
                let mut stream = keys.stream(resample, Site::of(&["study", "bootstrap"]));
                for _ in 0..units {
                    weights[below(&mut stream, units)] += 1;
                }
                terms.indices(&columns.moments(weights))
            },
        )
        .collect();
    spread(&samples, |count| 1.0 / (count - 1.0))
}

/// The variance that leaving out one batch after the other shows: (B - 1) / B x the sum of squares.
fn leaving_out_batches(
    terms: &dyn UnitTerms,
    measured: &MeasuredOutcome<'_>,
    centre: f64,
    columns: &TermColumns,
) -> Vec<f64> {
    let batches = measured.batches();
    let all = vec![1; terms.units()];
    let samples: Vec<Vec<f64>> = (0..batches)
        .map(|batch| {
            let values = measured.without(batch);
            let mut others = TermColumns::new(terms, &MeasuredOutcome::trusted(&values), centre);
            // The noise of one batch less is so much larger.
            others.take_noise_of(columns, batches as f64 / (batches as f64 - 1.0));
            terms.indices(&others.moments(&all))
        })
        .collect();
    spread(&samples, |count| (count - 1.0) / count)
}

/// The sum of squares of each index about its mean, times a factor of their number; samples without an index do not count.
fn spread(samples: &[Vec<f64>], factor: impl Fn(f64) -> f64) -> Vec<f64> {
    let indices = samples.first().map_or(0, Vec::len);
    (0..indices)
        .map(|index| {
            let finite: Vec<f64> =
                samples.iter().map(|sample| sample[index]).filter(|value| value.is_finite()).collect();
            let count = finite.len() as f64;
            if count < 2.0 {
                return 0.0;
            }
            let mean = finite.iter().sum::<f64>() / count;
            finite.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() * factor(count)
        })
        .collect()
}
