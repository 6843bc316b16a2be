//! What many replicates say: the answer of a run, ready to be written and drawn.

use super::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE, SeriesKind};
use crate::model::Model;
pub use crate::model::{Mechanism, OutcomeUnit};

/// The probabilities of the quantiles in [`Spread::quantiles`].
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// One number at one date, over all replicates: its mean and its spread. The unit is that of the series it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stat {
    /// Its mean.
    pub mean: f64,
    /// What the replicates say of its spread; `None` in expected mode, which has no spread.
    pub spread: Option<Spread>,
}

/// How a number varies between replicates: chance, and parameters that are drawn for each replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many replicates have the number: fewer than all where it is a ratio that may have no denominator.
    pub replicates: u64,
    /// The standard deviation between replicates (n - 1 in the denominator).
    pub sd: f64,
    /// The Monte Carlo standard error of the mean: sd / sqrt(replicates).
    pub mc_se: f64,
    /// The smallest values that at least these shares of replicates do not exceed, for [`QUANTILES`].
    pub quantiles: [f64; 5],
}

/// Which groups a series counts: for each dimension of the model (in its order) the index of one value, or all of them (`None`).
/// Where there are no dimensions it is empty.
pub type GroupFilter = Vec<Option<usize>>;

/// What the replicates of one scenario say: series of statistics by date, and outcomes. Points are of boundaries (dates) or of
/// steps, which the [`Calendar`](crate::Calendar) of the model has. Indices are those of the [`Model`](crate::model::Model) that was simulated.
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

/// Where the people of a [`PeopleSeries`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// At one place: index in `Model::places`.
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

/// How many people of some groups are present at a place, by date.
#[derive(Clone, Debug)]
pub struct PeopleSeries {
    /// Where they are.
    pub place: Where,
    /// Who they are.
    pub groups: GroupFilter,
    /// People at every boundary, `steps + 1` points; the first is the start.
    pub points: Vec<Stat>,
}

/// One end of a flow: where people come from, or where they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowEnd {
    /// Outside the model: where arrivals and newborns come from.
    Outside,
    /// One place: index in `Model::places`.
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

/// How many people of some groups a mechanism moves from one end to another, by step.
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

/// How many people of some groups are moved by everything that counts as one thing (`counts_as` in the scenario), by step.
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

/// What an [`EventSeries`] is about.
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

/// What one outcome of the scenario comes to, over replicates: `Summary::outcomes` has them in the order of `Model::outcomes`.
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

/// How well one observed value was met by the people that the replicates have at its place and time.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// The people at the same place and time in the replicates.
    pub stat: Stat,
    /// The continuous ranked probability score (Gneiting and Raftery 2007), in people, 0 being perfect; of one replicate, or in
    /// expected mode, the distance.
    pub crps: f64,
}

/// How often a shock, a switch, a state or a trigger happens by step, and how severe a shock is.
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
