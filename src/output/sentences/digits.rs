//! Numbers whose first digit already is more than their standard error supports.

use super::words::is_supported;
use crate::ensemble::summary::{OutcomeUnit, Summary};
use crate::model::Model;
use crate::output::format::count;
use crate::wording::list;

/// A warning that names the outcomes whose mean is uncertain in its first digit, if there are any.
pub fn unsupported(model: &Model, summary: &Summary) -> Option<String> {
    let outcomes = model.outcomes.iter().zip(&summary.outcomes);
    let labels: Vec<&str> = outcomes
        .filter_map(|(outcome, result)| {
            let (stat, spread) = (result.stat?, result.stat?.spread?);
            // Of dates the median is reported.
            let reported = result.unit != OutcomeUnit::Date && !is_supported(stat.mean, spread.mc_se);
            reported.then_some(outcome.label.as_str())
        })
        .collect();
    let which = match labels.as_slice() {
        [] => return None,
        [only] => format!("the first digit of {only}"),
        several => format!("the first digits of {}", list(several, several.len())),
    };
    let replicates = count(summary.replicates, "replicate");
    let verb = if summary.replicates == 1 { "does" } else { "do" };
    Some(format!(
        "{replicates} {verb} not support even {which}: ask for more with --replicates, or for a precision with --precision."
    ))
}
