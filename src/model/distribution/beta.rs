//! The beta distribution by its mean and standard deviation.
//! SciPy: `scipy.stats.beta(mean * n, (1 - mean) * n)` with `n = mean * (1 - mean) / sd**2 - 1`.

use rand_distr::{Beta, Distribution as _};
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform, beta};

/// A beta distribution, by its mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BetaDistribution")]
pub struct BetaDistribution<N = f64> {
    /// The mean.
    pub mean: N,
    /// The standard deviation.
    pub sd: N,
}

numbers!(BetaDistribution { mean, sd });

impl Univariate for BetaDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        let &Self { mean, sd } = self;
        broken([
            (mean > 0.0 && mean < 1.0, "mean", "`mean` must be between 0 and 1"),
            (sd > 0.0, "sd", "`sd` must be above 0"),
            (sd * sd < mean * (1.0 - mean), "sd", "`sd` must be below the root of mean x (1 - mean)"),
        ])
    }

    fn is_computable(&self) -> bool {
        beta::BetaShape::from_mean_sd(self.mean, self.sd).is_some()
    }

    fn quantile(&self, u: Uniform) -> f64 {
        let shape = beta::BetaShape::from_mean_sd(self.mean, self.sd);
        shape.map_or(self.mean, |shape| beta::quantile(shape.a, shape.b, u))
    }

    /// By `rand_distr`, which has drawn the parameters of every scenario from the first, and without a search.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        let &Self { mean, sd } = self;
        let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
        Beta::new(mean * size, (1.0 - mean) * size).map_or(mean, |beta| beta.sample(stream))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        format!("beta, mean {}, standard deviation {}", number(self.mean), number(self.sd))
    }

    fn salib(&self, _: Remainder) -> Result<SalibFactor, &'static str> {
        Err("a beta distribution")
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        (Self { mean: 0.3, sd: 0.1 }, 0.3, 0.1)
    }
}
