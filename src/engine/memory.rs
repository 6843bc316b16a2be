//! What mechanisms remember from one step to the next, each in a form of its own.
//!
//! A mechanism that remembers something has a type for it in its own file and a field here; what it only works with in a step is its
//! workspace ([`Workspace`](super::Workspace)). Nobody but the mechanism itself reads its memory, with one exception: rings of shocks
//! say how far aftermaths hold.
//!
//! Memory is made in [`Program::start`](super::Program::start) and given in [`step()`](super::step()) to the mechanism that it belongs to.
//! What is drawn once and for all before the first step is not memory: it is in [`Drawn`](super::Drawn).

use super::clocks::ClockMemory;
use super::full::PlaceQueue;
use super::programmes::ProgrammeMemory;
use super::ring::Ring;

/// What the mechanisms of a block of replicates remember between two steps, by row and lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// By clock, people by the step in which their stay is completed.
    pub(super) clocks: Vec<ClockMemory>,
    /// By place that fills, who waits outside it.
    pub(super) queues: Vec<PlaceQueue>,
    /// Where programmes are between two occasions.
    pub(super) programmes: ProgrammeMemory,
    /// By shock, whether it happened in the last steps.
    pub(super) shocks: Vec<Ring>,
}
