//! The slow exact quantile of a unimodal count: probabilities, tail sums, a walk.

use super::threshold::Threshold;

/// A distribution on consecutive integers whose probabilities rise to a mode and then fall.
pub(super) trait UnimodalCounts {
    /// The smallest and the largest possible count.
    fn support(&self) -> (u64, u64);
    /// A count near the middle: below it the lower tail is summed, from it on the upper tail.
    fn middle(&self) -> u64;
    /// The probability of `k`, to about 1e-14 relative.
    fn probability(&self, k: u64) -> f64;
    /// The probability of `k + 1` over that of `k`.
    fn ratio_up(&self, k: u64) -> f64;
    /// The probability of `k - 1` over that of `k`.
    fn ratio_down(&self, k: u64) -> f64;
}

/// The smallest count whose distribution function reaches the threshold, looking from `start`.
///
/// The answer does not depend on `start`, which only has to be near it for speed.
#[cold]
#[inline(never)]
pub(super) fn quantile(counts: &impl UnimodalCounts, threshold: Threshold, start: u64) -> u64 {
    let (least, most) = counts.support();
    let mut k = start.clamp(least, most);
    if reaches(counts, k, threshold) {
        while k > least && reaches(counts, k - 1, threshold) {
            k -= 1;
        }
        k
    } else {
        upwards(counts, threshold, k + 1)
    }
}

/// As [`quantile`], sooner where `start` is near: one tail is summed once, and followed count by count. A threshold that is met
/// too nearly to tell is left to the search.
#[inline(never)]
pub(super) fn near(counts: &impl UnimodalCounts, threshold: Threshold, start: u64) -> u64 {
    let (least, most) = counts.support();
    let start = start.clamp(least, most);
    let lower = start < counts.middle();
    // What is compared grows with the count: P(X <= k) with u, or less P(X > k) with less 1 - u.
    let probability = counts.probability(start);
    let (first, wanted) = if lower {
        (probability * tail_below(counts, start), threshold.lower)
    } else {
        (-probability * (tail_above(counts, start) - 1.0), -threshold.upper)
    };
    // Sums and differences of a few probabilities are wrong by far less than this of the largest.
    let margin = 1e-11 * (first.abs() + probability);
    let (mut k, mut term, mut sum) = (start, probability, first);
    let mut clear = (sum - wanted).abs() > margin;
    if sum >= wanted {
        while clear && k > least && sum - term >= wanted {
            sum -= term;
            term *= counts.ratio_down(k);
            k -= 1;
        }
        clear &= (sum - wanted).abs() > margin;
        clear &= k == least || (sum - term - wanted).abs() > margin;
    } else {
        while clear && k < most && sum < wanted {
            term *= counts.ratio_up(k);
            sum += term;
            k += 1;
            clear = (sum - wanted).abs() > margin;
        }
    }
    if clear { k } else { quantile(counts, threshold, k) }
}

/// The smallest count from `start` on whose distribution function reaches the threshold.
#[cold]
#[inline(never)]
pub(super) fn upwards(counts: &impl UnimodalCounts, threshold: Threshold, start: u64) -> u64 {
    let (_, most) = counts.support();
    let mut k = start;
    while k < most && !reaches(counts, k, threshold) {
        k += 1;
    }
    k
}

/// As [`quantile`], where `start` may be far off: looks ever further from it, then in the middle of what is left.
#[cold]
#[inline(never)]
pub(super) fn far(counts: &impl UnimodalCounts, threshold: Threshold, start: u64) -> u64 {
    let (least, most) = counts.support();
    let start = start.clamp(least, most);
    let mut stride = 1;
    // `low` does not reach the threshold, or is one below the least; `high` does, or is the most.
    let (mut low, mut high);
    if reaches(counts, start, threshold) {
        high = start;
        loop {
            if high - least < stride {
                low = None;
                break;
            }
            let next = high - stride;
            if !reaches(counts, next, threshold) {
                low = Some(next);
                break;
            }
            high = next;
            stride *= 2;
        }
    } else {
        let mut below = start;
        loop {
            high = below.saturating_add(stride).min(most);
            if high == most || reaches(counts, high, threshold) {
                break;
            }
            below = high;
            stride = stride.saturating_mul(2);
        }
        low = Some(below);
    }
    loop {
        let first = low.map_or(least, |low| low + 1);
        if first >= high {
            return high;
        }
        let middle = first + (high - first) / 2;
        if reaches(counts, middle, threshold) {
            high = middle;
        } else {
            low = Some(middle);
        }
    }
}

/// Which tail is compared depends on `k` alone, never on the threshold: so the answers for growing thresholds
/// can only grow, whatever the rounding.
fn reaches(counts: &impl UnimodalCounts, k: u64, threshold: Threshold) -> bool {
    if k < counts.middle() {
        lower_tail(counts, k) >= threshold.lower
    } else {
        k >= counts.support().1 || upper_tail(counts, k + 1) <= threshold.upper
    }
}

/// A term this small beside the sum ends it: what follows is at most some standard deviations times as much.
const NEGLIGIBLE: f64 = 1e-21;

/// The probability of `k` or less.
fn lower_tail(counts: &impl UnimodalCounts, k: u64) -> f64 {
    tail_below(counts, k) * counts.probability(k)
}

/// The same over the probability of `k`.
fn tail_below(counts: &impl UnimodalCounts, k: u64) -> f64 {
    let (least, _) = counts.support();
    let mut term = 1.0;
    let mut sum = 1.0;
    for j in (least + 1..=k).rev() {
        term *= counts.ratio_down(j);
        sum += term;
        if term <= sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}

/// The probability of `k` or more.
fn upper_tail(counts: &impl UnimodalCounts, k: u64) -> f64 {
    tail_above(counts, k) * counts.probability(k)
}

/// The same over the probability of `k`.
fn tail_above(counts: &impl UnimodalCounts, k: u64) -> f64 {
    let (_, most) = counts.support();
    let mut term = 1.0;
    let mut sum = 1.0;
    for j in k..most {
        term *= counts.ratio_up(j);
        sum += term;
        if term <= sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}
