//! What many replicates say: the answer of a run, ready to be written and drawn.

use super::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE, SeriesKind};
use crate::model::Model;
pub use crate::model::{Mechanism, OutcomeUnit};

/// The probabilities of the quantiles in [`Spread::quantiles`].
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// One measure at one date, over all replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stat {
    /// Its mean.
    pub mean: f64,
    /// What the replicates say of its spread; `None` in expected mode, which has no spread.
    pub spread: Option<Spread>,
}

/// How a measure varies between replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many replicates have the measure: fewer than all where it is a ratio that may have no denominator.
    pub replicates: u64,
    /// The standard deviation between replicates (n - 1 in the denominator).
    pub sd: f64,
    /// The Monte Carlo standard error of the mean: sd / sqrt(replicates).
    pub mc_se: f64,
    /// The smallest values that at least these shares of replicates do not exceed, for [`QUANTILES`].
    pub quantiles: [f64; 5],
}

/// Which groups a series counts: for each dimension one value, or all of them (`None`).
pub type GroupFilter = Vec<Option<usize>>;

/// The answer of a run. Indices are those of the [`Model`](crate::model::Model) that was simulated.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many replicates; 1 in expected mode.
    pub replicates: u64,
    /// Whether people are fractional and nothing is random.
    pub expected: bool,
    /// People present at every boundary, `steps + 1` points each.
    pub people: Vec<PeopleSeries>,
    /// People moved, `steps` points each; point `k` is step `k`, which ends at boundary `k + 1`.
    pub flows: Vec<FlowSeries>,
    /// People moved by everything that counts as one thing, the same points: one series for each word, and for
    /// each group that is recorded.
    pub totals: Vec<TotalSeries>,
    /// Leavers of the trailing twelve months per person-year, `steps` points each.
    pub rates: Vec<RateSeries>,
    /// Shocks and regimes, `steps` points each.
    pub events: Vec<EventSeries>,
    /// What mechanisms measure beside people, `steps` points each.
    pub measures: Vec<MeasureSeries>,
    /// What every replicate comes to: one for each of the model's outcomes.
    pub outcomes: Vec<OutcomeResult>,
    /// How well observed values were met: one for each of the model's.
    pub scores: Vec<Score>,
}

/// Where the people of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// At one place.
    Place(usize),
    /// At any place where people are held.
    AllHeld,
}

impl Where {
    /// The name of the place, or [`ALL_HELD`].
    pub fn name(self, model: &Model) -> &str {
        match self {
            Where::Place(place) => &model.places[place].name,
            Where::AllHeld => ALL_HELD,
        }
    }
}

/// People present.
#[derive(Clone, Debug)]
pub struct PeopleSeries {
    /// Where.
    pub place: Where,
    /// Who.
    pub groups: GroupFilter,
    /// One for every boundary.
    pub points: Vec<Stat>,
}

/// One end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowEnd {
    /// Outside the model: where arrivals and newborns come from.
    Outside,
    /// One place.
    Place(usize),
    /// All places that the mechanism has at this end, of which there are several.
    All,
}

impl FlowEnd {
    /// The name of the place, [`OUTSIDE`] or [`ALL_VALUES`].
    pub fn name(self, model: &Model) -> &str {
        match self {
            FlowEnd::Outside => OUTSIDE,
            FlowEnd::Place(place) => &model.places[place].name,
            FlowEnd::All => ALL_VALUES,
        }
    }
}

/// People moved by a mechanism.
#[derive(Clone, Debug)]
pub struct FlowSeries {
    /// By what.
    pub mechanism: Mechanism,
    /// Where from.
    pub from: FlowEnd,
    /// Where to.
    pub to: FlowEnd,
    /// Who: the group before the move; of newborns and arrivals the group they have on entry.
    pub groups: GroupFilter,
    /// In each step.
    pub per_step: Vec<Stat>,
    /// From the start to the end of each step.
    pub to_date: Vec<Stat>,
}

/// People moved by everything that counts as one thing.
#[derive(Clone, Debug)]
pub struct TotalSeries {
    /// The scenario's word: `"repatriation"`.
    pub counts_as: String,
    /// Where from.
    pub from: FlowEnd,
    /// Where to.
    pub to: FlowEnd,
    /// Of whom, as they were before they moved.
    pub groups: GroupFilter,
    /// In each step.
    pub per_step: Vec<Stat>,
    /// From the start to the end of each step.
    pub to_date: Vec<Stat>,
}

/// Leavers by everything that counts as one thing, in the trailing twelve months (since the start, in the first
/// year), per person-year of those it applies to.
#[derive(Clone, Debug)]
pub struct RateSeries {
    /// The scenario's word: `"repatriation"`.
    pub counts_as: String,
    /// Who.
    pub groups: GroupFilter,
    /// One for each step, at its end; the ratio of each replicate, over replicates that have person-years.
    pub points: Vec<Stat>,
}

