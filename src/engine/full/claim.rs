//! Who wants a place, as the gate looks at them.

use super::ways::WayId;

/// People who want a place, by the way on which they came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) way: WayId,
    /// How many want it.
    pub(super) wanting: f64,
    /// Of these, who have been refused already.
    pub(super) refused: f64,
    /// How many more may be sent back at the least, below 0 where so many may be let in after all, and at the most.
    pub(super) least: f64,
    pub(super) most: f64,
}
