//! The expansion that answers nearly every draw of a large count.
//!
//! Cornish and Fisher, "Moments and cumulants in the specification of distributions" (1938), for the solution
//! `y` of `F(y - 1) = u`, where `F` is the distribution function continued between the integers (the regularised
//! incomplete beta or gamma function). The quantile is `floor(y)` except where `y` is an integer.

/// The cumulants of a binomial, or of the Poisson that is its limit.
pub(super) struct Expansion {
    /// `n p`.
    pub mean: f64,
    /// `n p q`.
    pub variance: f64,
    /// `q - p`; 1 for the Poisson.
    pub skew: f64,
    /// `p q`; 0 for the Poisson.
    pub pq: f64,
}

/// The bound `(ERROR[0] + ERROR[1] w^6) / s^3` on what the expansion leaves out.
///
/// It is one and a half times what was checked, not proved. Against sums of probabilities, at the deviates of F(k)
/// for every k within 4.6 of the middle, the error stays under two thirds of it (0.64 at worst, near the Poisson
/// of mean 9, falling to 0.3 for large s): for 691 variances from 6 to 1,200, each with 2,000 values of p from
/// 1e-7 to 1/2 and the Poisson, and for 65 variances from 6 to 10,000, each with 1,000 values of p and the
/// Poisson. At a fixed p the error is a smooth function of w and 1/s, so nothing finer hides between the points. Below a
/// variance of 5 the bound is passed.
pub(super) const ERROR: [f64; 2] = [0.024, 1.125e-3];

/// Where the bound on the error has been checked; 4e-6 of the draws lie beyond.
const LARGEST_DEVIATE: f64 = 4.6;

impl Expansion {
    /// The quantile at the normal deviate `w`, where the expansion can tell it.
    ///
    /// Otherwise the neighbourhood of the answer, for an exact search to start from.
    #[inline]
    pub fn quantile(&self, w: f64) -> Result<u64, u64> {
        let (y, error) = self.solution(w);
        // The floor of any y above 0: a y below has nothing inside, and is left to the search.
        let below = y as i64;
        let inside = y - below as f64;
        if w.abs() < LARGEST_DEVIATE && inside > error && 1.0 - inside > error {
            Ok(below as u64)
        } else {
            Err(y as u64)
        }
    }

