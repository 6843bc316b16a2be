//! The gamma distribution by its mean and standard deviation.
//! SciPy: `scipy.stats.gamma((mean / sd)**2, scale=sd**2 / mean)`.

use rand_distr::{Distribution as _, Gamma};
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform, gamma};

/// A gamma distribution, by its mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GammaDistribution")]
pub struct GammaDistribution<N = f64> {
    /// The mean.
    pub mean: N,
    /// The standard deviation.
    pub sd: N,
}

numbers!(GammaDistribution { mean, sd });

impl GammaDistribution {
    /// 1 over the square of the coefficient of variation.
    fn shape(&self) -> f64 {
        (self.mean / self.sd) * (self.mean / self.sd)
    }
}

impl Univariate for GammaDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        broken([
            (self.mean > 0.0, "mean", "`mean` must be above 0"),
            (self.sd > 0.0, "sd", "`sd` must be above 0"),
        ])
    }

    fn is_computable(&self) -> bool {
        self.shape() > 0.0 && self.shape().is_finite()
    }

    fn quantile(&self, u: Uniform) -> f64 {
        self.mean / self.shape() * gamma::quantile(self.shape(), u)
    }

    /// By `rand_distr`, which has drawn the parameters of every scenario from the first, and without a search.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        let scale = self.sd * self.sd / self.mean;
        Gamma::new(self.mean / scale, scale).map_or(self.mean, |gamma| gamma.sample(stream))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        format!("gamma, mean {}, standard deviation {}", number(self.mean), number(self.sd))
    }

    fn salib(&self, _: Remainder) -> Result<SalibFactor, &'static str> {
        Err("a gamma distribution")
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        (Self { mean: 3.0, sd: 1.5 }, 3.0, 1.5)
    }
}
