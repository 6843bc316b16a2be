//! Finding a distribution by what is known of it: the mean and the shape or coefficient of variation, or two quantiles.

use super::function::Survival;

/// The coefficients of variation that are offered: outside, a fixed or another length is meant.
pub const SPREADS: (f64, f64) = (0.01, 20.0);

/// The shapes that are offered.
pub const SHAPES: (f64, f64) = (0.1, 10_000.0);

/// A quantile: the portion of stays that are over by a time.
pub type Quantile = (f64, f64);

/// A family of distributions with two parameters.
pub trait TwoParameters: Survival + Sized {
    /// Whether it is known by a shape.
    const HAS_SHAPE: bool = true;

    /// The one with this mean and shape; `None` of a family without a shape.
    fn by_shape(mean: f64, shape: f64) -> Option<Self>;

    /// The one with this mean and coefficient of variation.
    fn by_cv(mean: f64, cv: f64) -> Self;

    /// The one with two quantiles, the lower first.
    fn by_quantiles(quantiles: [Quantile; 2]) -> Self;

    /// Whether its parameters are among those that are offered.
    fn is_offered(&self) -> bool;
}

/// Where `below` turns from true to false.
pub(super) fn bisect(low: f64, high: f64, below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        *(if below(middle) { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}
