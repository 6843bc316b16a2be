//! Exponential lengths.

use super::function::Survival;

/// Memoryless: who has stayed long is no nearer the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialLength {
    /// The mean.
    pub mean: f64,
}

impl Survival for ExponentialLength {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn survival(&self, t: f64) -> f64 {
        libm::exp(-t / self.mean)
    }

    fn limited(&self, t: f64) -> f64 {
        -self.mean * libm::expm1(-t / self.mean)
    }

    fn rest(&self, t: f64) -> f64 {
        self.mean * libm::exp(-t / self.mean)
    }

    /// In closed form, without a difference that could cancel.
    fn between(&self, from: f64, to: f64) -> f64 {
        -self.mean * libm::exp(-from / self.mean) * libm::expm1(-(to - from) / self.mean)
    }
}
