//! Observed data: how many people there were, to be compared with the histories.

use super::PlaceId;

/// What was observed.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Where it comes from.
    pub source: Option<String>,
    /// Each value once, in the order of series, and of dates within a series.
    pub points: Vec<ObservedPoint>,
}

/// A number of people on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedPoint {
    /// Where; `None`: at all places where people are held.
    pub place: Option<PlaceId>,
    /// Who: for each dimension one value, or all of them.
    pub groups: Vec<Option<usize>>,
    /// The boundary nearest to the date.
    pub boundary: u32,
    /// How many.
    pub value: f64,
}
