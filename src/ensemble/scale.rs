//! What the numbers of a series can be.

use crate::model::OutcomeUnit;

/// What the numbers of a series can be, and so how they are counted and how their differences are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesScale {
    /// Whole numbers from 0 in every replicate.
    Count,
    /// Any.
    Real,
    /// A yes or no, 1 or 0: quantiles say nothing.
    YesNo,
    /// When something first happens, a whole number: later than anything where it never does.
    Date,
}

impl SeriesScale {
    /// Of numbers that are no dates and no yes or no.
    pub fn of_amount(whole: bool) -> SeriesScale {
        if whole { SeriesScale::Count } else { SeriesScale::Real }
    }

    /// Of an outcome.
    pub fn of_outcome(unit: &OutcomeUnit, whole: bool) -> SeriesScale {
        match unit {
            OutcomeUnit::Probability => SeriesScale::YesNo,
            OutcomeUnit::Date if whole => SeriesScale::Date,
            OutcomeUnit::Date | OutcomeUnit::Amount(_) | OutcomeUnit::Share => SeriesScale::of_amount(whole),
        }
    }

    /// Whether all numbers are whole in every replicate.
    pub fn is_whole(self) -> bool {
        self != SeriesScale::Real
    }

    /// Of what is on this scale in one variant and on another in the other.
    pub fn with(self, other: SeriesScale) -> SeriesScale {
        if self == other { self } else { SeriesScale::Real }
    }
}
