//! A mergeable tally of one number in two worlds, over pairs of histories that share their luck.
//!
//! Values are whole numbers (scaled where they are not), so that differences, their sums and the sums of their squares are
//! exact, and tallies of different histories merge by addition in any order and any split. Differences have fixed bins:
//! those of [`histogram`](super::histogram) for their size, once for each sign.

use super::bins::Bins;
use super::comparison::{Difference, PairedSpread};
use super::histogram::{bin, middle};
use super::summary::QUANTILES;

/// Stands for the value of a history that has none.
pub const MISSING: i64 = i64::MIN;

/// The bin of differences of 0; no size has a bin so high.
const ZERO: u32 = 1 << 17;

/// So many histories are counted at once. The sum of so many squares below 2^56 stays in one word.
pub const AT_ONCE: usize = 128;
const SMALL: u64 = 1 << 28;

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
    fn add(&mut self, values: &[i64]) {
        let largest = values.iter().fold(0, |largest, value| value.unsigned_abs().max(largest));
        self.sum += i128::from(values.iter().sum::<i64>());
        let squares = if largest < SMALL {
            u128::from(values.iter().map(|value| (value * value) as u64).sum::<u64>())
        } else {
            let square = |value: &i64| u128::from(value.unsigned_abs()) * u128::from(value.unsigned_abs());
            values.iter().map(square).fold(0, u128::saturating_add)
        };
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

    /// The variance with n - 1 in the denominator; 0 for a single value. Exact in integers up to the last, fractional part.
    fn variance(&self, count: u64) -> f64 {
        if count < 2 {
            return 0.0;
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
    /// Counts some histories: the number of each in the world and in the one that it is compared with, or [`MISSING`]. At most
    /// [`AT_ONCE`] at once.
    pub fn add(&mut self, world: &[i64], against: &[i64]) {
        if !world.contains(&MISSING) && !against.contains(&MISSING) {
            return self.add_pairs(world, against);
        }
        let (mut here, mut there) = ([0; AT_ONCE], [0; AT_ONCE]);
        let mut pairs = 0;
        for (world, against) in world.iter().zip(against) {
            match (*world == MISSING, *against == MISSING) {
                (false, false) => {
                    (here[pairs], there[pairs]) = (*world, *against);
                    pairs += 1;
                }
                (false, true) => self.only_world += 1,
                (true, false) => self.only_against += 1,
                (true, true) => self.neither += 1,
            }
        }
        self.add_pairs(&here[..pairs], &there[..pairs]);
    }

    /// The same of histories that have the number in both worlds.
    fn add_pairs(&mut self, world: &[i64], against: &[i64]) {
        let pairs = world.len();
        if pairs == 0 {
            return;
        }
        let mut apart = [0; AT_ONCE];
        let apart = &mut apart[..pairs];
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for ((apart, world), against) in apart.iter_mut().zip(world).zip(against) {
            *apart = world - against;
            (least, most) = (least.min(*apart), most.max(*apart));
        }
        (self.least, self.most) = self.ends_with(least, most);
        self.pairs += pairs as u64;
        self.world.add(world);
        self.against.add(against);
        if least == 0 && most == 0 {
            // Both worlds are the same, as they are until a change begins.
            return self.bins.add((ZERO, ZERO), self.pairs, std::iter::once((ZERO, pairs as u32)));
        }
        self.lower += apart.iter().filter(|apart| **apart < 0).count() as u64;
        self.higher += apart.iter().filter(|apart| **apart > 0).count() as u64;
        self.difference.add(apart);
        let all = apart.iter().map(|apart| (signed_bin(*apart), 1));
        self.bins.add((signed_bin(least), signed_bin(most)), self.pairs, all);
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
        let equal = self.pairs - self.lower - self.higher;
        let (lower, equal, higher) = match kind {
            NumberKind::Plain | NumberKind::YesNo => (self.lower, equal, self.higher),
            // Where it never happens it is later than any date, and as late as never.
            NumberKind::Date => {
                (self.lower + self.only_world, equal + self.neither, self.higher + self.only_against)
            }
        };
        let share = |histories: u64| histories as f64 / (lower + equal + higher) as f64;
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
            lower: share(lower),
            equal: share(equal),
            higher: share(higher),
            variance_ratio: (variance > 0.0).then(|| apart / variance),
        };
        Some(Difference {
            mean: mean * per,
            against_mean: against_mean * per,
            relative: (self.against.sum != 0).then(|| mean / against_mean),
            spread: Some(spread),
        })
    }

    /// The standard error of the ratio of the two means, to first order (the delta method).
    fn relative_error(&self) -> f64 {
        if self.against.sum == 0 {
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
        for some in pairs.chunks(50) {
            let (world, against): (Vec<i64>, Vec<i64>) = some.iter().copied().unzip();
            paired.add(&world, &against);
        }
        paired
    }

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
                prop_assert_eq!((one.sd, one.lower, one.equal, one.higher), (other.sd, other.higher, other.equal, other.lower));
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
