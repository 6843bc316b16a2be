//! Lengths that are all the same.

use super::function::Survival;

/// All equally long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedLength {
    /// How long.
    pub length: f64,
}

impl Survival for FixedLength {
    fn mean(&self) -> f64 {
        self.length
    }

    fn survival(&self, t: f64) -> f64 {
        f64::from(self.length > t)
    }

    fn limited(&self, t: f64) -> f64 {
        self.length.min(t)
    }

    fn rest(&self, t: f64) -> f64 {
        self.length - t
    }
}
