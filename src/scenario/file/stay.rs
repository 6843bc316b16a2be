//! Stays as they are written: places that people leave after a length of stay.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::length::{StayLength, WrittenDurations};
use super::number::WrittenNumber;
use super::section::{ListField, ListMut, NamedThing};
use super::target::{Becomes, To, WrittenWho};
use super::words::OneOrMany;
use crate::scenario::located::Located;

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
    /// How long people stay. It is read once for each replicate: only variants and policies on dates change it, by its name.
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
