//! Where people go, and what they become.

use super::{CellId, NumberId, PlaceId, Varying};

/// One of the shares into which people who leave a cell split.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The place they go to; `None`: they stay where they are.
    pub place: Option<PlaceId>,
    /// The value they get on each dimension; `None`: they keep theirs.
    pub becomes: Vec<Option<usize>>,
    /// The share is the product of these, relative to the sum over all targets; empty: 1. A table is by the group of
    /// who leaves.
    pub shares: Vec<Varying>,
}

impl Target {
    /// The values of a person with `values` after the move.
    pub fn apply(&self, values: &[usize]) -> Vec<usize> {
        values.iter().zip(&self.becomes).map(|(before, after)| after.unwrap_or(*before)).collect()
    }
}

/// One of the shares in which people appear in the model: at the start, or as arrivals.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryShare {
    /// Where.
    pub cell: CellId,
    /// The share is the product of these, relative to the sum over all entries; empty: 1.
    pub shares: Vec<NumberId>,
}
