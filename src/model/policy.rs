//! Policies: packages of changes, on dates or by triggers.

use super::{SectionFacts, Trigger};

/// A policy. Its changes are in [`Model::changes`](super::Model::changes) and
/// [`Model::parameter_changes`](super::Model::parameter_changes), with the layer `Policy`,
/// or `Trigger` where it has one.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What puts it into force within its dates; `None`: the dates alone.
    pub when: Option<Trigger>,
    /// The first step in which it applies.
    pub from: u32,
    /// The first step in which it no longer applies, if it ends.
    pub until: Option<u32>,
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "policies",
    mechanism: None,
    counts: None,
    priced: false,
    effect: None,
    measures: &[],
};
