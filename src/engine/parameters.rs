//! Draws the parameters of a replicate.

use rand::RngExt as _;

use crate::model::{Model, Truncated};
use crate::random::{Keys, Site};

/// A draw outside a parameter's range is drawn again, this often at most; then by inversion inside the range, which has the same
/// law and takes longer.
const MOST_REDRAWS: u32 = 100;

/// The values, with the changes that hold throughout, of every parameter in replicate `replicate`, in the order of the model.
pub fn draw(model: &Model, keys: &Keys, replicate: u64) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::with_capacity(model.parameters.len());
    for parameter in &model.parameters {
        let value = match parameter.distribution {
            None => parameter.value.evaluate(&values),
            Some(distribution) => {
                let mut stream = keys.stream(replicate, Site::of(&["parameters", &parameter.name]));
                let inside =
                    |value: &f64| parameter.range.is_none_or(|(low, high)| (low..=high).contains(value));
                let redrawn = (0..=MOST_REDRAWS).map(|_| distribution.sample(&mut stream)).find(inside);
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
