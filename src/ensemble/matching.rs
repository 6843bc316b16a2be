//! Which series of two worlds are the same, by what they are called.
//!
//! A variant may add mechanisms and take some away. What one world has no series of counts as 0 there where that is what it
//! means: nobody goes by a mechanism that is not there, nobody is at a place that is not there, a shock that is not there
//! never happens, and nothing adds up of it. Rates, levels (queues, backlogs), severities and states of a regime that
//! only one world has are left out.

use std::collections::BTreeMap;

use super::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE, SeriesKind, SeriesName};
use super::paired::NumberKind;
use super::plan::{FlowPlan, Plan, Reads};
use super::rows::{Kind, Layout};
use super::summary::{Event, FlowEnd, GroupFilter, Where};
use super::tally::RATIO_SCALE;
use crate::engine::Program;
use crate::engine::gauge::Keeps;
use crate::model::{Model, OutcomeUnit};

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

/// Where a world's values of a series come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A row.
    Row(usize),
    /// There are none: 0 in every history.
    Nothing,
}

/// A series that two worlds have, or that one has and the other has nothing of.
#[derive(Clone, Debug)]
pub struct Match {
    /// What it is called.
    pub name: SeriesName,
    /// What its numbers count.
    pub unit: String,
    /// In the world.
    pub world: From,
    /// In the one that it is compared with.
    pub against: From,
    /// What values are multiplied by to be whole, or nearly so.
    pub scale: f64,
    /// How its differences are told.
    pub kind: NumberKind,
}

/// An outcome that two worlds have: indices of their plans.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeMatch {
    /// In the world.
    pub world: usize,
    /// In the one that it is compared with.
    pub against: usize,
}

/// A series of one world.
#[derive(Clone, Debug)]
struct Named {
    name: SeriesName,
    /// Of the flow of a mechanism in total, its ends: they are no part of its name, since a variant may change them.
    ends: Option<[String; 2]>,
    row: usize,
    unit: String,
    scale: f64,
    kind: NumberKind,
    /// Whether what adds up is recorded, rather than a level or a ratio.
    adds_up: bool,
}

/// The series that two worlds share, by kind, and in the order of the world, then of the other.
pub fn series(world: Side<'_>, against: Side<'_>) -> Vec<Match> {
    let (ours, theirs) = (named(world), named(against));
    let find = |all: &[Named]| -> BTreeMap<SeriesName, usize> {
        // The first of several with one name: without dimensions a cell is its place.
        all.iter().enumerate().rev().map(|(index, named)| (named.name.clone(), index)).collect()
    };
    let (our_index, their_index) = (find(&ours), find(&theirs));
    let mut matches = Vec::new();
    for (index, named) in ours.iter().enumerate() {
        if our_index[&named.name] != index {
            continue;
        }
        let other = their_index.get(&named.name).map(|other| &theirs[*other]);
        let from = match other {
            Some(other) => Some(From::Row(other.row)),
            None => instead(named, &theirs, world, against),
        };
        matches.extend(from.map(|from| matched(named, other, From::Row(named.row), from)));
    }
    for named in theirs.iter().filter(|named| !our_index.contains_key(&named.name)) {
        let from = instead(named, &ours, against, world);
        matches.extend(from.map(|from| matched(named, None, from, From::Row(named.row))));
    }
    matches.sort_by_key(|found| found.name.kind);
    matches
}

/// The outcomes that two worlds share, in the order of the world.
pub fn outcomes(world: Side<'_>, against: Side<'_>) -> Vec<OutcomeMatch> {
    let (ours, theirs) = (&world.program.model().outcomes, &against.program.model().outcomes);
    let same = |ours_at: usize, theirs_at: usize| {
        let (one, other) = (&world.plan.outcomes[ours_at], &against.plan.outcomes[theirs_at]);
        ours[ours_at].name == theirs[theirs_at].name && one.unit == other.unit && one.scale == other.scale
    };
    (0..ours.len())
        .filter_map(|index| {
            let other = (0..theirs.len()).find(|other| same(index, *other))?;
            Some(OutcomeMatch { world: index, against: other })
        })
        .collect()
}

