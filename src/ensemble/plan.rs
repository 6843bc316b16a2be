//! Which series a run records, and of which cells and edges each is the sum.

use std::collections::BTreeMap;

use crate::engine::Program;
use crate::engine::edge::{Edge, EdgeId};
use crate::engine::metric::{Keeps, Metric, MetricId};
use crate::model::{CellId, FlowDetail, Mechanism, Model};

use super::observed::ObservedPlan;
use super::outcomes::{self, OutcomePlan};
use super::summary::{Event, FlowEnd, GroupFilter, Where};
use super::under::counted_under;

/// Every series of a run.
#[derive(Clone, Debug, Default)]
pub struct SeriesPlan {
    /// People present.
    pub people: Vec<PeoplePlan>,
    /// People moved.
    pub flows: Vec<FlowPlan>,
    /// People moved by all that counts as one thing.
    pub totals: Vec<TotalPlan>,
    /// Leavers per person-year.
    pub rates: Vec<RatePlan>,
    /// Shocks, switches, states and triggers.
    pub events: Vec<EventPlan>,
    /// What is measured beside people.
    pub measures: Vec<MeasurePlan>,
    /// What every replicate comes to.
    pub outcomes: Vec<OutcomePlan>,
    /// What was observed.
    pub observed: ObservedPlan,
}

/// People present, summed over cells.
#[derive(Clone, Debug)]
pub struct PeoplePlan {
    /// Where.
    pub place: Where,
    /// Who.
    pub groups: GroupFilter,
    /// The cells.
    pub cells: Vec<CellId>,
}

/// People moved, summed over edges.
#[derive(Clone, Debug)]
pub struct FlowPlan {
    /// By what.
    pub mechanism: Mechanism,
    /// Where from.
    pub from: FlowEnd,
    /// Where to.
    pub to: FlowEnd,
    /// Who.
    pub groups: GroupFilter,
    /// What it is of all that the mechanism moves.
    pub split: SplitBy,
    /// The edges.
    pub edges: Vec<EdgeId>,
}

/// Which of a mechanism's flows is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitBy {
    /// All of it.
    Nothing,
    /// That of some groups.
    Groups,
    /// That between two places, of which the mechanism has several pairs.
    Ends,
}

/// People moved by everything that counts as one thing, summed over edges, of all groups and of each that is recorded. Recorded beside its mechanisms, since quantiles of a sum do not follow from those of its parts;
/// and where it is one mechanism alone, too, so that variants which differ in their mechanisms can be compared.
#[derive(Clone, Debug)]
pub struct TotalPlan {
    /// The scenario's word.
    pub counts_as: String,
    /// Where from.
    pub from: FlowEnd,
    /// Where to.
    pub to: FlowEnd,
    /// Of whom.
    pub groups: GroupFilter,
    /// The edges.
    pub edges: Vec<EdgeId>,
}

/// Leavers by edges, per time that people spend in cells.
#[derive(Clone, Debug)]
pub struct RatePlan {
    /// The scenario's word.
    pub counts_as: String,
    /// Who.
    pub groups: GroupFilter,
    /// The edges.
    pub edges: Vec<EdgeId>,
    /// The cells of those whom the mechanisms apply to.
    pub cells: Vec<CellId>,
}

/// Something that happens or holds.
#[derive(Clone, Copy, Debug)]
pub struct EventPlan {
    /// What.
    pub event: Event,
    /// Its row: of a shock, of a switch, of a regime state, or of a trigger.
    pub row: usize,
}

/// One series of a metric.
#[derive(Clone, Debug)]
pub struct MeasurePlan {
    /// The metric.
    pub metric: Metric,
    /// What the series is of it.
    pub reads: MetricSeriesKind,
}

/// What a series of a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricSeriesKind {
    /// Its value in each step.
    Step(MetricId),
    /// Its values from the start to date.
    ToDate(MetricId),
    /// One over another in the trailing twelve months.
    Ratio {
        /// What is divided.
        of: MetricId,
        /// By what.
        over: MetricId,
    },
}

impl MeasurePlan {
    /// What it is called in tables: what adds up from the start to date has an ending.
    pub fn name(&self) -> String {
        let ending = if matches!(self.reads, MetricSeriesKind::ToDate(_)) { "_to_date" } else { "" };
        format!("{}{ending}", self.metric.measure)
    }

    /// Whether what adds up is recorded, rather than a level or a ratio.
    pub fn adds_up(&self) -> bool {
        matches!(self.metric.keeps, Keeps::Amount { .. })
    }

    /// Whether its values are whole numbers in every replicate.
    pub fn whole(&self) -> bool {
        matches!(self.metric.keeps, Keeps::Level { whole: true } | Keeps::Amount { whole: true })
    }
}

