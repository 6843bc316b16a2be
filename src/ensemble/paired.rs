//! A mergeable tally of one number in two worlds, over pairs of histories that share their luck.
//!
//! Values are whole numbers (scaled where they are not), so that differences, their sums and the sums of their squares are
//! exact, and tallies of different histories merge by addition in any order and any split. Differences have fixed bins:
//! those of [`histogram`](super::histogram) for their size, once for each sign.

use super::bins::Bins;
use super::comparison::{Difference, PairedSpread};
use super::histogram::{AT_ONCE, bin, middle};
use super::pair_survey::{SMALL, ZERO};
use super::summary::QUANTILES;
use crate::random::lanes::Level;

/// What a number is, where its differences are told in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A number.
    Plain,
    /// A yes or no, 1 or 0: quantiles say nothing.
    YesNo,
    /// When something first happens: later than anything where it never does.
    Date,
}

/// Sums of a number and of its squares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moments {
    sum: i128,
    squares: u128,
}

/// The tally of one number in two worlds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paired {
    /// Histories in which both worlds have the number, and of these those in which the world has less or more.
    pairs: u64,
    lower: u64,
    higher: u64,
    /// Histories in which one world has it, and in which none has.
    only_world: u64,
    only_against: u64,
    neither: u64,
    world: Moments,
    against: Moments,
    difference: Moments,
    /// The smallest and the largest difference: quantiles are kept between them.
    least: i64,
    most: i64,
    bins: Bins,
}

impl Moments {
    /// Adds a sum, and the sum of the squares.
    fn add(&mut self, sum: i64, squares: u128) {
        self.sum += i128::from(sum);
        // Saturates only beyond what scenarios can reach: 10^8 histories that each differ by 10^15.
        self.squares = self.squares.saturating_add(squares);
    }

    fn merge(&mut self, other: &Moments) {
        self.sum += other.sum;
        self.squares = self.squares.saturating_add(other.squares);
    }

    fn mean(&self, count: u64) -> f64 {
        self.sum as f64 / count as f64
    }

    /// The variance with n - 1 in the denominator; not a number of a single value, which tells of none. Exact in integers up to the last, fractional part.
    fn variance(&self, count: u64) -> f64 {
        if count < 2 {
            return f64::NAN;
        }
        let n = i128::from(count);
        let (whole, rest) = (self.sum.div_euclid(n), self.sum.rem_euclid(n));
        // squares - sum^2 / n, with sum = whole n + rest
        let integers = self.squares.min(i128::MAX as u128) as i128 - whole * whole * n - 2 * whole * rest;
        let deviations = integers as f64 - rest as f64 * (rest as f64 / n as f64);
        deviations.max(0.0) / (count - 1) as f64
    }
}

fn signed_bin(difference: i64) -> u32 {
    let size = bin(difference.unsigned_abs());
    if difference < 0 { ZERO - size } else { ZERO + size }
}

fn signed_middle(bin: u32) -> f64 {
    if bin < ZERO { -middle(ZERO - bin) } else { middle(bin - ZERO) }
}

impl Paired {
    /// Counts some histories, at most [`AT_ONCE`]: the number of each in the world and in the one that it is compared with,
    /// whole and from 0 to below 2^52, or not a number where there is none.
    pub fn add(&mut self, level: Level, world: &[f64], against: &[f64]) {
        // Of a sum that is a number both are.
        if world.iter().zip(against).all(|(world, against)| !(world + against).is_nan()) {
            return self.add_pairs(level, world, against);
        }
        let (mut here, mut there) = ([0.0; AT_ONCE], [0.0; AT_ONCE]);
        let mut pairs = 0;
        for (world, against) in world.iter().zip(against) {
            match (world.is_nan(), against.is_nan()) {
                (false, false) => {
                    (here[pairs], there[pairs]) = (*world, *against);
                    pairs += 1;
                }
                (false, true) => self.only_world += 1,
                (true, false) => self.only_against += 1,
                (true, true) => self.neither += 1,
            }
        }
        self.add_pairs(level, &here[..pairs], &there[..pairs]);
    }

