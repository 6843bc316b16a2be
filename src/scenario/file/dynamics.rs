//! Arrivals, births, ageing and moves as they are written: what happens at a rate.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::number::{NumberOr, WrittenNumber};
use super::rate::{BirthRate, EventRate, LeavingRate};
use super::section::{ListField, ListMut, NamedThing};
use super::stay::{BandWord, WrittenAtStart};
use super::target::{Becomes, Split, To, WrittenWho};
use super::words::{Key, OneOrMany};
use crate::scenario::located::Located;

/// People who enter from outside.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenArrival {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// Where they come in.
    pub to: Located<To>,
    /// Who they are. With `split` it leaves one value on every dimension.
    pub who: Option<Located<WrittenWho>>,
    /// The shares of a dimension's values, or a list of such splits, which multiply.
    pub split: Option<Located<OneOrMany<Split>>>,
    /// How many come; with `convoy` how many convoys.
    pub rate: Located<EventRate>,
    /// The variance of the number who come in a step over its mean: 1 (each comes for themself) or more, at most 1,000.
    /// It does not depend on the length of a step.
    pub dispersion: Option<Located<WrittenNumber>>,
    /// How many people each convoy has: a number, { mean, sd } or { table = { "20" = 0.5, "60" = 0.5 } }.
    pub convoy: Option<Located<WrittenConvoy>>,
}

impl NamedThing for WrittenArrival {
    const LISTS: &'static [(&'static str, ListField<WrittenArrival>)] = &[];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// The size of a convoy: a number, or a table.
pub type WrittenConvoy = NumberOr<ConvoyTable>;

/// Sizes that are drawn: `mean` and `sd` of a normal distribution, or a `table` of sizes with shares.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvoyTable {
    /// The mean number of people.
    pub mean: Option<Located<WrittenNumber>>,
    /// The standard deviation of the number of people.
    pub sd: Option<Located<WrittenNumber>>,
    /// The share of convoys of each size; they add up to 1.
    pub table: Option<Located<IndexMap<Key, Located<WrittenNumber>>>>,
}

/// Newborns, in the place of their mothers and with their mothers' other values.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenBirth {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places.
    pub at: Located<OneOrMany<String>>,
    /// Whose rate it is; everybody's unless written.
    pub mothers: Option<Located<WrittenWho>>,
    /// What the newborn is where that differs from the mother, or a list of such tables with shares; in the mother's group
    /// unless written.
    pub newborn: Option<Located<OneOrMany<Becomes>>>,
    /// Births per mother.
    pub rate: Located<BirthRate>,
}

impl NamedThing for WrittenBirth {
    const LISTS: &'static [(&'static str, ListField<WrittenBirth>)] =
        &[("at", ListField::Places(|it| ListMut::OneOrMany(&mut it.at)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// From one value of a dimension to another, with time: at a `rate`, or `after` a fixed time.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["rate"] }, { "required": ["after"] }]))]
pub struct WrittenAgeing {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places; every place but the ends unless written.
    pub at: Option<Located<OneOrMany<String>>>,
    /// Whom it concerns; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// What they become, or a list of such tables with shares.
    pub becomes: Located<OneOrMany<Becomes>>,
    /// Where they go at the same time, if they do.
    pub to: Option<Located<To>>,
    /// How fast, where it is no matter for how long they have been of that age.
    pub rate: Option<Located<LeavingRate>>,
    /// After which time in the band, "18 years", instead of `rate`. The clock goes on wherever they go, as long as `who` and `at`
    /// name them.
    pub after: Option<Located<WrittenNumber>>,
    /// With `after`: for how long those have been in the band who are there at the start or arrive: "even" (evenly spread; taken where
    /// nothing is written), "new", or a table of the time that has passed.
    pub at_start: Option<Located<WrittenAtStart<BandWord>>>,
}

impl NamedThing for WrittenAgeing {
    const LISTS: &'static [(&'static str, ListField<WrittenAgeing>)] =
        &[("at", ListField::Places(|it| ListMut::Everywhere(&mut it.at)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// People who leave places at a rate. All moves out of a place compete.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenMove {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places they leave.
    pub from: Located<OneOrMany<String>>,
    /// Where they go.
    pub to: Located<To>,
    /// Whom it concerns; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// How fast.
    pub rate: Located<LeavingRate>,
    /// What it counts as among the rates: "release", "repatriation", ...
    #[schemars(pattern("^[a-z_]{1,60}$"))]
    pub counts_as: Option<Located<String>>,
}

impl NamedThing for WrittenMove {
    const LISTS: &'static [(&'static str, ListField<WrittenMove>)] =
        &[("from", ListField::Places(|it| ListMut::OneOrMany(&mut it.from)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        self.counts_as.as_ref()
    }
}
