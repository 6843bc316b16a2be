//! Blocks that are stepped together: all of them take a step before any takes the next.
//!
//! Each number is then counted by one block right after the other, so its tally is in the cache, and only the numbers of the step at hand
//! are still counted value by value, which takes the most room: those of steps before have been put into bins by then.

use std::sync::{Mutex, PoisonError};

use super::block::{RecordedVariant, Worker};
use super::error::SimulateError;
use super::turns::Turns;

/// What the blocks of a wave may take, in bytes, if one for each thread does not take more.
const MEMORY: u64 = 32 << 20;

/// How many of `blocks` blocks that take so many bytes each are stepped together on `threads` threads. With fewer than two for each thread
/// they would wait for each other: then each goes its own way.
pub fn together(blocks: u64, bytes: u64, threads: u64) -> u64 {
    let fitting = (MEMORY / bytes.max(1)).min(blocks);
    if fitting < 2 * threads { threads.min(blocks).max(1) } else { fitting }
}

/// Some blocks, and how far they are.
pub struct BlockGroup<'a> {
    blocks: Vec<Mutex<(Worker<'a>, u64)>>,
    /// The turns of all blocks, one after the other: those of the start, those of the first step, ...
    turns: Turns,
    /// Whether a block takes all of its turns before another begins, for as many threads as there are blocks or fewer.
    alone: bool,
    /// What workers are made of.
    fresh: (&'a [RecordedVariant], bool),
}

/// What a block is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To begin.
    Start,
    /// A step.
    Step,
    /// To go from its start to its end.
    All,
}

impl<'a> BlockGroup<'a> {
    /// So many blocks of some variants; `keep_rows` where they are compared. `alone`: each goes its own way.
    pub fn of(variants: &'a [RecordedVariant], keep_rows: bool, blocks: u64, alone: bool) -> BlockGroup<'a> {
        let worker = || Mutex::new((Worker::new(variants, keep_rows), 0));
        let steps = variants.first().map_or(0, RecordedVariant::steps);
        BlockGroup {
            // Whoever goes alone brings a worker.
            blocks: (0..if alone { 0 } else { blocks }).map(|_| worker()).collect(),
            turns: Turns::new(if alone { blocks } else { blocks * (u64::from(steps) + 1) }),
            alone,
            fresh: (variants, keep_rows),
        }
    }

    /// Lets nobody take another turn.
    pub fn fail(&self) {
        self.turns.fail();
    }

    /// Takes turns that nobody has taken until there are none left: `work` is told which block and what it is to do. Several threads may do
    /// so.
    ///
    /// # Errors
    /// Those of the work; the others then stop too.
    pub fn each(
        &self,
        mut work: impl FnMut(u64, Turn, &mut Worker<'a>) -> Result<(), SimulateError>,
    ) -> Result<(), SimulateError> {
        let mut own = self.alone.then(|| Worker::new(self.fresh.0, self.fresh.1));
        self.turns.each(|turn| match &mut own {
            Some(own) => work(turn, Turn::All, own),
            None => self.turn(turn, &mut work),
        })
    }

    /// Takes one turn, as soon as the one before it of the same block was taken.
    fn turn(
        &self,
        turn: u64,
        work: &mut impl FnMut(u64, Turn, &mut Worker<'a>) -> Result<(), SimulateError>,
    ) -> Result<(), SimulateError> {
        let blocks = self.blocks.len() as u64;
        let (step, block) = (turn / blocks, turn % blocks);
        while !self.turns.has_failed() {
            let mut held = self.blocks[block as usize].lock().unwrap_or_else(PoisonError::into_inner);
            let (worker, done) = &mut *held;
            if *done == step {
                work(block, if step == 0 { Turn::Start } else { Turn::Step }, worker)?;
                *done += 1;
                return Ok(());
            }
            // Another thread has the turn before this one, and has not begun it: it needs the block.
            drop(held);
            std::thread::yield_now();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_panics_lets_no_other_wait() {
        let block_group = BlockGroup::of(&[], false, 4, false);
        let one = std::panic::AssertUnwindSafe(|| block_group.each(|_, _, _| panic!("in the engine")));
        std::panic::catch_unwind(one).unwrap_err();
        let mut taken = 0;
        block_group
            .each(|_, _, _| {
                taken += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(taken, 0);
    }

    #[test]
    fn blocks_are_together_as_far_as_there_is_room() {
        assert_eq!(together(16, 1 << 20, 2), 16);
        assert_eq!(together(100, 1 << 20, 2), 32);
        // Too large, or too few for the threads: each alone.
        assert_eq!(together(16, 40 << 20, 2), 2);
        assert_eq!(together(16, 1 << 20, 12), 12);
        assert_eq!((together(1, 1, 4), together(0, 1, 4)), (1, 1));
    }
}
