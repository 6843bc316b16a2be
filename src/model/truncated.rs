//! Distributions cut off at the ends of a range: what is left is as likely as before, in proportion.

use super::distribution::{Distribution, Remainder};
use crate::random::Uniform;

/// A range with less of a distribution than this is refused: it is a slip of the pen, and draws would come from a far tail.
pub const SLIGHTEST_PORTION: f64 = 1e-3;

/// A distribution, of which only what is inside a range counts.
///
/// The range cuts the distribution off, as it does where a replicate draws its parameters: what is left is as likely as before,
/// in proportion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncated {
    distribution: Distribution,
    range: (f64, f64),
    /// The first and last word whose value is inside.
    words: (u64, u64),
}

impl Truncated {
    /// A distribution inside a range, or everywhere.
    ///
    /// Of a range so far out that the distribution has less than 2^-64 of its probability there, the nearer end is what
    /// remains.
    ///
    /// `None` when no distribution has these numbers, or the range has no inside.
    pub fn new(distribution: Distribution, range: Option<(f64, f64)>) -> Option<Truncated> {
        let (low, high) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        if !distribution.exists() || low.is_nan() || high.is_nan() || low >= high {
            return None;
        }
        let value = |word| distribution.quantile(Uniform(word));
        // The number of words below the range, and of those not above it.
        let before = count(|word| value(word) < low);
        let until = count(|word| value(word) <= high);
        let first = u64::try_from(before).unwrap_or(u64::MAX);
        let last = u64::try_from(until.saturating_sub(1)).unwrap_or(u64::MAX).max(first);
        Some(Truncated { distribution, range: (low, high), words: (first, last) })
    }

    /// The distribution.
    pub fn distribution(&self) -> Distribution {
        self.distribution
    }

    /// The range inside which it counts; infinite to both sides where it counts everywhere.
    pub fn range(&self) -> (f64, f64) {
        self.range
    }

    /// What the range leaves of the distribution.
    pub fn remainder(&self) -> Remainder {
        let (low, high) = self.range;
        Remainder {
            ends: [self.quantile(0.0), self.quantile(1.0)],
            is_whole: low.is_infinite() && high.is_infinite(),
        }
    }

    /// The portion of the distribution that is inside the range.
    pub fn portion(&self) -> f64 {
        let (first, last) = self.words;
        (u128::from(last - first) + 1) as f64 / (1u128 << 64) as f64
    }

    /// The value with the portion `u`, from 0 to 1, of what is inside the range before it; finite.
    pub fn quantile(&self, u: f64) -> f64 {
        let (first, last) = self.words;
        // 2^64 parts of the unit interval; the conversion stops at the last.
        let part = (u * (1u128 << 64) as f64) as u64;
        let inside = (u128::from(part) * (u128::from(last - first) + 1)) >> 64;
        let (low, high) = self.range;
        self.distribution.quantile(Uniform(first + inside as u64)).clamp(low, high)
    }
}

/// For how many words, from 0 on, `holds` is true; once false it stays so.
fn count(holds: impl Fn(u64) -> bool) -> u128 {
    let (mut low, mut high) = (0u128, 1u128 << 64);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle as u64) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::distribution::normal::NormalDistribution;
    use crate::model::distribution::uniform::UniformDistribution;

    fn normal(mean: f64, sd: f64, range: Option<(f64, f64)>) -> Option<Truncated> {
        Truncated::new(NormalDistribution { mean, sd }.into(), range)
    }

    #[test]
    fn both_ends_are_finite_and_values_never_decrease() {
        for (distribution, ..) in Distribution::examples() {
            for range in [None, Some((0.2, 0.9))] {
                let drawn = Truncated::new(distribution, range).unwrap();
                let mut last = f64::NEG_INFINITY;
                for i in 0..=1000 {
                    let value = drawn.quantile(f64::from(i) / 1000.0);
                    assert!(value.is_finite() && value >= last, "{distribution:?}: {value} after {last}");
                    assert!(range.is_none_or(|(low, high)| (low..=high).contains(&value)));
                    last = value;
                }
            }
        }
    }

    #[test]
    fn a_range_cuts_in_proportion() {
        // Half of a normal distribution is above its mean; of what is there, half is above the quantile of 3/4.
        let drawn = normal(0.0, 1.0, Some((0.0, f64::INFINITY))).unwrap();
        assert!((drawn.quantile(0.5) - 0.674_489_750_196_081_7).abs() < 1e-14);
        assert!(drawn.quantile(0.0).abs() < 1e-15);
        let uniform =
            Truncated::new(UniformDistribution { low: 0.0, high: 8.0 }.into(), Some((2.0, 4.0))).unwrap();
        for (u, known) in [(0.0, 2.0), (0.5, 3.0), (0.75, 3.5), (1.0, 4.0)] {
            assert!((uniform.quantile(u) - known).abs() < 1e-15, "{u}: {}", uniform.quantile(u));
        }
    }

    #[test]
    fn far_out_the_nearer_end_remains() {
        let tail = normal(0.0, 1.0, Some((2.0, 9.0))).unwrap();
        assert!((tail.portion() / 0.022_750_131_948_179 - 1.0).abs() < 1e-9, "{}", tail.portion());
        let far = |range| normal(0.0, 1.0, Some(range)).unwrap();
        assert_eq!(far((20.0, 30.0)).quantile(0.5), 20.0);
        assert_eq!(far((-30.0, -20.0)).quantile(0.5), -20.0);
    }

    #[test]
    fn numbers_of_no_distribution_are_refused() {
        assert_eq!(normal(1.0, -1.0, None), None);
        assert_eq!(normal(0.0, 1.0, Some((1.0, 1.0))), None);
    }
}
