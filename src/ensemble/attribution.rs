//! What the parts of a variant contribute to what it changes.

use crate::model::OutcomeUnit;

/// The Shapley values of the parts of a variant: what each part adds, on average over every order in which the parts could
/// be put in place. They add up to what the whole variant changes, and a part without effect has exactly 0.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The variant's name.
    pub variant: String,
    /// Its name for people.
    pub label: String,
    /// The parts, in the order of the scenario: their labels.
    pub parts: Vec<String>,
    /// How the orders were covered.
    pub orders: OrderCoverage,
    /// One for each number that is explained: the outcomes, and everybody who is held in the end.
    pub explained: Vec<Explained>,
}

/// How the orders of the parts were covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderCoverage {
    /// All of them.
    All,
    /// So many drawn at random, each with its reverse.
    Sampled {
        /// How many, reverses included.
        orders: u64,
    },
}

/// One number that a variant changes.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Which.
    pub what: ExplainedSubject,
    /// Its name for people.
    pub label: String,
    /// What it counts.
    pub unit: OutcomeUnit,
    /// In how many replicates it is there with every subset of the parts; what follows is over these.
    pub replicates: u64,
    /// What the variant changes in all, against the scenario without any of its parts.
    pub whole: Contribution,
    /// What each part contributes, in the order of [`Attribution::parts`].
    pub parts: Vec<Contribution>,
}

/// A number that a replicate comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainedSubject {
    /// An outcome, by its name.
    Outcome(String),
    /// Everybody who is held in the end.
    HeldAtEnd,
}

impl ExplainedSubject {
    /// Its name in tables and options.
    pub fn name(&self) -> &str {
        match self {
            ExplainedSubject::Outcome(name) => name,
            ExplainedSubject::HeldAtEnd => super::comparison::ALL_HELD,
        }
    }
}

/// A mean contribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The mean over replicates; not a number where no replicate has one.
    pub mean: f64,
    /// Its Monte Carlo standard error; `None` in expected mode. Of sampled orders it includes that of the sampling.
    pub mc_se: Option<f64>,
}
