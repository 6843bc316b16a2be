//! Regimes: a context with named states.

use super::{Rate, SectionFacts};

/// A context that is always in one of its states. What a state changes is in
/// [`Model::changes`](super::Model::changes), with the layer `Regime`.
#[derive(Clone, Debug)]
pub struct Regime {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// The names of its states.
    pub states: Vec<String>,
    /// The state at the start.
    pub initial: usize,
    /// How it goes from one to another.
    pub switches: Vec<Switch>,
}

/// A way from one state to another.
#[derive(Clone, Debug)]
pub struct Switch {
    /// From this state; `None`: from any other.
    pub from: Option<usize>,
    /// To this state.
    pub to: usize,
    /// When.
    pub when: SwitchTime,
}

/// When a switch happens.
#[derive(Clone, Debug)]
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "a scenario has a handful of switches")
)]
pub enum SwitchTime {
    /// At random.
    Rate(Rate),
    /// For certain, at the start of this step.
    Step(u32),
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "regimes",
    mechanism: None,
    counts: None,
    priced: false,
    effect: None,
    measures: &[],
};
