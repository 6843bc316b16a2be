//! What a distribution of lengths of stay tells: its survival function and the integral of it.

/// A distribution of lengths, by its survival function and the integral of it. Times and lengths are in steps.
pub trait Survival {
    /// The mean length.
    fn mean(&self) -> f64;

    /// The probability of a length above `t`, of a `t` above 0.
    fn survival(&self, t: f64) -> f64;

    /// The integral of the survival function up to `t`, the mean of the smaller of length and `t`.
    fn limited(&self, t: f64) -> f64;

    /// The integral of the survival function from `t`, above 0, on; rounding may take it below 0.
    fn rest(&self, t: f64) -> f64;

    /// The probability of a length above `t`.
    fn longer_than(&self, t: f64) -> f64 {
        if t <= 0.0 { 1.0 } else { self.survival(t) }
    }

    /// The integral of the survival function from `t` on, the mean of what lengths have beyond `t`.
    fn beyond(&self, t: f64) -> f64 {
        if t <= 0.0 { self.mean() } else { self.rest(t).max(0.0) }
    }

    /// The integral of the survival function between two times that are at least 0, the earlier first. Taken from the side
    /// where no digits cancel.
    fn between(&self, from: f64, to: f64) -> f64 {
        let limited = self.limited(to);
        let integral = if limited <= self.mean() / 2.0 {
            limited - self.limited(from)
        } else {
            self.beyond(from) - self.beyond(to)
        };
        integral.clamp(0.0, to - from)
    }
}
