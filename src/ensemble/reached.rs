//! What became of a precision that was asked for.

use super::attribution::ExplainedSubject;

/// How small a standard error is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// In the unit of the number: people, or months of a date.
    Absolute(f64),
    /// In parts of the mean: 0.01 is one per cent.
    Relative(f64),
}

/// What became of a target, in one variant or of one difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The variant's name.
    pub variant: String,
    /// Whether the number is the difference between the variant and the one that it is compared with.
    pub difference: bool,
    /// Which number.
    pub what: ExplainedSubject,
    /// What was asked for.
    pub tolerance: Tolerance,
    /// The mean; `None` where no replicate has a value.
    pub mean: Option<f64>,
    /// Its standard error.
    pub mc_se: Option<f64>,
    /// How many replicates were simulated.
    pub replicates: u64,
    /// How it ended.
    pub verdict: Verdict,
}

/// Whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The standard error is as small as was asked for.
    Met,
    /// The limit of replicates came first.
    Limit,
    /// No replicate has a value, or the mean is 0 and a part of it means nothing: more replicates were not tried.
    Unattainable,
}
