//! Who was there when the step began and has gone nowhere since: only they can be met by a shock or take a seat in it.
//!
//! So the order of shocks and programmes does not matter, and nobody passes through several places in no time.

use super::state::State;
use crate::model::CellId;

/// People by cell and lane.
#[derive(Clone, Debug, Default)]
pub struct Unmoved {
    lanes: usize,
    people: Vec<f64>,
}

impl Unmoved {
    /// A step begins: everybody is still there.
    pub fn begin(&mut self, state: &State) {
        self.lanes = state.lanes();
        self.people.clear();
        self.people.extend_from_slice(state.all_people());
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.people.len() / self.lanes.max(1)
    }

    /// Those of a cell.
    #[inline]
    pub fn people(&self, cell: CellId, lane: usize) -> f64 {
        self.people[cell * self.lanes + lane]
    }

    /// Some of a cell go; fewer than none: they stay after all.
    #[inline]
    pub fn take(&mut self, cell: CellId, lane: usize, count: f64) {
        self.people[cell * self.lanes + lane] -= count;
    }
}
