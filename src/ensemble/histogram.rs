//! A mergeable tally of one measure: exact sums, and counts of its values.

use super::distribution::{AT_ONCE, ValueDistribution};
use super::moments::{Moments, Total};
use super::reference::Reference;
use super::summary::{Spread, Stat};
use crate::random::lanes::{InstructionLevel, levels};

/// The squares of so many values below this add up to less than 2^64.
const SMALL: u64 = 1 << 28;

/// Whole numbers from here on are refused: sums of their squares might not fit.
pub(super) const LARGEST_WHOLE: f64 = (1u64 << 50) as f64;

/// What some values are together.
struct Survey {
    least: u64,
    most: u64,
    sum: u64,
    /// Of the squares of their lower 32 bits.
    squares: u64,
}

levels! {
    /// Surveys values, and finds the lower 32 bits of each.
    fn survey(values: &[f64], lower: &mut [u32]) -> Survey = survey_in, survey_in
}

/// All by whole numbers, which may be added up and compared in any order, a vector at a time.
#[inline(always)]
fn survey_in(values: &[f64], lower: &mut [u32]) -> Survey {
    let (mut least, mut most, mut sum, mut squares) = (i64::MAX, 0, 0, 0);
    for (value, lower) in values.iter().zip(lower) {
        let value = if *value > 0.0 { *value } else { 0.0 };
        // Added to 2^52, a whole number stands in the lowest bits.
        let whole = (value + 4_503_599_627_370_496.0).to_bits() & ((1 << 52) - 1);
        *lower = whole as u32;
        least = if (whole as i64) < least { whole as i64 } else { least };
        most = if (whole as i64) > most { whole as i64 } else { most };
        sum += whole;
        // Wraps only where values are large, whose squares are added up elsewhere.
        squares = u64::wrapping_add(squares, (whole & 0xFFFF_FFFF) * (whole & 0xFFFF_FFFF));
    }
    Survey { least: least as u64, most: most as u64, sum, squares }
}

/// The tally of one measure over replicates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    moments: Moments,
    distribution: ValueDistribution,
}

impl Histogram {
    /// Counts some values, at most [`AT_ONCE`]: whole numbers below 2^50; any below 0 count as 0.
    pub fn add(&mut self, level: InstructionLevel, values: &[f64]) {
        if values.is_empty() {
            return;
        }
        let mut lower = [0; AT_ONCE];
        let lower = &mut lower[..values.len()];
        let Survey { least, most, sum, squares } = level.survey(values, lower);
        let squares = match most < SMALL {
            true => u128::from(squares),
            // Squares of large values do not fit in one word.
            false => values.iter().map(|value| *value as u128 * *value as u128).sum::<u128>(),
        };
        self.moments.add_whole(i128::from(sum), squares);
        self.distribution.add_whole(level, values, lower, (least as f64, most as f64));
    }

    /// Counts some values, at most [`AT_ONCE`]: any finite numbers.
    pub fn add_real(&mut self, level: InstructionLevel, values: &[f64]) {
        self.moments.add_real(values.iter().copied());
        self.distribution.add_real(level, values);
    }

    /// Adds the tally of other replicates.
    pub fn merge(&mut self, other: &Histogram) {
        self.moments.merge(&other.moments);
        self.distribution.merge(&other.distribution);
    }

    /// Whether there are too many different values to count every one: then they are to be counted around a reference.
    pub fn is_crowded(&self) -> bool {
        self.distribution.is_crowded()
    }

    /// Counts in bins from now on.
    pub fn count_around(&mut self, reference: Reference) {
        self.distribution.count_around(reference);
    }

    /// How many values were counted, and their sum.
    pub fn total(&self) -> (u64, Total) {
        (self.distribution.count(), self.moments.total())
    }

    /// The statistics of what was counted; `None` where nothing was.
    pub fn stat(&self) -> Option<Stat> {
        self.stat_among(self.distribution.count())
    }

