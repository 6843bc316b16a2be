//! The quantile of a count with a small variance: its probabilities added up from 0.

use super::search::{self, UnimodalCounts};
use super::threshold::Threshold;

/// Where the sum from below has lost too many digits of the upper tail: above this, 2^-8 of the draws, the tail
/// itself is summed instead.
const CEILING: f64 = 1.0 - 1.0 / 256.0;

/// The steps taken between two looks at whether the sum has arrived: a look that goes either way costs more
/// than eight steps.
const STRIDE: usize = 8;

/// `1 / k` for k from 1 to 96, which spares the walk a division a step.
///
/// No walk is longer: with a variance below 6 and p at most 1/2 the mean is below 12, and the probability of a
/// count 84 above it is below 6 / (6 + 84^2) (Cantelli's inequality), less than 2^-8.
const RECIPROCALS: [[f64; STRIDE]; 12] = {
    let mut table = [[0.0; STRIDE]; 12];
    let mut k = 0;
    while k < 96 {
        table[k / STRIDE][k % STRIDE] = 1.0 / (k + 1) as f64;
        k += 1;
    }
    table
};

/// The variance from which the expansion of [`super::cornish_fisher`] takes over.
pub(super) const LARGEST_VARIANCE: f64 = 6.0;

/// The smallest count whose distribution function reaches the threshold.
///
/// `at_zero` is the probability of 0, and `rate(k)` is the probability of `k` over that of `k - 1`, times `k`.
#[inline]
pub(super) fn quantile(
    counts: &impl UnimodalCounts,
    threshold: Threshold,
    at_zero: f64,
    rate: impl Fn(f64) -> f64,
) -> u64 {
    let (_, most) = counts.support();
    let target = threshold.lower.min(CEILING);
    // The answer is the number of sums below the target. Past the largest possible count the rate has passed
    // through 0, and the sum stays.
    let mut k = 0;
    let mut count = 0.0;
    let mut term = at_zero;
    let mut sum = at_zero;
    for reciprocals in &RECIPROCALS {
        for reciprocal in reciprocals {
            k += u64::from(sum < target);
            count += 1.0;
            term *= rate(count) * reciprocal;
            sum += term;
        }
        if sum >= target {
            break;
        }
    }
    let k = k.min(most);
    if threshold.lower <= CEILING { k } else { search::upwards(counts, threshold, k) }
}
