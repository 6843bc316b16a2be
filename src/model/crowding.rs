//! Crowding: what a full place does to a rate.

use super::{NumberId, PlaceId};

/// Multiplies a hazard by (occupancy / `above`)^`elasticity` while occupancy is above `above`.
///
/// Occupancy is people over capacity at the start of the step; of several places that of all of them together. A place
/// without room for anybody is as crowded as can be as soon as somebody is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowding {
    /// Whose occupancy counts; `None`: that of the place where the rate is.
    pub at: Option<PlaceId>,
    /// The occupancy above which it is felt, as a share of capacity.
    pub above: NumberId,
    /// How strongly: 0 not at all, 1 in proportion.
    pub elasticity: NumberId,
    /// The largest factor, so that hazards stay finite; at least 1.
    pub at_most: NumberId,
}
