//! What the replicates come to: a sentence for each of the first outcomes.

use super::findings::RunFindings;
use super::words::{band, counted, percent_of, significant};
use crate::ensemble::summary::{OutcomeResult, OutcomeUnit, Stat};
use crate::model::Outcome;
use crate::output::format::when;
use crate::output::outcomes::{date_after, time};

/// More outcomes than this are left to the table.
const MOST: usize = 6;

/// One sentence for each of the first outcomes.
pub fn outcomes(findings: &RunFindings<'_>) -> Vec<String> {
    let all = findings.model.outcomes.iter().zip(&findings.summary.outcomes).take(MOST);
    all.filter_map(|(outcome, result)| {
        let words = match result.unit {
            OutcomeUnit::Probability => probability(findings, result)?,
            OutcomeUnit::Date => date(findings, result),
            OutcomeUnit::Share => number(findings, outcome, result.stat?, 100.0, "%"),
            OutcomeUnit::Amount(ref unit) => number(findings, outcome, result.stat?, 1.0, unit),
        };
        Some(format!("{}: {words}.", outcome.label))
    })
    .collect()
}

/// "4,310 people in January 2031 on average, in 9 of 10 replicates between 3,900 and 4,700"
fn number(findings: &RunFindings<'_>, outcome: &Outcome, stat: Stat, times: f64, unit: &str) -> String {
    let error = stat.spread.map_or(0.0, |spread| spread.mc_se);
    let mean = significant(times * stat.mean, times * error);
    let band = stat.spread.and_then(|spread| band(&spread, times)).map(|band| format!(", {band}"));
    let time = time(findings.model, outcome);
    let unit = counted(&mean, unit);
    let how = match stat.spread.map(|spread| spread.replicates) {
        Some(1) => "in the one replicate",
        _ => "on average",
    };
    format!("{mean} {unit}{time} {how}{}", band.unwrap_or_default())
}

/// "true in 43 % of the replicates"
fn probability(findings: &RunFindings<'_>, result: &OutcomeResult) -> Option<String> {
    let replicates = findings.summary.replicates;
    Some(match result.stat?.mean {
        mean if replicates == 1 => {
            (if mean == 1.0 { "true" } else { "not true" }).to_string() + " in the one replicate"
        }
        0.0 => "true in none of the replicates".into(),
        1.0 => "true in all replicates".into(),
        mean => format!("true in {} of the replicates", percent_of(replicates, mean)),
    })
}

/// "by March 2028 in half of the replicates; not by January 2031 in 12 % of them"
fn date(findings: &RunFindings<'_>, result: &OutcomeResult) -> String {
    let by = |date| {
        let words = when(date, findings.model.calendar.unit());
        format!("by {}", words.split_once(' ').map_or(words.as_str(), |(_, date)| date))
    };
    let end = by(findings.model.calendar.end());
    let Some(stat) = result.stat else { return format!("not {end}") };
    if findings.summary.expected {
        let date = date_after(findings.model, stat.mean).map(by).unwrap_or_default();
        return format!("{date} in the expected course");
    }
    let happens = result.probability.unwrap_or(0.0);
    let percent = |share: f64| percent_of(findings.summary.replicates, share);
    match date_after(findings.model, stat.spread.map_or(stat.mean, |spread| spread.quantiles[2])) {
        Some(median) if happens < 1.0 => {
            format!(
                "{} in half of the replicates; not {end} in {} of them",
                by(median),
                percent(1.0 - happens)
            )
        }
        Some(median) => format!("{} in half of the replicates", by(median)),
        None => format!("{end} in {} of the replicates", percent(happens)),
    }
}
