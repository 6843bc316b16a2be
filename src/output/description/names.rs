//! Names of things for people.

use crate::model::{Model, PlaceId};
use crate::wording::list;

/// The name of a parameter.
pub(super) fn parameter(model: &Model, index: usize) -> String {
    let parameter = &model.parameters[index];
    parameter.label.clone().unwrap_or_else(|| spaced(&parameter.name))
}

/// A name of the file as words: `third_country` is "third country".
pub(super) fn spaced(name: &str) -> String {
    name.replace(['_', '.'], " ")
}

/// The names of places: "North prison and River camp".
pub(super) fn places(model: &Model, places: &[PlaceId]) -> String {
    let names: Vec<&str> = places.iter().map(|place| model.places[*place].label.as_str()).collect();
    list(&names, names.len())
}

/// The same with "or".
pub(super) fn any_of(items: &[impl AsRef<str>]) -> String {
    match items {
        [others @ .., last] if !others.is_empty() => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", others.join(", "), last.as_ref())
        }
        all => list(all, all.len()),
    }
}
