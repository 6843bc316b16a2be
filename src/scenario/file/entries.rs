//! Entries of a section's list, as a variant writes them.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::change::{AftermathChange, PolicyChange};
use super::date::DateText;
use super::length::StayLength;
use super::number::{NumberOr, WrittenNumber};
use super::people::WrittenPeople;
use super::seats::Pause;
use super::switch::WrittenSwitch;
use super::target::WrittenWho;
use crate::scenario::located::Located;

/// Entries, by what they are.
#[derive(Clone, Debug, PartialEq)]
pub enum Entries {
    /// Pauses of a programme.
    Pauses(Vec<Located<Pause>>),
    /// Names of places.
    Places(Vec<Located<String>>),
    /// Classes of people.
    Classes(Vec<Located<WrittenWho>>),
    /// People at the start.
    People(Vec<Located<WrittenPeople>>),
    /// Dates of a shock.
    Dates(Vec<Located<DateText>>),
    /// What a shock sets off.
    Aftermath(Vec<Located<AftermathChange>>),
    /// Switches of a regime.
    Switches(Vec<Located<WrittenSwitch>>),
    /// What a policy changes.
    Changes(Vec<Located<PolicyChange>>),
}

/// What a field is set to: an amount, another length of stay, or a list.
#[derive(Clone, Debug, PartialEq)]
pub enum SetTo {
    /// An amount or a length.
    Amount(Box<NumberOr<StayLength>>),
    /// A list, whose entries are read when it is known of what they are.
    List(ListReadElsewhere),
}

impl SetTo {
    /// A number.
    pub fn number(written: WrittenNumber) -> SetTo {
        SetTo::Amount(Box::new(NumberOr::Number(written)))
    }
}

/// A list whose entries are read elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListReadElsewhere;

impl<'de> Deserialize<'de> for ListReadElsewhere {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor;
        impl<'de> Visitor<'de> for ListVisitor {
            type Value = ListReadElsewhere;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ListReadElsewhere, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(ListReadElsewhere)
            }
        }
        deserializer.deserialize_seq(ListVisitor)
    }
}

impl JsonSchema for ListReadElsewhere {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "List".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array" })
    }
}

impl<'de> Deserialize<'de> for SetTo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SetToVisitor;
        impl<'de> Visitor<'de> for SetToVisitor {
            type Value = SetTo;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a number, an expression, a table or a list")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<SetTo, E> {
                Ok(SetTo::number(WrittenNumber::Constant(value as f64)))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<SetTo, E> {
                Ok(SetTo::number(WrittenNumber::Constant(value)))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<SetTo, E> {
                Ok(SetTo::number(WrittenNumber::Text(value.to_string())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SetTo, A::Error> {
                let length = StayLength::deserialize(MapAccessDeserializer::new(map))?;
                Ok(SetTo::Amount(Box::new(NumberOr::Table(length))))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<SetTo, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(SetTo::List(ListReadElsewhere))
            }
        }
        deserializer.deserialize_any(SetToVisitor)
    }
}

impl JsonSchema for SetTo {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SetTo".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let length = generator.subschema_for::<StayLength>();
        json_schema!({
            "title": "a number, an expression, a table or a list",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }, length, { "type": "array" }]
        })
    }
}
