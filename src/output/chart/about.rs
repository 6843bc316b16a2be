//! What every chart says about itself: scenario, replicates, parameters, dates.

use super::text::clean;
use crate::ensemble::summary::Summary;
use crate::model::Model;
use crate::output::format::thousands;
use crate::output::full_stops::full_stop;

/// A scenario's title of more characters than this is cut: the chart's own sentences must still fit.
const LONGEST_TITLE: usize = 110;

/// The scenario, the number of replicates and `how`, what lines and bands are of them.
pub fn subtitle(model: &Model, summary: &Summary, how: &str) -> [String; 2] {
    let title = clean(&model.title);
    let title = match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    };
    let replicates = match summary.replicates {
        _ if summary.expected => "Expected values, no randomness".to_string(),
        1 => "One replicate (a simulated history)".to_string(),
        many => format!("{} replicates (simulated histories)", thousands(many as f64)),
    };
    let how = if summary.expected || how.is_empty() { String::new() } else { format!("; {how}") };
    [full_stop(&title), format!("{replicates}{how}.")]
}

/// Whether a chart shows how the replicates differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownSpread {
    /// As bands.
    Bands,
    /// Bands are of means.
    Errors,
    /// It does not.
    Hidden,
}

/// The sentences under a chart: `notes`, then where the parameters come from and what bands are not.
pub fn footer(model: &Model, summary: &Summary, mut notes: Vec<String>, spread: ShownSpread) -> Vec<String> {
    let sourced =
        !model.parameters.is_empty() && model.parameters.iter().all(|parameter| parameter.source.is_some());
    let parameters =
        if sourced { "Parameters: see parameters.csv" } else { "Illustrative parameters, not sourced" };
    notes.push(match spread {
        _ if summary.expected => format!("{parameters}."),
        ShownSpread::Bands => {
            format!("{parameters}. Bands are of replicates, not all of the uncertainty.")
        }
        ShownSpread::Errors => {
            format!("{parameters}. Bands say how well chance lets means be known; replicates differ more.")
        }
        ShownSpread::Hidden => format!("{parameters}. How far the replicates lie apart is not shown."),
    });
    notes
}