    /// The same of histories that have the number in both worlds.
    fn add_pairs(&mut self, level: Level, world: &[f64], against: &[f64]) {
        if world.is_empty() {
            return;
        }
        let mut bins = [0; AT_ONCE];
        let bins = &mut bins[..world.len()];
        let found = level.survey_pairs(world, against, bins);
        (self.least, self.most) = self.ends_with(found.least, found.most);
        self.pairs += world.len() as u64;
        self.lower += found.lower;
        self.higher += found.higher;
        let squares = if found.largest < SMALL {
            found.squares.map(u128::from)
        } else {
            // Squares of large numbers do not fit in one word.
            let square = |number: f64| (number.abs() as u128) * (number.abs() as u128);
            let of = |numbers: &[f64]| numbers.iter().map(|number| square(*number)).sum::<u128>();
            let apart = world.iter().zip(against).map(|(world, against)| square(world - against)).sum();
            [of(world), of(against), apart]
        };
        self.world.add(found.sums[0], squares[0]);
        self.against.add(found.sums[1], squares[1]);
        self.difference.add(found.sums[2], squares[2]);
        let ends = (signed_bin(found.least), signed_bin(found.most));
        if found.least == found.most {
            // All the same, as they are until a change begins.
            self.bins.add(ends, self.pairs, std::iter::once((ends.0, world.len() as u32)));
        } else {
            self.bins.count(level, ends, self.pairs, bins);
        }
    }

    fn ends_with(&self, least: i64, most: i64) -> (i64, i64) {
        if self.pairs == 0 { (least, most) } else { (least.min(self.least), most.max(self.most)) }
    }

    /// Adds the tally of other histories.
    pub fn merge(&mut self, other: &Paired) {
        if other.pairs > 0 {
            (self.least, self.most) = self.ends_with(other.least, other.most);
        }
        self.pairs += other.pairs;
        self.lower += other.lower;
        self.higher += other.higher;
        self.only_world += other.only_world;
        self.only_against += other.only_against;
        self.neither += other.neither;
        self.world.merge(&other.world);
        self.against.merge(&other.against);
        self.difference.merge(&other.difference);
        if other.pairs > 0 {
            let ends = (signed_bin(other.least), signed_bin(other.most));
            self.bins.add(ends, self.pairs, other.bins.iter());
        }
    }

    /// What was counted, each value divided by `scale` and multiplied by `times`; `None` where no history has the number in
    /// both worlds.
    pub fn difference(&self, kind: NumberKind, scale: f64, times: f64) -> Option<Difference> {
        if self.pairs == 0 {
            return None;
        }
        let n = self.pairs as f64;
        let per = times / scale;
        let (mean, against_mean) = (self.difference.mean(self.pairs), self.against.mean(self.pairs));
        let variance = self.difference.variance(self.pairs);
        let apart = self.world.variance(self.pairs) + self.against.variance(self.pairs);
        let [lower, equal, higher] = self.order(kind);
        let quantiles = match kind {
            NumberKind::YesNo => [f64::NAN; 5],
            NumberKind::Plain | NumberKind::Date => self.quantiles().map(|quantile| quantile * per),
        };
        let spread = PairedSpread {
            pairs: self.pairs,
            sd: variance.sqrt() * per,
            mc_se: (variance / n).sqrt() * per,
            relative_mc_se: self.relative_error(),
            quantiles,
            lower,
            equal,
            higher,
            variance_ratio: (variance > 0.0).then(|| apart / variance),
        };
        Some(Difference {
            mean: mean * per,
            against_mean: against_mean * per,
            relative: (self.against.sum != 0).then(|| mean / against_mean),
            spread: Some(spread),
        })
    }

    /// The shares of histories in which the world has less, in which both have the same, and in which it has more: of a date
    /// of all histories, also where none has it in both worlds. Not numbers where there are none.
    pub fn order(&self, kind: NumberKind) -> [f64; 3] {
        let equal = self.pairs - self.lower - self.higher;
        let counts = match kind {
            NumberKind::Plain | NumberKind::YesNo => [self.lower, equal, self.higher],
            // Where it never happens it is later than any date, and as late as never.
            NumberKind::Date => {
                [self.lower + self.only_world, equal + self.neither, self.higher + self.only_against]
            }
        };
        let all: u64 = counts.iter().sum();
        counts.map(|histories| histories as f64 / all as f64)
    }

    /// The standard error of the ratio of the two means, to first order (the delta method).
    fn relative_error(&self) -> f64 {
        if self.against.sum == 0 || self.pairs < 2 {
            return f64::NAN;
        }
        let [world, against, difference] =
            [&self.world, &self.against, &self.difference].map(|moments| moments.variance(self.pairs));
        let covariance = (world + against - difference) / 2.0;
        let mean = self.against.mean(self.pairs);
        let ratio = self.world.mean(self.pairs) / mean;
        let variance = world + ratio * ratio * against - 2.0 * ratio * covariance;
        (variance.max(0.0) / self.pairs as f64).sqrt() / mean
    }

