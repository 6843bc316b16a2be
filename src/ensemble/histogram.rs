//! A mergeable tally of one measure: exact sums, and counts in fixed bins.
//!
//! Bins depend on nothing but the value, so tallies of different histories merge by addition, in any order and any
//! split, to the same bytes. Below [`EXACT_BELOW`] every whole number has a bin of its own and quantiles are exact;
//! above, a bin is at most 1/1024 of its value wide and its middle is reported: a relative error of at most 1/2048.

use super::bins::Bins;
use super::summary::{QUANTILES, Spread, Stat};
use crate::random::lanes::{Level, levels};

/// Values below this have bins of their own.
pub const EXACT_BELOW: u64 = 2048;

/// 1024 bins for each doubling above.
pub(super) const BITS: u32 = 10;

/// So many values are counted at once.
pub const AT_ONCE: usize = 256;

/// The squares of so many values below this add up to less than 2^64.
const SMALL: u64 = 1 << 28;

/// What some values are together.
struct Survey {
    least: u64,
    most: u64,
    sum: u64,
    /// Of the squares of their lower 32 bits.
    squares: u64,
}

levels! {
    /// Surveys values, and finds the bin of each.
    fn survey(values: &[f64], bins: &mut [u32]) -> Survey = survey_in, survey_in
}

/// All by whole numbers, which may be added up and compared in any order, a vector at a time.
#[inline(always)]
fn survey_in(values: &[f64], bins: &mut [u32]) -> Survey {
    let (mut least, mut most, mut sum, mut squares) = (i64::MAX, 0, 0, 0);
    for (value, bin) in values.iter().zip(bins) {
        let value = if *value > 0.0 { *value } else { 0.0 };
        // Added to 2^52, a whole number stands in the lowest bits.
        let whole = (value + 4_503_599_627_370_496.0).to_bits() & ((1 << 52) - 1);
        // The exponent of a float and the first ten bits behind it are what `bin` makes of the leading bits and their shift.
        let large = ((value.to_bits() >> (52 - BITS)) as u32).wrapping_sub((1022 + BITS) << BITS);
        *bin = if whole < EXACT_BELOW { whole as u32 } else { large };
        least = if (whole as i64) < least { whole as i64 } else { least };
        most = if (whole as i64) > most { whole as i64 } else { most };
        sum += whole;
        // Wraps only where values are large, whose squares are added up elsewhere.
        squares = u64::wrapping_add(squares, (whole & 0xFFFF_FFFF) * (whole & 0xFFFF_FFFF));
    }
    Survey { least: least as u64, most: most as u64, sum, squares }
}

/// The tally of one measure over histories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    count: u64,
    sum: u128,
    squares: u128,
    /// The smallest and the largest value; quantiles are kept between them, so that a count that never varies is exact.
    least: u64,
    most: u64,
    bins: Bins,
}

/// The bin of a value.
#[inline]
pub(super) fn bin(value: u64) -> u32 {
    if value < EXACT_BELOW {
        return value as u32;
    }
    // The leading 11 bits of the value, and how many follow.
    let shift = 63 - value.leading_zeros() - BITS;
    (shift << BITS) + (value >> shift) as u32
}

/// The value that a bin reports: its own below [`EXACT_BELOW`], else the whole number in the middle of the bin.
pub(super) fn middle(bin: u32) -> f64 {
    if u64::from(bin) < EXACT_BELOW {
        return f64::from(bin);
    }
    let shift = (bin >> BITS) - 1;
    let lowest = u64::from((bin & ((1 << BITS) - 1)) + (1 << BITS)) << shift;
    (lowest + (1u64 << shift) / 2) as f64
}

impl Histogram {
    /// Counts some values, at most [`AT_ONCE`]: whole numbers below 2^52; any below 0 count as 0.
    pub fn add(&mut self, level: Level, values: &[f64]) {
        if values.is_empty() {
            return;
        }
        let mut bins = [0; AT_ONCE];
        let bins = &mut bins[..values.len()];
        let Survey { least, most, sum, squares } = level.survey(values, bins);
        self.least = if self.count == 0 { least } else { self.least.min(least) };
        self.most = self.most.max(most);
        self.count += values.len() as u64;
        self.sum += u128::from(sum);
        self.squares += match most < SMALL {
            true => u128::from(squares),
            // Squares of large values do not fit in one word.
            false => values.iter().map(|value| *value as u128 * *value as u128).sum::<u128>(),
        };
        self.bins.count(level, (bin(least), bin(most)), self.count, bins);
    }

