//! Finding a distribution by what is known of it: the mean and the coefficient of variation, or two quantiles.

use super::incomplete_gamma::regularised;
use super::law::{Law, above_normal};

/// The coefficients of variation that are offered: outside, a fixed or another length is meant.
pub const SPREADS: (f64, f64) = (0.01, 20.0);

/// The shapes of gamma and Weibull distributions that are offered.
pub const SHAPES: (f64, f64) = (0.1, 10_000.0);

/// The standard deviations of a logarithm that are offered.
pub const SIGMAS: (f64, f64) = (1e-3, 5.0);

/// A quantile: the portion of stays that are over by a time.
pub type Quantile = (f64, f64);

/// The gamma distribution with this mean and coefficient of variation.
pub fn gamma(mean: f64, cv: f64) -> Law {
    let shape = 1.0 / (cv * cv);
    Law::Gamma { shape, scale: mean / shape }
}

/// The Weibull distribution with this mean and shape.
pub fn weibull_of_shape(mean: f64, shape: f64) -> Law {
    Law::Weibull { shape, scale: mean / libm::tgamma(1.0 + 1.0 / shape) }
}

/// The Weibull distribution with this mean and coefficient of variation, which falls as the shape grows.
pub fn weibull(mean: f64, cv: f64) -> Law {
    let spread = |log_shape: f64| {
        let inverse = libm::exp(-log_shape);
        libm::expm1(libm::lgamma(1.0 + 2.0 * inverse) - 2.0 * libm::lgamma(1.0 + inverse))
    };
    let log_shape = bisect(-2.5, 6.0, |log_shape| spread(log_shape) > cv * cv);
    weibull_of_shape(mean, libm::exp(log_shape))
}

/// The lognormal distribution with this mean and coefficient of variation.
pub fn lognormal(mean: f64, cv: f64) -> Law {
    let variance = libm::log1p(cv * cv);
    Law::Lognormal { mu: libm::log(mean) - variance / 2.0, sigma: variance.sqrt() }
}

/// The gamma distribution with two quantiles, the lower first.
pub fn gamma_by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Law {
    // The ratio of two quantiles falls as the shape grows.
    let ratio = libm::log(u / t);
    let (low, high) = (libm::log(SHAPES.0), libm::log(SHAPES.1));
    let shape = libm::exp(bisect(low, high, |log_shape| {
        let shape = libm::exp(log_shape);
        log_gamma_quantile(shape, q) - log_gamma_quantile(shape, p) > ratio
    }));
    Law::Gamma { shape, scale: libm::exp(libm::log(t) - log_gamma_quantile(shape, p)) }
}

/// The Weibull distribution with two quantiles, the lower first.
pub fn weibull_by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Law {
    let y = |portion: f64| libm::log(-libm::log1p(-portion));
    let shape = (y(q) - y(p)) / libm::log(u / t);
    Law::Weibull { shape, scale: libm::exp(libm::log(t) - y(p) / shape) }
}

/// The lognormal distribution with two quantiles, the lower first.
pub fn lognormal_by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Law {
    let [y, z] = [p, q].map(normal_quantile);
    let sigma = libm::log(u / t) / (z - y);
    Law::Lognormal { mu: libm::log(t) - sigma * y, sigma }
}

fn normal_quantile(portion: f64) -> f64 {
    bisect(-40.0, 40.0, |z| above_normal(-z) < portion)
}

fn log_gamma_quantile(shape: f64, portion: f64) -> f64 {
    bisect(-700.0, 20.0, |log_x| regularised(shape, libm::exp(log_x)).0 < portion)
}

/// Where `below` turns from true to false.
fn bisect(low: f64, high: f64, below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        *(if below(middle) { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_met() {
        let quantiles = [(0.5, 8.0), (0.9, 30.0)];
        for (portion, time) in quantiles {
            let below = |law: Law| match law {
                Law::Gamma { shape, scale } => regularised(shape, time / scale).0,
                Law::Weibull { shape, scale } => -libm::expm1(-libm::pow(time / scale, shape)),
                Law::Lognormal { mu, sigma } => above_normal((mu - libm::log(time)) / sigma),
                _ => f64::NAN,
            };
            for law in [
                gamma_by_quantiles(quantiles),
                weibull_by_quantiles(quantiles),
                lognormal_by_quantiles(quantiles),
            ] {
                assert!((below(law.clone()) - portion).abs() < 1e-12, "{law:?} at {time}");
            }
        }
    }

    #[test]
    fn means_and_spreads_are_met() {
        for cv in [0.1, 0.5, 1.0, 1.5] {
            for law in [gamma(12.0, cv), weibull(12.0, cv), lognormal(12.0, cv)] {
                assert!((law.mean() / 12.0 - 1.0).abs() < 1e-12, "{law:?}");
                // E X^2 = 2 x the integral of t S(t): by parts, twice the integral of what is beyond.
                let h = if cv < 0.75 { 0.01 } else { 0.2 };
                let second: f64 =
                    2.0 * h * (0..20_000).map(|k| law.beyond(h * (f64::from(k) + 0.5))).sum::<f64>();
                let found = (second / 144.0 - 1.0).sqrt();
                assert!((found / cv - 1.0).abs() < 1e-3, "{law:?}: {found} for {cv}");
            }
        }
    }
}
