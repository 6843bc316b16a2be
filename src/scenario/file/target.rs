//! Who, where to and as what: the pieces that every mechanism shares.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::number::WrittenNumber;
use super::rate::ByDimension;
use super::words::{Key, OneOrMany};
use crate::scenario::located::Located;

/// A selection of people: for each dimension the value or values that count; all values of dimensions it leaves out.
pub type WrittenWho = IndexMap<Key, Located<OneOrMany<String>>>;

/// Shares by the values of a dimension; they add up to 1.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The dimension.
    pub by: Located<String>,
    /// A share for each value.
    pub shares: Located<IndexMap<Key, Located<WrittenNumber>>>,
}

/// Where people go: one place, or several with shares.
#[derive(Clone, Debug, PartialEq)]
pub enum To {
    /// One place.
    Place(String),
    /// Places with shares.
    Shares(Vec<Located<Destination>>),
}

/// A place and the share of people who go there.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// The place.
    pub place: Located<String>,
    /// The share, or a table of shares by the values of a dimension; all shares add up to 1.
    pub share: Located<ByDimension>,
}

impl<'de> Deserialize<'de> for To {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ToVisitor;
        impl<'de> Visitor<'de> for ToVisitor {
            type Value = To;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a place or a list of places with shares")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<To, E> {
                Ok(To::Place(value.to_string()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<To, A::Error> {
                let mut shares = Vec::new();
                while let Some(share) = seq.next_element()? {
                    shares.push(share);
                }
                Ok(To::Shares(shares))
            }
        }
        deserializer.deserialize_any(ToVisitor)
    }
}

impl JsonSchema for To {
    fn schema_name() -> Cow<'static, str> {
        "To".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let destination = generator.subschema_for::<Destination>();
        json_schema!({
            "title": "a place, or a list of { place, share }",
            "description": "Where people go: a place, or a list of { place, share } whose shares add up to 1.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": destination, "minItems": 1 }]
        })
    }
}

/// New values on some dimensions; in a list each with its share.
#[derive(Clone, Debug, PartialEq)]
pub struct Becomes {
    /// The share of people who become this, or a table by the values of a dimension; only in a list.
    pub share: Option<Located<ByDimension>>,
    /// The new values.
    pub values: IndexMap<Key, Located<String>>,
}

impl<'de> Deserialize<'de> for Becomes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BecomesVisitor;
        impl<'de> Visitor<'de> for BecomesVisitor {
            type Value = Becomes;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of new values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Becomes, A::Error> {
                let mut becomes = Becomes { share: None, values: IndexMap::new() };
                while let Some(key) = map.next_key::<Key>()? {
                    if &**key.get() == "share" {
                        becomes.share = Some(map.next_value()?);
                    } else {
                        becomes.values.insert(key, map.next_value()?);
                    }
                }
                Ok(becomes)
            }
        }
        deserializer.deserialize_map(BecomesVisitor)
    }
}

impl JsonSchema for Becomes {
    fn schema_name() -> Cow<'static, str> {
        "Becomes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<ByDimension>();
        json_schema!({
            "description": "New values on some dimensions: { category = \"men\" }. In a list each has its share.",
            "type": "object",
            "properties": { "share": share },
            "patternProperties": { "^(?!share$)[A-Za-z0-9_-]{1,60}$": { "type": "string" } },
            "additionalProperties": false
        })
    }
}
