//! Kinds of what is recorded, and how each takes less room.

use super::super::block::Recorded;
use super::super::plan::Plan;
use super::super::series::SeriesSource;
use super::super::summary::Where;

/// A kind of what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    /// Differences between worlds.
    Differences,
}

impl Kind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Cells => "people of every place and group",
            Kind::Places => "people of every place",
            Kind::Dimensions => "people, flows and rates by the values of dimensions",
            Kind::Flows => "flows",
            Kind::Rates => "rates",
            Kind::Events => "events",
            Kind::Measures => "measures",
            Kind::Outcomes => "outcomes and observed numbers",
            Kind::Differences => "differences",
        }
    }

    /// What makes it less.
    pub fn less(self) -> &'static str {
        match self {
            Kind::Cells => "`cells = false` in [record], or a longer `step`",
            Kind::Places => "`places = false` in [record], or a longer `step`",
            Kind::Dimensions => "`dimensions = []` in [record], or a longer `step`",
            Kind::Flows => "`flows = \"none\"` in [record], or a longer `step`",
            Kind::Rates => "fewer words in `counts_as`, or a longer `step`",
            Kind::Events | Kind::Measures => "fewer programmes, regimes and shocks, or a longer `step`",
            Kind::Outcomes => "fewer outcomes and observed numbers",
            Kind::Differences => "`--variants` with fewer names",
        }
    }
}

/// How much there is of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub kind: Kind,
    pub series: u64,
    pub points: u64,
}

/// The kind of a series of a plan.
pub fn kind_of(plan: &Plan, source: SeriesSource) -> Kind {
    let group = |groups: &[Option<usize>], all: Kind, cell: Kind| {
        let known = groups.iter().flatten().count();
        match known {
            0 => all,
            _ if known == groups.len() => cell,
            _ => Kind::Dimensions,
        }
    };
    match source {
        SeriesSource::People(index) => {
            let people = &plan.people[index];
            let held = people.place == Where::AllHeld;
            group(&people.groups, Kind::Places, if held { Kind::Dimensions } else { Kind::Cells })
        }
        SeriesSource::Flow(index) | SeriesSource::FlowToDate(index) => {
            group(&plan.flows[index].groups, Kind::Flows, Kind::Dimensions)
        }
        SeriesSource::Total(index) | SeriesSource::TotalToDate(index) => {
            group(&plan.totals[index].groups, Kind::Flows, Kind::Dimensions)
        }
        SeriesSource::Rate(index) => group(&plan.rates[index].groups, Kind::Rates, Kind::Dimensions),
        SeriesSource::Event(_) | SeriesSource::Severity(_) => Kind::Events,
        SeriesSource::Measure(_) => Kind::Measures,
        SeriesSource::Outcome(_) | SeriesSource::Observed(_) => Kind::Outcomes,
    }
}

/// How much there is of every kind in some worlds.
pub fn count(worlds: &[Recorded<'_>]) -> Vec<Counted> {
    let mut all = std::collections::BTreeMap::<Kind, (u64, u64)>::new();
    for world in worlds {
        for (_, recorded) in world.table.iter() {
            let (series, points) = all.entry(kind_of(&world.plan, recorded.source)).or_default();
            *series += 1;
            *points += recorded.points as u64;
        }
    }
    all.into_iter().map(|(kind, (series, points))| Counted { kind, series, points }).collect()
}
