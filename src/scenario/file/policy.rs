//! Policies as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::PolicyChange;
use super::date::{DateText, LengthText};
use super::section::{ListField, ListMut, NamedThing};
use super::trigger::WrittenTrigger;
use crate::scenario::located::Located;

/// A package of changes: on dates, or while a threshold is passed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPolicy {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The date from which it applies; the scenario's start unless written.
    pub from: Option<Located<DateText>>,
    /// The date from which it no longer applies.
    pub until: Option<Located<DateText>>,
    /// What puts it into force within its dates: a measure that passes a threshold. Then it has no ramp.
    pub when: Option<Located<WrittenTrigger>>,
    /// The time over which it comes in, evenly: "6 months".
    pub ramp: Option<Located<LengthText>>,
    /// What it changes.
    #[schemars(length(min = 1))]
    pub changes: Located<Vec<Located<PolicyChange>>>,
}

impl NamedThing for WrittenPolicy {
    const LISTS: &'static [(&'static str, ListField<WrittenPolicy>)] =
        &[("changes", ListField::Changes(|it| ListMut::Located(&mut it.changes)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}
