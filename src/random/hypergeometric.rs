//! Hypergeometric counts, exactly inverted.

use super::normal;
use super::search::{self, UnimodalCounts};
use super::stirling::{deviance, excess};
use super::threshold::Threshold;
use super::uniform::Uniform;

/// The smallest `k` with `P(X <= k) >= u`, where `X` counts the marked among `drawn` taken without replacement
/// from a `population` of which `marked` are marked.
///
/// Exact in the sense of `crate::random`, never decreasing in `u`. Populations go to 2^53, checked to 1e9;
/// a draw takes some tens of standard deviations of steps. `marked` or `drawn` above the population is an error
/// of the caller, caught in debug builds and clamped in others.
pub fn quantile(population: u64, marked: u64, drawn: u64, u: Uniform) -> u64 {
    debug_assert!(marked <= population, "{marked} marked of {population}");
    debug_assert!(drawn <= population, "{drawn} drawn of {population}");
    let urn = Urn { population, marked: marked.min(population), drawn: drawn.min(population) };
    let (least, most) = urn.support();
    if least == most {
        return least;
    }
    search::near(&urn, Threshold::reach(u), urn.guess(u))
}

struct Urn {
    population: u64,
    marked: u64,
    drawn: u64,
}

impl Urn {
    /// The first two terms of a Cornish-Fisher expansion: within a few counts of the answer.
    fn guess(&self, u: Uniform) -> u64 {
        let population = self.population as f64;
        let (marked, drawn) = (self.marked as f64 / population, self.drawn as f64 / population);
        let mean = self.marked as f64 * drawn;
        let s = (mean * (1.0 - marked) * (1.0 - drawn)).sqrt();
        let skew = (1.0 - 2.0 * marked) * (1.0 - 2.0 * drawn);
        let w = normal::quantile(u);
        (mean + 0.5 + s * w + skew / 6.0 * (w * w - 1.0)) as u64
    }

    /// The unmarked that are not drawn, when `k` of the drawn are marked.
    fn left(&self, k: u64) -> u64 {
        (self.population - self.marked) - (self.drawn - k)
    }

    /// `k` less the mean, rounded once: `k N - marked drawn` is an exact integer.
    fn above_mean(&self, k: u64) -> f64 {
        let scaled = i128::from(k) * i128::from(self.population);
        (scaled - i128::from(self.marked) * i128::from(self.drawn)) as f64 / self.population as f64
    }
}

impl UnimodalCounts for Urn {
    fn support(&self) -> (u64, u64) {
        let unmarked = self.population - self.marked;
        (self.drawn.saturating_sub(unmarked), self.marked.min(self.drawn))
    }

    /// The mode.
    fn middle(&self) -> u64 {
        let above = u128::from(self.marked + 1) * u128::from(self.drawn + 1);
        (above / u128::from(self.population + 2)) as u64
    }

    /// The four cells of the table (marked or not, drawn or not) with the same `k - mean` in each, up to sign:
    /// Loader's form of the product of two binomial probabilities over a third.
    fn probability(&self, k: u64) -> f64 {
        let margins = [self.marked, self.population - self.marked, self.drawn, self.population - self.drawn];
        let population = self.population as f64;
        let expected = |row: u64, column: u64| row as f64 * (column as f64 / population);
        let above = self.above_mean(k);
        let cells = [
            (k, expected(margins[0], margins[2]), above),
            (self.marked - k, expected(margins[0], margins[3]), -above),
            (self.drawn - k, expected(margins[1], margins[2]), -above),
            (self.left(k), expected(margins[1], margins[3]), above),
        ];
        let mut logarithm = -excess(self.population);
        for margin in margins {
            logarithm += excess(margin);
        }
        for (count, mean, difference) in cells {
            logarithm -= excess(count) + deviance(count as f64, mean, difference);
        }
        libm::exp(logarithm)
    }

    fn ratio_up(&self, k: u64) -> f64 {
        ((self.marked - k) as f64 * (self.drawn - k) as f64) / ((k + 1) as f64 * (self.left(k) + 1) as f64)
    }

    fn ratio_down(&self, k: u64) -> f64 {
        (k as f64 * self.left(k) as f64) / ((self.marked - k + 1) as f64 * (self.drawn - k + 1) as f64)
    }
}