    /// Adds the tally of other histories.
    pub fn merge(&mut self, other: &Histogram) {
        if other.count > 0 {
            self.least = if self.count == 0 { other.least } else { self.least.min(other.least) };
            self.most = self.most.max(other.most);
        }
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        if other.count > 0 {
            self.bins.add((bin(other.least), bin(other.most)), self.count, other.bins.iter());
        }
    }

    /// How many values were counted, and their sum.
    pub fn total(&self) -> (u64, u128) {
        (self.count, self.sum)
    }

    /// The statistics of what was counted, each value divided by `scale`; `None` where nothing was.
    pub fn stat(&self, scale: f64) -> Option<Stat> {
        if self.count == 0 {
            return None;
        }
        let n = self.count as f64;
        let mean = self.sum as f64 / n / scale;
        let sd = (self.variance()).sqrt() / scale;
        let spread = Spread {
            histories: self.count,
            sd,
            mc_se: sd / n.sqrt(),
            quantiles: self.quantiles().map(|q| q / scale),
        };
        Some(Stat { mean, spread: Some(spread) })
    }

    /// The variance with n - 1 in the denominator; not a number of a single value, which tells of none. The sum of squared deviations is exact in
    /// integers up to the last, fractional part.
    fn variance(&self) -> f64 {
        if self.count < 2 {
            return f64::NAN;
        }
        let n = u128::from(self.count);
        let (whole, rest) = (self.sum / n, self.sum % n);
        // squares - sum^2 / n, with sum = whole n + rest
        let integers = self.squares - whole * whole * n - 2 * whole * rest;
        let deviations = integers as f64 - rest as f64 * (rest as f64 / n as f64);
        deviations.max(0.0) / (n - 1) as f64
    }

    /// For each of [`QUANTILES`] the smallest value that at least this share of the values does not exceed.
    fn quantiles(&self) -> [f64; 5] {
        self.quantiles_among(self.count)
    }

    /// The same among `total` values, of which those not counted are larger than any: not a number where there are not
    /// so many.
    pub fn quantiles_among(&self, total: u64) -> [f64; 5] {
        let mut answer = [0.0; 5];
        let mut bins = self.bins.iter();
        let mut passed = 0;
        let mut at = bin(self.least);
        for (quantile, probability) in answer.iter_mut().zip(QUANTILES) {
            // The product is off by less than the tolerance; a share like 0.05 x 20 must need exactly one value.
            let needed = ((probability * total as f64 - 1e-6).ceil() as u64).max(1);
            if needed > self.count {
                *quantile = f64::NAN;
                continue;
            }
            while passed < needed {
                let Some((bin, count)) = bins.next() else { break };
                passed += u64::from(count);
                at = bin;
            }
            *quantile = middle(at).clamp(self.least as f64, self.most as f64);
        }
        answer
    }

