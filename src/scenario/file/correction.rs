//! Corrections as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::DateText;
use super::number::WrittenNumber;
use super::section::{ListField, NamedThing};
use super::target::WrittenWho;
use crate::scenario::located::Located;

/// A recount or a new registration: on a date the number of people at a place is set.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["people"] }, { "required": ["share"] }]))]
pub struct WrittenCorrection {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The place whose people are counted.
    pub at: Located<String>,
    /// Whom of them; everybody unless written.
    pub who: Option<Located<WrittenWho>>,
    /// The date.
    pub on: Located<DateText>,
    /// How many there are then.
    pub people: Option<Located<WrittenNumber>>,
    /// How many there are then, for each who was there before: 0.95 is a twentieth fewer, 1.1 a tenth more.
    pub share: Option<Located<WrittenNumber>>,
    /// The place where those go who are too many; out of the model unless written.
    pub to: Option<Located<String>>,
    /// The place where those come from who are missing; from outside unless written.
    pub from: Option<Located<String>>,
}

impl NamedThing for WrittenCorrection {
    const LISTS: &'static [(&'static str, ListField<WrittenCorrection>)] = &[];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}
