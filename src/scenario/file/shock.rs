//! Shocks as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::AftermathChange;
use super::date::DateText;
use super::number::{NumberOr, Written};
use super::rate::EventRate;
use super::target::{Becomes, To, Who};
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// An event at a place that affects a share of the people there, at random or on dates.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["rate"] }, { "required": ["on"] }]))]
pub struct Shock {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place where it happens.
    pub at: Located<String>,
    /// Whom it may affect; everybody unless written.
    pub who: Option<Located<Who>>,
    /// How often it comes at random.
    pub rate: Option<Located<EventRate>>,
    /// The date or dates on which it comes for certain.
    pub on: Option<Located<OneOrMany<DateText>>>,
    /// The share of people affected: a number, or { beta = { mean, sd } } to draw it each time.
    pub share: Located<ShareAffected>,
    /// Where those affected go.
    pub to: Located<To>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// What it sets off elsewhere, for some time.
    #[serde(default)]
    pub then: Vec<Located<AftermathChange>>,
}

/// The share of people affected.
pub type ShareAffected = NumberOr<DrawnShare>;

/// A share that is drawn each time.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnShare {
    /// From a beta distribution.
    pub beta: Located<Beta>,
}

/// A beta distribution.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beta {
    /// Its mean, between 0 and 1.
    pub mean: Located<Written>,
    /// Its standard deviation.
    pub sd: Located<Written>,
}
