//! Who is where, and what holds: the part of a block of replicates that everybody may read.

use crate::model::CellId;
use crate::random::lanes::{Aligned, InstructionLevel};

/// A block of replicates between two steps. Everything is by row and lane, a lane being one replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    lanes: usize,
    /// People by cell. Whole numbers in Monte Carlo, exact up to 2^53; fractional in expected mode.
    people: Aligned<f64>,
    /// How far each regime state holds: 1 or 0 in Monte Carlo, a probability in expected mode.
    pub(super) regimes: Vec<f64>,
    /// For how many steps each triggered policy has held, by row and lane; 0: it does not hold.
    pub(super) triggers: Vec<f64>,
}

impl State {
    /// A state with these people, by cell and lane, and these regimes; none of so many triggered policies holds.
    pub fn new(lanes: usize, people: &[f64], regimes: Vec<f64>, triggers: usize) -> State {
        State { lanes, people: people.into(), regimes, triggers: vec![0.0; triggers * lanes] }
    }

    /// How many replicates the block has.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// People in a cell.
    #[inline]
    pub fn people(&self, cell: CellId, lane: usize) -> f64 {
        self.people[cell * self.lanes + lane]
    }

    /// People in a cell, by lane.
    #[inline]
    pub fn people_of(&self, cell: CellId) -> &[f64] {
        &self.people[cell * self.lanes..(cell + 1) * self.lanes]
    }

    /// People by cell and lane: the value of cell `c` at lane `l` is at `c * lanes + l`.
    pub fn all_people(&self) -> &[f64] {
        &self.people
    }

    /// How far each regime state holds, by row and lane.
    pub fn regime_states(&self) -> &[f64] {
        &self.regimes
    }

    /// For how many steps each triggered policy has held, by row and lane; 0: it does not hold in the next step.
    pub fn triggers(&self) -> &[f64] {
        &self.triggers
    }

    /// Adds people to a cell, or takes them away.
    #[inline]
    pub fn add(&mut self, cell: CellId, lane: usize, count: f64) {
        self.people[cell * self.lanes + lane] += count;
    }

    /// Adds people by cell and lane.
    pub(super) fn add_all(&mut self, level: InstructionLevel, people: &[f64]) {
        level.shift(&mut self.people, people, 1.0);
    }

    /// People in a cell, by lane, to be changed.
    pub(super) fn row_mut(&mut self, cell: CellId) -> &mut [f64] {
        &mut self.people[cell * self.lanes..(cell + 1) * self.lanes]
    }
}
