//! Normal numbers that are rounded and have a least value: seats of an occasion, people of a convoy.

use std::f64::consts::{PI, SQRT_2};

use super::normal;
use super::uniform::Uniform;

/// Probabilities beyond so many standard deviations are below 1e-18.
const FAR: f64 = 9.0;

/// From this standard deviation on sums over whole numbers are integrals with their first correction (Euler and Maclaurin):
/// what is left out is below `1e-3 / sd^2` of a person, 1e-9 of the standard deviation.
const WIDE: f64 = 100.0;

/// A normal number, rounded, and never below a whole number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoundedNormal {
    /// The mean before it is rounded.
    pub mean: f64,
    /// The standard deviation before it is rounded.
    pub sd: f64,
    /// The least that it can be, a whole number.
    pub least: f64,
}

/// The standard normal probability of more than `x`.
fn above(x: f64) -> f64 {
    0.5 * libm::erfc(x / SQRT_2)
}

/// The standard normal density.
fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

impl RoundedNormal {
    /// The number with probability `u` below it.
    pub fn quantile(&self, u: Uniform) -> f64 {
        (self.mean + self.sd * normal::quantile(u)).round().max(self.least)
    }

    /// Its mean and variance.
    ///
    /// With P(k) the probability that the normal number is above `k + 1/2`, the mean is `least` and the sum of P from
    /// there on, and the mean of the squares `least^2` and the sum of `(2k + 1) P(k)`.
    pub fn moments(&self) -> [f64; 2] {
        let Self { mean, sd, least } = *self;
        if sd <= 0.0 {
            return [mean.round().max(least), 0.0];
        }
        // Below the first number that may be drawn every P is 1; sums start there, relative to it, so that no digits are lost.
        let base = (mean - FAR * sd).floor().max(least);
        let most = (mean + FAR * sd).ceil();
        let (mut first, mut second) = (0.0, 0.0);
        if sd < WIDE {
            let mut k = 0.0;
            while base + k <= most {
                let p = above((base + k + 0.5 - mean) / sd);
                first += p;
                second += (2.0 * k + 1.0) * p;
                k += 1.0;
            }
        } else {
            let (m, a) = (mean - base, (base - mean) / sd);
            let (p, d) = (above(a), density(a));
            first = m * p + sd * d - d / sd / 24.0;
            second = (m * m + sd * sd) * p + sd * m * d + p / 12.0;
        }
        [base + first, (second - first * first).max(0.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the probability of every number.
    fn slowly(normal: &RoundedNormal) -> [f64; 2] {
        let (mut sum, mut mean, mut square) = (0.0, 0.0, 0.0);
        let most = (normal.mean + 12.0 * normal.sd).ceil().max(normal.least) as i64;
        let below = |x: f64| 1.0 - above((x - normal.mean) / normal.sd);
        for k in normal.least as i64..=most {
            let k = k as f64;
            let p = if k == normal.least { below(k + 0.5) } else { below(k + 0.5) - below(k - 0.5) };
            sum += p;
            mean += k * p;
            square += k * k * p;
        }
        assert!((sum - 1.0).abs() < 1e-12);
        [mean, square - mean * mean]
    }

    #[test]
    fn moments_are_those_of_every_number() {
        for mean in [0.0, 0.3, 1.0, 5.0, 40.0, 700.0] {
            for sd in [0.1, 0.6, 2.0, 6.0, 15.0, 99.0, 101.0, 400.0] {
                for least in [0.0, 1.0] {
                    let normal = RoundedNormal { mean, sd, least };
                    let ([m, v], [mean, variance]) = (normal.moments(), slowly(&normal));
                    assert!((m - mean).abs() < 1e-9 * (1.0 + mean), "{normal:?}: {m} for {mean}");
                    assert!((v - variance).abs() < 1e-8 * (1.0 + variance), "{normal:?}: {v} for {variance}");
                }
            }
        }
    }

    #[test]
    fn figures_of_the_guide() {
        let [mean, variance] = RoundedNormal { mean: 1.0, sd: 2.0, least: 1.0 }.moments();
        assert!((mean - 1.78951).abs() < 5e-6, "{mean}");
        assert!((variance + mean * mean - 4.62069).abs() < 5e-6, "{variance}");
        let [mean, _] = RoundedNormal { mean: 5.0, sd: 6.0, least: 0.0 }.moments();
        assert!((36.0 * mean - 204.40).abs() < 5e-3, "{mean}");
        assert_eq!(RoundedNormal { mean: 2.3, sd: 0.0, least: 0.0 }.moments(), [2.0, 0.0]);
    }
}
