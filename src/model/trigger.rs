//! Triggers: what puts a policy into force, and out of it, other than dates.

use super::{Mechanism, NumberId, PlaceId, Who};

/// A policy holds from the step after a measure has passed one threshold until the step after it has passed another.
///
/// The measure is that of each replicate at the end of a step; in expected mode, of the means. At the start it is taken of
/// those who are there, so that a policy may hold from the first step. Outside the policy's dates it does not hold.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// What is measured.
    pub measure: TriggerMeasure,
    /// The side of the thresholds on which the policy holds.
    pub side: ThresholdSide,
    /// The threshold that starts it.
    pub starts: NumberId,
    /// The threshold that ends it, on the other side; `None`: it ends when the measure is no longer beyond the first.
    pub ends: Option<NumberId>,
    /// For how many steps it holds at least; 0 or 1: it may end with any step.
    pub lasts: u32,
}

/// On which side of a threshold a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdSide {
    /// Larger.
    Above,
    /// Smaller.
    Below,
}

/// What a trigger looks at.
#[derive(Clone, Debug)]
pub enum TriggerMeasure {
    /// People of some groups at some places.
    People {
        /// Where.
        at: Vec<PlaceId>,
        /// Who.
        who: Who,
    },
    /// People over capacity, of some places together.
    Occupancy(Vec<PlaceId>),
    /// People whom a mechanism has moved in the step.
    Flow(Mechanism),
}

impl ThresholdSide {
    /// Whether `value` is beyond `threshold` on this side.
    pub fn beyond(self, value: f64, threshold: f64) -> bool {
        match self {
            ThresholdSide::Above => value > threshold,
            ThresholdSide::Below => value < threshold,
        }
    }

    /// The other side.
    pub fn other(self) -> ThresholdSide {
        match self {
            ThresholdSide::Above => ThresholdSide::Below,
            ThresholdSide::Below => ThresholdSide::Above,
        }
    }
}
