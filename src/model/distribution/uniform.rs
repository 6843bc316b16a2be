//! The uniform distribution. SciPy: `scipy.stats.uniform(loc=low, scale=high - low)`.

use rand_distr::Distribution as _;
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform};

/// A uniform distribution.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UniformDistribution")]
pub struct UniformDistribution<N = f64> {
    /// The lower end.
    pub low: N,
    /// The upper end.
    pub high: N,
}

numbers!(UniformDistribution { low, high });

impl Univariate for UniformDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        broken([(self.low < self.high, "high", "`high` must be above `low`")])
    }

    fn quantile(&self, u: Uniform) -> f64 {
        self.low + (self.high - self.low) * u.lower()
    }

    /// By `rand_distr`, whose 52 bits have drawn the parameters of every scenario from the first.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        rand_distr::Uniform::new(self.low, self.high).map_or(self.low, |uniform| uniform.sample(stream))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        format!("uniform from {} to {}", number(self.low), number(self.high))
    }

    /// What a range leaves of a uniform distribution is uniform.
    fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str> {
        Ok(SalibFactor { dist: "unif", bounds: remainder.ends.to_vec() })
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        (Self { low: 1.0, high: 4.0 }, 2.5, 3.0 / 12f64.sqrt())
    }
}
