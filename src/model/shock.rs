//! Shocks: sudden events, each only a rate and a severity.

use super::{NumberId, PlaceId, Rate, Target, Who};

/// An event at a place that affects a share of the people there.
///
/// What it sets off elsewhere is in [`Model::changes`](super::Model::changes), with the layer `Aftermath`.
#[derive(Clone, Debug)]
pub struct Shock {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where it happens.
    pub at: PlaceId,
    /// Whom it may affect.
    pub who: Who,
    /// How often it comes at random.
    pub rate: Option<Rate>,
    /// The steps in which it happens for certain.
    pub on: Vec<u32>,
    /// The share affected.
    pub severity: Severity,
    /// Where the affected go.
    pub targets: Vec<Target>,
}

/// The share of people that a shock affects.
#[derive(Clone, Debug)]
pub enum Severity {
    /// The same each time.
    Fixed(NumberId),
    /// Drawn each time from a beta distribution.
    Beta {
        /// Its mean.
        mean: NumberId,
        /// Its standard deviation.
        sd: NumberId,
    },
}
