//! How likely a shock is.

use super::findings::RunFindings;
use super::words::brief;
use crate::ensemble::summary::{Event, EventSeries};
use crate::model::{Effect, Hits, Layer, Model, NumberId, Shock, ShockSeverity, Varying};
use crate::output::format::{count, duration, when};

/// "The shock Mass escape happens with a probability of 1.2 % per month on average, 0.9 times in 6 years."
///
/// Of several shocks, the one that happens most often; those that come at random before those that only have dates. None about
/// a shock that cannot happen, or that does nothing when it does.
pub fn shock(findings: &RunFindings<'_>) -> Option<String> {
    let calendar = &findings.model.calendar;
    let (shock, series) = (findings.summary.events.iter())
        .filter_map(|series| match series.event {
            Event::Shock(shock) => Some((shock, series)),
            _ => None,
        })
        .filter(|(shock, series)| does_something(findings.model, *shock) && happens(findings, *shock, series))
        .map(|(shock, series)| (&findings.model.shocks[shock], series))
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
    if number == 0.0 {
        let replicates = count(findings.summary.replicates, "replicate");
        return Some(format!("The shock {label}, which is rare, happens in none of {replicates}."));
    }
    // As if steps were independent, which they nearly are.
    let error = series.probability_se.iter().map(|error| error * error).sum::<f64>().sqrt();
    let steps = f64::from(calendar.steps());
    let percent = brief(100.0 * number / steps, 100.0 * error / steps);
    let times = brief(number, error);
    let times = if times == "1" { "1 time".into() } else { format!("{times} times") };
    let step = calendar.unit().name();
    Some(format!(
        "The shock {label} happens with a probability of {percent} % per {step} on average, {times} in {length}."
    ))
}

/// Whether it happens in some replicate or, what no number of replicates shows, may happen.
fn happens(findings: &RunFindings<'_>, shock: usize, series: &EventSeries) -> bool {
    let may = || match &findings.model.shocks[shock].rate {
        Some(rate) => !findings.summary.expected && !all_zero(findings.model, numbers(&rate.amount)),
        None => false,
    };
    expected_number(series) > 0.0 || may()
}

/// Whether it affects anybody, or sets anything off elsewhere.
fn does_something(model: &Model, shock: usize) -> bool {
    let sets_off = |layer: &Layer| matches!(layer, Layer::Aftermath { shock: of, .. } if *of == shock);
    let written = &model.shocks[shock];
    let share = match &written.severity {
        ShockSeverity::Fixed(share) => numbers(share),
        ShockSeverity::Beta { mean, .. } => vec![*mean],
    };
    let hits_none = matches!(written.hits, Hits::Each(chance) if all_zero(model, vec![chance]));
    model.changes.iter().any(|change| sets_off(&change.layer)) || !(all_zero(model, share) || hits_none)
}

/// Every number of an amount.
fn numbers(amount: &Varying) -> Vec<NumberId> {
    match amount {
        Varying::Same(number) => vec![*number],
        Varying::By(table) => table.values.iter().flatten().copied().collect(),
        Varying::Series(series) => series.iter().map(|(_, number)| *number).collect(),
    }
}

/// Whether numbers are 0 in every replicate, whatever changes them.
fn all_zero(model: &Model, numbers: Vec<NumberId>) -> bool {
    let parameters = model.parameter_values();
    let set = |number: &NumberId| {
        model.changes.iter().any(|change| change.effect == Effect::Set && change.targets.contains(number))
    };
    numbers.iter().all(|number| {
        model.number(*number).value_in(&parameters) == 0.0 && !model.is_drawn(*number) && !set(number)
    })
}

fn rank((shock, series): (&Shock, &EventSeries)) -> (bool, f64) {
    (shock.rate.is_some(), expected_number(series))
}

/// How often it happens in a replicate, on average.
fn expected_number(series: &EventSeries) -> f64 {
    series.probability.iter().sum()
}
