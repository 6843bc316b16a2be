//! Poisson counts, exactly inverted.

use super::binomial::ABOVE_ROUNDING;
use super::cornish_fisher::Expansion;
use super::normal;
use super::search::{self, UnimodalCounts};
use super::stirling::{deviance, excess};
use super::threshold::Threshold;
use super::uniform::Uniform;
use super::walk;

/// The smallest `k` with `P(X <= k) >= u`, where `X` is Poisson with this mean.
///
/// Exact in the sense of `crate::random`, never decreasing in `u` or the mean. Means are finite and not
/// negative, checked to 1e8; any other is an error of the caller, caught in debug builds and read as 0 in others.
#[inline]
pub fn quantile(mean: f64, u: Uniform) -> u64 {
    let poisson = Poisson { mean: checked(mean) };
    // exp(-m) is at least 1 - m. Rare events are mostly decided here.
    if poisson.mean * ABOVE_ROUNDING <= u.upper() {
        return 0;
    }
    if poisson.mean < walk::LARGEST_VARIANCE {
        return walk::quantile(&poisson, Threshold::reach(u), libm::exp(-poisson.mean), |_| poisson.mean);
    }
    // A binomial whose p has gone to 0.
    let expansion = Expansion { mean: poisson.mean, variance: poisson.mean, skew: 1.0, pq: 0.0 };
    match expansion.quantile(normal::quantile(u)) {
        Ok(k) => k,
        Err(near) => search::near(&poisson, Threshold::reach(u), near),
    }
}

/// [`quantile`] by exact search alone: the same counts, slowly, for testing the fast paths by equality.
pub fn quantile_by_search(mean: f64, u: Uniform) -> u64 {
    let poisson = Poisson { mean: checked(mean) };
    let start = poisson.mean + normal::quantile(u) * poisson.mean.sqrt();
    search::quantile(&poisson, Threshold::reach(u), start as u64)
}

#[inline]
fn checked(mean: f64) -> f64 {
    debug_assert!(mean >= 0.0 && mean.is_finite(), "{mean} is not the mean of a count");
    if mean >= 0.0 && mean.is_finite() { mean } else { 0.0 }
}

struct Poisson {
    mean: f64,
}

impl UnimodalCounts for Poisson {
    #[inline]
    fn support(&self) -> (u64, u64) {
        (0, u64::MAX)
    }

    fn middle(&self) -> u64 {
        self.mean as u64
    }

    fn probability(&self, k: u64) -> f64 {
        let x = k as f64;
        libm::exp(-excess(k) - deviance(x, self.mean, x - self.mean))
    }

    fn ratio_up(&self, k: u64) -> f64 {
        self.mean / (k + 1) as f64
    }

    fn ratio_down(&self, k: u64) -> f64 {
        k as f64 / self.mean
    }
}
