//! Parameters: named numbers that other numbers are computed from.

use super::{Distribution, Expression, NumberId, Wander, Window};
use super::{SectionFacts, change::Effect};

/// A named number.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name that expressions use.
    pub name: String,
    /// What it is, for people.
    pub label: Option<String>,
    /// Its unit, for people.
    pub unit: Option<String>,
    /// Its value, over earlier parameters.
    pub value: Expression,
    /// The lowest and highest value worth trying; a draw outside is drawn anew, so that draws have the distribution cut off there.
    pub range: Option<(f64, f64)>,
    /// What each replicate draws its value from; `None`: every replicate has `value`.
    pub distribution: Option<Distribution>,
    /// How it moves over time in each replicate; `None`: it keeps its value.
    pub wanders: Option<Wander>,
    /// Where the value comes from; `None`: illustrative, not sourced.
    pub source: Option<String>,
}

/// A change of a parameter, by a variant or over time by a policy: every number that uses it is computed anew.
#[derive(Clone, Debug)]
pub struct ParameterChange {
    /// Index in [`Model::parameters`](super::Model::parameters).
    pub parameter: usize,
    /// What happens to it.
    pub effect: Effect,
    /// By how much, or to what.
    pub amount: NumberId,
    /// When.
    pub window: Window,
    /// Whether it is so from before the start: then also what is read once (people at the start, lengths of stay) follows, and
    /// changes over time begin from it. Its window is everything.
    pub throughout: bool,
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "parameters",
    mechanism: None,
    counts: None,
    priced: false,
    effect: None,
    measures: &[],
};