    /// `y` and a bound on its error: truncation, and rounding with the rounding of the deviate. The last is wide
    /// enough (4e-12 of a standard deviation) to leave to the search whatever the search's own rounding could
    /// decide differently, so the two never disagree about the order of two draws.
    #[inline]
    pub fn solution(&self, w: f64) -> (f64, f64) {
        // Sheppard's correction: the continuous F has the variance of the count less 1/12.
        let s = (self.variance - 1.0 / 12.0).sqrt();
        let r = 1.0 / s;
        let g = self.skew;
        let z = self.pq;
        let w2 = w * w;
        let w4 = w2 * w2;
        // The Cornish-Fisher polynomials in k4 = 1 - 6z and k5 = g (1 - 12z), with g^2 = 1 - 4z put in:
        //   k4/24 (w^3 - 3w) - g^2/36 (2w^3 - 5w)
        //   k5/120 (w^4 - 6w^2 + 3) - g k4/24 (w^4 - 5w^2 + 2) + g^3/324 (12w^4 - 53w^2 + 17) + g/72 (w^2 - 1)
        //   k4/288 (w^3 - 3w) - g^2/216 (2w^3 - 5w), a part of the third term.
        let first = (1.0 / 72.0) * w * ((1.0 + 14.0 * z) - (1.0 + 2.0 * z) * w2);
        let second = (1.0 / 1620.0) * g * (2.0 + z) * (3.0 * w4 + 7.0 * w2 - 16.0);
        let third = (1.0 / 864.0) * w * ((11.0 - 26.0 * z) - (5.0 - 14.0 * z) * w2);
        let middle = self.mean + 0.5 + s * w + g * (1.0 / 6.0) * (w2 - 1.0);
        let y = middle + r * (first + r * (second + r * third));
        let truncation = (ERROR[0] + ERROR[1] * w2 * w4) * r * r * r;
        let rounding = 8.0 * f64::EPSILON * self.mean + 4e-12 * s;
        (y, truncation + rounding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Uniform, normal};

    /// The largest error of `solution` over the bound without its rounding terms, at the deviates of `F(k)` for
    /// every `k` in range, where `y` is `k + 1` exactly.
    ///
    /// `ratio(k)` is the probability of `k` over that of `k - 1`. The probabilities are added up from both ends,
    /// and normalised by their sum: nothing here shares a formula with the expansion.
    fn worst(expansion: &Expansion, most: u64, ratio: impl Fn(u64) -> f64) -> (f64, f64) {
        let s = expansion.variance.sqrt();
        let mode = (expansion.mean as u64).min(most);
        let first = (expansion.mean - 12.0 * s).max(0.0) as u64;
        let last = ((expansion.mean + 12.0 * s + 40.0) as u64).min(most);
        let mut probabilities = vec![0.0; (last - first + 1) as usize];
        let at = |k: u64| (k - first) as usize;
        probabilities[at(mode)] = 1.0;
        for k in mode + 1..=last {
            probabilities[at(k)] = probabilities[at(k - 1)] * ratio(k);
        }
        for k in (first..mode).rev() {
            probabilities[at(k)] = probabilities[at(k + 1)] / ratio(k + 1);
        }
        let mut upper = vec![0.0; probabilities.len() + 1];
        for i in (0..probabilities.len()).rev() {
            upper[i] = upper[i + 1] + probabilities[i];
        }
        let total = upper[0];
        let mut worst = (0.0, 0.0);
        let mut lower = 0.0;
        for k in first..last {
            lower += probabilities[at(k)];
            let above = upper[at(k) + 1];
            let tail = lower.min(above) / total;
            let word = Uniform((tail * 18_446_744_073_709_551_616.0) as u64);
            let w = normal::quantile(if lower < above { word } else { word.mirrored() });
            if w.abs() < LARGEST_DEVIATE {
                let (y, _) = expansion.solution(w);
                let r = 1.0 / (expansion.variance - 1.0 / 12.0).sqrt();
                let bound = (ERROR[0] + ERROR[1] * w.powi(6)) * r.powi(3);
                let error = (y - (k + 1) as f64).abs() / bound;
                if error > worst.0 {
                    worst = (error, w);
                }
            }
        }
        worst
    }

    fn worst_binomial(n: u64, p: f64) -> (f64, f64) {
        let (mean, q) = (n as f64 * p, 1.0 - p);
        let expansion = Expansion { mean, variance: mean * q, skew: q - p, pq: p * q };
        worst(&expansion, n, |k| (n - k + 1) as f64 * p / (k as f64 * q))
    }

    /// Binomials of `per_decade` variances a decade from 6 to `last`, each with `shapes` values of p evenly
    /// spread over (0, 1/2] and as many in geometric progression from 1e-7, and the Poisson.
    fn check(per_decade: i32, last: f64, shapes: u32) {
        let step = libm::pow(10.0, 1.0 / f64::from(per_decade));
        let mut variance = crate::random::walk::LARGEST_VARIANCE;
        while variance < last {
            let poisson = Expansion { mean: variance, variance, skew: 1.0, pq: 0.0 };
            let (error, w) = worst(&poisson, u64::MAX, |k| variance / k as f64);
            assert!(error < 1.0 / MARGIN, "Poisson {variance}, w = {w}: {error} of the bound");
            for i in 0..2 * shapes {
                let p = if i < shapes {
                    0.5 * f64::from(i + 1) / f64::from(shapes)
                } else {
                    0.5 * libm::pow(2e-7, f64::from(i - shapes) / f64::from(shapes))
                };
                let n = (variance / (p * (1.0 - p))).ceil() as u64;
                let (error, w) = worst_binomial(n, p);
                assert!(error < 1.0 / MARGIN, "n = {n}, p = {p}, w = {w}: {error} of the bound");
            }
            variance *= step;
        }
    }

    /// What the margin is a margin over.
    const MARGIN: f64 = 1.5;

    #[test]
    fn the_bound_holds_on_a_grid() {
        check(60, 1200.0, 100);
    }

    #[test]
    #[ignore = "half a minute: the grid that the documentation of the bound states"]
    fn the_bound_holds_on_a_dense_grid() {
        check(300, 1200.0, 1000);
        check(20, 10_000.0, 500);
    }
}