impl SeriesPlan {
    /// The plan of what `model.record` asks for.
    pub fn new(program: &Program) -> SeriesPlan {
        let model = program.model();
        SeriesPlan {
            people: people(model),
            flows: flows(program),
            totals: totals(program),
            rates: rates(program),
            events: events(program),
            measures: measures(program),
            outcomes: outcomes::plans(program),
            observed: ObservedPlan::new(model),
        }
    }
}

/// Nobody left out.
fn everybody(model: &Model) -> GroupFilter {
    vec![None; model.groups.dimensions.len()]
}

/// One filter for each value of each recorded dimension.
fn by_value(model: &Model) -> Vec<GroupFilter> {
    let filter = |dimension: usize, value: usize| {
        let mut filter = everybody(model);
        filter[dimension] = Some(value);
        filter
    };
    model
        .record
        .dimensions
        .iter()
        .flat_map(|dimension| {
            (0..model.groups.dimensions[*dimension].values.len()).map(|value| filter(*dimension, value))
        })
        .collect()
}

/// Whether a cell's group passes a filter.
fn passes(model: &Model, cell: CellId, filter: &GroupFilter) -> bool {
    let values = model.groups.values(model.group_of(cell));
    filter.iter().zip(values).all(|(wanted, value)| wanted.is_none_or(|wanted| wanted == value))
}

/// Whether the people of an edge are counted among those that a filter lets pass.
fn counts_in(model: &Model, edge: &Edge, filter: &GroupFilter) -> bool {
    counted_under(edge).is_some_and(|cell| passes(model, cell, filter))
}

fn people(model: &Model) -> Vec<PeoplePlan> {
    let held: Vec<CellId> =
        (0..model.cells()).filter(|cell| model.places[model.place_of(*cell)].kind.is_held()).collect();
    let mut plans = vec![PeoplePlan { place: Where::AllHeld, groups: everybody(model), cells: held.clone() }];
    for groups in by_value(model) {
        let cells = held.iter().copied().filter(|cell| passes(model, *cell, &groups)).collect();
        plans.push(PeoplePlan { place: Where::AllHeld, groups, cells });
    }
    // Without dimensions, or with one group, a place is its only cell and is written once.
    let one_group = model.groups.count() == 1;
    if model.record.places || one_group {
        for place in 0..model.places.len() {
            let cells = (0..model.groups.count()).map(|group| model.cell(place, group)).collect();
            plans.push(PeoplePlan { place: Where::Place(place), groups: everybody(model), cells });
        }
    }
    if model.record.cells && !model.groups.dimensions.is_empty() {
        for cell in 0..model.cells() {
            let groups = model.groups.values(model.group_of(cell)).into_iter().map(Some).collect();
            plans.push(PeoplePlan { place: Where::Place(model.place_of(cell)), groups, cells: vec![cell] });
        }
    }
    plans
}

