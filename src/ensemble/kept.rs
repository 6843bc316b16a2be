//! The series that a study keeps of a world: what each is called, and its numbers, in one order.

use std::collections::BTreeSet;

use super::comparison::{SeriesKind, SeriesName};
use super::named::{Side, named};
use super::plan::Plan;
use super::recorder::Slots;
use super::rows::Layout;
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
    /// Its position among the numbers of [`numbers`].
    pub position: usize,
}

impl KeptSeries {
    /// The plan of a program with these series and all outcomes.
    pub fn plan(self, program: &Program) -> Plan {
        let all = Plan::new(program);
        match self {
            KeptSeries::Recorded => all,
            KeptSeries::Places | KeptSeries::None => {
                let mut people = all.people;
                people.retain(|plan| self == KeptSeries::Places && plan.groups.iter().all(Option::is_none));
                Plan { people, outcomes: all.outcomes, ..Plan::default() }
            }
        }
    }

    /// What the series are called, each name once.
    pub fn names(self, program: &Program) -> Vec<KeptName> {
        let plan = self.plan(program);
        let steps = program.steps();
        let layout = Layout::new(&plan, &Slots::new(&plan, steps), steps);
        let mut seen = BTreeSet::new();
        let all = named(Side { program, plan: &plan, layout: &layout }).into_iter().enumerate();
        let of = all.map(|(position, named)| {
            let mut name = named.name;
            if let Some([from, to]) = named.ends {
                (name.from, name.to) = (Some(from), Some(to));
            }
            let first_step = if name.kind == SeriesKind::People { 0 } else { 1 };
            KeptName { name, unit: named.unit, first_step, position }
        });
        // Without dimensions a cell is its place.
        of.filter(|kept| seen.insert(kept.name.clone())).collect()
    }
}

/// The numbers of every series of a summary: in the order of its plan, so that [`KeptName::position`] finds them. `None` where
/// no history has the number.
pub fn numbers(summary: &Summary) -> Vec<Vec<Option<Stat>>> {
    let some = |points: &[Stat]| points.iter().copied().map(Some).collect::<Vec<_>>();
    let mut all: Vec<Vec<Option<Stat>>> = summary.people.iter().map(|series| some(&series.points)).collect();
    all.extend(summary.flows.iter().map(|series| some(&series.per_step)));
    all.extend(summary.totals.iter().map(|series| some(&series.per_step)));
    all.extend(summary.flows.iter().map(|series| some(&series.to_date)));
    all.extend(summary.totals.iter().map(|series| some(&series.to_date)));
    all.extend(summary.rates.iter().map(|series| some(&series.points)));
    for series in &summary.events {
        all.push(probabilities(series, summary.replicates));
        if matches!(series.event, super::summary::Event::Shock(_)) {
            all.push(series.severity.clone());
        }
    }
    all.extend(summary.measures.iter().map(|series| some(&series.points)));
    all
}

/// The probabilities of an event as means of yes and no.
fn probabilities(series: &EventSeries, histories: u64) -> Vec<Option<Stat>> {
    let points = series.probability.iter().zip(&series.probability_se);
    points
        .map(|(mean, mc_se)| {
            let sd = mc_se * (histories as f64).sqrt();
            Some(Stat {
                mean: *mean,
                spread: Some(Spread { histories, sd, mc_se: *mc_se, quantiles: [f64::NAN; 5] }),
            })
        })
        .collect()
}
