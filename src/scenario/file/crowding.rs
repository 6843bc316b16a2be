//! Crowding of rates as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::WrittenNumber;
use crate::scenario::located::Located;

/// What a full place does to a rate: it is multiplied by (occupancy / above) to the power of the elasticity while occupancy,
/// which is people over capacity at the start of the step, is above `above`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenCrowding {
    /// The share of capacity above which it is felt: 1.2 is a fifth more people than places. 1 unless written.
    pub above: Option<Located<WrittenNumber>>,
    /// How strongly: 0 not at all, 1 in proportion to occupancy, 2 to its square.
    pub elasticity: Located<WrittenNumber>,
    /// The place whose occupancy counts; the place where the rate is unless written.
    pub at: Option<Located<String>>,
    /// The largest factor, at least 1; 100 unless written, so that a rate stays finite where there is no room at all.
    pub at_most: Option<Located<WrittenNumber>>,
}
