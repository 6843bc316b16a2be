//! Metrics: what a mechanism measures beside the people that it moves, such as the length of a queue.
//!
//! A mechanism registers its metrics with the `Builder` and writes their values into the
//! [`Flows`](super::Flows) of a step; what is recorded of them is said here once.

use std::borrow::Cow;

use crate::model::{MeasureKind, measure_kind};

/// Index of a metric.
pub type MetricId = usize;

/// A measure of one thing, in every step of every replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What it is about: an address of the scenario, `"places.river_camp"`.
    pub subject: String,
    /// What is measured, in a word of tables: `"queue"`.
    pub measure: &'static str,
    /// Its unit: `"people"`, or the scenario's currency.
    pub unit: Cow<'static, str>,
    /// What is recorded of it.
    pub keeps: Keeps,
}

impl Metric {
    /// Whether the catalogue of measures, by which outcomes name it and by which it is known how much is recorded, says of it what is
    /// kept. What is only a part of ratios stands in none.
    pub fn is_as_catalogued(&self) -> bool {
        let kind = match self.keeps {
            Keeps::Level { .. } => MeasureKind::Level,
            Keeps::Amount { .. } => MeasureKind::Amount,
            Keeps::Ratio { .. } => MeasureKind::Ratio,
            Keeps::Part => return true,
        };
        measure_kind(&self.subject, self.measure) == Some(kind)
    }
}

/// What is recorded of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Keeps {
    /// A level at the end of the step.
    Level {
        /// Whether it is always a whole number in Monte Carlo.
        whole: bool,
    },
    /// An amount of the step: recorded by step and from the start to date.
    Amount {
        /// Whether it is always a whole number in Monte Carlo.
        whole: bool,
    },
    /// Nothing: an amount of the step that is only a part of ratios.
    Part,
    /// One metric over another, both amounts, in the trailing twelve months; this one holds no values of its own.
    Ratio {
        /// What is divided.
        of: MetricId,
        /// By what.
        over: MetricId,
    },
}