    /// For each of [`QUANTILES`] the smallest difference that at least this share of the pairs does not exceed.
    fn quantiles(&self) -> [f64; 5] {
        let mut bins = self.bins.iter();
        let (mut passed, mut at) = (0, ZERO);
        QUANTILES.map(|probability| {
            // As in `histogram`: a share like 0.05 x 20 must need exactly one value.
            let needed = ((probability * self.pairs as f64 - 1e-6).ceil() as u64).max(1);
            while passed < needed {
                let Some((bin, count)) = bins.next() else { break };
                passed += u64::from(count);
                at = bin;
            }
            signed_middle(at).clamp(self.least as f64, self.most as f64)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(pairs: &[(i64, i64)]) -> Paired {
        let mut paired = Paired::default();
        let number = |value: i64| if value == MISSING { f64::NAN } else { value as f64 };
        for some in pairs.chunks(50) {
            let world: Vec<f64> = some.iter().map(|(world, _)| number(*world)).collect();
            let against: Vec<f64> = some.iter().map(|(_, against)| number(*against)).collect();
            paired.add(Level::best(), &world, &against);
        }
        paired
    }

    /// Stands for the value of a history that has none.
    const MISSING: i64 = i64::MIN;

    fn value() -> impl Strategy<Value = i64> {
        prop_oneof![8 => 0i64..2000, 2 => 0i64..1_000_000_000_000, 1 => Just(MISSING)]
    }

    proptest! {
        #[test]
        fn the_same_as_from_sorted_differences(pairs in prop::collection::vec((0i64..1500, 0i64..1500), 2..300)) {
            let found = tally(&pairs).difference(NumberKind::Plain, 1.0, 1.0).unwrap();
            let spread = found.spread.unwrap();
            let mut apart: Vec<i64> = pairs.iter().map(|(world, against)| world - against).collect();
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
                pairs.iter().filter(|(world, against)| *world != MISSING && *against != MISSING).map(|pair| which(pair) as f64).collect()
            };
            let (world, against) = (numbers(|pair| pair.0), numbers(|pair| pair.1));
            for level in Level::all() {
                let mut bins = vec![0; world.len()];
                let found = level.survey_pairs(&world, &against, &mut bins);
                let apart: Vec<i64> = world.iter().zip(&against).map(|(world, against)| (world - against) as i64).collect();
                prop_assert_eq!(found.lower as usize, apart.iter().filter(|apart| **apart < 0).count());
                prop_assert_eq!(found.higher as usize, apart.iter().filter(|apart| **apart > 0).count());
                prop_assert_eq!(found.sums[2], apart.iter().sum::<i64>());
                prop_assert_eq!(found.least, apart.iter().min().copied().unwrap_or(i64::MAX));
                prop_assert_eq!(found.most, apart.iter().max().copied().unwrap_or(i64::MIN));
                prop_assert_eq!(bins, apart.iter().map(|apart| signed_bin(*apart)).collect::<Vec<_>>());
                if found.largest < SMALL {
                    prop_assert_eq!(found.squares[2], apart.iter().map(|apart| (apart * apart) as u64).sum::<u64>());
                    prop_assert_eq!(found.squares[0], world.iter().map(|world| (world * world) as u64).sum::<u64>());
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
        fn swapping_the_worlds_changes_signs_only(pairs in prop::collection::vec((value(), value()), 2..200)) {
            let swapped: Vec<(i64, i64)> = pairs.iter().map(|(world, against)| (*against, *world)).collect();
            let [one, other] = [&pairs, &swapped].map(|pairs| tally(pairs).difference(NumberKind::Date, 1.0, 1.0));
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
        let found = paired.difference(NumberKind::Date, 1.0, 2.0).unwrap();
        let spread = found.spread.unwrap();
        assert_eq!((found.mean, spread.pairs), (-4.0, 1));
        assert_eq!((spread.lower, spread.equal, spread.higher), (0.5, 0.25, 0.25));
        let number = paired.difference(NumberKind::Plain, 1.0, 1.0).unwrap().spread.unwrap();
        assert_eq!((number.lower, number.equal, number.higher), (1.0, 0.0, 0.0));
    }

    #[test]
    fn what_does_not_vary_has_no_ratio() {
        let shifted = tally(&[(5, 3), (7, 5), (12, 10)]).difference(NumberKind::Plain, 1.0, 1.0).unwrap();
        assert_eq!((shifted.mean, shifted.spread.unwrap().variance_ratio), (2.0, None));
        assert_eq!(shifted.relative, Some(1.0 / 3.0));
        let nothing = tally(&[(0, 0), (0, 0)]).difference(NumberKind::Plain, 1.0, 1.0).unwrap();
        assert_eq!((nothing.mean, nothing.relative), (0.0, None));
        assert!(nothing.spread.unwrap().relative_mc_se.is_nan());
    }
}
