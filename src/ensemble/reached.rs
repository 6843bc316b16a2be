//! What became of a precision that was asked for.

use super::attribution::Subject;

/// How small a standard error is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// In the unit of the number: people, or months of a date.
    Absolute(f64),
    /// In parts of the mean: 0.01 is one per cent.
    Relative(f64),
}

/// What became of a target, in one world or of one difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The world's name.
    pub world: String,
    /// Whether the number is the difference between the world and the one that it is compared with.
    pub difference: bool,
    /// Which number.
    pub what: Subject,
    /// What was asked for.
    pub tolerance: Tolerance,
    /// The mean; `None` where no history has a value.
    pub mean: Option<f64>,
    /// Its standard error.
    pub mc_se: Option<f64>,
    /// How many histories were simulated.
    pub replicates: u64,
    /// How it ended.
    pub verdict: Verdict,
}

/// Whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The standard error is as small as was asked for.
    Met,
    /// The limit of histories came first.
    Limit,
    /// No history has a value, or the mean is 0 and a part of it means nothing: more histories were not tried.
    Hopeless,
}
