//! A mergeable tally of one number in two variants, over pairs of replicates that use common random numbers.
//!
//! Sums are exact and counts merge by addition, as in the tallies of one variant: [`moments`](super::moments) and
//! [`distribution`](super::distribution), of the number in each variant and of the difference.

use super::comparison::{Difference, PairedSpread};
use super::distribution::{AT_ONCE, ValueDistribution};
use super::moments::Moments;
use super::pair_survey::SMALL;
use super::reference::Reference;
use super::scale::SeriesScale;
use crate::random::lanes::InstructionLevel;

/// Real numbers that differ by less than this part of their size are the same: what rounding left.
const ROUNDING: f64 = 1e-13;

/// The tally of one number in two variants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paired {
    /// Of the replicates in which both variants have the number, those in which the variant has less or more.
    lower: u64,
    higher: u64,
    /// Replicates in which only one of the two has it, and in which neither has.
    only_variant: u64,
    only_against: u64,
    neither: u64,
    variant: Moments,
    against: Moments,
    difference: Moments,
    differences: ValueDistribution,
}

/// The differences of some pairs; of real numbers those that rounding left are 0.
pub fn apart(scale: SeriesScale, variant: f64, against: f64) -> f64 {
    let apart = variant - against;
    let equal = !scale.is_whole() && apart.abs() <= ROUNDING * variant.abs().max(against.abs());
    if equal { 0.0 } else { apart }
}

impl Paired {
    /// Counts some replicates, at most [`AT_ONCE`]: the number of each in the variant and in the one that it is compared with, finite or not a
    /// number where there is none. Whole ones are from 0 to below 2^50.
    pub fn add(&mut self, level: InstructionLevel, scale: SeriesScale, variant: &[f64], against: &[f64]) {
        // Of a sum that is a number both are.
        if variant.iter().zip(against).all(|(variant, against)| !(variant + against).is_nan()) {
            return self.add_pairs(level, scale, variant, against);
        }
        let (mut here, mut there) = ([0.0; AT_ONCE], [0.0; AT_ONCE]);
        let mut pairs = 0;
        for (variant, against) in variant.iter().zip(against) {
            match (variant.is_nan(), against.is_nan()) {
                (false, false) => {
                    (here[pairs], there[pairs]) = (*variant, *against);
                    pairs += 1;
                }
                (false, true) => self.only_variant += 1,
                (true, false) => self.only_against += 1,
                (true, true) => self.neither += 1,
            }
        }
        self.add_pairs(level, scale, &here[..pairs], &there[..pairs]);
    }

    /// The same of replicates that have the number in both variants.
    fn add_pairs(&mut self, level: InstructionLevel, scale: SeriesScale, variant: &[f64], against: &[f64]) {
        if variant.is_empty() {
            return;
        }
        let mut between = [0.0; AT_ONCE];
        let between = &mut between[..variant.len()];
        if scale.is_whole() {
            self.add_whole(level, variant, against, between);
        } else {
            for (between, (variant, against)) in between.iter_mut().zip(variant.iter().zip(against)) {
                *between = apart(scale, *variant, *against);
                self.lower += u64::from(*between < 0.0);
                self.higher += u64::from(*between > 0.0);
            }
            self.variant.add_real(variant.iter().copied());
            self.against.add_real(against.iter().copied());
            self.difference.add_real(between.iter().copied());
            self.differences.add_real(level, between);
        }
    }

    fn add_whole(&mut self, level: InstructionLevel, variant: &[f64], against: &[f64], between: &mut [f64]) {
        let mut lower_bits = [0; AT_ONCE];
        let lower_bits = &mut lower_bits[..variant.len()];
        let found = level.survey_pairs(variant, against, between, lower_bits);
        self.lower += found.lower;
        self.higher += found.higher;
        let squares = if found.largest < SMALL {
            found.squares.map(u128::from)
        } else {
            // Squares of large numbers do not fit in one word.
            let square = |number: f64| (number.abs() as u128) * (number.abs() as u128);
            let of = |numbers: &[f64]| numbers.iter().map(|number| square(*number)).sum::<u128>();
            [of(variant), of(against), of(between)]
        };
        let moments = [&mut self.variant, &mut self.against, &mut self.difference];
        for ((moments, sum), squares) in moments.into_iter().zip(found.sums).zip(squares) {
            moments.add_whole(i128::from(sum), squares);
        }
        self.differences.add_whole(level, between, lower_bits, (found.least as f64, found.most as f64));
    }

    /// Whether there are too many different differences to count every one: then they are to be counted around a reference.
    pub fn is_crowded(&self) -> bool {
        self.differences.is_crowded()
    }

    /// Counts in bins from now on.
    pub fn count_around(&mut self, reference: Reference) {
        self.differences.count_around(reference);
    }

    /// Replicates in which both variants have the number.
    fn pairs(&self) -> u64 {
        self.differences.count()
    }

