//! Shocks as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::AftermathChange;
use super::date::DateText;
use super::number::{NumberOr, WrittenNumber};
use super::rate::{ByTable, EventRate};
use super::section::{ListField, ListMut, NamedThing};
use super::target::{Becomes, To, WrittenWho};
use super::words::{Key, OneOrMany};
use crate::scenario::located::Located;
use indexmap::IndexMap;

/// An event at a place, or at several, that affects a share of the people there, at random or on dates.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["rate"] }, { "required": ["on"] }]))]
pub struct WrittenShock {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place or places where it happens.
    pub at: Located<OneOrMany<String>>,
    /// Which of several places an event hits: "all" (unless written), "one" of them, each with the same chance, or a
    /// probability with which it hits each of them, independently of the others.
    pub hits: Option<Located<WrittenNumber>>,
    /// Whether a drawn share is drawn once for all places that the event hits (true unless written), or for each (false).
    pub same_share: Option<Located<bool>>,
    /// Whom it may affect; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// How often it comes at random.
    pub rate: Option<Located<EventRate>>,
    /// The date or dates on which it comes for certain.
    pub on: Option<Located<OneOrMany<DateText>>>,
    /// The share of people affected: a number, a table by the values of a dimension, or { beta = { mean, sd } } to draw it
    /// each time, perhaps with `times`.
    pub share: Located<ShareAffected>,
    /// Where those affected go.
    pub to: Located<To>,
    /// What they become at the same time, or a list of such tables with shares.
    pub becomes: Option<Located<OneOrMany<Becomes>>>,
    /// What it sets off elsewhere, for some time.
    #[serde(default)]
    pub then: Vec<Located<AftermathChange>>,
}

impl NamedThing for WrittenShock {
    const LISTS: &'static [(&'static str, ListField<WrittenShock>)] = &[
        ("at", ListField::Places(|it| ListMut::OneOrMany(&mut it.at))),
        ("on", ListField::Dates(|it| ListMut::Optional(&mut it.on))),
        ("then", ListField::Aftermath(|it| ListMut::Plain(&mut it.then))),
    ];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// The share of people affected.
pub type ShareAffected = NumberOr<ShareTable>;

/// A share that is drawn each time (`beta`, perhaps `times`), or one for each value of a dimension (`by`, `values`,
/// `otherwise`).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareTable {
    /// Draws it from a beta distribution.
    pub beta: Option<Located<Beta>>,
    /// Multipliers of what is drawn, by the values of a dimension, or a list of such tables. Nobody has more than 1.
    pub times: Option<Located<OneOrMany<ByTable>>>,
    /// The dimension that the table is by.
    pub by: Option<Located<String>>,
    /// A share for each value of the dimension.
    pub values: Option<IndexMap<Key, Located<WrittenNumber>>>,
    /// The share for every value that the table does not name.
    pub otherwise: Option<Located<WrittenNumber>>,
}

/// A beta distribution.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beta {
    /// Its mean, between 0 and 1.
    pub mean: Located<WrittenNumber>,
    /// Its standard deviation.
    pub sd: Located<WrittenNumber>,
}
