//! What must be said wherever results are: of a run as of a study, in packages and on the page.

use crate::model::Model;

/// What the numbers rest on, and what they are not.
pub(crate) const ILLUSTRATIVE: &str = "Parameters are illustrative and not sourced unless a source is stated; numbers that the scenario writes \
     without naming a parameter have no source. This is a simulation of an aggregate model for exploring \
     what-ifs, not a forecast and not an operational tool.";

/// What bands leave out.
pub(crate) const BANDS: &str = "Bands and quantiles are of replicates: they are not all of the uncertainty.";

/// The parameters of some models that state no source, each once.
pub(crate) fn without_source<'m>(models: impl Iterator<Item = &'m Model>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for parameter in models.flat_map(|model| &model.parameters) {
        if parameter.source.is_none() && !names.contains(&parameter.name) {
            names.push(parameter.name.clone());
        }
    }
    names
}

/// Which those are, in a sentence; none where every parameter has a source.
pub(crate) fn no_source(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("Parameters without a source: {}.", names.join(", ")))
}
