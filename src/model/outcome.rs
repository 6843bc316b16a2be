//! Outcomes: what a replicate comes to in one number, a date, or a yes or no.

use super::{Mechanism, PlaceId, Who};

/// Index of an outcome in [`Model::outcomes`](super::Model::outcomes).
pub type OutcomeId = usize;

/// One number of every replicate, whose distribution over the replicates is an answer.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What it is a number of.
    pub of: OutcomeOf,
    /// Makes a yes or no of it: whether the number is beyond this.
    pub is: Option<Beyond>,
}

/// What an outcome is a number of.
#[derive(Clone, Debug)]
pub enum OutcomeOf {
    /// People at some places, taken in some way over time.
    People {
        /// The places.
        at: Vec<PlaceId>,
        /// Whom of them.
        who: Who,
        /// How.
        take: LevelTake,
    },
    /// People moved.
    Flow {
        /// By which mechanisms.
        by: Vec<Mechanism>,
        /// Whom: their group before the move; of newborns and arrivals the one they have on entry.
        who: Who,
        /// How.
        take: AmountTake,
    },
    /// Something that is measured beside people: a metric of the engine.
    Measure {
        /// What it is about: `"places.river_camp"`.
        subject: String,
        /// What is measured: `"queue"`.
        measure: String,
        /// How; not of a ratio, which is taken over the whole replicate.
        take: Option<MeasureTake>,
    },
    /// How often a shock happens (index in `Model::shocks`): in at most so many steps as there are.
    Events {
        /// The shock.
        shock: usize,
        /// How.
        take: AmountTake,
    },
    /// Outcomes, all before this one, added up.
    Sum(Vec<OutcomeId>),
    /// An outcome over another, both before this one; nothing where the other is 0.
    Share {
        /// What is divided.
        of: OutcomeId,
        /// By what.
        over: OutcomeId,
    },
}

/// How a measure is taken: by what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasureTake {
    /// As a level.
    Level(LevelTake),
    /// As an amount.
    Amount(AmountTake),
}

/// How a level over time becomes one number. Boundaries are those of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LevelTake {
    /// At a boundary.
    At(u32),
    /// The mean over time: each step has the mean of its two ends (of a measure, its end).
    Mean,
    /// The largest at any boundary.
    Max,
    /// The smallest at any boundary.
    Min,
    /// The time that people spend, in units of so many years: the mean of each step's two ends.
    PersonTime {
        /// The unit in years: 1, or a twelfth.
        unit: f64,
    },
    /// The first boundary at which it is beyond a number.
    First(Beyond),
    /// The share of steps at whose end it is beyond a number.
    ShareOfTime(Beyond),
}

/// How amounts by step become one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AmountTake {
    /// Their sum over the steps from one boundary to another.
    Between(u32, u32),
    /// The largest of one step.
    Max,
    /// The first boundary at which their sum to date is above a number.
    FirstAbove(f64),
}

/// Beyond a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Beyond {
    /// Above it.
    Above(f64),
    /// Below it.
    Below(f64),
}

impl Beyond {
    /// Whether `value` is.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Beyond::Above(limit) => value > limit,
            Beyond::Below(limit) => value < limit,
        }
    }
}

/// What the numbers of an outcome count, and so how to show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeUnit {
    /// Anything with a unit in words: `"people"`.
    Amount(String),
    /// A share of something, from 0 to 1.
    Share,
    /// A date, in months since the start.
    Date,
    /// A yes or no: the share of replicates in which it is true.
    Probability,
}

impl OutcomeUnit {
    /// The unit in words of tables.
    pub fn words(&self) -> &str {
        match self {
            OutcomeUnit::Amount(words) => words,
            OutcomeUnit::Share => "share",
            OutcomeUnit::Date => "months since the start",
            OutcomeUnit::Probability => "share of replicates",
        }
    }
}
