//! Draws the parameters of a history.

use rand::RngExt as _;
use rand_distr::{Beta, Distribution as _, Gamma, Normal, Triangular, Uniform};

use crate::model::{Distribution, Model, Truncated};
use crate::random::{Keys, Site};

/// A draw outside a parameter's range is drawn again, this often at most; then by inversion inside the range, which has the same
/// law and takes longer.
const MOST_REDRAWS: u32 = 100;

/// The values, with the changes that hold throughout, of every parameter in history `replicate`, in the order of the model.
pub fn draw(model: &Model, keys: &Keys, replicate: u64) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::with_capacity(model.parameters.len());
    for parameter in &model.parameters {
        let value = match parameter.distribution {
            None => parameter.value.evaluate(&values),
            Some(distribution) => {
                let mut stream = keys.stream(replicate, Site::of(&["parameters", &parameter.name]));
                let inside =
                    |value: &f64| parameter.range.is_none_or(|(low, high)| (low..=high).contains(value));
                let redrawn = (0..=MOST_REDRAWS).map(|_| sample(distribution, &mut stream)).find(inside);
                redrawn.unwrap_or_else(|| {
                    let u = stream.random::<f64>();
                    Truncated::new(distribution, parameter.range).map_or(f64::NAN, |law| law.quantile(u))
                })
            }
        };
        values.push(value);
    }
    model.changed_throughout(values)
}

/// One value. Shapes were checked when the scenario was read; one that no distribution has gives its centre.
fn sample(distribution: Distribution, stream: &mut impl rand::Rng) -> f64 {
    match distribution {
        Distribution::Normal { mean, sd } => {
            Normal::new(mean, sd).map_or(mean, |normal| normal.sample(stream))
        }
        Distribution::Lognormal { median, sigma } => {
            // exp by libm: the library's own lognormal takes the platform's.
            Normal::new(0.0, sigma).map_or(median, |normal| median * libm::exp(normal.sample(stream)))
        }
        Distribution::Uniform { low, high } => {
            Uniform::new(low, high).map_or(low, |uniform| uniform.sample(stream))
        }
        Distribution::Triangular { low, mode, high } => {
            Triangular::new(low, high, mode).map_or(mode, |triangular| triangular.sample(stream))
        }
        Distribution::Beta { mean, sd } => {
            let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
            Beta::new(mean * size, (1.0 - mean) * size).map_or(mean, |beta| beta.sample(stream))
        }
        Distribution::Gamma { mean, sd } => {
            let scale = sd * sd / mean;
            Gamma::new(mean / scale, scale).map_or(mean, |gamma| gamma.sample(stream))
        }
    }
}
