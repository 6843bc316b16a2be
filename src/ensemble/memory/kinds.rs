//! Kinds of what is recorded, and how each takes less room.

use super::super::block::Recorded;
use super::super::plan::Plan;
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

/// The kinds of a plan's series, in the order of its rows; outcomes and what is observed follow.
pub fn of_rows(plan: &Plan) -> Vec<Kind> {
    let group = |groups: &[Option<usize>], all: Kind, cell: Kind| {
        let known = groups.iter().flatten().count();
        match known {
            0 => all,
            _ if known == groups.len() => cell,
            _ => Kind::Dimensions,
        }
    };
    let people = plan.people.iter().map(|plan| match plan.place {
        Where::AllHeld => group(&plan.groups, Kind::Places, Kind::Dimensions),
        Where::Place(_) => group(&plan.groups, Kind::Places, Kind::Cells),
    });
    let flows = || {
        let all =
            plan.flows.iter().map(|plan| &plan.groups).chain(plan.totals.iter().map(|plan| &plan.groups));
        all.map(|groups| group(groups, Kind::Flows, Kind::Dimensions))
    };
    let rates = plan.rates.iter().map(|plan| group(&plan.groups, Kind::Rates, Kind::Dimensions));
    let events = plan.events.iter().flat_map(|_| [Kind::Events, Kind::Events]);
    let measures = plan.measures.iter().map(|_| Kind::Measures);
    people.chain(flows()).chain(flows()).chain(rates).chain(events).chain(measures).collect()
}

/// How much there is of every kind in some worlds.
pub fn count(worlds: &[Recorded<'_>]) -> Vec<Counted> {
    let mut all = std::collections::BTreeMap::<Kind, (u64, u64)>::new();
    for world in worlds {
        let steps = u64::from(world.steps());
        for kind in of_rows(&world.plan) {
            let (series, points) = all.entry(kind).or_default();
            *series += 1;
            *points += steps + 1;
        }
        let single = (world.plan.outcomes.len() + world.plan.observed.points.len()) as u64;
        let (series, points) = all.entry(Kind::Outcomes).or_default();
        *series += single;
        *points += single;
    }
    all.into_iter().map(|(kind, (series, points))| Counted { kind, series, points }).collect()
}
