//! The quantile of a count with a small variance: its probabilities added up from 0.

use super::search::{self, Counts};
use super::threshold::Threshold;

/// Where the sum from below has lost too many digits of the upper tail: above this, 2^-8 of the draws, the tail
/// itself is summed instead.
const CEILING: f64 = 1.0 - 1.0 / 256.0;

/// `1 / k` for the first counts, which spares the walk a division a step. The walk is for variances below
/// [`LARGEST_VARIANCE`] and all but never goes beyond the table.
const RECIPROCALS: [f64; 64] = {
    let mut table = [0.0; 64];
    let mut k = 1;
    while k < 64 {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};

/// The variance from which the expansion of [`super::cornish_fisher`] takes over.
pub(super) const LARGEST_VARIANCE: f64 = 12.0;

/// The smallest count whose distribution function reaches the threshold.
///
/// `at_zero` is the probability of 0, and `rate(k)` is the probability of `k` over that of `k - 1`, times `k`.
#[inline]
pub(super) fn quantile(
    counts: &impl Counts,
    threshold: Threshold,
    at_zero: f64,
    rate: impl Fn(f64) -> f64,
) -> u64 {
    let (_, most) = counts.support();
    let target = threshold.lower.min(CEILING);
    let mut k = 0;
    let mut count = 0.0;
    let mut term = at_zero;
    let mut sum = at_zero;
    while sum < target && k < most {
        k += 1;
        count += 1.0;
        let reciprocal = RECIPROCALS.get(k as usize).copied().unwrap_or_else(|| 1.0 / count);
        term *= rate(count) * reciprocal;
        sum += term;
    }
    if threshold.lower <= CEILING { k } else { search::upwards(counts, threshold, k) }
}
