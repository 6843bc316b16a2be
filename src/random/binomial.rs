//! Binomial counts, exactly inverted.

use super::cornish_fisher::Expansion;
use super::normal;
use super::search::{self, UnimodalCounts};
use super::stirling::{deviance, excess};
use super::threshold::Threshold;
use super::uniform::Uniform;
use super::walk;

/// The smallest `k` with `P(X <= k) >= u`, where `X` counts successes in `n` trials of probability `p`.
///
/// Exact in the sense of `crate::random`, never decreasing in `u`, `n` or `p`. `n` goes to 2^53; checked to
/// 1e9. A `p` outside [0, 1] is an error of the caller, caught in debug builds and clamped in others (NaN to 0).
///
/// Where `n p q >= 6` the expansion decides at once, save for 0.6 % of the draws at 6, and ever fewer beyond,
/// that go to a search of some standard deviations of steps. Hörmann, "The generation of binomial random variates" (1993), compares the
/// rejection methods that libraries use: they are not monotone, and consume an unknown number of uniforms.
#[inline]
pub fn quantile(n: u64, p: f64, u: Uniform) -> u64 {
    let p = checked(p);
    // 1 - p is exact for p above 1/2.
    if p <= 0.5 {
        Binomial { n, p, q: 1.0 - p }.quantile(u, Threshold::reach)
    } else {
        n - Binomial { n, p: 1.0 - p, q: p }.quantile(u.mirrored(), Threshold::exceed)
    }
}

/// [`quantile`] by exact search alone: the same counts, slowly, for testing the fast paths by equality.
pub fn quantile_by_search(n: u64, p: f64, u: Uniform) -> u64 {
    let p = checked(p);
    if p <= 0.5 {
        Binomial { n, p, q: 1.0 - p }.searched(u, Threshold::reach)
    } else {
        n - Binomial { n, p: 1.0 - p, q: p }.searched(u.mirrored(), Threshold::exceed)
    }
}

#[inline]
fn checked(p: f64) -> f64 {
    debug_assert!((0.0..=1.0).contains(&p), "{p} is not a probability");
    if p > 0.0 { p.min(1.0) } else { 0.0 }
}

/// What makes a bound on a tail safe from the rounding of the bound.
pub(super) const ABOVE_ROUNDING: f64 = 1.0 + 1e-11;

/// With `p` at most 1/2.
struct Binomial {
    n: u64,
    p: f64,
    q: f64,
}

impl Binomial {
    #[inline]
    fn quantile(&self, u: Uniform, threshold: impl Fn(Uniform) -> Threshold) -> u64 {
        // Bernoulli's inequality: (1 - p)^n is at least 1 - n p. Rare events are mostly decided here.
        if self.n as f64 * self.p * ABOVE_ROUNDING <= u.upper() {
            return 0;
        }
        let expansion = self.expansion();
        if expansion.variance < walk::LARGEST_VARIANCE {
            let odds = self.p / self.q;
            let after = self.n as f64 + 1.0;
            let at_zero = libm::exp(self.n as f64 * libm::log1p(-self.p));
            return walk::quantile(self, threshold(u), at_zero, |k| (after - k) * odds);
        }
        match expansion.quantile(normal::quantile(u)) {
            Ok(k) => k,
            Err(near) => search::near(self, threshold(u), near),
        }
    }

    fn searched(&self, u: Uniform, threshold: impl Fn(Uniform) -> Threshold) -> u64 {
        let expansion = self.expansion();
        let start = expansion.mean + normal::quantile(u) * expansion.variance.sqrt();
        search::quantile(self, threshold(u), start as u64)
    }

    #[inline]
    fn expansion(&self) -> Expansion {
        // Signed, because that conversion is one instruction everywhere.
        let mean = self.n as i64 as f64 * self.p;
        Expansion { mean, variance: mean * self.q, skew: self.q - self.p, pq: self.p * self.q }
    }

    /// `k - n p`, with the rounding error of the product put back: at `n` = 1e9 that error is 1e-12 of a
    /// probability in the tails.
    fn above_mean(&self, k: u64) -> f64 {
        let n = self.n as f64;
        let product = n * self.p;
        (k as f64 - product) - product_error(n, self.p, product)
    }
}

/// `a b - product` exactly, for `product` the rounded `a b`. Dekker, "A floating-point technique for extending
/// the available precision" (1971): 2^27 + 1 splits a double into halves whose products are exact.
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let split = |x: f64| {
        let scaled = 134_217_729.0 * x;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2
}

impl UnimodalCounts for Binomial {
    #[inline]
    fn support(&self) -> (u64, u64) {
        (0, self.n)
    }

    fn middle(&self) -> u64 {
        ((self.n as f64 + 1.0) * self.p) as u64
    }

    fn probability(&self, k: u64) -> f64 {
        let (n, rest) = (self.n as f64, self.n - k);
        let above = self.above_mean(k);
        let mean = n * self.p;
        let logarithm = excess(self.n)
            - excess(k)
            - excess(rest)
            - deviance(k as f64, mean, above)
            - deviance(rest as f64, n - mean, -above);
        libm::exp(logarithm)
    }

    fn ratio_up(&self, k: u64) -> f64 {
        (self.n - k) as f64 * self.p / ((k + 1) as f64 * self.q)
    }

    fn ratio_down(&self, k: u64) -> f64 {
        k as f64 * self.q / ((self.n - k + 1) as f64 * self.p)
    }
}
