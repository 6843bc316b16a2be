//! How likely a shock is.

use super::Findings;
use super::words::significant;
use crate::ensemble::summary::{Event, EventSeries};
use crate::model::Shock;
use crate::output::format::{count, duration, when};

/// "The shock Mass escape happens with a probability of 1.2 % per month on average, 0.9 times in 6 years."
///
/// Of several shocks, the one that happens most often; those that come at random before those that only have dates.
pub fn shock(findings: &Findings<'_>) -> Option<String> {
    let calendar = &findings.model.calendar;
    let (shock, series) = (findings.summary.events.iter())
        .filter_map(|series| match series.event {
            Event::Shock(shock) => Some((&findings.model.shocks[shock], series)),
            _ => None,
        })
        .reduce(|most, next| if rank(next) > rank(most) { next } else { most })?;
    let label = &shock.label;
    let length = duration(calendar.steps(), calendar.unit());
    if shock.rate.is_none() {
        return Some(match shock.on[..] {
            [step] => format!("The shock {label} happens {}.", when(calendar.date(step), calendar.unit())),
            _ => format!("The shock {label} happens {} in {length}.", count(shock.on.len() as u64, "time")),
        });
    }
    let number = expected_number(series);
    // As if steps were independent, which they nearly are.
    let error = series.probability_se.iter().map(|error| error * error).sum::<f64>().sqrt();
    let steps = f64::from(calendar.steps());
    let percent = significant(100.0 * number / steps, 100.0 * error / steps);
    let times = significant(number, error);
    let times = if times == "1" { "1 time".into() } else { format!("{times} times") };
    let step = calendar.unit().name();
    Some(format!(
        "The shock {label} happens with a probability of {percent} % per {step} on average, {times} in {length}."
    ))
}

fn rank((shock, series): (&Shock, &EventSeries)) -> (bool, f64) {
    (shock.rate.is_some(), expected_number(series))
}

/// How often it happens in a history, on average.
fn expected_number(series: &EventSeries) -> f64 {
    series.probability.iter().sum()
}
