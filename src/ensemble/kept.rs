//! The series that a study keeps of the baseline or of a variant: what each is called, and its numbers, in one order.

use std::collections::BTreeSet;

use super::comparison::SeriesName;
use super::named::{ComparedSide, all_named};
use super::plan::SeriesPlan;
use super::series::{SeriesSource, SeriesTable};
use super::summary::{EventSeries, Spread, Stat, Summary};
use crate::engine::Program;

/// Which series are kept of those that a scenario records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptSeries {
    /// None: outcomes alone.
    None,
    /// People at each place and everybody who is held, without groups.
    Places,
    /// All.
    Recorded,
}

/// A series that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptName {
    /// What it is called.
    pub name: SeriesName,
    /// What its numbers count.
    pub unit: String,
    /// The step of its first point: 0 of people, whose first is the start, otherwise 1.
    pub first_step: u32,
    /// Where its numbers stand in a summary.
    source: SeriesSource,
}

impl KeptSeries {
    /// The plan of a program with these series and all outcomes.
    pub fn plan(self, program: &Program) -> SeriesPlan {
        let all = SeriesPlan::new(program);
        match self {
            KeptSeries::Recorded => all,
            KeptSeries::Places | KeptSeries::None => {
                let mut people = all.people;
                people.retain(|plan| self == KeptSeries::Places && plan.groups.iter().all(Option::is_none));
                SeriesPlan { people, outcomes: all.outcomes, ..SeriesPlan::default() }
            }
        }
    }

    /// What the series are called, each name once.
    pub fn names(self, program: &Program) -> Vec<KeptName> {
        let plan = self.plan(program);
        let table = SeriesTable::new(&plan, program.steps());
        let mut seen = BTreeSet::new();
        let all = all_named(ComparedSide { program, plan: &plan, table: &table }).into_iter();
        let of = all.map(|named| {
            let mut name = named.name;
            if let Some([from, to]) = named.ends {
                (name.from, name.to) = (Some(from), Some(to));
            }
            let first_step = name.kind.first_boundary() as u32;
            let (unit, source) = (named.series.unit.to_string(), named.series.source);
            KeptName { name, unit, first_step, source }
        });
        // Without dimensions a cell is its place.
        of.filter(|kept| seen.insert(kept.name.clone())).collect()
    }
}

impl KeptName {
    /// Its numbers in the summary of a program with the same series. `None` where no replicate has the number.
    pub fn numbers(&self, summary: &Summary) -> Vec<Option<Stat>> {
        let some = |points: &[Stat]| points.iter().copied().map(Some).collect();
        match self.source {
            SeriesSource::People(index) => some(&summary.people[index].points),
            SeriesSource::Flow(index) => some(&summary.flows[index].per_step),
            SeriesSource::FlowToDate(index) => some(&summary.flows[index].to_date),
            SeriesSource::Total(index) => some(&summary.totals[index].per_step),
            SeriesSource::TotalToDate(index) => some(&summary.totals[index].to_date),
            SeriesSource::Rate(index) => some(&summary.rates[index].points),
            SeriesSource::Event(index) => probabilities(&summary.events[index], summary.replicates),
            SeriesSource::Severity(index) => summary.events[index].severity.clone(),
            SeriesSource::Measure(index) => some(&summary.measures[index].points),
            // They are no series over time.
            SeriesSource::Outcome(_) | SeriesSource::Observed(_) => Vec::new(),
        }
    }
}

/// The probabilities of an event as means of yes and no.
fn probabilities(series: &EventSeries, replicates: u64) -> Vec<Option<Stat>> {
    let points = series.probability.iter().zip(&series.probability_se);
    points
        .map(|(mean, mc_se)| {
            let sd = mc_se * (replicates as f64).sqrt();
            Some(Stat {
                mean: *mean,
                spread: Some(Spread { replicates, sd, mc_se: *mc_se, quantiles: [f64::NAN; 5] }),
            })
        })
        .collect()
}
