//! Seats of programmes and their pauses, as they are written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::date::DateText;
use super::number::{NumberOr, WrittenNumber};
use super::rate::{ByDimension, EventRate};
use super::words::Key;
use crate::scenario::located::Located;

/// The seats of one occasion: a number, or a table.
pub type WrittenSeats = NumberOr<SeatsTable>;

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
    pub values: Option<IndexMap<Key, Located<WrittenNumber>>>,
    /// The seats of every value that the table does not name.
    pub otherwise: Option<Located<WrittenNumber>>,
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

/// Pauses that begin at random while there is none.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenRandomPauses {
    /// How often one begins, while there is none.
    pub rate: Located<EventRate>,
    /// How long each lasts: "3 months", { mean = "3 months" } for exponential lengths, or { mean = "3 months", sd = "1 month" } for lognormal ones.
    pub lasts: Located<NumberOr<Lasts>>,
}

/// Lengths of time that are drawn: exponential where only the mean is written, else lognormal.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lasts {
    /// The mean length: "3 months".
    pub mean: Located<WrittenNumber>,
    /// The standard deviation of the length: "1 month".
    pub sd: Option<Located<WrittenNumber>>,
}
