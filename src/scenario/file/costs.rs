//! Costs as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::Written;
use super::words::Named;
use crate::scenario::located::Located;

/// What things cost, by their addresses: `places.north_prison = { per_person_month = 400 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// The currency, or another unit, of every amount: "USD", "thousand USD".
    pub currency: Located<String>,
    /// The share by which an amount is worth less for every year after the start: 0.03. Without it nothing is discounted.
    pub discount_rate: Option<Located<Written>>,
    /// Places.
    #[serde(default)]
    pub places: Named<PlaceCost>,
    /// Moves.
    #[serde(default)]
    pub moves: Named<PersonCost>,
    /// Stays: those who leave by them.
    #[serde(default)]
    pub stays: Named<PersonCost>,
    /// Programmes.
    #[serde(default)]
    pub programmes: Named<ProgrammeCost>,
    /// Arrivals.
    #[serde(default)]
    pub arrivals: Named<PersonCost>,
    /// Births.
    #[serde(default)]
    pub births: Named<PersonCost>,
    /// Shocks.
    #[serde(default)]
    pub shocks: Named<PersonCost>,
}

/// What a place costs.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct PlaceCost {
    /// For each person and month there. The people of a step are the mean of those at its two ends.
    pub per_person_month: Option<Located<Written>>,
    /// For each month, whoever is there.
    pub fixed_per_month: Option<Located<Written>>,
}

/// What a programme costs.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct ProgrammeCost {
    /// For each occasion, however many seats are taken. Lines of one programme that share an occasion pay once.
    pub per_occasion: Option<Located<Written>>,
    /// For each person who is moved.
    pub per_person: Option<Located<Written>>,
    /// For each month, whatever happens.
    pub fixed_per_month: Option<Located<Written>>,
}

/// What a mechanism costs that moves people.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonCost {
    /// For each person who is moved.
    pub per_person: Located<Written>,
}
