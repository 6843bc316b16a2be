//! A number and how well it is known.

/// A number that was estimated, and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its standard error: from resampled rows and, where batches are known, from leaving out one after the other.
    pub standard_error: f64,
}

/// Of a normal distribution, 95 % is within so many standard deviations of the mean.
const STANDARD_ERRORS: f64 = 1.959_963_984_540_054;

impl Estimate {
    /// The ends of the 95 % confidence interval: the value and 1.96 standard errors to both sides.
    pub fn interval(&self) -> (f64, f64) {
        let margin = self.margin();
        (self.value - margin, self.value + margin)
    }

    /// Half of the width of the 95 % confidence interval, which SALib calls `conf`.
    pub fn margin(&self) -> f64 {
        STANDARD_ERRORS * self.standard_error
    }
}
