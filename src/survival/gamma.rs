//! Gamma lengths.

use super::fit::{Quantile, SHAPES, TwoParameters, bisect};
use super::function::Survival;
use super::incomplete_gamma::regularised;

/// Gamma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaLength {
    /// Its shape: 1 over the square of the coefficient of variation.
    pub shape: f64,
    /// Its scale: the mean over the shape.
    pub scale: f64,
}

impl Survival for GammaLength {
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn survival(&self, t: f64) -> f64 {
        regularised(self.shape, t / self.scale).1
    }

    fn limited(&self, t: f64) -> f64 {
        let &GammaLength { shape, scale } = self;
        let x = t / scale;
        shape * scale * regularised(shape + 1.0, x).0 + t * regularised(shape, x).1
    }

    fn rest(&self, t: f64) -> f64 {
        let &GammaLength { shape, scale } = self;
        let x = t / scale;
        shape * scale * regularised(shape + 1.0, x).1 - t * regularised(shape, x).1
    }
}

impl TwoParameters for GammaLength {
    fn by_shape(mean: f64, shape: f64) -> Option<Self> {
        Some(GammaLength { shape, scale: mean / shape })
    }

    fn by_cv(mean: f64, cv: f64) -> Self {
        let shape = 1.0 / (cv * cv);
        GammaLength { shape, scale: mean / shape }
    }

    /// The ratio of two quantiles falls as the shape grows.
    fn by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Self {
        let ratio = libm::log(u / t);
        let (low, high) = (libm::log(SHAPES.0), libm::log(SHAPES.1));
        let shape = libm::exp(bisect(low, high, |log_shape| {
            let shape = libm::exp(log_shape);
            log_quantile(shape, q) - log_quantile(shape, p) > ratio
        }));
        GammaLength { shape, scale: libm::exp(libm::log(t) - log_quantile(shape, p)) }
    }

    /// The search for a shape ends at the bounds, so that what it found there met no quantiles.
    fn is_offered(&self) -> bool {
        self.shape > 1.01 * SHAPES.0 && self.shape < 0.99 * SHAPES.1
    }
}

/// The logarithm of a quantile at scale 1.
fn log_quantile(shape: f64, portion: f64) -> f64 {
    bisect(-700.0, 20.0, |log_x| regularised(shape, libm::exp(log_x)).0 < portion)
}