fn matched(named: &Named, other: Option<&Named>, world: From, against: From) -> Match {
    let mut name = named.name.clone();
    if let Some(ends) = &named.ends {
        let theirs = other.and_then(|other| other.ends.as_ref()).unwrap_or(ends);
        // An end that differs between the worlds is no one place.
        let end = |which: usize| {
            let same = ends[which] == theirs[which];
            Some(if same { ends[which].clone() } else { ALL_VALUES.to_string() })
        };
        (name.from, name.to) = (end(0), end(1));
    }
    Match { name, unit: named.unit.clone(), world, against, scale: named.scale, kind: named.kind }
}

/// What a world has where it has no series of this name; `None` where that cannot be said. `have` are its series, `side` the
/// world that has the named one.
fn instead(named: &Named, have: &[Named], side: Side<'_>, lacking: Side<'_>) -> Option<From> {
    let (model, other) = (side.program.model(), lacking.program.model());
    let name = &named.name;
    let nothing = match name.kind {
        SeriesKind::People => name.subject != ALL_HELD && !has_place(other, &name.subject),
        SeriesKind::Flow | SeriesKind::FlowToDate => {
            // A mechanism with one pair of ends is recorded in total only.
            let total = |have: &&Named| {
                let ends = have.ends.as_ref().map(|[from, to]| (from.as_str(), to.as_str()));
                have.name.kind == name.kind
                    && have.name.subject == name.subject
                    && have.name.is_everybody()
                    && ends.is_some()
                    && ends == name.from.as_deref().zip(name.to.as_deref())
            };
            if let Some(total) = have.iter().find(total) {
                return Some(From::Row(total.row));
            }
            model.record.flows == other.record.flows && model.record.dimensions == other.record.dimensions
        }
        SeriesKind::Rate | SeriesKind::Severity => false,
        SeriesKind::Shock | SeriesKind::Switch | SeriesKind::Trigger => true,
        SeriesKind::State => other.regimes.iter().any(|regime| name.subject == regime_address(&regime.name)),
        SeriesKind::Measure => named.adds_up,
    };
    nothing.then_some(From::Nothing)
}

fn has_place(model: &Model, name: &str) -> bool {
    model.places.iter().any(|place| place.name == name)
}

fn end_name(model: &Model, end: FlowEnd) -> &str {
    match end {
        FlowEnd::Outside => OUTSIDE,
        FlowEnd::Place(place) => &model.places[place].name,
        FlowEnd::All => ALL_VALUES,
    }
}

fn regime_address(name: &str) -> String {
    format!("regimes.{name}")
}

fn group_names(model: &Model, groups: &GroupFilter) -> Vec<Option<String>> {
    let dimensions = model.groups.dimensions.iter().zip(groups);
    dimensions.map(|(dimension, value)| value.map(|value| dimension.values[value].clone())).collect()
}

/// Every series of a world, by kind.
fn named(side: Side<'_>) -> Vec<Named> {
    let Side { program, plan, layout } = side;
    let model = program.model();
    let new = |kind: SeriesKind, subject: String, row: usize| Named {
        name: SeriesName { kind, subject, measure: None, from: None, to: None, groups: Vec::new() },
        ends: None,
        row,
        unit: "people".into(),
        scale: 1.0,
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
    }
    for (index, rate) in plan.rates.iter().enumerate() {
        let mut named = new(SeriesKind::Rate, rate.counts_as.clone(), layout.row(Kind::Rate, index));
        named.name.groups = group_names(model, &rate.groups);
        named.unit = "people per person-year".into();
        named.scale = RATIO_SCALE;
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
            severity.scale = RATIO_SCALE;
            all.push(severity);
        }
    }
    for (index, measure) in plan.measures.iter().enumerate() {
        let gauge = &measure.gauge;
        let mut named = new(SeriesKind::Measure, gauge.subject.clone(), layout.row(Kind::Measure, index));
        let ending = if matches!(measure.reads, Reads::ToDate(_)) { "_to_date" } else { "" };
        named.name.measure = Some(format!("{}{ending}", gauge.measure));
        named.unit = gauge.unit.to_string();
        named.scale = measure.scale();
        named.adds_up = matches!(gauge.keeps, Keeps::Amount { .. });
        all.push(named);
    }
    all
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

/// How the differences of an outcome are told.
pub fn kind_of(unit: &OutcomeUnit) -> NumberKind {
    match unit {
        OutcomeUnit::Amount(_) | OutcomeUnit::Share => NumberKind::Plain,
        OutcomeUnit::Probability => NumberKind::YesNo,
        OutcomeUnit::Date => NumberKind::Date,
    }
}
