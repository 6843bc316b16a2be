//! Lengths of stay as they are written.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::number::WrittenNumber;
use crate::scenario::located::Located;
use crate::survival::LengthFamily;

/// How long people stay: exactly one of the keys.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["fixed"] },
    { "required": ["exponential"] },
    { "required": ["gamma"] },
    { "required": ["weibull"] },
    { "required": ["lognormal"] },
    { "required": ["table"] }
]))]
pub struct StayLength {
    /// All equally long: "12 months".
    pub fixed: Option<Located<WrittenNumber>>,
    /// Memoryless: who has stayed long is no nearer the end.
    pub exponential: Option<Located<ByMean>>,
    /// Gamma: by mean and shape or cv, or by two quantiles.
    pub gamma: Option<Located<ByShape>>,
    /// Weibull: by mean and shape or cv, or by two quantiles.
    pub weibull: Option<Located<ByShape>>,
    /// Lognormal: by mean and cv, or by two quantiles.
    pub lognormal: Option<Located<ByShape>>,
    /// Whole durations with the portion of people who stay so long, { "3 months" = 0.6, "5 months" = 0.4 }, with `never` for those who
    /// stay for ever; or the name of a file with the columns duration and portion. Portions add up to 1.
    pub table: Option<Located<DurationTable>>,
}

impl StayLength {
    /// The families with two parameters that are written.
    pub fn families(&self) -> Vec<(LengthFamily, &Located<ByShape>)> {
        let written = |family: &LengthFamily| match family {
            LengthFamily::Gamma => self.gamma.as_ref(),
            LengthFamily::Weibull => self.weibull.as_ref(),
            LengthFamily::Lognormal => self.lognormal.as_ref(),
        };
        LengthFamily::ALL.iter().filter_map(|family| Some((*family, written(family)?))).collect()
    }
}

/// A distribution by its mean.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByMean {
    /// The mean length of stay: "12 months".
    pub mean: Located<WrittenNumber>,
}

/// One of a family of distributions: by `mean` and `shape` or `cv`, or by `quantiles`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByShape {
    /// The mean length of stay: "12 months".
    pub mean: Option<Located<WrittenNumber>>,
    /// The shape: above 1 the end comes nearer with time, 1 is memoryless.
    pub shape: Option<Located<WrittenNumber>>,
    /// The coefficient of variation: the standard deviation over the mean.
    pub cv: Option<Located<WrittenNumber>>,
    /// Two times by which a portion of stays is over: { "0.5" = "8 months", "0.9" = "30 months" }.
    pub quantiles: Option<Located<IndexMap<Located<Portion>, Located<WrittenNumber>>>>,
}

/// A portion as the key of a quantile.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct Portion(pub String);

impl JsonSchema for Portion {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Portion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^0?[.][0-9]+$" })
    }
}

/// A time as the key of a table: whole steps, or `never`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct DurationKey(pub String);

impl JsonSchema for DurationKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DurationKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^([0-9]+([.][0-9]+)? (day|week|month|quarter|year)s?|never)$" })
    }
}

/// Portions by time.
pub type WrittenDurations = IndexMap<Located<DurationKey>, Located<WrittenNumber>>;

/// A table of durations, or the name of a file with one.
#[derive(Clone, Debug, PartialEq)]
pub enum DurationTable {
    /// Written here.
    Here(WrittenDurations),
    /// In a file beside the scenario.
    File(String),
}

impl<'de> Deserialize<'de> for DurationTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TableVisitor;
        impl<'de> Visitor<'de> for TableVisitor {
            type Value = DurationTable;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of durations or the name of a file")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<DurationTable, E> {
                Ok(DurationTable::File(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DurationTable, A::Error> {
                WrittenDurations::deserialize(MapAccessDeserializer::new(map)).map(DurationTable::Here)
            }
        }
        deserializer.deserialize_any(TableVisitor)
    }
}

impl JsonSchema for DurationTable {
    fn schema_name() -> Cow<'static, str> {
        "DurationTable".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<WrittenDurations>();
        json_schema!({
            "title": "a table of durations, or the name of a file",
            "description": "Portions of people by whole steps: { \"3 months\" = 0.6, never = 0.4 }; or the name of a file with the columns duration and portion.",
            "anyOf": [{ "type": "string", "minLength": 1 }, table]
        })
    }
}
