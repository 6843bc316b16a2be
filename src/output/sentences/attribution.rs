//! What the parts of variants contribute.

use super::words::{capital, counted, is_supported, significant};
use crate::ensemble::answer::Answer;
use crate::ensemble::attribution::{Attribution, Contribution, Explained};
use crate::model::OutcomeUnit;

/// More parts than these are left to the table.
const MOST: usize = 6;

/// A sentence for each variant that was taken apart, about the first number that it changes.
pub fn attributions(answer: &Answer) -> Vec<String> {
    answer.attributions.iter().filter_map(|attribution| sentence(answer, attribution)).collect()
}

/// "Twice the flights changes Children in the camp by -312 people: Flights × 2 (-250); Births × 0.9 (-62)."
fn sentence(answer: &Answer, attribution: &Attribution) -> Option<String> {
    let supported =
        |one: &Contribution| one.mean.abs() > 0.0 && is_supported(one.mean, one.mc_se.unwrap_or(0.0));
    // What many replicates lack, a date that seldom comes, is reported where there is nothing else.
    let most = attribution.explained.iter().map(|explained| explained.replicates).max()?;
    let reported = |explained: &&Explained| supported(&explained.whole);
    let explained = (attribution.explained.iter())
        .find(|explained| explained.replicates == most && reported(explained))
        .or_else(|| attribution.explained.iter().find(reported))?;
    let (times, unit) = scale(explained);
    let parts: Vec<String> = (attribution.parts.iter().zip(&explained.parts).take(MOST))
        .map(|(label, part)| match part.mean == 0.0 || supported(part) {
            true => format!("{label} ({})", signed(part, times)),
            false => format!("{label} (not distinguishable from 0)"),
        })
        .collect();
    let rest = attribution.parts.len().saturating_sub(MOST);
    let rest = if rest > 0 { format!("; and {rest} more in attribution.csv") } else { String::new() };
    let whole = signed(&explained.whole, times);
    let unit = counted(whole.trim_start_matches(['+', '-']), unit);
    // Parts lead from the baseline to the variant, whatever the others are compared with.
    let from = if answer.against == 0 { "" } else { " against the baseline" };
    Some(format!(
        "{} changes {} by {whole} {unit}{from}: {}{rest}.",
        capital(&attribution.label),
        explained.label,
        parts.join("; ")
    ))
}

fn scale(explained: &Explained) -> (f64, &str) {
    match &explained.unit {
        OutcomeUnit::Amount(unit) => (1.0, unit),
        OutcomeUnit::Date => (1.0, "months"),
        OutcomeUnit::Share | OutcomeUnit::Probability => (100.0, "percentage points"),
    }
}

/// "-250", "+12", "0"
fn signed(contribution: &Contribution, times: f64) -> String {
    let mean = times * contribution.mean;
    let number = significant(mean.abs(), times * contribution.mc_se.unwrap_or(0.0));
    match number.as_str() {
        "0" => number,
        _ if mean < 0.0 => format!("-{number}"),
        _ => format!("+{number}"),
    }
}
