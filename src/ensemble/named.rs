//! What the series of a variant are called, in the scenario's own words.

use super::comparison::{SeriesName, total_address};
use super::plan::{SeriesPlan, SplitBy};
use super::series::{RecordedSeries, SeriesId, SeriesSource, SeriesTable};
use super::summary::{FlowEnd, GroupFilter};
use crate::engine::Program;
use crate::model::Model;

/// A variant to be compared.
#[derive(Clone, Copy, Debug)]
pub struct ComparedSide<'a> {
    /// What is simulated.
    pub program: &'a Program,
    /// What is recorded.
    pub plan: &'a SeriesPlan,
    /// Its series.
    pub table: &'a SeriesTable,
}

/// A series of one variant that can be compared, with its name.
#[derive(Clone, Debug)]
pub struct NamedSeries<'a> {
    /// Its number.
    pub id: SeriesId,
    /// What it is.
    pub series: &'a RecordedSeries,
    /// What it is called.
    pub name: SeriesName,
    /// Of the flow of a mechanism in total, its ends: they are no part of its name, since a variant may change them.
    pub ends: Option<[String; 2]>,
}

/// Every series of a variant that has a number in every step, in the order of its table.
pub fn all_named(side: ComparedSide<'_>) -> Vec<NamedSeries<'_>> {
    let model = side.program.model();
    let named = |(id, series)| {
        let (name, ends) = name_of(model, side.plan, series);
        NamedSeries { id, series, name, ends }
    };
    side.table.over_time().map(named).collect()
}

/// What a series is called; of the flow of a mechanism or of a total its ends apart.
pub fn name_of(
    model: &Model,
    plan: &SeriesPlan,
    series: &RecordedSeries,
) -> (SeriesName, Option<[String; 2]>) {
    let mut name = SeriesName {
        kind: series.kind,
        subject: String::new(),
        measure: None,
        from: None,
        to: None,
        groups: Vec::new(),
    };
    let mut ends = None;
    match series.source {
        SeriesSource::People(index) => {
            let people = &plan.people[index];
            name.subject = people.place.name(model).into();
            name.groups = group_names(model, &people.groups);
        }
        SeriesSource::Flow(index) | SeriesSource::FlowToDate(index) => {
            let flow = &plan.flows[index];
            name.subject = model.address(flow.mechanism);
            name.groups = group_names(model, &flow.groups);
            let [from, to] = end_names(model, [flow.from, flow.to]);
            if flow.split == SplitBy::Ends {
                (name.from, name.to) = (Some(from), Some(to));
            } else {
                ends = Some([from, to]);
            }
        }
        SeriesSource::Total(index) | SeriesSource::TotalToDate(index) => {
            let total = &plan.totals[index];
            name.subject = total_address(&total.counts_as);
            name.groups = group_names(model, &total.groups);
            ends = Some(end_names(model, [total.from, total.to]));
        }
        SeriesSource::Rate(index) => {
            let rate = &plan.rates[index];
            name.subject = rate.counts_as.clone();
            name.groups = group_names(model, &rate.groups);
        }
        SeriesSource::Event(index) => {
            let event = plan.events[index].event;
            name.subject = event.address(model);
            [name.from, name.to] = event.states(model).map(|state| state.map(String::from));
        }
        SeriesSource::Severity(index) => name.subject = plan.events[index].event.address(model),
        SeriesSource::Measure(index) => {
            let measure = &plan.measures[index];
            name.subject = measure.metric.subject.clone();
            name.measure = Some(measure.name());
        }
        SeriesSource::Outcome(index) => name.subject = model.outcomes[index].name.clone(),
        SeriesSource::Observed(_) => {}
    }
    (name, ends)
}

fn end_names(model: &Model, ends: [FlowEnd; 2]) -> [String; 2] {
    ends.map(|end| end.name(model).to_string())
}

fn group_names(model: &Model, groups: &GroupFilter) -> Vec<Option<String>> {
    let dimensions = model.groups.dimensions.iter().zip(groups);
    dimensions.map(|(dimension, value)| value.map(|value| dimension.values[value].clone())).collect()
}
