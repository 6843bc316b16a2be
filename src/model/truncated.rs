//! Distributions cut off at the ends of a range: what is left is as likely as before, in proportion.

use super::Distribution;
use crate::random::{Uniform, beta, gamma, normal};

/// A range with less of a distribution than this is refused: it is a slip of the pen, and draws would come from a far tail.
pub const SLIGHTEST_PORTION: f64 = 1e-3;

/// A distribution, of which only what is inside a range counts.
///
/// The range cuts the distribution off, as it does where a history draws its parameters: what is left is as likely as before,
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
        if !exists(distribution) || low.is_nan() || high.is_nan() || low >= high {
            return None;
        }
        let value = |word| quantile(distribution, Uniform(word));
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
        quantile(self.distribution, Uniform(first + inside as u64)).clamp(low, high)
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

/// Whether some distribution has these numbers.
fn exists(distribution: Distribution) -> bool {
    match distribution {
        Distribution::Normal { mean, sd } => mean.is_finite() && sd > 0.0 && sd.is_finite(),
        Distribution::Lognormal { median, sigma } => {
            // A larger sigma takes the tails beyond what an f64 can hold.
            median > 0.0 && median.is_finite() && sigma > 0.0 && sigma <= 50.0
        }
        Distribution::Uniform { low, high } => low.is_finite() && high.is_finite() && low < high,
        Distribution::Triangular { low, mode, high } => {
            low.is_finite() && high.is_finite() && low < high && (low..=high).contains(&mode)
        }
        Distribution::Beta { mean, sd } => beta::Shape::from_mean_sd(mean, sd).is_some(),
        Distribution::Gamma { mean, sd } => {
            let shape = (mean / sd) * (mean / sd);
            mean > 0.0 && mean.is_finite() && sd > 0.0 && shape > 0.0 && shape.is_finite()
        }
    }
}

/// The value with probability `u` below it.
fn quantile(distribution: Distribution, u: Uniform) -> f64 {
    match distribution {
        Distribution::Normal { mean, sd } => mean + sd * normal::quantile(u),
        Distribution::Lognormal { median, sigma } => median * libm::exp(sigma * normal::quantile(u)),
        Distribution::Uniform { low, high } => low + (high - low) * u.lower(),
        Distribution::Triangular { low, mode, high } => {
            let width = high - low;
            if u.lower() * width < mode - low {
                low + (u.lower() * width * (mode - low)).sqrt()
            } else {
                high - (u.upper() * width * (high - mode)).sqrt()
            }
        }
        Distribution::Beta { mean, sd } => {
            // A shape that does not exist was refused when the distribution was taken.
            beta::Shape::from_mean_sd(mean, sd).map_or(mean, |shape| beta::quantile(shape.a, shape.b, u))
        }
        Distribution::Gamma { mean, sd } => {
            let shape = (mean / sd) * (mean / sd);
            mean / shape * gamma::quantile(shape, u)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Distribution; 6] = [
        Distribution::Normal { mean: 3.0, sd: 2.0 },
        Distribution::Lognormal { median: 3.0, sigma: 0.5 },
        Distribution::Uniform { low: 1.0, high: 4.0 },
        Distribution::Triangular { low: 1.0, mode: 2.0, high: 5.0 },
        Distribution::Beta { mean: 0.3, sd: 0.1 },
        Distribution::Gamma { mean: 3.0, sd: 1.5 },
    ];

    /// The mean and standard deviation of evenly spread quantiles are the distribution's own.
    #[test]
    fn moments_are_the_distributions() {
        let lognormal = (0.25f64 / 2.0, 0.25f64);
        let mean = 3.0 * libm::exp(lognormal.0);
        let known = [
            (3.0, 2.0),
            (mean, mean * libm::expm1(lognormal.1).sqrt()),
            (2.5, 3.0 / 12f64.sqrt()),
            // ((a + b + c) / 3, (a^2 + b^2 + c^2 - a b - a c - b c) / 18).
            (8.0 / 3.0, (13.0f64 / 18.0).sqrt()),
            (0.3, 0.1),
            (3.0, 1.5),
        ];
        let n = 100_000;
        for (distribution, (mean, sd)) in ALL.into_iter().zip(known) {
            let drawn = Truncated::new(distribution, None).unwrap();
            let values: Vec<f64> =
                (0..n).map(|i| drawn.quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
            let found = values.iter().sum::<f64>() / f64::from(n);
            let square = values.iter().map(|v| (v - found) * (v - found)).sum::<f64>() / f64::from(n);
            assert!((found / mean - 1.0).abs() < 1e-5, "{distribution:?}: mean {found} for {mean}");
            assert!((square.sqrt() / sd - 1.0).abs() < 1e-3, "{distribution:?}: sd {}", square.sqrt());
        }
    }

    #[test]
    fn both_ends_are_finite_and_values_never_decrease() {
        for distribution in ALL {
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
        let drawn =
            Truncated::new(Distribution::Normal { mean: 0.0, sd: 1.0 }, Some((0.0, f64::INFINITY))).unwrap();
        assert!((drawn.quantile(0.5) - 0.674_489_750_196_081_7).abs() < 1e-14);
        assert!(drawn.quantile(0.0).abs() < 1e-15);
        let uniform =
            Truncated::new(Distribution::Uniform { low: 0.0, high: 8.0 }, Some((2.0, 4.0))).unwrap();
        for (u, known) in [(0.0, 2.0), (0.5, 3.0), (0.75, 3.5), (1.0, 4.0)] {
            assert!((uniform.quantile(u) - known).abs() < 1e-15, "{u}: {}", uniform.quantile(u));
        }
    }

    #[test]
    fn far_out_the_nearer_end_remains() {
        let tail = Truncated::new(Distribution::Normal { mean: 0.0, sd: 1.0 }, Some((2.0, 9.0))).unwrap();
        assert!((tail.portion() / 0.022_750_131_948_179 - 1.0).abs() < 1e-9, "{}", tail.portion());
        let far = |range| Truncated::new(Distribution::Normal { mean: 0.0, sd: 1.0 }, Some(range)).unwrap();
        assert_eq!(far((20.0, 30.0)).quantile(0.5), 20.0);
        assert_eq!(far((-30.0, -20.0)).quantile(0.5), -20.0);
    }

    #[test]
    fn numbers_of_no_distribution_are_refused() {
        for distribution in [
            Distribution::Normal { mean: 0.0, sd: 0.0 },
            Distribution::Lognormal { median: -1.0, sigma: 1.0 },
            Distribution::Uniform { low: 1.0, high: 1.0 },
            Distribution::Triangular { low: 0.0, mode: 2.0, high: 1.0 },
            Distribution::Beta { mean: 0.5, sd: 0.5 },
            Distribution::Gamma { mean: 0.0, sd: 1.0 },
        ] {
            assert_eq!(Truncated::new(distribution, None), None, "{distribution:?}");
        }
        let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
        assert_eq!(Truncated::new(normal, Some((1.0, 1.0))), None);
    }
}
