//! The beta quantile, for uncertain probabilities.

use super::normal;
use super::stirling::{deviance, excess_of_real};
use super::uniform::Uniform;

/// The two shape parameters of a beta distribution, both positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaShape {
    /// The weight towards 1.
    pub a: f64,
    /// The weight towards 0.
    pub b: f64,
}

impl BetaShape {
    /// The shape with this mean and standard deviation.
    ///
    /// `None` where there is none: unless `0 < mean < 1` and `0 < sd^2 < mean (1 - mean)`.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Option<Self> {
        let weight = mean * (1.0 - mean) / (sd * sd) - 1.0;
        let (a, b) = (mean * weight, (1.0 - mean) * weight);
        let exists = mean > 0.0 && mean < 1.0 && sd > 0.0 && a > 0.0 && b > 0.0 && weight.is_finite();
        exists.then_some(Self { a, b })
    }
}

/// The `x` with probability `u` below it, where `X` is beta with shapes `a` and `b`.
///
/// Relative error about 1e-13 in the smaller of `x` and `1 - x` (of an `x` near 1, the nearest `f64`), growing
/// to that of `u` over the local slope for shapes far below 1; never decreasing in `u` beyond that. Shapes are
/// positive and finite: any other is an error of the caller, caught in debug builds and giving NaN in others.
pub fn quantile(a: f64, b: f64, u: Uniform) -> f64 {
    let valid = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite();
    debug_assert!(valid, "({a}, {b}) is not the shape of a beta distribution");
    if !valid {
        return f64::NAN;
    }
    if a.min(b) > NARROW {
        return narrow(a, b, normal::quantile(u));
    }
    // Each side of the mean from its own end: there the fraction converges fast and neither x nor the
    // probability loses digits.
    let below = BetaSide { a, b };
    let mean = a / (a + b);
    if u.lower() <= libm::exp(below.log_probability(libm::log(mean)).0) {
        below.solved(u.lower())
    } else {
        1.0 - BetaSide { a: b, b: a }.solved(u.upper())
    }
}

/// The quantile of a distribution so narrow that the first four terms of a Cornish-Fisher expansion have all digits: the
/// next is the cube of the skewness, below 1e-13 standard deviations. The fraction would need as many terms as the root of
/// the shapes.
fn narrow(a: f64, b: f64, w: f64) -> f64 {
    let n = a + b;
    let (mean, rest) = (a / n, b / n);
    let spread = mean * rest;
    let skewness = 2.0 * (rest - mean) * (n + 1.0).sqrt() / ((n + 2.0) * spread.sqrt());
    let difference = rest - mean;
    let excess = 6.0 * (difference * difference * (n + 1.0) / (n + 2.0) - spread) / (spread * (n + 3.0));
    let cubed = w * w * w;
    let z = w + skewness / 6.0 * (w * w - 1.0) + excess / 24.0 * (cubed - 3.0 * w)
        - skewness * skewness / 36.0 * (2.0 * cubed - 5.0 * w);
    mean + (spread / (n + 1.0)).sqrt() * z
}

/// Above this both shapes leave a distribution to [`narrow`].
const NARROW: f64 = 1e9;

/// The part of the distribution between 0 and its mean.
struct BetaSide {
    a: f64,
    b: f64,
}

impl BetaSide {
    /// The `x` up to the mean with this probability below it: Newton's method on the logarithms of both, in
    /// which the distribution function is concave and nearly straight, kept inside a bracket.
    fn solved(&self, probability: f64) -> f64 {
        let target = libm::log(probability);
        let mut high = libm::log(self.a / (self.a + self.b));
        let mut low = LOWEST;
        let mut z = high;
        for _ in 0..ITERATIONS {
            let (logarithm, slope) = self.log_probability(z);
            let surplus = logarithm - target;
            if surplus > 0.0 {
                high = z;
            } else {
                low = z;
            }
            let newton = z - surplus / slope;
            z = if newton >= low && newton <= high { newton } else { 0.5 * (low + high) };
            if surplus.abs() <= CLOSE {
                break;
            }
        }
        libm::exp(z)
    }

    /// The logarithm of the probability below `x = exp(z)`, and its derivative in `z`.
    ///
    /// The probability is `x^a y^b / (a B(a, b))` times a continued fraction (Didonato and Morris, "Algorithm
    /// 708", 1992, and earlier texts). The power is in Loader's form: with `n = a + b` it is a function of the
    /// deviances of `a` from `n x` and of `b` from `n y`.
    fn log_probability(&self, z: f64) -> (f64, f64) {
        let Self { a, b } = *self;
        let n = a + b;
        let x = libm::exp(z);
        let y = -libm::expm1(z);
        let above = a * y - b * x;
        let power = excess_of_real(n) - excess_of_real(a) - excess_of_real(b);
        let fraction = self.fraction(x);
        let logarithm = if x < f64::MIN_POSITIVE {
            // n x has no digits left: the deviance of a from it is a (ln(a / n) - z) - a.
            power - b * libm::log(n / b) - a * (libm::log(a / n) - z) + libm::log(b / n)
        } else {
            power - deviance(a, n * x, above) - deviance(b, n * y, -above) + libm::log(b / n)
        };
        (logarithm + libm::log(fraction), a / (fraction * y))
    }

    /// The continued fraction, by the modified Lentz method (Thompson and Barnett 1986).
    fn fraction(&self, x: f64) -> f64 {
        let Self { a, b } = *self;
        let n = a + b;
        let away_from_zero = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
        let mut c = 1.0;
        let mut d = 1.0 / away_from_zero(1.0 - n * x / (a + 1.0));
        let mut value = d;
        for i in 1..FRACTION_TERMS {
            let m = f64::from(i);
            let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            d = 1.0 / away_from_zero(1.0 + even * d);
            c = away_from_zero(1.0 + even / c);
            value *= d * c;
            let odd = -(a + m) * (n + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            d = 1.0 / away_from_zero(1.0 + odd * d);
            c = away_from_zero(1.0 + odd / c);
            let factor = d * c;
            value *= factor;
            if (factor - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        value
    }
}

/// Below the logarithm of the smallest positive `f64`: an `x` that is 0.
const LOWEST: f64 = -750.0;

/// Newton takes some 3 to 12 steps; halving the bracket from [`LOWEST`] to the last digit takes 63.
const ITERATIONS: u32 = 100;

/// A relative error of the probability whose square is below an `f64`'s precision: the step from it is the last.
const CLOSE: f64 = 1e-8;

/// The fraction needs some sqrt(min(a, b)) terms at the mean: enough for shapes up to [`NARROW`].
const FRACTION_TERMS: u32 = 200_000;