    /// Adds the tally of other replicates.
    pub fn merge(&mut self, other: &Paired) {
        self.lower += other.lower;
        self.higher += other.higher;
        self.only_variant += other.only_variant;
        self.only_against += other.only_against;
        self.neither += other.neither;
        self.variant.merge(&other.variant);
        self.against.merge(&other.against);
        self.difference.merge(&other.difference);
        self.differences.merge(&other.differences);
    }

    /// What was counted, each value multiplied by `times`; `None` where no replicate has the number in both variants.
    pub fn difference(&self, scale: SeriesScale, times: f64) -> Option<Difference> {
        let pairs = self.pairs();
        if pairs == 0 {
            return None;
        }
        let (least, most) = self.differences.ends();
        let mean = self.difference.mean(pairs).clamp(least, most);
        let against_mean = self.against.mean(pairs);
        let variance = self.difference.variance(pairs);
        let apart = self.variant.variance(pairs) + self.against.variance(pairs);
        let [lower, equal, higher] = self.order(scale);
        let quantiles = match scale {
            SeriesScale::YesNo => [f64::NAN; 5],
            SeriesScale::Count | SeriesScale::Real | SeriesScale::Date => {
                self.differences.quantiles_among(pairs).map(|quantile| quantile * times)
            }
        };
        let spread = PairedSpread {
            pairs,
            sd: variance.sqrt() * times,
            mc_se: (variance / pairs as f64).sqrt() * times,
            against_mc_se: (self.against.variance(pairs) / pairs as f64).sqrt() * times,
            relative_mc_se: self.relative_error(),
            quantiles,
            lower,
            equal,
            higher,
            variance_ratio: (variance > 0.0).then(|| apart / variance),
        };
        Some(Difference {
            mean: mean * times,
            against_mean: against_mean * times,
            relative: (against_mean != 0.0).then(|| mean / against_mean),
            spread: Some(spread),
        })
    }

    /// The shares of replicates in which the variant has less, in which both have the same, and in which it has more: of a date
    /// of all replicates, also where none has it in both variants. Not numbers where there are none.
    pub fn order(&self, scale: SeriesScale) -> [f64; 3] {
        let equal = self.pairs() - self.lower - self.higher;
        let counts = match scale {
            SeriesScale::Count | SeriesScale::Real | SeriesScale::YesNo => [self.lower, equal, self.higher],
            // Where it never happens it is later than any date, and as late as never.
            SeriesScale::Date => {
                [self.lower + self.only_variant, equal + self.neither, self.higher + self.only_against]
            }
        };
        let all: u64 = counts.iter().sum();
        counts.map(|replicates| replicates as f64 / all as f64)
    }

