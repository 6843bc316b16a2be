//! The lognormal distribution. SciPy: `scipy.stats.lognorm(s=sigma, scale=median)`.

use rand_distr::{Distribution as _, Normal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::univariate::{BrokenRule, Remainder, SalibFactor, Univariate, broken, numbers};
use crate::random::{KeyedStream, Uniform, normal};

/// A larger `sigma` takes the tails beyond what an `f64` can hold.
const LARGEST_SIGMA: f64 = 50.0;

/// A lognormal distribution, by its median.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "LognormalDistribution")]
pub struct LognormalDistribution<N = f64> {
    /// The median.
    pub median: N,
    /// The standard deviation of the logarithm: 0.3 is about 30 %.
    pub sigma: N,
}

numbers!(LognormalDistribution { median, sigma });

impl Univariate for LognormalDistribution {
    fn broken_rules(&self) -> Vec<BrokenRule> {
        broken([
            (self.median > 0.0, "median", "`median` must be above 0"),
            (self.sigma > 0.0, "sigma", "`sigma` must be above 0"),
        ])
    }

    fn is_computable(&self) -> bool {
        self.sigma <= LARGEST_SIGMA
    }

    fn quantile(&self, u: Uniform) -> f64 {
        self.median * libm::exp(self.sigma * normal::quantile(u))
    }

    /// By `rand_distr`'s normal draw, which has drawn the parameters of every scenario from the first; its own lognormal takes
    /// the platform's exp.
    fn sample(&self, stream: &mut KeyedStream) -> f64 {
        let logarithm = Normal::new(0.0, self.sigma);
        logarithm.map_or(self.median, |normal| self.median * libm::exp(normal.sample(stream)))
    }

    fn words(&self, number: &dyn Fn(f64) -> String) -> String {
        let [median, sigma] = [self.median, self.sigma].map(number);
        format!("lognormal, median {median}, standard deviation of the logarithm {sigma}")
    }

    fn salib(&self, remainder: Remainder) -> Result<SalibFactor, &'static str> {
        if !remainder.is_whole {
            return Err("a lognormal distribution inside a range");
        }
        Ok(SalibFactor { dist: "lognorm", bounds: vec![libm::log(self.median), self.sigma] })
    }

    #[cfg(test)]
    fn example() -> (Self, f64, f64) {
        let (median, sigma) = (3.0, 0.5f64);
        let mean = median * libm::exp(sigma * sigma / 2.0);
        (Self { median, sigma }, mean, mean * libm::expm1(sigma * sigma).sqrt())
    }
}
