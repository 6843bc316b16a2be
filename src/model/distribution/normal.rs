//! The normal distribution. SciPy: `scipy.stats.norm(loc=mean, scale=sd)`.

use rand_distr::{Distribution as _, Normal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform, normal};

/// A normal distribution.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NormalDistribution")]
pub struct NormalDistribution<N = f64> {
    /// The mean.
    pub mean: N,
    /// The standard deviation.
    pub sd: N,
}

numbers!(NormalDistribution { mean, sd });

impl Univariate for NormalDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        broken([(self.sd > 0.0, "sd", "`sd` must be above 0")])
    }

    fn quantile(&self, u: Uniform) -> f64 {
        self.mean + self.sd * normal::quantile(u)
    }

    /// By `rand_distr`'s ziggurat, which has drawn the parameters of every scenario from the first.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        Normal::new(self.mean, self.sd).map_or(self.mean, |normal| normal.sample(stream))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        format!("normal, mean {}, standard deviation {}", number(self.mean), number(self.sd))
    }

    fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str> {
        let &Self { mean, sd } = self;
        if remainder.is_whole {
            return Ok(SalibFactor { dist: "norm", bounds: vec![mean, sd] });
        }
        let [low, high] = remainder.ends;
        Ok(SalibFactor { dist: "truncnorm", bounds: vec![low, high, mean, sd] })
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        (Self { mean: 3.0, sd: 2.0 }, 3.0, 2.0)
    }
}
