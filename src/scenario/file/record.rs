//! What is to be recorded, as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::located::Located;

/// What is recorded; more takes more memory and larger tables.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenRecord {
    /// Whether every cell (place and group) is recorded; by default where there are at most 200.
    pub cells: Option<Located<bool>>,
    /// Whether every place is recorded; it is unless written.
    pub places: Option<Located<bool>>,
    /// The dimensions by which people and flows are recorded; all unless written.
    pub dimensions: Option<Located<Vec<Located<String>>>>,
    /// How much of the flows is recorded; by dimensions unless written.
    pub flows: Option<Located<FlowWord>>,
}

/// How much of the flows is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowWord {
    /// Nothing.
    None,
    /// Every mechanism in total.
    Totals,
    /// Every mechanism in total and by each recorded dimension.
    Dimensions,
}
