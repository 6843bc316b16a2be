//! Negative binomial counts, exactly inverted.

use super::search::{self, UnimodalCounts};
use super::stirling::{deviance, excess, excess_of_real};
use super::threshold::Threshold;
use super::uniform::Uniform;
use super::{normal, poisson};

/// Closer to 1 than this a dispersion cannot be told from a Poisson count.
const HARDLY_DISPERSED: f64 = 1e-9;

/// The smallest `k` with `P(X <= k) >= u`, where `X` is a negative binomial count of this mean whose variance is
/// `dispersion` times the mean.
///
/// With `r = mean / (dispersion - 1)` and `p = 1 / dispersion`, `P(X = k) = C(k + r - 1, k) p^r (1 - p)^k`. The sum of
/// independent counts of one dispersion has it too: so it does not depend on the length of a step. Exact in the sense of
/// `crate::random`, never decreasing in `u` or the mean; checked to means of 1e6 and dispersions of 1,000. A
/// dispersion of 1 or less is the Poisson count. Anything that is no mean is an error of the caller, caught in debug
/// builds and read as 0 in others.
pub fn quantile(mean: f64, dispersion: f64, u: Uniform) -> u64 {
    debug_assert!(mean >= 0.0 && mean.is_finite(), "{mean} is not the mean of a count");
    let dispersed = dispersion - 1.0 > HARDLY_DISPERSED;
    if !(dispersed && dispersion.is_finite() && mean > 0.0 && mean.is_finite()) {
        return poisson::quantile(mean, u);
    }
    let counts = NegativeBinomial::new(mean, dispersion);
    // Anybody at all, without cancellation. Rare events are decided here.
    if -libm::expm1(counts.r * counts.ln_p) <= u.upper() {
        return 0;
    }
    search::far(&counts, Threshold::reach(u), counts.guess(u))
}

struct NegativeBinomial {
    mean: f64,
    /// The number of successes waited for, any positive number.
    r: f64,
    /// The probability of a success.
    p: f64,
    /// `1 - p`, without cancellation.
    q: f64,
    /// `ln p`, without cancellation.
    ln_p: f64,
}

impl NegativeBinomial {
    fn new(mean: f64, dispersion: f64) -> NegativeBinomial {
        let over = dispersion - 1.0;
        NegativeBinomial {
            mean,
            r: mean / over,
            p: 1.0 / dispersion,
            q: over / dispersion,
            ln_p: -libm::log1p(over),
        }
    }

    /// The first two terms of a Cornish-Fisher expansion.
    fn guess(&self, u: Uniform) -> u64 {
        let s = (self.mean / self.p).sqrt();
        let skew = (1.0 + self.q) / (self.p * s);
        let w = normal::quantile(u);
        (self.mean + s * (w + skew / 6.0 * (w * w - 1.0))).max(0.0) as u64
    }
}

impl UnimodalCounts for NegativeBinomial {
    fn support(&self) -> (u64, u64) {
        (0, u64::MAX)
    }

    fn middle(&self) -> u64 {
        self.mean as u64
    }

    /// `r / (n)` times the binomial probability of `r` successes in `n = k + r` trials, by deviances as Loader has it.
    fn probability(&self, k: u64) -> f64 {
        if k == 0 {
            return libm::exp(self.r * self.ln_p);
        }
        let x = k as f64;
        let n = x + self.r;
        // `x - n q` and `r - n p` are one difference with two signs.
        let difference = x * self.p - self.r * self.q;
        let logarithm = excess_of_real(n)
            - excess(k)
            - excess_of_real(self.r)
            - deviance(x, n * self.q, difference)
            - deviance(self.r, n * self.p, -difference);
        libm::exp(logarithm) * (self.r / n)
    }

    fn ratio_up(&self, k: u64) -> f64 {
        (k as f64 + self.r) * self.q / (k + 1) as f64
    }

    fn ratio_down(&self, k: u64) -> f64 {
        k as f64 / ((k as f64 - 1.0 + self.r) * self.q)
    }
}