    /// The continuous ranked probability score of a value: the mean distance of what was counted from it, less half the
    /// mean distance of what was counted from each other. `None` where nothing was.
    pub fn crps(&self, value: f64) -> Option<f64> {
        if self.count == 0 {
            return None;
        }
        let n = self.count as f64;
        let (mut from_value, mut from_each_other, mut below) = (0.0, 0.0, 0.0);
        for (bin, count) in self.bins.iter() {
            let (count, at) = (f64::from(count), middle(bin).clamp(self.least as f64, self.most as f64));
            from_value += count * (at - value).abs();
            // Each is further up than those below it and further down than those above it.
            from_each_other += count * at * (2.0 * below + count - n);
            below += count;
        }
        Some(from_value / n - from_each_other / (n * n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(values: &[u64]) -> Histogram {
        let mut histogram = Histogram::default();
        let values: Vec<f64> = values.iter().map(|value| *value as f64).collect();
        values.chunks(AT_ONCE).for_each(|some| histogram.add(Level::best(), some));
        histogram
    }

    /// The same measures from the sorted values.
    fn reference(values: &[u64]) -> (f64, f64, [f64; 5]) {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let n = sorted.len() as f64;
        let mean = sorted.iter().map(|v| *v as f64).sum::<f64>() / n;
        let variance = sorted.iter().map(|v| (*v as f64 - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let quantile = |p: f64| sorted[((p * n - 1e-6).ceil() as usize).max(1) - 1] as f64;
        (mean, variance.sqrt(), QUANTILES.map(quantile))
    }

    proptest! {
        #[test]
        fn small_counts_are_exact(values in prop::collection::vec(0u64..EXACT_BELOW, 1..300)) {
            let (mean, sd, quantiles) = reference(&values);
            let stat = tally(&values).stat(1.0).unwrap();
            let spread = stat.spread.unwrap();
            prop_assert!((stat.mean - mean).abs() < 1e-9 * (1.0 + mean));
            // One value tells of no spread.
            prop_assert!((spread.sd - sd).abs() < 1e-6 * (1.0 + sd) || (values.len() == 1 && spread.sd.is_nan()));
            prop_assert_eq!(spread.quantiles, quantiles);
        }

        #[test]
        fn large_counts_are_within_a_thousandth(values in prop::collection::vec(0u64..1_000_000_000_000, 1..300)) {
            let quantiles = tally(&values).stat(1.0).unwrap().spread.unwrap().quantiles;
            for (found, exact) in quantiles.iter().zip(reference(&values).2) {
                prop_assert!((found - exact).abs() <= exact / 2048.0, "{} for {}", found, exact);
            }
        }

        #[test]
        fn merging_is_adding(left in prop::collection::vec(0u64..100_000, 0..80), right in prop::collection::vec(0u64..100_000, 0..80)) {
            let mut merged = tally(&left);
            merged.merge(&tally(&right));
            let mut reversed = tally(&right);
            reversed.merge(&tally(&left));
            let whole = tally(&[left, right].concat());
            prop_assert_eq!(merged.stat(1.0), whole.stat(1.0));
            prop_assert_eq!(reversed.stat(1.0), whole.stat(1.0));
        }
    }

    proptest! {
        #[test]
        fn every_level_finds_the_same(values in prop::collection::vec(prop_oneof![0u64..5000, 0u64..1 << 50], 1..AT_ONCE)) {
            let floats: Vec<f64> = values.iter().map(|value| *value as f64).collect();
            for level in Level::all() {
                let mut bins = vec![0; values.len()];
                let survey = level.survey(&floats, &mut bins);
                prop_assert_eq!(bins, values.iter().map(|value| bin(*value)).collect::<Vec<_>>());
                prop_assert_eq!(survey.least, *values.iter().min().unwrap());
                prop_assert_eq!(survey.most, *values.iter().max().unwrap());
                prop_assert_eq!(survey.sum, values.iter().sum::<u64>());
            }
        }
    }

    #[test]
    fn bins_are_in_order_and_tight() {
        let mut last = bin(0);
        for value in
            (1..20_000u64).chain((15..63).flat_map(|bits| [(1 << bits) - 1, 1 << bits, (1 << bits) + 1]))
        {
            let next = bin(value);
            assert!(next >= last, "{value}");
            assert!((middle(next) - value as f64).abs() <= value as f64 / 2048.0, "{value}");
            last = next;
        }
    }

    #[test]
    fn a_count_that_never_varies_is_exact() {
        let stat = tally(&[25_000; 7]).stat(1.0).unwrap();
        assert_eq!(stat.spread.unwrap().quantiles, [25_000.0; 5]);
    }

    #[test]
    fn a_large_mean_leaves_the_variance_its_digits() {
        let values: Vec<u64> = (0..1000).map(|k| 1_000_000_000 + k % 2).collect();
        let spread = tally(&values).stat(1.0).unwrap().spread.unwrap();
        assert!((spread.sd - (1000.0 / 999.0f64).sqrt() / 2.0).abs() < 1e-12);
    }
}
