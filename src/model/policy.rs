//! Policies: dated packages of changes.

/// A policy. Its changes are in [`Model::changes`](super::Model::changes) and
/// [`Model::parameter_changes`](super::Model::parameter_changes), with the layer `Policy`.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// The first step in which it applies.
    pub from: u32,
    /// The first step in which it no longer applies, if it ends.
    pub until: Option<u32>,
}
