//! The gamma quantile, for uncertain rates and lengths.

use super::normal;
use super::uniform::Uniform;
use crate::survival::incomplete_gamma::regularised;

/// The `x` with probability `u` below it, where `X` is gamma with this shape and scale 1.
///
/// Relative error some 1e-12 up to a shape of 10,000 and 1e-11 beyond; never decreasing in `u` beyond that. An `x` too small
/// for an `f64` is 0. The shape is positive and finite: any other is an error of the caller, caught in debug builds and
/// giving NaN in others.
pub fn quantile(shape: f64, u: Uniform) -> f64 {
    let valid = shape > 0.0 && shape.is_finite();
    debug_assert!(valid, "{shape} is not the shape of a gamma distribution");
    if !valid {
        return f64::NAN;
    }
    if shape > NARROW {
        return narrow(shape, normal::quantile(u));
    }
    // Each side of the mean by its own tail, which keeps its digits however small it is.
    if u.lower() <= regularised(shape, shape).0 {
        let log_probability = libm::log(u.lower());
        // Near 0 the distribution function is x^a / Gamma(a + 1), but for a factor between exp(-x) and 1.
        let start = (log_probability + libm::lgamma(shape + 1.0)) / shape;
        if start < NEAR_ZERO {
            return libm::exp(start);
        }
        solved(shape, log_probability, start.min(libm::log(shape)), GammaTail::Below)
    } else {
        solved(shape, libm::log(u.upper()), libm::log(shape), GammaTail::Above)
    }
}

/// Below this logarithm of `x` the factor exp(-x) is 1 to the last digit.
const NEAR_ZERO: f64 = -37.0;

/// Above this shape a distribution is left to [`narrow`].
const NARROW: f64 = 1e6;

/// The quantile of a distribution so narrow that four terms of a Cornish-Fisher expansion have the digits: the next is of
/// the size of the cube of the skewness, 1e-8 standard deviations of 1e-3 of the mean.
fn narrow(shape: f64, w: f64) -> f64 {
    let root = shape.sqrt();
    let (skewness, excess) = (2.0 / root, 6.0 / shape);
    let cubed = w * w * w;
    let z = w + skewness / 6.0 * (w * w - 1.0) + excess / 24.0 * (cubed - 3.0 * w)
        - skewness * skewness / 36.0 * (2.0 * cubed - 5.0 * w);
    shape + root * z
}

/// The side of `x` whose probability is given.
#[derive(Clone, Copy, PartialEq)]
enum GammaTail {
    Below,
    Above,
}

/// Newton's method on the logarithms of `x` and of the tail's probability, which is concave in them because the density of
/// log X is log-concave; kept inside a bracket.
fn solved(shape: f64, log_probability: f64, start: f64, tail: GammaTail) -> f64 {
    let mut low = NEAR_ZERO - 1.0;
    // Beyond this a gamma variable has no probability that 64 bits can tell from 0 (Chernoff's bound).
    let mut high = libm::log(shape + 15.0 * shape.sqrt() + 100.0);
    let mut z = start;
    for _ in 0..ITERATIONS {
        let x = libm::exp(z);
        let (below, above) = regularised(shape, x);
        let density = libm::exp(shape * z - x - libm::lgamma(shape));
        let (surplus, slope) = match tail {
            GammaTail::Below => (libm::log(below) - log_probability, density / below),
            GammaTail::Above => (libm::log(above) - log_probability, -density / above),
        };
        if (surplus > 0.0) == (tail == GammaTail::Below) {
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

/// Newton takes some 3 to 12 steps; halving the bracket to the last digit takes 60.
const ITERATIONS: u32 = 100;

/// A relative error of the probability whose square is below an `f64`'s precision: the step from it is the last.
const CLOSE: f64 = 1e-8;

#[cfg(test)]
mod tests {
    use super::*;

    fn word(u: f64) -> Uniform {
        Uniform((u * 18_446_744_073_709_551_616.0) as u64)
    }

    #[test]
    fn the_exponential_has_a_logarithm() {
        for u in [1e-15, 1e-6, 0.1, 0.5, 0.632, 0.633, 0.9, 0.999, 1.0 - 1e-9] {
            let u = word(u);
            let known = if u.is_lower_half() { -libm::log1p(-u.lower()) } else { -libm::log(u.upper()) };
            let found = quantile(1.0, u);
            assert!((found / known - 1.0).abs() < 1e-12, "{u:?}: {found} for {known}");
        }
    }

    #[test]
    fn the_distribution_function_undoes_it() {
        for shape in [0.01, 0.2, 0.9, 1.5, 12.0, 400.0, 1e4] {
            for u in [1e-12, 1e-4, 0.03, 0.4, 0.55, 0.97, 1.0 - 1e-7] {
                let u = word(u);
                let x = quantile(shape, u);
                if x < 1e-300 {
                    continue;
                }
                let (below, above) = regularised(shape, x);
                let (found, known) = if u.is_lower_half() { (below, u.lower()) } else { (above, u.upper()) };
                assert!((found / known - 1.0).abs() < 1e-9, "{shape}, {u:?}: {found} for {known}");
            }
        }
    }

    /// From SciPy 1.17.1, `scipy.stats.gamma.ppf(u, shape)`.
    #[test]
    fn known_quantiles() {
        for (shape, u, known) in [
            (0.1, 0.001, 6.073048362407869e-31),
            (0.1, 0.5, 0.0005933911044602284),
            (0.5, 0.25, 0.05076552213381078),
            (2.5, 1e-06, 0.0064480801032485435),
            (2.5, 0.75, 3.3128398819146234),
            (37.0, 0.999, 58.67308028416964),
            (1000.0, 0.1, 959.6939327288333),
            (990000.0, 0.03, 988129.47996472),
            (50000.0, 0.875, 50257.33289795631),
        ] {
            let found = quantile(shape, word(u));
            assert!((found / known - 1.0).abs() < 1e-11, "{shape}, {u}: {found} for {known}");
        }
    }

    #[test]
    fn it_grows_across_the_joins_of_methods() {
        for shape in [0.05, 0.7, 30.0, 1e6, 2e6] {
            let mut last = 0.0;
            for i in 1..2000u64 {
                let x = quantile(shape, Uniform(i * (u64::MAX / 2000)));
                assert!(x > last, "{shape}: {x} after {last}");
                last = x;
            }
        }
        // Where the expansion takes over, both agree.
        for u in [1e-6, 0.2, 0.5, 0.9, 1.0 - 1e-6] {
            let solved = quantile(NARROW, word(u));
            let expanded = narrow(NARROW, normal::quantile(word(u)));
            assert!((solved / expanded - 1.0).abs() < 1e-11, "{solved} and {expanded}");
        }
    }
}