    /// The same with the quantiles among `total` values, of which those not counted are larger than any.
    pub fn stat_among(&self, total: u64) -> Option<Stat> {
        let replicates = self.distribution.count();
        if replicates == 0 {
            return None;
        }
        let (least, most) = self.distribution.ends();
        let sd = self.moments.variance(replicates).sqrt();
        let spread = Spread {
            replicates,
            sd,
            mc_se: sd / (replicates as f64).sqrt(),
            quantiles: self.distribution.quantiles_among(total),
        };
        Some(Stat { mean: self.moments.mean(replicates).clamp(least, most), spread: Some(spread) })
    }

    /// The continuous ranked probability score of a value; `None` where nothing was counted.
    pub fn crps(&self, value: f64) -> Option<f64> {
        self.distribution.crps(value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::summary::QUANTILES;
    use super::*;
    use proptest::prelude::*;

    /// Replicates of a pilot.
    const PILOT: usize = 16;

    fn tally(values: &[f64], whole: bool, pilot: &[f64]) -> Histogram {
        let mut histogram = Histogram::default();
        for some in values.chunks(64) {
            match whole {
                true => histogram.add(InstructionLevel::best(), some),
                false => histogram.add_real(InstructionLevel::best(), some),
            }
            settle(&mut histogram, whole, pilot);
        }
        histogram
    }

    fn settle(histogram: &mut Histogram, whole: bool, pilot: &[f64]) {
        if histogram.is_crowded() {
            histogram.count_around(Reference::of(pilot, whole).or_scale(1.0));
        }
    }

    /// The same measures from the sorted values.
    fn reference(values: &[f64]) -> (f64, f64, [f64; 5]) {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len() as f64;
        let centre = sorted[0];
        let mean = centre + sorted.iter().map(|v| v - centre).sum::<f64>() / n;
        let variance = sorted.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
        let quantile = |p: f64| sorted[((p * n - 1e-6).ceil() as usize).max(1) - 1];
        (mean, variance.sqrt(), QUANTILES.map(quantile))
    }

    /// Samples of many shapes: level and spread, what part is elsewhere, and how heavy the tails are.
    fn sample() -> impl Strategy<Value = (Vec<f64>, bool)> {
        let level = prop_oneof![Just(0.0), Just(1e6), Just(1e12), Just(-4e5), -100.0..100.0];
        let spread = prop_oneof![Just(0.0), Just(1.0), Just(140.0), Just(3e4), Just(1e-3)];
        let tail = prop_oneof![Just(0.0), 0.3..3.0];
        let elsewhere = prop_oneof![Just(0.0), Just(0.03), Just(0.3), Just(0.94)];
        let size = prop_oneof![2usize..200, 700usize..4000];
        (level, spread, tail, elsewhere, -1e6..1e6, size, any::<bool>(), any::<u64>()).prop_map(
            |(level, spread, tail, part, other, size, whole, seed)| {
                let mut state = seed | 1;
                let mut uniform = || {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    (state >> 11) as f64 / (1u64 << 53) as f64
                };
                let values = (0..size).map(|_| {
                    let normal = (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
                    let stretched = if tail > 0.0 { libm::exp(tail * normal) } else { normal };
                    let value = if uniform() < part { other } else { level + spread * stretched };
                    if whole { value.round().clamp(0.0, 1e15) } else { value }
                });
                (values.collect(), whole)
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn as_from_the_sorted_values((values, whole) in sample()) {
            let (mean, sd, quantiles) = reference(&values);
            let histogram = tally(&values, whole, &values[..PILOT.min(values.len())]);
            let stat = histogram.stat().unwrap();
            let spread = stat.spread.unwrap();
            let size = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
            // Values closer together than this part of themselves are what rounding makes of one.
            prop_assume!(whole || sd == 0.0 || sd > 1e-12 * size);
            prop_assert!((stat.mean - mean).abs() <= 1e-12 * size, "{} {}", stat.mean, mean);
            prop_assert!((spread.sd - sd).abs() <= 1e-9 * sd + 1e-15 * size, "{} {}", spread.sd, sd);
            let most = 0.01 * (quantiles[4] - quantiles[0]);
            for (found, exact) in spread.quantiles.iter().zip(quantiles) {
                prop_assert!((found - exact).abs() <= most, "{} for {}, at most {}", found, exact, most);
                prop_assert!(values.len() > 512 || *found == exact);
            }
        }

        #[test]
        fn order_and_splits_change_nothing((values, whole) in sample(), at in 0.0..1.0) {
            let pilot = values[..PILOT.min(values.len())].to_vec();
            let (left, right) = values.split_at((at * values.len() as f64) as usize);
            let known = tally(&values, whole, &pilot).stat();
            for (one, other) in [(left, right), (right, left)] {
                let mut merged = tally(one, whole, &pilot);
                merged.merge(&tally(other, whole, &pilot));
                settle(&mut merged, whole, &pilot);
                prop_assert_eq!(format!("{:?}", merged.stat()), format!("{:?}", known));
            }
        }

        #[test]
        fn units_change_nothing((values, whole) in sample(), power in -9i32..10) {
            prop_assume!(!whole);
            // Where the spread is next to nothing for the size, floats in another unit are other numbers.
            let mut pilot = values[..PILOT.min(values.len())].to_vec();
            pilot.sort_unstable_by(f64::total_cmp);
            let spreads = pilot.windows(pilot.len() / 2 + 1).map(|some| some[some.len() - 1] - some[0]);
            let spread = spreads.fold(f64::INFINITY, f64::min);
            prop_assume!(spread == 0.0 || spread > 1e-5 * pilot[0].abs().max(pilot[pilot.len() - 1].abs()));
            let times = libm::pow(10.0, f64::from(power));
            let scaled: Vec<f64> = values.iter().map(|value| value * times).collect();
            let of = |values: &[f64]| {
                let mut tally = Histogram::default();
                values.chunks(64).for_each(|some| tally.add_real(InstructionLevel::best(), some));
                if tally.is_crowded() {
                    let scale = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
                    tally.count_around(Reference::of(&values[..PILOT], false).or_scale(scale));
                }
                tally.stat().unwrap()
            };
            let (one, other) = (of(&values), of(&scaled));
            let size = values.iter().fold(0.0, |most: f64, value| most.max(value.abs())) * times;
            let near = |one: f64, other: f64| (one * times - other).abs() <= 1e-9 * other.abs() + 1e-14 * size;
            prop_assert!(near(one.mean, other.mean));
            let (one, other) = (one.spread.unwrap(), other.spread.unwrap());
            prop_assert!(near(one.sd, other.sd));
            for (one, other) in one.quantiles.iter().zip(other.quantiles) {
                prop_assert!(near(*one, other), "{} {}", one * times, other);
            }
        }

        #[test]
        fn every_level_finds_the_same(values in prop::collection::vec(prop_oneof![0u64..5000, 0u64..1 << 50], 1..AT_ONCE)) {
            let floats: Vec<f64> = values.iter().map(|value| *value as f64).collect();
            for level in InstructionLevel::all() {
                let mut lower = vec![0; values.len()];
                let survey = level.survey(&floats, &mut lower);
                prop_assert_eq!(lower, values.iter().map(|value| *value as u32).collect::<Vec<_>>());
                prop_assert_eq!(survey.least, *values.iter().min().unwrap());
                prop_assert_eq!(survey.most, *values.iter().max().unwrap());
                prop_assert_eq!(survey.sum, values.iter().sum::<u64>());
            }
        }

        #[test]
        fn the_score_is_that_of_all_pairs((values, whole) in sample(), value in -1e6..1e6f64) {
            prop_assume!(values.len() < 200);
            let n = values.len() as f64;
            let from_value = values.iter().map(|one| (one - value).abs()).sum::<f64>() / n;
            let apart = values.iter().flat_map(|one| values.iter().map(move |other| (one - other).abs())).sum::<f64>();
            let known = from_value - apart / 2.0 / n / n;
            let found = tally(&values, whole, &values).crps(value).unwrap();
            prop_assert!((found - known).abs() <= 1e-12 * (1.0 + from_value), "{} for {}", found, known);
        }
    }

    #[test]
    fn a_count_that_never_varies_is_exact() {
        let stat = tally(&[25_000.0; 7], true, &[]).stat().unwrap();
        assert_eq!(stat.spread.unwrap().quantiles, [25_000.0; 5]);
    }
}
