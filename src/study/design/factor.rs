//! What varies in a study, and how far.

use crate::model::Truncated;

/// A number that a study varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name: of a parameter, or the address of a field.
    pub name: String,
    /// The values that it may have.
    pub spread: FactorSpread,
}

/// The values that a factor may have, and how likely they are.
#[derive(Clone, Debug, PartialEq)]
pub enum FactorSpread {
    /// These, all equally likely, in this order.
    Levels(Vec<f64>),
    /// All between two ends.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end, above `low`.
        high: f64,
        /// Whether the logarithm is uniform, and not the value: then `low` is above 0.
        log: bool,
    },
    /// As a distribution has them.
    Drawn(Truncated),
}

/// Why there is no such spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpreadError {
    /// A list without levels.
    #[error("there are no levels: write at least one")]
    NoLevels,
    /// A number that is infinite or none.
    #[error("every level and end must be a finite number")]
    NotFinite,
    /// A range without inside.
    #[error("the lower end must be below the upper end")]
    Empty,
    /// A logarithmic range that reaches 0.
    #[error("a range whose logarithm is uniform must begin above 0")]
    LogOfNothing,
    /// Parameters that no distribution has.
    #[error("there is no distribution with these numbers")]
    NoDistribution,
}

impl FactorSpread {
    /// Whether the spread is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), SpreadError> {
        match self {
            FactorSpread::Levels(levels) if levels.is_empty() => Err(SpreadError::NoLevels),
            FactorSpread::Levels(levels) if levels.iter().any(|level| !level.is_finite()) => {
                Err(SpreadError::NotFinite)
            }
            FactorSpread::Range { low, high, .. } if !(low.is_finite() && high.is_finite()) => {
                Err(SpreadError::NotFinite)
            }
            FactorSpread::Range { low, high, .. } if low >= high => Err(SpreadError::Empty),
            FactorSpread::Range { low, log: true, .. } if *low <= 0.0 => Err(SpreadError::LogOfNothing),
            // A `Truncated` was checked when it was made.
            FactorSpread::Levels(_) | FactorSpread::Range { .. } | FactorSpread::Drawn(_) => Ok(()),
        }
    }

    /// The value with the portion `u`, from 0 to 1, of all values before it. Never decreasing in `u` (of levels: in their order)
    /// and finite at both ends.
    ///
    /// Each of n levels has its n-th part of the unit interval. A range reaches both of its ends; a distribution without
    /// an end is followed as far as 2^-65 of its probability.
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            FactorSpread::Levels(levels) => {
                let index = (u * levels.len() as f64) as usize;
                levels[index.min(levels.len() - 1)]
            }
            FactorSpread::Range { low, high, log: false } => {
                // From the nearer end, so that both are met exactly.
                let value = if u < 0.5 { low + u * (high - low) } else { high - (1.0 - u) * (high - low) };
                value.clamp(*low, *high)
            }
            FactorSpread::Range { low, high, log: true } => {
                let ratio = libm::log(high / low);
                let value =
                    if u < 0.5 { low * libm::exp(u * ratio) } else { high * libm::exp((u - 1.0) * ratio) };
                value.clamp(*low, *high)
            }
            FactorSpread::Drawn(drawn) => drawn.quantile(u),
        }
    }

    /// The `index`-th, from 0, of `count` levels.
    ///
    /// Over a range they are evenly spaced, both ends included (of one level: the middle). Of a distribution they are the
    /// middles of `count` equally likely parts, because its ends may be infinite. A list has its own levels: asked for
    /// another number of them, it gives those nearest to the same portion of the list.
    pub fn level(&self, index: usize, count: usize) -> f64 {
        debug_assert!(index < count, "level {index} of {count}");
        let middle = (index as f64 + 0.5) / count as f64;
        match self {
            FactorSpread::Range { .. } if count > 1 => self.quantile(index as f64 / (count - 1) as f64),
            FactorSpread::Levels(levels) => levels[(2 * index + 1) * levels.len() / (2 * count)],
            FactorSpread::Range { .. } | FactorSpread::Drawn(_) => self.quantile(middle),
        }
    }

    /// All of `count` levels.
    pub fn levels(&self, count: usize) -> Vec<f64> {
        (0..count).map(|index| self.level(index, count)).collect()
    }

    /// The number of levels of a list.
    pub fn own_levels(&self) -> Option<usize> {
        match self {
            FactorSpread::Levels(levels) => Some(levels.len()),
            FactorSpread::Range { .. } | FactorSpread::Drawn(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::distribution::normal::NormalDistribution;

    #[test]
    fn levels_share_the_interval() {
        let spread = FactorSpread::Levels(vec![3.0, 1.0, 2.0]);
        let found = [0.0, 0.33, 0.34, 0.66, 0.67, 1.0].map(|u| spread.quantile(u));
        assert_eq!(found, [3.0, 3.0, 1.0, 1.0, 2.0, 2.0]);
        assert_eq!(spread.levels(3), [3.0, 1.0, 2.0]);
        assert_eq!(spread.levels(6), [3.0, 3.0, 1.0, 1.0, 2.0, 2.0]);
        assert_eq!(FactorSpread::Levels(vec![5.0]).levels(4), [5.0; 4]);
    }

    #[test]
    fn ranges_reach_their_ends() {
        let spread = FactorSpread::Range { low: 0.1, high: 0.7, log: false };
        assert_eq!(spread.levels(4), [0.1, 0.1 + 0.6 / 3.0, 0.7 - (1.0 - 2.0 / 3.0) * (0.7 - 0.1), 0.7]);
        assert_eq!(spread.levels(1), [spread.quantile(0.5)]);
        let log = FactorSpread::Range { low: 0.01, high: 100.0, log: true };
        let found = log.levels(5);
        assert_eq!((found[0], found[4]), (0.01, 100.0));
        for (found, known) in found.iter().zip([0.01, 0.1, 1.0, 10.0, 100.0]) {
            assert!((found / known - 1.0).abs() < 1e-14, "{found} for {known}");
        }
    }

    #[test]
    fn distributions_have_levels_in_the_middle_of_their_parts() {
        let normal = NormalDistribution { mean: 10.0, sd: 2.0 };
        let normal = Truncated::new(normal.into(), None).unwrap();
        let found = FactorSpread::Drawn(normal).levels(4);
        // Of a standard normal variable: the quantile of 7/8 and of 5/8.
        for (found, known) in
            found.iter().zip([-1.150_349_380_4, -0.318_639_364, 0.318_639_364, 1.150_349_380_4])
        {
            assert!((found - (10.0 + 2.0 * known)).abs() < 1e-8, "{found} for {known}");
        }
    }

    #[test]
    fn what_is_no_spread_is_refused() {
        let range = |low, high, log| FactorSpread::Range { low, high, log }.check();
        assert_eq!(FactorSpread::Levels(vec![]).check(), Err(SpreadError::NoLevels));
        assert_eq!(FactorSpread::Levels(vec![1.0, f64::NAN]).check(), Err(SpreadError::NotFinite));
        assert_eq!(range(0.0, f64::INFINITY, false), Err(SpreadError::NotFinite));
        assert_eq!(range(1.0, 1.0, false), Err(SpreadError::Empty));
        assert_eq!(range(0.0, 1.0, true), Err(SpreadError::LogOfNothing));
        assert_eq!(range(0.0, 1.0, false), Ok(()));
    }
}
