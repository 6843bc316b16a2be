//! What a run may use of the machine. Nothing here changes an answer.

use super::block::BLOCK;
use crate::engine::Program;
use crate::random::lanes::InstructionLevel;

/// Threads and instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// How many threads; 0 stands for as many as the machine has.
    pub threads: usize,
    /// The instructions that rows of replicates are worked on with.
    pub level: InstructionLevel,
}

impl From<usize> for Machine {
    /// So many threads, with the best instructions.
    fn from(threads: usize) -> Machine {
        Machine { threads, level: InstructionLevel::best() }
    }
}

/// More replicates than this are not stepped together: what all of them share is a small part by then.
const MOST: u64 = 4 * BLOCK;

/// What a block may take of the second-level cache, in bytes.
const CACHE: u64 = 1 << 19;

/// Blocks that every thread should have, so that none waits long for the last.
const EACH: u64 = 4;

/// How many of `replicates` replicates of some variants are stepped together on `threads` threads: a multiple of [`BLOCK`].
pub(super) fn at_once(programs: &[&Program], replicates: u64, threads: usize) -> u64 {
    // Of every cell who is there, was there and came, and of every edge the people and the random numbers.
    let rows: usize =
        programs.iter().map(|program| 4 * program.model().cells() + 3 * program.edges().len()).sum();
    let fitting = CACHE / (8 * rows.max(1) as u64);
    let fair = replicates / (EACH * threads.max(1) as u64);
    fitting.min(fair).clamp(BLOCK, MOST) / BLOCK * BLOCK
}
