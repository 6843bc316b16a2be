//! A block of replicates between two steps: its state, what its mechanisms remember, and what it drew before it began.

use super::clocks::Lengths;
use super::memory::Memory;
use super::numbers::Contexts;
use super::rows::LaneRows;
use super::state::State;
use super::wandering::WanderPaths;

/// A block of replicates between two steps.
#[derive(Clone, Debug)]
pub struct Replicates {
    /// Who is where, and what holds.
    pub state: State,
    /// What mechanisms remember.
    pub(super) memory: Memory,
    /// Parameters, and the numbers that follow from them.
    pub(super) drawn: Drawn,
}

/// What the replicates of a block drew before they began, and the numbers that follow from it.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// By lane.
    pub(super) parameters: Vec<Vec<f64>>,
    /// Where those that wander are; `None` where none does, as in expected mode.
    pub(super) paths: Option<WanderPaths>,
    /// Numbers before changes.
    pub(super) base: LaneRows,
    /// By clock, how long people stay.
    pub(super) lengths: Vec<Lengths>,
}

impl Contexts for Replicates {
    #[inline]
    fn regime(&self, row: usize, lane: usize) -> f64 {
        self.state.regimes[row * self.state.lanes() + lane]
    }
    #[inline]
    fn trigger(&self, row: usize, lane: usize) -> f64 {
        f64::from(self.state.triggers[row * self.state.lanes() + lane] > 0.0)
    }
    #[inline]
    fn aftermath(&self, shock: usize, lasts: u32, lane: usize) -> f64 {
        self.memory.shocks[shock].any(lasts, lane)
    }
}
