//! The triangular distribution.
//! SciPy: `scipy.stats.triang(c=(mode - low) / (high - low), loc=low, scale=high - low)`.

use rand_distr::{Distribution as _, Triangular};
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform};

/// A triangular distribution.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TriangularDistribution")]
pub struct TriangularDistribution<N = f64> {
    /// The lower end.
    pub low: N,
    /// Where it peaks.
    pub mode: N,
    /// The upper end.
    pub high: N,
}

numbers!(TriangularDistribution { low, mode, high });

impl Univariate for TriangularDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        let &Self { low, mode, high } = self;
        broken([
            (low < high, "high", "`high` must be above `low`"),
            (low <= mode && mode <= high, "mode", "`mode` must be between `low` and `high`"),
        ])
    }

    fn quantile(&self, u: Uniform) -> f64 {
        let &Self { low, mode, high } = self;
        let width = high - low;
        // From the nearer end, so that no digits cancel there.
        if u.lower() * width < mode - low {
            low + (u.lower() * width * (mode - low)).sqrt()
        } else {
            high - (u.upper() * width * (high - mode)).sqrt()
        }
    }

    /// By `rand_distr`, whose 53 bits have drawn the parameters of every scenario from the first.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        let drawn = Triangular::new(self.low, self.high, self.mode);
        drawn.map_or(self.mode, |triangular| triangular.sample(stream))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        let [low, mode, high] = [self.low, self.mode, self.high].map(number);
        format!("triangular from {low} to {high}, most likely {mode}")
    }

    /// SALib refuses a peak at the upper end, and an upper end below 0.
    fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str> {
        let &Self { low, mode, high } = self;
        if !remainder.is_whole || mode >= high || high < 0.0 {
            return Err("such a triangular distribution");
        }
        Ok(SalibFactor { dist: "triang", bounds: vec![low, high, (mode - low) / (high - low)] })
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        // Of a, b and c: (a + b + c) / 3, and (a^2 + b^2 + c^2 - ab - ac - bc) / 18.
        (Self { low: 1.0, mode: 2.0, high: 5.0 }, 8.0 / 3.0, (13.0f64 / 18.0).sqrt())
    }
}
