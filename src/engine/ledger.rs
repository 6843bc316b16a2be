//! The ledger: for every cell, before + in - out = after, in every step of every history.

use super::edge::Edge;
use super::state::{Flows, State};
use crate::model::CellId;

/// A history with more people than this in one cell is stopped: counts are exact far beyond, samplers were tested up to here.
pub const MOST_PEOPLE: f64 = 1e9;

/// Why a history was stopped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// People appeared or vanished: a bug of the engine.
    #[error(
        "the ledger does not balance in history {replicate}, step {step}, cell {cell}: {before} before, {moved:+} moved, {after} after. This is a bug in Repatria: please report it with the scenario"
    )]
    Imbalance {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's index.
        cell: CellId,
        /// People before the step.
        before: f64,
        /// Those who came, less those who went.
        moved: f64,
        /// People after the step.
        after: f64,
    },
    /// More than [`MOST_PEOPLE`] in a cell.
    #[error(
        "history {replicate} has more than a billion people in one place and group in step {step}: lower a birth or arrival rate, or shorten the horizon"
    )]
    TooManyPeople {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
    },
}

impl LedgerError {
    /// The history that was stopped.
    pub fn replicate(&self) -> u64 {
        match self {
            LedgerError::Imbalance { replicate, .. } | LedgerError::TooManyPeople { replicate, .. } => {
                *replicate
            }
        }
    }
}

/// What a check writes on: people by cell and lane.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    moved: Vec<f64>,
}

impl Sheet {
    /// Checks that every cell of `after` is what was in `before` with the flows of the step, exactly for `whole` people and
    /// to 1e-9 for fractional ones, and that nobody owes people. `first` is the history of lane 0.
    ///
    /// # Errors
    /// With the first cell, by lane, that does not balance.
    pub fn check(
        &mut self,
        edges: &[Edge],
        (first, step): (u64, u32),
        whole: bool,
        before: &State,
        flows: &Flows,
        after: &State,
    ) -> Result<(), LedgerError> {
        let lanes = after.lanes();
        self.moved.clear();
        self.moved.resize(after.all_people().len(), 0.0);
        for (index, edge) in edges.iter().enumerate() {
            for lane in 0..lanes {
                let count = flows.counted(index, lane);
                self.moved[edge.to * lanes + lane] += count;
                if let Some(from) = edge.from {
                    self.moved[from * lanes + lane] -= count;
                }
            }
        }
        for (row, ((before, moved), after)) in
            before.all_people().iter().zip(&self.moved).zip(after.all_people()).enumerate()
        {
            let replicate = first + (row % lanes) as u64;
            if *after > MOST_PEOPLE {
                return Err(LedgerError::TooManyPeople { replicate, step });
            }
            let tolerance = if whole { 0.0 } else { 1e-9 * (1.0 + before.abs() + moved.abs()) };
            if (before + moved - after).abs() > tolerance || *after < -tolerance {
                let cell = row / lanes;
                return Err(LedgerError::Imbalance {
                    replicate,
                    step,
                    cell,
                    before: *before,
                    moved: *moved,
                    after: *after,
                });
            }
        }
        Ok(())
    }
}
