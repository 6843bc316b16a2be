//! Dimensions as they are written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::scenario::located::Located;

/// A value of a dimension: its name, by which the file and tables call it, and perhaps a name for people.
#[derive(Clone, Debug, PartialEq)]
pub struct DimensionValue {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub label: Option<Located<String>>,
}

/// A value of a dimension with its name for people.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LabelledValue {
    /// Its name, by which the file and tables call it.
    name: String,
    /// Its name for people: "18+".
    label: Option<Located<String>>,
}

impl<'de> Deserialize<'de> for DimensionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = DimensionValue;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name or a table with name and label")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<DimensionValue, E> {
                Ok(DimensionValue { name: value.to_string(), label: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DimensionValue, A::Error> {
                LabelledValue::deserialize(MapAccessDeserializer::new(map))
                    .map(|value| DimensionValue { name: value.name, label: value.label })
            }
        }
        deserializer.deserialize_any(ValueVisitor)
    }
}

impl JsonSchema for DimensionValue {
    fn schema_name() -> Cow<'static, str> {
        "DimensionValue".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<LabelledValue>();
        json_schema!({
            "title": "a name or a table",
            "description": "The name of a value, or { name = \"adults\", label = \"18+\" }: a short name for the file and for tables, and one for people.",
            "anyOf": [{ "type": "string" }, table]
        })
    }
}
