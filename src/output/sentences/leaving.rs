//! How people leave: by what counts as repatriation or release, or else by any way out, beside births.

use super::findings::{RunFindings, everybody};
use super::words::{are, brief, mean, middle, people};
use crate::ensemble::summary::{Mechanism, Stat};
use crate::model::{CountsAs, PlaceId, Route, Target};

/// The words that a reader asks about first.
const FIRST: [&str; 2] = ["repatriation", "release"];

/// The main way out with its rate, or births against exits where nothing counts as anything.
pub fn leaving(findings: &RunFindings<'_>) -> Option<String> {
    main_flow(findings).or_else(|| births_and_exits(findings))
}

/// "By January 2031 the programme Flights home has moved a median of 2,600 people; the repatriation rate over the
/// last twelve months averages 12 per 100 people and year."
fn main_flow(findings: &RunFindings<'_>) -> Option<String> {
    let counted = counted(findings);
    let word = (FIRST.into_iter())
        .find(|word| counted.iter().any(|flow| flow.counts_as == *word))
        .or(counted.first().map(|flow| flow.counts_as))?;
    let recorded: Vec<(&CountedMechanism<'_>, Stat)> = (counted.iter())
        .filter(|flow| flow.counts_as == word)
        .filter_map(|flow| Some((flow, *findings.total(flow.mechanism)?.to_date.last()?)))
        .collect();
    let words = word.replace('_', " ");
    let mut busy = recorded.iter().filter(|(_, moved)| moved.mean > 0.0);
    let (name, moved) = match (busy.next(), busy.next()) {
        (None, _) if recorded.is_empty() => return None,
        (None, _) => {
            return Some(format!("{} nobody is moved by what counts as {words}.", findings.by_end()));
        }
        (Some((only, moved)), None) => (only.name.clone(), *moved),
        _ => {
            let total = findings.summary.total(word)?.to_date.last()?;
            (format!("all that counts as {words}"), *total)
        }
    };
    let number = people(&middle(&moved));
    let moved = if findings.summary.expected {
        format!("{number} on average")
    } else {
        format!("a median of {number}")
    };
    let rate = rate(findings, word).unwrap_or_default();
    Some(format!("{} {name} has moved {moved}{rate}.", findings.by_end()))
}

/// A mechanism that counts as something.
struct CountedMechanism<'a> {
    mechanism: Mechanism,
    name: String,
    counts_as: &'a str,
}

fn counted<'a>(findings: &RunFindings<'a>) -> Vec<CountedMechanism<'a>> {
    let model = findings.model;
    let of = |(mechanism, word): (Mechanism, &'a CountsAs)| {
        let kind = mechanism.section()?.facts().counts?;
        let name = format!("{kind} {}", model.mover(mechanism).label);
        Some(CountedMechanism { mechanism, name, counts_as: word })
    };
    let mut counted: Vec<CountedMechanism<'a>> = model.counted().filter_map(of).collect();
    // Programmes are what people ask about first.
    counted.sort_by_key(|flow| (!matches!(flow.mechanism, Mechanism::Programme(_)), flow.mechanism));
    counted
}

/// A rate over fewer person-years is one of next to nobody, and not reported.
const FEW: f64 = 1.0;

/// "; the repatriation rate over the last twelve months averages 12 per 100 people and year"
fn rate(findings: &RunFindings<'_>, word: &str) -> Option<String> {
    let series =
        findings.summary.rates.iter().find(|series| series.counts_as == word && everybody(&series.groups))?;
    let Stat { mean, spread } = *series.points.last()?;
    if mean.is_nan() || spread.is_some_and(|spread| spread.replicates == 0) {
        return None;
    }
    let calendar = &findings.model.calendar;
    let window = calendar.steps_in(1.0) as usize;
    // Over next to nobody the ratio of each replicate is one of a few numbers.
    let steps = findings.summary.total(word).map_or(&[][..], |total| &total.per_step);
    let left: f64 = steps.iter().rev().take(window).map(|stat| stat.mean).sum();
    if !steps.is_empty() && left < FEW * mean {
        return None;
    }
    let number = brief(100.0 * mean, spread.map_or(0.0, |spread| 100.0 * spread.mc_se));
    // The mean over replicates: where some have next to nobody left, it is far above what the middle one has.
    let is = if spread.is_some() { "averages" } else { "is" };
    let year = calendar.steps() >= calendar.steps_in(1.0);
    let span = if year { "over the last twelve months" } else { "since the start" };
    let word = word.replace('_', " ");
    Some(format!("; the {word} rate {span} {is} {number} per 100 people and year"))
}

/// "By January 2031, on average, 1,210 people are born and 940 people leave the places that hold them."
fn births_and_exits(findings: &RunFindings<'_>) -> Option<String> {
    let model = findings.model;
    let gives_birth = |it: &Mechanism| matches!(model.mover(*it).route, Route::Born { .. });
    let births = sum(findings, model.mechanisms().into_iter().filter(gives_birth));
    let exits = exits(findings).and_then(|exits| sum(findings, exits.into_iter()));
    let born = births.map(|births| format!("{} born", are(&mean(&births))));
    let left = exits.map(|exits| {
        let number = mean(&exits);
        let verb = if number == "1" { "leaves" } else { "leave" };
        format!("{} {verb} prisons, camps and centres", people(&number))
    });
    let what: Vec<String> = [born, left].into_iter().flatten().collect();
    (!what.is_empty()).then(|| format!("{}, on average, {}.", findings.by_end(), what.join(" and ")))
}

/// The sum to date of several mechanisms; `None` where none of them is recorded.
fn sum(findings: &RunFindings<'_>, mechanisms: impl Iterator<Item = Mechanism>) -> Option<Stat> {
    mechanisms.filter_map(|mechanism| findings.total(mechanism)?.to_date.last().copied()).reduce(
        |sum, next| {
            Stat {
                mean: sum.mean + next.mean,
                // Only the error of the mean is used: no smaller than the true one, whatever the correlation.
                spread: sum.spread.zip(next.spread).map(|(mut sum, next)| {
                    sum.mc_se += next.mc_se;
                    sum
                }),
            }
        },
    )
}

/// The mechanisms by which people leave the places that hold them; `None` where one of them also leads elsewhere, so
/// that its flow does not tell.
fn exits(findings: &RunFindings<'_>) -> Option<Vec<Mechanism>> {
    let model = findings.model;
    let held = |place: &PlaceId| model.places[*place].kind.is_held();
    let mut mechanisms = model.mechanisms();
    mechanisms.sort();
    let mut exits = Vec::new();
    for mechanism in mechanisms {
        let Route::Leave { from, targets, .. } = model.mover(mechanism).route else { continue };
        let out = |target: &&Target| target.place.is_some_and(|place| !held(&place));
        let held = from.iter().filter(|place| held(place)).count();
        let out = targets.iter().filter(out).count();
        if held == from.len() && out == targets.len() {
            exits.push(mechanism);
        } else if held > 0 && out > 0 {
            return None;
        }
    }
    Some(exits)
}
