//! Dates and lengths of time as they are written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

/// How a date is written.
pub const DATE_PATTERN: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

/// How a horizon is written: a date, or whole units of time.
pub const HORIZON_PATTERN: &str =
    "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?|[1-9][0-9]* (day|week|month|quarter|year)s?)$";

/// A date as it is written: `"2025"`, `"2025-01"`, `"2025-01-15"` or a bare `2025-01-15`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateText(pub String);

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl<'de> Visitor<'de> for DateVisitor {
            type Value = DateText;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<DateText, E> {
                Ok(DateText(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateText, A::Error> {
                let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                Ok(DateText(date.to_string()))
            }
        }
        deserializer.deserialize_any(DateVisitor)
    }
}

impl JsonSchema for DateText {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a date",
            "description": "A day (\"2025-01-15\"), a month (\"2025-01\": its first day) or a year (\"2025\": its first day).",
            "type": "string",
            "pattern": DATE_PATTERN
        })
    }
}

/// A horizon as it is written: `"6 years"`, or the date at which it ends.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct HorizonText(pub DateText);

impl JsonSchema for HorizonText {
    fn schema_name() -> Cow<'static, str> {
        "Horizon".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a length of time or a date",
            "type": "string",
            "pattern": HORIZON_PATTERN
        })
    }
}

/// A length of time as it is written: `"6 months"`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct LengthText(pub String);

impl JsonSchema for LengthText {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a length of time",
            "description": "A number and a unit of time: \"6 months\".",
            "type": "string",
            "pattern": "^[0-9]+([.][0-9]+)? (day|week|month|quarter|year)s?$"
        })
    }
}
