//! What every chart says about itself: scenario, histories, parameters, dates.

use super::text::clean;
use crate::ensemble::summary::Summary;
use crate::model::Model;
use crate::output::format::thousands;
use crate::output::stops::full_stop;

/// A scenario's title of more characters than this is cut: the chart's own sentences must still fit.
const LONGEST_TITLE: usize = 110;

/// The scenario, the number of histories and `how`, what lines and bands are of them.
pub fn subtitle(model: &Model, summary: &Summary, how: &str) -> [String; 2] {
    let title = clean(&model.title);
    let title = match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    };
    let histories = match summary.replicates {
        _ if summary.expected => "Expected values, no randomness".to_string(),
        1 => "One simulated history".to_string(),
        many => format!("{} simulated histories", thousands(many as f64)),
    };
    let how = if summary.expected || how.is_empty() { String::new() } else { format!("; {how}") };
    [full_stop(&title), format!("{histories}{how}.")]
}

/// Whether a chart shows how the histories differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// As bands.
    Bands,
    /// Bands are of means.
    Errors,
    /// It does not.
    Hidden,
}

/// The sentences under a chart: `notes`, then where the parameters come from and what bands are not.
pub fn footer(model: &Model, summary: &Summary, mut notes: Vec<String>, spread: Spread) -> Vec<String> {
    let sourced =
        !model.parameters.is_empty() && model.parameters.iter().all(|parameter| parameter.source.is_some());
    let parameters =
        if sourced { "Parameters: see parameters.csv" } else { "Illustrative parameters, not sourced" };
    notes.push(match spread {
        _ if summary.expected => format!("{parameters}."),
        Spread::Bands => {
            format!("{parameters}. Bands are of simulated histories, not all of the uncertainty.")
        }
        Spread::Errors => {
            format!("{parameters}. Bands say how well chance lets means be known; histories differ more.")
        }
        Spread::Hidden => format!("{parameters}. How far the simulated histories lie apart is not shown."),
    });
    notes
}