    /// The standard error of the ratio of the two means, to first order (the delta method).
    fn relative_error(&self) -> f64 {
        let pairs = self.pairs();
        let mean = self.against.mean(pairs);
        if mean == 0.0 || pairs < 2 {
            return f64::NAN;
        }
        let [variant, against, difference] =
            [&self.variant, &self.against, &self.difference].map(|moments| moments.variance(pairs));
        let covariance = (variant + against - difference) / 2.0;
        let ratio = self.variant.mean(pairs) / mean;
        let variance = variant + ratio * ratio * against - 2.0 * ratio * covariance;
        (variance.max(0.0) / pairs as f64).sqrt() / mean.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::super::summary::QUANTILES;
    use super::*;
    use proptest::prelude::*;

    fn tally(pairs: &[(i64, i64)]) -> Paired {
        let mut paired = Paired::default();
        let number = |value: i64| if value == MISSING { f64::NAN } else { value as f64 };
        for some in pairs.chunks(50) {
            let variant: Vec<f64> = some.iter().map(|(variant, _)| number(*variant)).collect();
            let against: Vec<f64> = some.iter().map(|(_, against)| number(*against)).collect();
            paired.add(InstructionLevel::best(), SeriesScale::Count, &variant, &against);
        }
        paired
    }

    /// Stands for the value of a replicate that has none.
    const MISSING: i64 = i64::MIN;

    fn value() -> impl Strategy<Value = i64> {
        prop_oneof![8 => 0i64..2000, 2 => 0i64..1_000_000_000_000, 1 => Just(MISSING)]
    }

    proptest! {
        #[test]
        fn the_same_as_from_sorted_differences(pairs in prop::collection::vec((0i64..1500, 0i64..1500), 2..300)) {
            let found = tally(&pairs).difference(SeriesScale::Count, 1.0).unwrap();
            let spread = found.spread.unwrap();
            let mut apart: Vec<i64> = pairs.iter().map(|(variant, against)| variant - against).collect();
            apart.sort_unstable();
            let n = apart.len() as f64;
            let mean = apart.iter().sum::<i64>() as f64 / n;
            let variance = apart.iter().map(|d| (*d as f64 - mean).powi(2)).sum::<f64>() / (n - 1.0);
            prop_assert!((found.mean - mean).abs() < 1e-9);
            prop_assert!((spread.sd - variance.sqrt()).abs() < 1e-6 * (1.0 + spread.sd));
            let quantile = |p: f64| apart[((p * n - 1e-6).ceil() as usize).max(1) - 1] as f64;
            prop_assert_eq!(spread.quantiles, QUANTILES.map(quantile));
            prop_assert!((spread.lower + spread.equal + spread.higher - 1.0).abs() < 1e-12);
            prop_assert_eq!(spread.lower, apart.iter().filter(|d| **d < 0).count() as f64 / n);
        }

        #[test]
        fn every_level_finds_the_same(pairs in prop::collection::vec((value(), value()), 1..120)) {
            let numbers = |which: fn(&(i64, i64)) -> i64| -> Vec<f64> {
                pairs.iter().filter(|(variant, against)| *variant != MISSING && *against != MISSING).map(|pair| which(pair) as f64).collect()
            };
            let (variant, against) = (numbers(|pair| pair.0), numbers(|pair| pair.1));
            for level in InstructionLevel::all() {
                let (mut between, mut lower_bits) = (vec![0.0; variant.len()], vec![0; variant.len()]);
                let found = level.survey_pairs(&variant, &against, &mut between, &mut lower_bits);
                let apart: Vec<i64> = variant.iter().zip(&against).map(|(variant, against)| (variant - against) as i64).collect();
                prop_assert_eq!(found.lower as usize, apart.iter().filter(|apart| **apart < 0).count());
                prop_assert_eq!(found.higher as usize, apart.iter().filter(|apart| **apart > 0).count());
                prop_assert_eq!(found.sums[2], apart.iter().sum::<i64>());
                prop_assert_eq!(found.least, apart.iter().min().copied().unwrap_or(i64::MAX));
                prop_assert_eq!(found.most, apart.iter().max().copied().unwrap_or(i64::MIN));
                prop_assert_eq!(lower_bits, apart.iter().map(|apart| *apart as u32).collect::<Vec<_>>());
                prop_assert_eq!(between, apart.iter().map(|apart| *apart as f64).collect::<Vec<_>>());
                if found.largest < SMALL {
                    prop_assert_eq!(found.squares[2], apart.iter().map(|apart| (apart * apart) as u64).sum::<u64>());
                    prop_assert_eq!(found.squares[0], variant.iter().map(|variant| (variant * variant) as u64).sum::<u64>());
                }
            }
        }

        #[test]
        fn merging_is_adding(left in prop::collection::vec((value(), value()), 0..120), right in prop::collection::vec((value(), value()), 0..120)) {
            let (mut one, mut other) = (tally(&left), tally(&right));
            one.merge(&tally(&right));
            other.merge(&tally(&left));
            let whole = tally(&[left, right].concat());
            prop_assert_eq!(&one, &whole);
            prop_assert_eq!(&other, &whole);
        }

        #[test]
        fn swapping_the_variants_changes_signs_only(pairs in prop::collection::vec((value(), value()), 2..200)) {
            let swapped: Vec<(i64, i64)> = pairs.iter().map(|(variant, against)| (*against, *variant)).collect();
            let [one, other] = [&pairs, &swapped].map(|pairs| tally(pairs).difference(SeriesScale::Date, 1.0));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert_eq!(one.mean, -other.mean);
                let (one, other) = (one.spread.unwrap(), other.spread.unwrap());
                // One pair has no standard deviation.
                prop_assert!(one.sd == other.sd || (one.pairs == 1 && one.sd.is_nan() && other.sd.is_nan()));
                prop_assert_eq!((one.lower, one.equal, one.higher), (other.higher, other.equal, other.lower));
                prop_assert_eq!(one.variance_ratio, other.variance_ratio);
            }
        }
    }

    #[test]
    fn a_date_that_never_comes_is_later() {
        // Earlier; only here; only there; nowhere.
        let paired = tally(&[(3, 5), (4, MISSING), (MISSING, 6), (MISSING, MISSING)]);
        let found = paired.difference(SeriesScale::Date, 2.0).unwrap();
        let spread = found.spread.unwrap();
        assert_eq!((found.mean, spread.pairs), (-4.0, 1));
        assert_eq!((spread.lower, spread.equal, spread.higher), (0.5, 0.25, 0.25));
        let number = paired.difference(SeriesScale::Count, 1.0).unwrap().spread.unwrap();
        assert_eq!((number.lower, number.equal, number.higher), (1.0, 0.0, 0.0));
    }

    #[test]
    fn what_does_not_vary_has_no_ratio() {
        let shifted = tally(&[(5, 3), (7, 5), (12, 10)]).difference(SeriesScale::Count, 1.0).unwrap();
        assert_eq!((shifted.mean, shifted.spread.unwrap().variance_ratio), (2.0, None));
        assert_eq!(shifted.relative, Some(1.0 / 3.0));
        let nothing = tally(&[(0, 0), (0, 0)]).difference(SeriesScale::Count, 1.0).unwrap();
        assert_eq!((nothing.mean, nothing.relative), (0.0, None));
        assert!(nothing.spread.unwrap().relative_mc_se.is_nan());
    }
}
