//! Kinds of what is recorded, and how each takes less room.

use super::super::block::RecordedVariant;
use super::super::plan::SeriesPlan;
use super::super::series::SeriesSource;
use super::super::summary::Where;

/// A kind of what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// People of every place and group.
    Cells,
    /// People of every place.
    Places,
    /// People and flows by the values of dimensions.
    Dimensions,
    /// Flows.
    Flows,
    /// Rates.
    Rates,
    /// Events.
    Events,
    /// What is measured beside people.
    Measures,
    /// Outcomes, and what is compared with what was observed.
    Outcomes,
    /// Differences between variants.
    Differences,
}

impl RecordKind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            RecordKind::Cells => "people of every place and group",
            RecordKind::Places => "people of every place",
            RecordKind::Dimensions => "people, flows and rates by the values of dimensions",
            RecordKind::Flows => "flows",
            RecordKind::Rates => "rates",
            RecordKind::Events => "events",
            RecordKind::Measures => "measures",
            RecordKind::Outcomes => "outcomes and observed numbers",
            RecordKind::Differences => "differences",
        }
    }

    /// What makes it less.
    pub fn less(self) -> &'static str {
        match self {
            RecordKind::Cells => "`cells = false` in [record], or a longer `step`",
            RecordKind::Places => "`places = false` in [record], or a longer `step`",
            RecordKind::Dimensions => "`dimensions = []` in [record], or a longer `step`",
            RecordKind::Flows => "`flows = \"none\"` in [record], or a longer `step`",
            RecordKind::Rates => "fewer words in `counts_as`, or a longer `step`",
            RecordKind::Events | RecordKind::Measures => {
                "fewer programmes, regimes and shocks, or a longer `step`"
            }
            RecordKind::Outcomes => "fewer outcomes and observed numbers",
            RecordKind::Differences => "`--variants` with fewer names",
        }
    }
}

/// How much there is of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    pub kind: RecordKind,
    pub series: u64,
    pub points: u64,
}

/// The kind of a series of a plan.
pub fn kind_of(plan: &SeriesPlan, source: SeriesSource) -> RecordKind {
    let group = |groups: &[Option<usize>], all: RecordKind, cell: RecordKind| {
        let known = groups.iter().flatten().count();
        match known {
            0 => all,
            _ if known == groups.len() => cell,
            _ => RecordKind::Dimensions,
        }
    };
    match source {
        SeriesSource::People(index) => {
            let people = &plan.people[index];
            let held = people.place == Where::AllHeld;
            group(
                &people.groups,
                RecordKind::Places,
                if held { RecordKind::Dimensions } else { RecordKind::Cells },
            )
        }
        SeriesSource::Flow(index) | SeriesSource::FlowToDate(index) => {
            group(&plan.flows[index].groups, RecordKind::Flows, RecordKind::Dimensions)
        }
        SeriesSource::Total(index) | SeriesSource::TotalToDate(index) => {
            group(&plan.totals[index].groups, RecordKind::Flows, RecordKind::Dimensions)
        }
        SeriesSource::Rate(index) => {
            group(&plan.rates[index].groups, RecordKind::Rates, RecordKind::Dimensions)
        }
        SeriesSource::Event(_) | SeriesSource::Severity(_) => RecordKind::Events,
        SeriesSource::Measure(_) => RecordKind::Measures,
        SeriesSource::Outcome(_) | SeriesSource::Observed(_) => RecordKind::Outcomes,
    }
}

/// How much there is of every kind in some variants.
pub fn count(variants: &[RecordedVariant]) -> Vec<KindCount> {
    let mut all = std::collections::BTreeMap::<RecordKind, (u64, u64)>::new();
    for variant in variants {
        for (_, recorded) in variant.table.iter() {
            let (series, points) = all.entry(kind_of(&variant.plan, recorded.source)).or_default();
            *series += 1;
            *points += recorded.points as u64;
        }
    }
    all.into_iter().map(|(kind, (series, points))| KindCount { kind, series, points }).collect()
}
