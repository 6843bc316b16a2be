//! What the series of a world are called, in the scenario's own words.

use super::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE, SeriesKind, SeriesName, total_address};
use super::paired::NumberKind;
use super::plan::{FlowPlan, Plan, Reads};
use super::rows::{Kind, Layout};
use super::summary::{Event, FlowEnd, GroupFilter, Where};
use crate::engine::Program;
use crate::engine::gauge::Keeps;
use crate::model::Model;

/// A world to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What is simulated.
    pub program: &'a Program,
    /// What is recorded.
    pub plan: &'a Plan,
    /// Which row is which.
    pub layout: &'a Layout,
}

/// A series of one world.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is called.
    pub name: SeriesName,
    /// Of the flow of a mechanism in total, its ends: they are no part of its name, since a variant may change them.
    pub ends: Option<[String; 2]>,
    /// Its row.
    pub row: usize,
    /// What its numbers count.
    pub unit: String,
    /// Whether its values are whole numbers in every history.
    pub whole: bool,
    /// How its differences are told.
    pub kind: NumberKind,
    /// Whether what adds up is recorded, rather than a level or a ratio.
    pub adds_up: bool,
}

/// Every series of a world, by kind.
pub fn named(side: Side<'_>) -> Vec<Named> {
    let Side { program, plan, layout } = side;
    let model = program.model();
    let new = |kind: SeriesKind, subject: String, row: usize| Named {
        name: SeriesName { kind, subject, measure: None, from: None, to: None, groups: Vec::new() },
        ends: None,
        row,
        unit: "people".into(),
        whole: true,
        kind: NumberKind::Plain,
        adds_up: false,
    };
    let mut all = Vec::new();
    for (index, people) in plan.people.iter().enumerate() {
        let place = match people.place {
            Where::Place(place) => model.places[place].name.clone(),
            Where::AllHeld => ALL_HELD.into(),
        };
        let mut named = new(SeriesKind::People, place, layout.row(Kind::People, index));
        named.name.groups = group_names(model, &people.groups);
        all.push(named);
    }
    let flow = |kind, flow: &FlowPlan, row, total: bool| {
        let mut named = new(kind, model.address(flow.mechanism), row);
        named.name.groups = group_names(model, &flow.groups);
        if total {
            named.ends = Some([flow.from, flow.to].map(|end| end_name(model, end).to_string()));
        } else {
            named.name.from = Some(end_name(model, flow.from).into());
            named.name.to = Some(end_name(model, flow.to).into());
        }
        named
    };
    for (kind, rows) in [(SeriesKind::Flow, Kind::PerStep), (SeriesKind::FlowToDate, Kind::ToDate)] {
        let mut last = None;
        for (index, plan) in plan.flows.iter().enumerate() {
            let everybody = plan.groups.iter().all(Option::is_none);
            // The first of a mechanism is its total; what follows of everybody is between two of its places.
            let total = !everybody || last != Some(plan.mechanism);
            last = Some(plan.mechanism);
            all.push(flow(kind, plan, layout.row(rows, index), total));
        }
        for (plan, index) in plan.totals.iter().zip(plan.flows.len()..) {
            let mut named = new(kind, total_address(&plan.counts_as), layout.row(rows, index));
            named.name.groups = group_names(model, &plan.groups);
            named.ends = Some([plan.from, plan.to].map(|end| end_name(model, end).to_string()));
            all.push(named);
        }
    }
    for (index, rate) in plan.rates.iter().enumerate() {
        let mut named = new(SeriesKind::Rate, rate.counts_as.clone(), layout.row(Kind::Rate, index));
        named.name.groups = group_names(model, &rate.groups);
        named.unit = "people per person-year".into();
        named.whole = false;
        all.push(named);
    }
    for (index, event) in plan.events.iter().enumerate() {
        let (kind, subject, from, to) = event_name(model, event.event);
        let mut named = new(kind, subject.clone(), layout.row(Kind::Event, index));
        (named.name.from, named.name.to) = (from, to);
        named.unit = "share of histories".into();
        named.kind = NumberKind::YesNo;
        all.push(named);
        if kind == SeriesKind::Shock {
            let mut severity = new(SeriesKind::Severity, subject, layout.row(Kind::Severity, index));
            severity.unit = "share of people".into();
            severity.whole = false;
            all.push(severity);
        }
    }
    for (index, measure) in plan.measures.iter().enumerate() {
        let gauge = &measure.gauge;
        let mut named = new(SeriesKind::Measure, gauge.subject.clone(), layout.row(Kind::Measure, index));
        let ending = if matches!(measure.reads, Reads::ToDate(_)) { "_to_date" } else { "" };
        named.name.measure = Some(format!("{}{ending}", gauge.measure));
        named.unit = gauge.unit.to_string();
        named.whole = measure.whole();
        named.adds_up = matches!(gauge.keeps, Keeps::Amount { .. });
        all.push(named);
    }
    all
}

fn end_name(model: &Model, end: FlowEnd) -> &str {
    match end {
        FlowEnd::Outside => OUTSIDE,
        FlowEnd::Place(place) => &model.places[place].name,
        FlowEnd::All => ALL_VALUES,
    }
}

/// The address of a regime.
pub fn regime_address(name: &str) -> String {
    format!("regimes.{name}")
}

fn group_names(model: &Model, groups: &GroupFilter) -> Vec<Option<String>> {
    let dimensions = model.groups.dimensions.iter().zip(groups);
    dimensions.map(|(dimension, value)| value.map(|value| dimension.values[value].clone())).collect()
}

/// The kind of an event, its address, and the states it leads from and to.
fn event_name(model: &Model, event: Event) -> (SeriesKind, String, Option<String>, Option<String>) {
    let state = |regime: usize, state: usize| Some(model.regimes[regime].states[state].clone());
    let address = |regime: usize| regime_address(&model.regimes[regime].name);
    match event {
        Event::Shock(shock) => {
            (SeriesKind::Shock, format!("shocks.{}", model.shocks[shock].name), None, None)
        }
        Event::Switch { regime, from, to } => {
            (SeriesKind::Switch, address(regime), state(regime, from), state(regime, to))
        }
        Event::State { regime, state: to } => (SeriesKind::State, address(regime), None, state(regime, to)),
        Event::Trigger(policy) => {
            (SeriesKind::Trigger, format!("policies.{}", model.policies[policy].name), None, None)
        }
    }
}
