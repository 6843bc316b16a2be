//! What comes at random: how often shocks have come, how likely each state of a regime is, and how likely each policy with
//! a trigger is in force.

use super::about;
use super::format::{amount, percent};
use super::marks;
use super::palette;
use super::series;
use super::spec::{AxisUnit, EndLabel, Panel, Spec};
use super::stack::{self, Share};
use super::text;
use super::time_axis::boundary;
use crate::ensemble::summary::{Event, Mechanism, Summary};
use crate::model::Model;

/// More panels than this do not fit on a sheet.
const MOST_PANELS: usize = 8;

/// The chart; `None` where nothing comes at random.
pub fn spec(model: &Model, summary: &Summary) -> Option<Spec> {
    let shocks = (0..model.shocks.len()).filter_map(|shock| shock_panel(model, summary, shock));
    let regimes = (0..model.regimes.len()).filter_map(|regime| regime_panel(model, summary, regime));
    let triggers = (0..model.policies.len()).filter_map(|policy| trigger_panel(model, summary, policy));
    let mut panels: Vec<Panel> = shocks.chain(regimes).chain(triggers).collect();
    let hidden: Vec<String> = panels.iter().skip(MOST_PANELS).map(|panel| panel.title.clone()).collect();
    panels.truncate(MOST_PANELS);
    if panels.is_empty() {
        return None;
    }
    let mut notes = Vec::new();
    if !hidden.is_empty() {
        notes.push(format!("Not shown: {}.", super::format::list(&hidden, 8)));
    }
    let spec = Spec::new("events", title(model), &model.calendar)
        .subtitle(about::subtitle(model, summary, "averages over all of them"))
        .footer(about::footer(model, summary, notes, about::ShownSpread::Hidden))
        .panels(panels);
    Some(spec)
}

/// What the chart shows of what the model has.
fn title(model: &Model) -> String {
    let triggers = model.policies.iter().any(|policy| policy.when.is_some());
    let all = [
        (!model.shocks.is_empty(), "how often shocks come"),
        (!model.regimes.is_empty(), "how likely each state is"),
        (triggers, "how likely triggered policies are"),
    ];
    let shown: Vec<String> =
        all.into_iter().filter(|(has, _)| *has).map(|(_, words)| words.to_string()).collect();
    text::words(&super::format::list(&shown, 3))
}

/// The expected number of a shock since the start; `None` where chance has no part in it.
fn shock_panel(model: &Model, summary: &Summary, shock: usize) -> Option<Panel> {
    let series = summary.events.iter().find(|series| series.event == Event::Shock(shock))?;
    if series.probability.iter().all(|probability| *probability <= 0.0 || *probability >= 1.0) {
        return None;
    }
    let mut sum = 0.0;
    let expected: Vec<f64> = std::iter::once(0.0)
        .chain(series.probability.iter().map(|probability| {
            sum += if probability.is_finite() { *probability } else { 0.0 };
            sum
        }))
        .collect();
    let days = series::boundaries(&model.calendar);
    let title = text::label(&model.shocks[shock].label, &model.shocks[shock].name);
    let mut panel = Panel::new(title, AxisUnit::Real, "expected number since the start");
    panel.lines.push(series::curve(&days, &expected, palette::MAIN, &[], 2.2).of(""));
    panel.labels.push(EndLabel::new(sum, amount(sum), palette::MAIN));
    panel.marks = marks::of_mechanisms(model, &[Mechanism::Shock(shock)]);
    Some(panel)
}

/// The share of replicates in each state of a regime; `None` where it never leaves one.
fn regime_panel(model: &Model, summary: &Summary, regime: usize) -> Option<Panel> {
    let known = &model.regimes[regime];
    let shares: Vec<Share> = (0..known.states.len())
        .filter_map(|state| {
            let wanted = Event::State { regime, state };
            let series = summary.events.iter().find(|series| series.event == wanted)?;
            // Two points for each step, at its two ends: a state holds during a step.
            let values = series.probability.iter().flat_map(|probability| [*probability; 2]).collect();
            Some(Share { name: text::words(&known.states[state]), values })
        })
        .collect();
    let title = text::label(&known.label, &known.name);
    states_panel(model, title, shares)
}

/// The share of replicates in which a policy with a trigger is in force; `None` where that never changes.
fn trigger_panel(model: &Model, summary: &Summary, policy: usize) -> Option<Panel> {
    let series = summary.events.iter().find(|series| series.event == Event::Trigger(policy))?;
    let holds: Vec<f64> = series.probability.iter().flat_map(|probability| [*probability; 2]).collect();
    // What is left of the panel says in how many it is not.
    let shares = vec![Share { name: "In force".to_string(), values: holds }];
    let known = &model.policies[policy];
    states_panel(model, text::label(&known.label, &known.name), shares)
}

/// The shares of replicates in states, two points for each step; `None` where they never change.
fn states_panel(model: &Model, title: String, shares: Vec<Share>) -> Option<Panel> {
    let changes = |share: &Share| share.values.windows(2).any(|pair| pair[0] != pair[1]);
    if !shares.iter().any(changes) {
        return None;
    }
    let shares = stack::largest(shares, palette::MOST_AREAS);
    let ends = |step: u32| [boundary(&model.calendar, step), boundary(&model.calendar, step + 1)];
    let days: Vec<f64> = (0..model.calendar.steps()).flat_map(ends).collect();
    let mut panel = Panel::new(title, AxisUnit::Share, "share of replicates");
    panel.areas = stack::areas(&days, &shares);
    for (middle, share, colour) in stack::ends(&shares).into_iter().rev() {
        let last = series::last(&share.values).unwrap_or(0.0);
        panel.labels.push(EndLabel::new(middle, percent(last), colour).named(&share.name));
    }
    panel.marks = marks::of_mechanisms(model, &[]);
    Some(panel)
}
