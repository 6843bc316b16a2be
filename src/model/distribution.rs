//! Distributions that a parameter may be drawn from.

/// A distribution over one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Normal.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, above 0.
        sd: f64,
    },
    /// Lognormal: the logarithm is normal.
    Lognormal {
        /// Its median, above 0.
        median: f64,
        /// The standard deviation of the logarithm, above 0.
        sigma: f64,
    },
    /// Uniform.
    Uniform {
        /// Its lower end.
        low: f64,
        /// Its upper end, above `low`.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Its lower end.
        low: f64,
        /// Where it peaks, from `low` to `high`.
        mode: f64,
        /// Its upper end, above `low`.
        high: f64,
    },
    /// Beta, between 0 and 1.
    Beta {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, with sd^2 < mean (1 - mean).
        sd: f64,
    },
    /// Gamma.
    Gamma {
        /// Its mean, above 0.
        mean: f64,
        /// Its standard deviation, above 0.
        sd: f64,
    },
}