impl Summary {
    /// Everybody at a place, or everybody who is held.
    pub fn everybody(&self, place: Where) -> Option<&PeopleSeries> {
        self.people.iter().find(|it| it.place == place && it.groups.iter().all(Option::is_none))
    }

    /// How many people are held in the end.
    pub fn held_at_end(&self) -> Option<Stat> {
        self.everybody(Where::AllHeld)?.points.last().copied()
    }

    /// The total of everybody whom something moved that counts as `word`.
    pub fn total(&self, word: &str) -> Option<&TotalSeries> {
        self.totals.iter().find(|it| it.counts_as == word && it.groups.iter().all(Option::is_none))
    }

    /// That of some groups.
    pub fn total_of(&self, word: &str, groups: &GroupFilter) -> Option<&TotalSeries> {
        self.totals.iter().find(|it| it.counts_as == word && it.groups == *groups)
    }
}

/// What an event series is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A shock happens: index in `Model::shocks`.
    Shock(usize),
    /// A regime switches.
    Switch {
        /// Index in `Model::regimes`.
        regime: usize,
        /// The state it leaves.
        from: usize,
        /// The state it enters.
        to: usize,
    },
    /// A regime is in a state.
    State {
        /// Index in `Model::regimes`.
        regime: usize,
        /// Index of the state.
        state: usize,
    },
    /// A policy is in force by its trigger: index in `Model::policies`.
    Trigger(usize),
}

impl Event {
    /// What a series of it is of.
    pub fn kind(self) -> SeriesKind {
        match self {
            Event::Shock(_) => SeriesKind::Shock,
            Event::Switch { .. } => SeriesKind::Switch,
            Event::State { .. } => SeriesKind::State,
            Event::Trigger(_) => SeriesKind::Trigger,
        }
    }

    /// The address of the shock, regime or policy in the scenario.
    pub fn address(self, model: &Model) -> String {
        match self {
            Event::Shock(shock) => format!("shocks.{}", model.shocks[shock].name),
            Event::Switch { regime, .. } | Event::State { regime, .. } => {
                regime_address(&model.regimes[regime].name)
            }
            Event::Trigger(policy) => format!("policies.{}", model.policies[policy].name),
        }
    }

    /// The state that a switch leaves, and the one that it enters or that the regime is in.
    pub fn states(self, model: &Model) -> [Option<&str>; 2] {
        let name = |regime: usize, state: usize| Some(model.regimes[regime].states[state].as_str());
        match self {
            Event::Switch { regime, from, to } => [name(regime, from), name(regime, to)],
            Event::State { regime, state } => [None, name(regime, state)],
            Event::Shock(_) | Event::Trigger(_) => [None, None],
        }
    }
}

/// The address of a regime.
pub fn regime_address(name: &str) -> String {
    format!("regimes.{name}")
}

/// What a mechanism measures beside the people that it moves: a level, an amount by step or to date, or a ratio.
#[derive(Clone, Debug)]
pub struct MeasureSeries {
    /// What it is about: an address of the scenario, `"places.river_camp"`.
    pub subject: String,
    /// What is measured: `"queue"`; amounts from the start to date end in `"_to_date"`.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// One for each step, at its end; a ratio over the replicates that have a denominator.
    pub points: Vec<Stat>,
}

/// The distribution of an outcome over replicates.
#[derive(Clone, Debug)]
pub struct OutcomeResult {
    /// What its numbers count. Dates are in months since the start, a month being a twelfth of a year.
    pub unit: OutcomeUnit,
    /// Its statistics over the replicates that have a value; `None` where none has. Quantiles of dates are over all
    /// replicates: not a number where it has not happened in so many. Of a yes or no the mean is the probability.
    pub stat: Option<Stat>,
    /// The share of replicates in which it is true (a yes or no) or happens (a date), or that have a value.
    pub probability: Option<f64>,
}

/// How well an observed value was met.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// The people at the same place and time in the replicates.
    pub stat: Stat,
    /// The continuous ranked probability score, in people; of one replicate, or in expected mode, the distance.
    pub crps: f64,
}

/// How often something happens and how severe it is.
#[derive(Clone, Debug)]
pub struct EventSeries {
    /// What.
    pub event: Event,
    /// The share of replicates in which it happens in the step (a switch: at the step's end; a state or a triggered policy: that hold during it).
    pub probability: Vec<f64>,
    /// The Monte Carlo standard error of the probability; 0 in expected mode.
    pub probability_se: Vec<f64>,
    /// Of a shock, the share of the people it may affect that it does affect, over the replicates in which it happens
    /// while there are such people; `None` where there is no such replicate, and for regimes.
    pub severity: Vec<Option<Stat>>,
}
