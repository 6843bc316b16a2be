//! Every number of a run by its name, so that runs of differently written scenarios can be compared.

use std::collections::BTreeMap;

use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::{Event, FlowEnd, GroupFilter, Stat, Summary, Where};
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::model::Model;

use crate::support;

/// Series by name, each with its points in the order of time.
pub type Numbers = BTreeMap<String, Vec<Stat>>;

/// The numbers of a scenario in expected mode.
pub fn means(text: &str) -> Numbers {
    let model = support::model(text);
    numbers(&model, &expect(&compile(&model)).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

/// The numbers of replicates of a scenario, with seed 1.
pub fn replicates(text: &str, replicates: u64) -> Numbers {
    let model = support::model(text);
    let summary = simulate(&compile(&model), 1, 0..replicates, 2, &Unwatched);
    numbers(&model, &summary.unwrap_or_else(|error| panic!("{error}\n{text}")))
}

/// Every number of a run by its name.
pub fn numbers(model: &Model, summary: &Summary) -> Numbers {
    let mut all = Numbers::new();
    let mut put = |name: String, points: Vec<Stat>| {
        assert!(all.insert(name.clone(), points).is_none(), "{name} twice");
    };
    let place = |place: usize| model.places[place].name.clone();
    let groups = |filter: &GroupFilter| -> String {
        let dimensions = model.groups.dimensions.iter().zip(filter);
        let value = |(dimension, value): (&repatria::internals::model::Dimension, &Option<usize>)| {
            value.map_or(String::new(), |value| format!(" {}={}", dimension.name, dimension.values[value]))
        };
        dimensions.map(value).collect()
    };
    let end = |end: FlowEnd| match end {
        FlowEnd::Outside => "outside".to_string(),
        FlowEnd::All => "all".to_string(),
        FlowEnd::Place(index) => place(index),
    };
    for series in &summary.people {
        let at = match series.place {
            Where::Place(index) => place(index),
            Where::AllHeld => "all held".to_string(),
        };
        put(format!("people at {at}{}", groups(&series.groups)), series.points.clone());
    }
    for series in &summary.flows {
        let (from, to) = (end(series.from), end(series.to));
        let name =
            format!("flow of {} {from} -> {to}{}", model.address(series.mechanism), groups(&series.groups));
        put(format!("{name}, per step"), series.per_step.clone());
        put(format!("{name}, to date"), series.to_date.clone());
    }
    for series in &summary.rates {
        put(format!("rate of {}{}", series.counts_as, groups(&series.groups)), series.points.clone());
    }
    for series in &summary.measures {
        put(format!("measure of {}: {}", series.subject, series.measure), series.points.clone());
    }
    for series in &summary.events {
        let name = match series.event {
            Event::Shock(index) => format!("shocks.{}", model.shocks[index].name),
            Event::Switch { regime, from, to } => {
                format!("regimes.{} {from} to {to}", model.regimes[regime].name)
            }
            Event::State { regime, state } => format!("regimes.{} in {state}", model.regimes[regime].name),
            Event::Trigger(index) => format!("policies.{}", model.policies[index].name),
        };
        let point = |mean: &f64| Stat { mean: *mean, spread: None };
        put(format!("event {name}"), series.probability.iter().map(point).collect());
    }
    for (outcome, result) in model.outcomes.iter().zip(&summary.outcomes) {
        put(format!("outcome {}", outcome.name), result.stat.into_iter().collect());
    }
    all
}

/// Where two runs are not the same to a part of 1e-9, among the series that are compared: in words.
pub fn differences(found: &Numbers, known: &Numbers, compared: impl Fn(&str) -> bool) -> Vec<String> {
    let mut off = Vec::new();
    for (name, known) in known.iter().filter(|(name, _)| compared(name)) {
        let Some(found) = found.get(name) else {
            off.push(format!("{name} is missing"));
            continue;
        };
        for (point, (found, known)) in found.iter().zip(known).enumerate() {
            let both_none = found.mean.is_nan() && known.mean.is_nan();
            let same = (found.mean - known.mean).abs() <= 1e-9 * (1.0 + known.mean.abs());
            if !both_none && !same {
                off.push(format!("{name}, point {point}: {} for {}", found.mean, known.mean));
                break;
            }
        }
    }
    off
}

/// Where the last numbers of two runs with independent random numbers differ by more than chance allows.
pub fn unlike(found: &Numbers, known: &Numbers, compared: impl Fn(&str) -> bool) -> Vec<String> {
    let mut off = Vec::new();
    for (name, known) in known.iter().filter(|(name, points)| compared(name) && !points.is_empty()) {
        let (found, known) = (found[name].last().unwrap(), known.last().unwrap());
        let error = |stat: &Stat| stat.spread.map_or(0.0, |spread| spread.mc_se);
        let allowed = 5.0 * error(found).hypot(error(known)) + 1e-6 * known.mean.abs() + 1e-9;
        if (found.mean - known.mean).abs() > allowed {
            off.push(format!("{name}: {} for {}, allowed {allowed}", found.mean, known.mean));
        }
    }
    off
}
