//! Lognormal lengths.

use std::f64::consts::SQRT_2;

use super::fit::{Quantile, TwoParameters, bisect};
use super::function::Survival;

/// The standard deviations of a logarithm that are offered.
const SIGMAS: (f64, f64) = (1e-3, 5.0);

/// Lognormal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LognormalLength {
    /// The mean of the logarithm.
    pub mu: f64,
    /// The standard deviation of the logarithm.
    pub sigma: f64,
}

impl Survival for LognormalLength {
    fn mean(&self) -> f64 {
        libm::exp(self.mu + self.sigma * self.sigma / 2.0)
    }

    fn survival(&self, t: f64) -> f64 {
        above_normal((libm::log(t) - self.mu) / self.sigma)
    }

    fn limited(&self, t: f64) -> f64 {
        let z = (libm::log(t) - self.mu) / self.sigma;
        self.mean() * above_normal(self.sigma - z) + t * above_normal(z)
    }

    fn rest(&self, t: f64) -> f64 {
        let z = (libm::log(t) - self.mu) / self.sigma;
        self.mean() * above_normal(z - self.sigma) - t * above_normal(z)
    }
}

impl TwoParameters for LognormalLength {
    const HAS_SHAPE: bool = false;

    fn by_shape(_: f64, _: f64) -> Option<Self> {
        None
    }

    fn by_cv(mean: f64, cv: f64) -> Self {
        let variance = libm::log1p(cv * cv);
        LognormalLength { mu: libm::log(mean) - variance / 2.0, sigma: variance.sqrt() }
    }

    fn by_quantiles([(p, t), (q, u)]: [Quantile; 2]) -> Self {
        let [y, z] = [p, q].map(normal_quantile);
        let sigma = libm::log(u / t) / (z - y);
        LognormalLength { mu: libm::log(t) - sigma * y, sigma }
    }

    fn is_offered(&self) -> bool {
        self.sigma >= SIGMAS.0 && self.sigma <= SIGMAS.1
    }
}

/// The probability that a standard normal variable is above `z`.
fn above_normal(z: f64) -> f64 {
    0.5 * libm::erfc(z / SQRT_2)
}

fn normal_quantile(portion: f64) -> f64 {
    bisect(-40.0, 40.0, |z| above_normal(-z) < portion)
}
