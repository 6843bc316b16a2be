//! Stays as they are written: places that people leave after a length of stay.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::number::WrittenNumber;
use super::section::{ListField, ListMut, NamedThing};
use super::target::{Becomes, To, WrittenWho};
use super::words::OneOrMany;
use crate::scenario::located::Located;
use crate::survival::LengthFamily;

/// People stay at places for a time whose end may depend on how long they have been there, and then go elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenStay {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places. Who goes from one to another begins anew.
    pub at: Located<OneOrMany<String>>,
    /// Whom it concerns; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// How long people stay. It is read once for each replicate: only policies change it, by its name.
    pub length: Located<StayLength>,
    /// Nobody leaves before this time: shorter stays are lengthened to it.
    pub minimum: Option<Located<WrittenNumber>>,
    /// Where they go.
    pub to: Located<To>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// For how long those have been there who are there at the start: "equilibrium" (as after a long time of steady entries; unless
    /// some never leave, what is taken where nothing is written), "new", or a table of the time that has passed.
    pub at_start: Option<Located<WrittenAtStart<StayWord>>>,
    /// What it counts as among the rates: "release", "transfer", ...
    #[schemars(pattern("^[a-z_]{1,60}$"))]
    pub counts_as: Option<Located<String>>,
}

impl NamedThing for WrittenStay {
    const LISTS: &'static [(&'static str, ListField<WrittenStay>)] =
        &[("at", ListField::Places(|it| ListMut::OneOrMany(&mut it.at)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        self.counts_as.as_ref()
    }
}

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

/// For how long people have been there at the start: a word, or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenAtStart<W> {
    /// One of the words.
    Word(W),
    /// A table of the time that has passed.
    Table(ElapsedTable),
}

/// Portions of people by the time that has passed since they entered; they add up to 1.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElapsedTable {
    /// Portions of people by whole steps: { "0 months" = 0.2, "6 months" = 0.8 }.
    pub table: Located<WrittenDurations>,
}

/// For how long people of a stay have been there at the start, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum StayWord {
    /// As after a long time of steady entries.
    Equilibrium,
    /// They enter as the scenario starts.
    New,
}

/// For how long people of a band of ages have been in it at the start, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum BandWord {
    /// Evenly spread over the band.
    Even,
    /// They come into it as the scenario starts.
    New,
}

impl<'de, W: Deserialize<'de>> Deserialize<'de> for WrittenAtStart<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StartVisitor<W>(std::marker::PhantomData<W>);
        impl<'de, W: Deserialize<'de>> Visitor<'de> for StartVisitor<W> {
            type Value = WrittenAtStart<W>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a word or a table")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                W::deserialize(StrDeserializer::new(value)).map(WrittenAtStart::Word)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                ElapsedTable::deserialize(MapAccessDeserializer::new(map)).map(WrittenAtStart::Table)
            }
        }
        deserializer.deserialize_any(StartVisitor(std::marker::PhantomData))
    }
}

impl<W: JsonSchema> JsonSchema for WrittenAtStart<W> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtStart_{}", W::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = generator.subschema_for::<W>();
        let table = generator.subschema_for::<ElapsedTable>();
        json_schema!({ "title": "a word or { table = ... }", "anyOf": [word, table] })
    }
}
