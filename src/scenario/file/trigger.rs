//! Triggers of policies as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::LengthText;
use super::number::WrittenNumber;
use super::target::WrittenWho;
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// When a policy is in force: from the step after a measure has passed one threshold until the step after it has passed
/// another. Measures are taken at the end of each step, in each replicate for itself (in expected mode, of the means).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["people"] }, { "required": ["occupancy"] }, { "required": ["flow"] }]))]
pub struct WrittenTrigger {
    /// Measures people: { at = "north_prison" }, perhaps with `who`.
    pub people: Option<Located<PeopleMeasured>>,
    /// Measures people as a share of capacity, at a place or at several together: 1.1 is a tenth more people than places.
    pub occupancy: Option<Located<OneOrMany<String>>>,
    /// Measures the people whom a mechanism moves in a step: "shocks.mass_escape".
    pub flow: Option<Located<String>>,
    /// It starts when the measure is above this.
    pub above: Option<Located<WrittenNumber>>,
    /// It ends when the measure is below this; unless written, when it is no longer above `above`.
    pub until_below: Option<Located<WrittenNumber>>,
    /// It starts when the measure is below this.
    pub below: Option<Located<WrittenNumber>>,
    /// It ends when the measure is above this; unless written, when it is no longer below `below`.
    pub until_above: Option<Located<WrittenNumber>>,
    /// For how long it holds at least: "6 months".
    pub lasts: Option<Located<LengthText>>,
}

/// People of some groups at some places.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleMeasured {
    /// The place or places.
    pub at: Located<OneOrMany<String>>,
    /// Who; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
}