fn flows(program: &Program) -> Vec<FlowPlan> {
    let model = program.model();
    if model.record.flows == FlowDetail::None {
        return Vec::new();
    }
    let filters = if model.record.flows == FlowDetail::Dimensions { by_value(model) } else { Vec::new() };
    let mut plans = Vec::new();
    for (mechanism, edges) in by_mechanism(program.edges()) {
        let end = |edge: EdgeId| ends(program, edge);
        let mut pairs: Vec<(FlowEnd, FlowEnd)> = edges.iter().map(|edge| end(*edge)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let from = common(pairs.iter().map(|(from, _)| *from));
        let to = common(pairs.iter().map(|(_, to)| *to));
        let new = |groups: GroupFilter, split, edges| FlowPlan { mechanism, from, to, groups, split, edges };
        plans.push(new(everybody(model), SplitBy::Nothing, edges.clone()));
        for groups in &filters {
            let of_group = |edge: &EdgeId| counts_in(model, &program.edges()[*edge], groups);
            let edges: Vec<EdgeId> = edges.iter().copied().filter(of_group).collect();
            if !edges.is_empty() {
                plans.push(new(groups.clone(), SplitBy::Groups, edges));
            }
        }
        if pairs.len() > 1 {
            for (from, to) in pairs {
                let edges = edges.iter().copied().filter(|edge| end(*edge) == (from, to)).collect();
                plans.push(FlowPlan { from, to, ..new(everybody(model), SplitBy::Ends, edges) });
            }
        }
    }
    plans
}

/// The edges of each mechanism, mechanisms in order.
fn by_mechanism(edges: &[Edge]) -> Vec<(Mechanism, Vec<EdgeId>)> {
    let mut grouped = BTreeMap::<Mechanism, Vec<EdgeId>>::new();
    for (id, edge) in edges.iter().enumerate() {
        grouped.entry(edge.mechanism).or_default().push(id);
    }
    grouped.into_iter().collect()
}

/// The one end that all flows have, or [`FlowEnd::All`].
fn common(mut ends: impl Iterator<Item = FlowEnd>) -> FlowEnd {
    let first = ends.next().unwrap_or(FlowEnd::All);
    if ends.all(|end| end == first) { first } else { FlowEnd::All }
}

/// Where an edge leads from and to.
fn ends(program: &Program, edge: EdgeId) -> (FlowEnd, FlowEnd) {
    let (model, edge) = (program.model(), &program.edges()[edge]);
    let from = edge.from.map_or(FlowEnd::Outside, |cell| FlowEnd::Place(model.place_of(cell)));
    (from, edge.to_place(model).map_or(FlowEnd::Outside, FlowEnd::Place))
}

/// What mechanisms count as, in the order of the words, with the edges of each.
fn counted(program: &Program) -> BTreeMap<&str, Vec<EdgeId>> {
    let model = program.model();
    let mut counted = BTreeMap::<&str, Vec<EdgeId>>::new();
    for (id, edge) in program.edges().iter().enumerate() {
        if let Some(word) = model.mover(edge.mechanism).counts_as {
            counted.entry(word).or_default().push(id);
        }
    }
    counted
}

fn totals(program: &Program) -> Vec<TotalPlan> {
    let model = program.model();
    if model.record.flows == FlowDetail::None {
        return Vec::new();
    }
    let mut plans = Vec::new();
    for (word, all) in counted(program) {
        let from = common(all.iter().map(|edge| ends(program, *edge).0));
        let to = common(all.iter().map(|edge| ends(program, *edge).1));
        let mut filters = vec![everybody(model)];
        if model.record.flows == FlowDetail::Dimensions {
            filters.extend(by_value(model));
        }
        for groups in filters {
            let of_group = |edge: &EdgeId| counts_in(model, &program.edges()[*edge], &groups);
            let edges: Vec<EdgeId> = all.iter().copied().filter(of_group).collect();
            if !edges.is_empty() {
                plans.push(TotalPlan { counts_as: word.into(), from, to, groups, edges });
            }
        }
    }
    plans
}

fn rates(program: &Program) -> Vec<RatePlan> {
    let model = program.model();
    let mut plans = Vec::new();
    for (word, edges) in counted(program) {
        let mut filters = vec![everybody(model)];
        filters.extend(by_value(model));
        for groups in filters {
            let of_group = |edge: &EdgeId| counts_in(model, &program.edges()[*edge], &groups);
            let edges: Vec<EdgeId> = edges.iter().copied().filter(of_group).collect();
            let mut cells: Vec<CellId> =
                edges.iter().filter_map(|edge| program.edges()[*edge].from).collect();
            cells.sort_unstable();
            cells.dedup();
            if !edges.is_empty() {
                plans.push(RatePlan { counts_as: word.into(), groups, edges, cells });
            }
        }
    }
    plans
}

fn events(program: &Program) -> Vec<EventPlan> {
    let model = program.model();
    let shocks = (0..model.shocks.len()).map(|shock| EventPlan { event: Event::Shock(shock), row: shock });
    let switches = program.regimes().switches().iter().enumerate().map(|(row, switch)| EventPlan {
        event: Event::Switch { regime: switch.regime, from: switch.from, to: switch.to },
        row,
    });
    let states = model.regimes.iter().enumerate().flat_map(|(regime, states)| {
        (0..states.states.len()).map(move |state| EventPlan {
            event: Event::State { regime, state },
            row: program.regimes().row(regime, state),
        })
    });
    let triggers =
        program.triggered().enumerate().map(|(row, policy)| EventPlan { event: Event::Trigger(policy), row });
    shocks.chain(switches).chain(states).chain(triggers).collect()
}

fn measures(program: &Program) -> Vec<MeasurePlan> {
    let mut plans = Vec::new();
    for (id, metric) in program.metrics().iter().enumerate() {
        let mut add = |reads| plans.push(MeasurePlan { metric: metric.clone(), reads });
        match metric.keeps {
            Keeps::Level { .. } => add(MetricSeriesKind::Step(id)),
            Keeps::Amount { .. } => {
                add(MetricSeriesKind::Step(id));
                add(MetricSeriesKind::ToDate(id));
            }
            Keeps::Part => {}
            Keeps::Ratio { of, over } => add(MetricSeriesKind::Ratio { of, over }),
        }
    }
    plans
}
