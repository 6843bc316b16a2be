//! Outcomes as they are written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::date::DateText;
use super::target::WrittenWho;
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// What every replicate comes to: one number, a date, or a yes or no. Exactly one of `people`, `flow`, `measure`, `events`,
/// `sum` and `share` says what of.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["people"] }, { "required": ["flow"] }, { "required": ["measure"] },
    { "required": ["events"] }, { "required": ["sum"] }, { "required": ["share"] }
]))]
pub struct WrittenOutcome {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// People who are somewhere.
    pub people: Option<Located<PeopleOf>>,
    /// People who are moved.
    pub flow: Option<Located<FlowOf>>,
    /// Something that is measured beside people, as in measures.csv: a cost, a queue.
    pub measure: Option<Located<MeasureOf>>,
    /// How often a shock happens: its address, "shocks.mass_escape".
    pub events: Option<Located<String>>,
    /// Other outcomes, written before this one, added up.
    #[schemars(length(min = 1))]
    pub sum: Option<Located<Vec<Located<String>>>>,
    /// One outcome over another, both written before this one.
    pub share: Option<Located<ShareOf>>,
    /// How what happens over time becomes one number; at the end, or in all, unless written.
    pub take: Option<Located<WrittenTake>>,
    /// Makes a yes or no of the number: whether it is above this.
    pub above: Option<Located<f64>>,
    /// Makes a yes or no of the number: whether it is below this.
    pub below: Option<Located<f64>>,
}

/// Some of the people of some places.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleOf {
    /// The place or places, or "all_held" for prisons, camps and centres; everywhere but in places of kind `end` unless
    /// written.
    pub at: Option<Located<OneOrMany<String>>>,
    /// Who; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
}

/// People who are moved, by address or by what it counts as.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["by"] }, { "required": ["counts_as"] }]))]
pub struct FlowOf {
    /// What moves them: an address such as "programmes.flights", or several.
    pub by: Option<Located<OneOrMany<String>>>,
    /// Everything that counts as this: "repatriation".
    pub counts_as: Option<Located<String>>,
    /// Who, by their group before the move; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
}

/// Something that is measured.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureOf {
    /// What it is about, as the column `subject` of measures.csv has it: "costs", "places.north_prison".
    pub of: Located<String>,
    /// Which measure, as the column `measure` has it: "cost".
    pub name: Located<String>,
}

/// One outcome over another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareOf {
    /// What is divided.
    pub of: Located<String>,
    /// By what.
    pub over: Located<String>,
}

/// How what happens over time becomes one number: a word, or a table with one key.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenTake {
    /// `"mean"`
    Word(String),
    /// `{ on = "2028-01" }`
    Table(TakeTable),
}

/// The words for [`WrittenTake`].
const TAKE_WORDS: [&str; 8] =
    ["start", "end", "mean", "max", "min", "person_months", "person_years", "total"];

/// How what happens over time becomes one number, with a date or a number. Exactly one key.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeTable {
    /// People: on a date. What adds up: from the start to a date.
    pub on: Option<Located<DateText>>,
    /// What adds up: from one date to another.
    #[schemars(length(min = 2, max = 2))]
    pub between: Option<Located<Vec<Located<DateText>>>>,
    /// The first date at which it is below this.
    pub first_below: Option<Located<f64>>,
    /// The first date at which it is above this; of what adds up, at which its sum to date is.
    pub first_above: Option<Located<f64>>,
    /// The share of steps at whose end it is above this.
    pub share_of_time_above: Option<Located<f64>>,
    /// The share of steps at whose end it is below this.
    pub share_of_time_below: Option<Located<f64>>,
}

impl<'de> Deserialize<'de> for WrittenTake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TakeVisitor;
        impl<'de> Visitor<'de> for TakeVisitor {
            type Value = WrittenTake;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a word or a table")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<WrittenTake, E> {
                Ok(WrittenTake::Word(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenTake, A::Error> {
                TakeTable::deserialize(MapAccessDeserializer::new(map)).map(WrittenTake::Table)
            }
        }
        deserializer.deserialize_any(TakeVisitor)
    }
}

impl JsonSchema for WrittenTake {
    fn schema_name() -> Cow<'static, str> {
        "Take".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<TakeTable>();
        json_schema!({
            "title": "a word, or a table with one key",
            "description": "How what happens over time becomes one number. Of people and levels \"end\", \"start\", \"mean\", \"max\", \"min\", \"person_months\", \"person_years\", { on = \"2028-01\" }, { first_below = 1000 }, { first_above = 1000 }, { share_of_time_above = 1000 } or { share_of_time_below = 1000 }; of what adds up \"total\", \"max\" (of one step), { on = \"2028-01\" }, { between = [\"2027-01\", \"2028-01\"] } or { first_above = 1000 }.",
            "anyOf": [{ "type": "string", "enum": TAKE_WORDS }, table]
        })
    }
}
