//! Observed data: how many people there were, to be compared with the replicates.

use jiff::civil::Date;

use super::PlaceId;

/// What was observed.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Where it comes from.
    pub source: Option<String>,
    /// Each value once, in the order of series, and of dates within a series.
    pub points: Vec<ObservedPoint>,
    /// How many rows have no figure.
    pub gaps: usize,
}

/// A number of people on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedPoint {
    /// Where; `None`: at all places where people are held.
    pub place: Option<PlaceId>,
    /// Who: for each dimension one value, or all of them.
    pub groups: Vec<Option<usize>>,
    /// When.
    pub date: Date,
    /// The boundary at the date, or the last one before it.
    pub boundary: u32,
    /// How far the date is on the way to the next boundary: 0 at the boundary, below 1.
    pub part: f64,
    /// How many.
    pub value: f64,
}

impl ObservedPoint {
    /// Whether it is of the start, where every replicate has the people that the scenario says: that is no forecast.
    pub fn is_start(&self) -> bool {
        self.boundary == 0 && self.part == 0.0
    }

    /// The step that the date is in, or at the end of; 0 at the start.
    pub fn step(&self) -> u32 {
        self.boundary + u32::from(self.part > 0.0)
    }
}
