//! The distributions of a length of stay: one a file, and the list of them.
//!
//! To add one, write its file and its line in [`SurvivalLaw`]; one with two parameters has a line in [`family`](super::family) too, by which
//! scenarios reach it. The compiler names what is missing.

use super::exponential::ExponentialLength;
use super::fixed::FixedLength;
use super::function::Survival;
use super::gamma::GammaLength;
use super::lognormal::LognormalLength;
use super::table::SurvivalTable;
use super::weibull::WeibullLength;

/// How long people stay, in steps.
#[derive(Clone, Debug, PartialEq)]
pub enum SurvivalLaw {
    /// All equally long.
    Fixed(FixedLength),
    /// Memoryless.
    Exponential(ExponentialLength),
    /// Gamma.
    Gamma(GammaLength),
    /// Weibull.
    Weibull(WeibullLength),
    /// Lognormal.
    Lognormal(LognormalLength),
    /// Whole durations.
    Table(SurvivalTable),
}

impl SurvivalLaw {
    fn kind(&self) -> &dyn Survival {
        match self {
            SurvivalLaw::Fixed(law) => law,
            SurvivalLaw::Exponential(law) => law,
            SurvivalLaw::Gamma(law) => law,
            SurvivalLaw::Weibull(law) => law,
            SurvivalLaw::Lognormal(law) => law,
            SurvivalLaw::Table(law) => law,
        }
    }

    /// The mean length.
    pub fn mean(&self) -> f64 {
        self.kind().mean()
    }

    /// The probability of a length above `t`.
    pub fn longer_than(&self, t: f64) -> f64 {
        self.kind().longer_than(t)
    }

    /// The integral of the survival function from `from` to `to`.
    pub fn between(&self, from: f64, to: f64) -> f64 {
        let (from, to) = (from.max(0.0), to.max(0.0));
        if to <= from { 0.0 } else { self.kind().between(from, to) }
    }

    /// The integral of the survival function from `t` on, the mean of what lengths have beyond `t`.
    pub fn beyond(&self, t: f64) -> f64 {
        self.kind().beyond(t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> [SurvivalLaw; 6] {
        [
            SurvivalLaw::Exponential(ExponentialLength { mean: 12.0 }),
            SurvivalLaw::Gamma(GammaLength { shape: 3.0, scale: 4.0 }),
            SurvivalLaw::Gamma(GammaLength { shape: 0.4, scale: 30.0 }),
            SurvivalLaw::Weibull(WeibullLength { shape: 0.7, scale: 9.5 }),
            SurvivalLaw::Weibull(WeibullLength { shape: 2.5, scale: 13.0 }),
            SurvivalLaw::Lognormal(LognormalLength { mu: 1.9, sigma: 1.1 }),
        ]
    }

    #[test]
    fn integrals_agree_with_simpsons_rule() {
        for law in laws() {
            for start in [1.0, 5.0, 12.0, 40.0, 120.0] {
                // Fine enough for the steepest tail, where survival falls by a factor of 200 within the step.
                let n = 1_000;
                let h = 1.0 / f64::from(n);
                let weight = |k: i32| {
                    if k == 0 || k == n {
                        1.0
                    } else if k % 2 == 1 {
                        4.0
                    } else {
                        2.0
                    }
                };
                let sum: f64 =
                    (0..=n).map(|k| weight(k) * law.longer_than(start + h * f64::from(k))).sum::<f64>() * h
                        / 3.0;
                let found = law.between(start, start + 1.0);
                assert!((found / sum - 1.0).abs() < 1e-9, "{law:?} from {start}: {found} for {sum}");
            }
        }
    }

    #[test]
    fn both_sides_make_the_mean() {
        for law in laws() {
            for t in [0.3, 4.0, 30.0, 200.0] {
                let sum = law.kind().limited(t) + law.beyond(t);
                assert!((sum / law.mean() - 1.0).abs() < 1e-13, "{law:?} at {t}: {sum}");
            }
        }
    }
}
