//! Places as they are written.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::date::{DateText, LengthText};
use super::number::WrittenNumber;
use super::people::WrittenPeople;
use super::rate::LeavingRate;
use super::section::{ListField, ListMut, NamedThing};
use super::target::To;
use crate::scenario::located::Located;

/// Where people are counted.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPlace {
    /// What it is.
    pub kind: Located<WrittenPlaceKind>,
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// How many it is built for. People are turned away only where `when_full` says so.
    pub capacity: Option<Located<WrittenNumber>>,
    /// What happens to those who find it full: "crowd" unless written.
    pub when_full: Option<Located<WrittenWhenFull>>,
    /// What happens to those who wait for it, where `when_full` lets people wait.
    pub queue: Option<Located<WrittenQueue>>,
    /// Its closure.
    pub closes: Option<Located<Closes>>,
    /// Who is there at the start.
    #[serde(default)]
    pub people: Vec<Located<WrittenPeople>>,
}

impl NamedThing for WrittenPlace {
    const LISTS: &'static [(&'static str, ListField<WrittenPlace>)] =
        &[("people", ListField::People(|it| ListMut::Plain(&mut it.people)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WrittenPlaceKind {
    /// A prison or detention facility: people are held.
    Prison,
    /// A displacement camp: people are held.
    Camp,
    /// A transit centre, court custody or rehabilitation centre: people are held.
    Centre,
    /// Free, in a community.
    Community,
    /// Escaped and not recaptured.
    AtLarge,
    /// Died, or left the model: nobody comes back from here.
    End,
}

/// What happens to those who find a place full.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenWhenFull {
    /// One rule for all.
    Rule(FullRule),
    /// Other places first.
    Divert(Divert),
}

/// What happens to those who find a place full and go to no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FullRule {
    /// They get in all the same.
    Crowd,
    /// Who comes from outside is turned away; who comes from another place stays there.
    Refuse,
    /// Who comes from outside waits, first come first served; who comes from another place stays there.
    Wait,
}

/// Other places for those who find a place full.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Divert {
    /// They go to the first of these places that has free places, whatever its own `when_full` says; one without a
    /// `capacity` always has.
    pub divert: Located<Vec<Located<String>>>,
    /// What happens where none of them has room: "crowd" unless written.
    pub otherwise: Option<Located<FullRule>>,
}

impl<'de> Deserialize<'de> for WrittenWhenFull {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WhenFullVisitor;
        impl<'de> Visitor<'de> for WhenFullVisitor {
            type Value = WrittenWhenFull;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("crowd, refuse, wait or a table with divert")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<WrittenWhenFull, E> {
                FullRule::deserialize(StrDeserializer::new(value)).map(WrittenWhenFull::Rule)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenWhenFull, A::Error> {
                Divert::deserialize(MapAccessDeserializer::new(map)).map(WrittenWhenFull::Divert)
            }
        }
        deserializer.deserialize_any(WhenFullVisitor)
    }
}

impl JsonSchema for WrittenWhenFull {
    fn schema_name() -> Cow<'static, str> {
        "WhenFull".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let divert = generator.subschema_for::<Divert>();
        json_schema!({
            "description": "What happens to those who find a place full: \"crowd\" (they get in all the same), \"refuse\" (who comes from outside is turned away), \"wait\" (who comes from outside waits, first come first served) or { divert = [\"other_place\"] }. Who comes from another place of the model and gets no place stays where they are.",
            "anyOf": [{ "type": "string", "enum": ["crowd", "refuse", "wait"] }, divert]
        })
    }
}

/// What happens to those who wait for a place.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenQueue {
    /// Those who wait may give up: a rate, and where they go.
    pub gives_up: Option<Located<GivesUp>>,
    /// Who gets the next free place: "longest_first" (who has waited longest) unless written.
    pub order: Option<Located<QueueOrder>>,
}

/// People who wait and give up.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivesUp {
    /// How fast, for each who waits.
    pub rate: Located<LeavingRate>,
    /// Where they go.
    pub to: Located<To>,
}

/// Who of a queue gets the next free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueOrder {
    /// Who has waited longest.
    LongestFirst,
    /// Anybody, each as likely.
    Random,
}

/// A closure: from its date on nobody gets in; those inside leave evenly over some time.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closes {
    /// The date from which nobody gets in.
    pub on: Located<DateText>,
    /// The time over which those inside leave; at once unless written.
    pub over: Option<Located<LengthText>>,
    /// Where those inside go, and with them everybody who would have come.
    pub to: Located<To>,
}
