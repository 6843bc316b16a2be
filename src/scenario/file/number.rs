//! Numbers as they are written.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

/// A number as it is written: given, or an expression over parameters, perhaps with a unit of time.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenNumber {
    /// `0.09`
    Constant(f64),
    /// `"6 * political_will"`
    Text(String),
}

impl<'de> Deserialize<'de> for WrittenNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor)
    }
}

struct WrittenVisitor;

impl Visitor<'_> for WrittenVisitor {
    type Value = WrittenNumber;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number or an expression")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber::Constant(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber::Constant(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber::Constant(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<WrittenNumber, E> {
        Ok(WrittenNumber::Text(value.to_string()))
    }
}

impl JsonSchema for WrittenNumber {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a number or an expression",
            "description": "A number, or an expression over parameters: \"6 * political_will\". A length of time is written with its unit: \"13 years\".",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }]
        })
    }
}

/// A table that replaces a plain number, or the plain number.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberOr<T> {
    /// One number.
    Number(WrittenNumber),
    /// A table.
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NumberOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for NumberOrVisitor<T> {
            type Value = NumberOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a number, an expression or a table")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                WrittenVisitor.visit_i64(value).map(NumberOr::Number)
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                WrittenVisitor.visit_f64(value).map(NumberOr::Number)
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                WrittenVisitor.visit_str(value).map(NumberOr::Number)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(NumberOr::Table)
            }
        }
        deserializer.deserialize_any(NumberOrVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for NumberOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("NumberOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({
            "title": "a number, an expression or a table",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }, table]
        })
    }
}
