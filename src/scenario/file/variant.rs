//! Variants as they are written: what-ifs beside the scenario itself, which is their baseline.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::Additions;
use super::variant_change::VariantChange;
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// A what-if: the scenario, and what is different in it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenVariant {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// What it asks.
    pub question: Option<Located<String>>,
    /// The name of a variant whose changes, additions and removals it takes over, or several names: one after the other, each variant once.
    pub based_on: Option<Located<OneOrMany<String>>>,
    /// What it changes, on dates or from the start.
    #[serde(default)]
    pub changes: Vec<Located<VariantChange>>,
    /// What it has more than the scenario: tables of the same shape as the scenario's own.
    pub add: Option<Additions>,
    /// What it does not have: addresses such as "programmes.flights".
    #[serde(default)]
    pub remove: Vec<Located<Removal>>,
}

impl WrittenVariant {
    /// The names of the variants that it is based on, and where each stands.
    pub fn bases(&self) -> Vec<(Range<usize>, &str)> {
        let names = self.based_on.as_ref().map(Located::items).unwrap_or_default();
        names.into_iter().map(|(span, name)| (span, name.as_str())).collect()
    }
}

/// What a variant does not have: an address, or an address with the part to which this belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    /// The address: the section and the name, "programmes.flights".
    pub address: String,
    /// The part of the variant to which it belongs, in words.
    pub part: Option<Located<String>>,
}

/// A removal that says its part.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RemovalWithPart {
    /// What is removed: the section and the name, "programmes.flights".
    what: String,
    /// The part of the variant to which it belongs, in words.
    part: Option<Located<String>>,
}

impl<'de> Deserialize<'de> for Removal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RemovalVisitor)
    }
}

struct RemovalVisitor;

impl<'de> Visitor<'de> for RemovalVisitor {
    type Value = Removal;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an address or a table")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Removal, E> {
        Ok(Removal { address: value.to_string(), part: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Removal, A::Error> {
        RemovalWithPart::deserialize(MapAccessDeserializer::new(map))
            .map(|removal| Removal { address: removal.what, part: removal.part })
    }
}

impl JsonSchema for Removal {
    fn schema_name() -> Cow<'static, str> {
        "Removal".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<RemovalWithPart>();
        json_schema!({
            "title": "an address or a table",
            "description": "What is removed: \"programmes.flights\", or { what = \"programmes.flights\", part = \"words\" }.",
            "anyOf": [{ "type": "string", "minLength": 1 }, table]
        })
    }
}
