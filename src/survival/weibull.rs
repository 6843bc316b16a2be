//! Weibull lengths.

use super::fit::{Quantile, SHAPES, TwoParameters, bisect};
use super::function::Survival;
use super::incomplete_gamma::regularised;

/// Weibull.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeibullLength {
    /// Its shape: above 1 the longer the stay the likelier its end.
    pub shape: f64,
    /// Its scale: 63 % have left by then.
    pub scale: f64,
}

impl WeibullLength {
    fn of_shape(mean: f64, shape: f64) -> Self {
        WeibullLength { shape, scale: mean / libm::tgamma(1.0 + 1.0 / shape) }
    }
}

impl Survival for WeibullLength {
    fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }

    fn survival(&self, t: f64) -> f64 {
        libm::exp(-libm::pow(t / self.scale, self.shape))
    }

    fn limited(&self, t: f64) -> f64 {
        self.mean() * regularised(1.0 / self.shape, libm::pow(t / self.scale, self.shape)).0
    }

    fn rest(&self, t: f64) -> f64 {
        self.mean() * regularised(1.0 / self.shape, libm::pow(t / self.scale, self.shape)).1
    }
}

impl TwoParameters for WeibullLength {
    fn by_shape(mean: f64, shape: f64) -> Option<Self> {
        Some(WeibullLength::of_shape(mean, shape))
    }

    /// The coefficient of variation falls as the shape grows.
    fn by_cv(mean: f64, cv: f64) -> Self {
        let spread = |log_shape: f64| {
            let inverse = libm::exp(-log_shape);
            libm::expm1(libm::lgamma(1.0 + 2.0 * inverse) - 2.0 * libm::lgamma(1.0 + inverse))
        };
        let log_shape = bisect(-2.5, 6.0, |log_shape| spread(log_shape) > cv * cv);
        WeibullLength::of_shape(mean, libm::exp(log_shape))
    }

    fn by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Self {
        let y = |portion: f64| libm::log(-libm::log1p(-portion));
        let shape = (y(q) - y(p)) / libm::log(u / t);
        WeibullLength { shape, scale: libm::exp(libm::log(t) - y(p) / shape) }
    }

    fn is_offered(&self) -> bool {
        self.shape >= SHAPES.0 && self.shape <= SHAPES.1
    }
}
