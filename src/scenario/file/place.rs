//! Places as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::Written;
use super::target::{Split, Who};
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// Where people are counted.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What it is.
    pub kind: Located<PlaceKind>,
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// How many it is built for. Charts draw it; people are not turned away.
    pub capacity: Option<Located<Written>>,
    /// Who is there at the start.
    #[serde(default)]
    pub people: Vec<Located<People>>,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A prison or detention facility: people are held.
    Prison,
    /// A displacement camp: people are held.
    Camp,
    /// A transit centre, court custody or rehabilitation centre: people are held.
    Centre,
    /// Free, in a community.
    Community,
    /// Escaped and not recaptured.
    AtLarge,
    /// Died, or left the model: nobody comes back from here.
    End,
}

/// Some of the people who are in a place at the start.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Who they are. With `split` it leaves one value on every dimension.
    pub who: Option<Located<Who>>,
    /// How many.
    pub count: Located<Written>,
    /// The shares of a dimension's values, or a list of such splits, which multiply.
    pub split: Option<Located<OneOrMany<Split>>>,
}
