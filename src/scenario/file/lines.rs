//! The lines of a programme as they are written: a table, or the name of a file that has it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::date::DateText;
use super::number::WrittenNumber;
use super::rate::Occasions;
use super::seats::{Pause, WrittenRandomPauses, WrittenSeats};
use super::words::Named;
use crate::scenario::located::Located;

/// One line for each value of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenLines {
    /// Here.
    Table(Named<WrittenLine>),
    /// In a file of comma-separated values beside the scenario.
    File(String),
}

/// The line of one value of a dimension: seats for its people. What it does not write is as for the whole programme.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenLine {
    /// How many seats each occasion has for these people alone; where it is left out they share the programme's seats.
    pub seats: Option<Located<WrittenSeats>>,
    /// When these seats are there; as for the whole programme unless written.
    pub occasions: Option<Located<Occasions>>,
    /// The most people of this line in a calendar year.
    pub cap_per_year: Option<Located<WrittenNumber>>,
    /// The share of these people who consent or clear verification, asked anew on each occasion; as for the whole programme unless written.
    pub consent: Option<Located<WrittenNumber>>,
    /// The first date of this line; as for the whole programme unless written.
    pub starts: Option<Located<DateText>>,
    /// The date from which this line has no seats any more; as for the whole programme unless written.
    pub ends: Option<Located<DateText>>,
    /// Spells in which this line has no seats, beside those of the whole programme.
    #[serde(default)]
    pub pauses: Vec<Located<Pause>>,
    /// Pauses of this line alone that come at random, beside those of the whole programme.
    pub random_pauses: Option<Located<WrittenRandomPauses>>,
}

impl<'de> Deserialize<'de> for WrittenLines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LinesVisitor;
        impl<'de> Visitor<'de> for LinesVisitor {
            type Value = WrittenLines;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of lines or the name of a file")
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<WrittenLines, E> {
                Ok(WrittenLines::File(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenLines, A::Error> {
                Named::<WrittenLine>::deserialize(MapAccessDeserializer::new(map)).map(WrittenLines::Table)
            }
        }
        deserializer.deserialize_any(LinesVisitor)
    }
}

impl JsonSchema for WrittenLines {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Lines".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<Named<WrittenLine>>();
        json_schema!({
            "title": "a table of lines, or the name of a CSV file",
            "anyOf": [table, { "type": "string", "minLength": 1 }]
        })
    }
}
