//! Programmes as they are written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::date::DateText;
use super::number::{NumberOr, Written};
use super::rate::{ByDimension, Occasions};
use super::target::{Becomes, To, Who};
use super::words::{Key, OneOrMany};
use crate::scenario::located::Located;

/// Organised movement with limited seats: flights, court sittings, intake to a centre.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places they leave.
    pub from: Located<OneOrMany<String>>,
    /// Where they go.
    pub to: Located<To>,
    /// Who is eligible; everybody unless written.
    pub who: Option<Located<Who>>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// When it takes place.
    pub occasions: Located<Occasions>,
    /// How many seats each occasion has.
    pub seats: Located<Seats>,
    /// Classes, the first served first; the eligible whom none of them names come last, together.
    pub priority: Option<Located<OneOrMany<Who>>>,
    /// Spells in which nothing takes place.
    #[serde(default)]
    pub pauses: Vec<Located<Pause>>,
    /// What it counts as among the rates: "repatriation", "release", ...
    #[schemars(pattern("^[a-z_]{1,60}$"))]
    pub counts_as: Option<Located<String>>,
}

/// The seats of one occasion: a number, or a table.
pub type Seats = NumberOr<SeatsTable>;

/// Seats that are drawn (`mean`, `sd`) or that differ by the values of a dimension (`by`, `values`, `otherwise`).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatsTable {
    /// The mean number of seats.
    pub mean: Option<Located<ByDimension>>,
    /// The standard deviation of the number of seats.
    pub sd: Option<Located<ByDimension>>,
    /// The dimension that the table is by: each of its values is a line of its own.
    pub by: Option<Located<String>>,
    /// The seats of each value of the dimension.
    pub values: Option<IndexMap<Key, Located<Written>>>,
    /// The seats of every value that the table does not name.
    pub otherwise: Option<Located<Written>>,
}

/// A spell in which nothing takes place.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The first date of the pause.
    pub from: Located<DateText>,
    /// The date on which it is over.
    pub until: Located<DateText>,
}
