//! Changes as they are written, by whatever makes them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::{DateText, LengthText};
use super::length::StayLength;
use super::number::{NumberOr, WrittenNumber};
use crate::scenario::located::Located;

/// A change of a field on dates; its own dates go before those of the policy.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["set"] }, { "required": ["times"] }]))]
pub struct PolicyChange {
    /// The address of the field: the file's own words joined by dots, "moves.review_release.rate".
    pub field: Located<String>,
    /// What the field becomes; for a stay, another length.
    pub set: Option<Located<NumberOr<StayLength>>>,
    /// What the field is multiplied by.
    pub times: Option<Located<WrittenNumber>>,
    /// Of a stay: the share of people whom it concerns; all unless written.
    pub share: Option<Located<WrittenNumber>>,
    /// Of a stay: whom it concerns; new arrivals unless written.
    pub applies_to: Option<Located<AppliesTo>>,
    /// The date from which it applies.
    pub from: Option<Located<DateText>>,
    /// The date from which it no longer applies.
    pub until: Option<Located<DateText>>,
    /// The time over which it comes in, evenly: "6 months".
    pub ramp: Option<Located<LengthText>>,
}

/// Whom a change of a stay concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum AppliesTo {
    /// Who enters while it holds.
    #[serde(rename = "new arrivals")]
    NewArrivals,
    /// Everybody who is there while it holds: who has stayed longer than the new length leaves at once.
    #[serde(rename = "everyone")]
    Everyone,
}

/// A change of a field while a regime is in a state.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["set"] }, { "required": ["times"] }]))]
pub struct StateChange {
    /// The address of the field: the file's own words joined by dots, "moves.review_release.rate".
    pub field: Located<String>,
    /// What the field becomes.
    pub set: Option<Located<WrittenNumber>>,
    /// What the field is multiplied by.
    pub times: Option<Located<WrittenNumber>>,
}

/// A change of a field for some time after a shock.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["set"] }, { "required": ["times"] }]))]
pub struct AftermathChange {
    /// The address of the field: the file's own words joined by dots, "programmes.flights.occasions".
    pub field: Located<String>,
    /// What the field becomes.
    pub set: Option<Located<WrittenNumber>>,
    /// What the field is multiplied by.
    pub times: Option<Located<WrittenNumber>>,
    /// For how long: "3 months".
    pub lasts: Located<LengthText>,
}
