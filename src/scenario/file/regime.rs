//! Regimes as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::change::StateChange;
use super::section::{ListField, ListMut, NamedThing};
use super::switch::WrittenSwitch;
use super::words::Named;
use crate::scenario::located::Located;

/// A context that is always in one of its states.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenRegime {
    /// Its name for people.
    pub label: Option<Located<String>>,
    /// The names of its states, at least two.
    #[schemars(length(min = 2))]
    pub states: Located<Vec<Located<String>>>,
    /// The state at the start.
    pub initial: Located<String>,
    /// How it goes from one state to another.
    #[serde(default)]
    pub switches: Vec<Located<WrittenSwitch>>,
    /// What each state changes while it holds.
    #[serde(default, rename = "in")]
    pub within: Named<StateChanges>,
}

impl NamedThing for WrittenRegime {
    const LISTS: &'static [(&'static str, ListField<WrittenRegime>)] =
        &[("switches", ListField::Switches(|it| ListMut::Plain(&mut it.switches)))];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// What a state changes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateChanges {
    /// What is changed while the state holds.
    pub changes: Vec<Located<StateChange>>,
}
