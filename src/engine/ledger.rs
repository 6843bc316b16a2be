//! The ledger: for every cell, before + in - out = after, in every step of every history.

use super::program::Program;
use super::state::{Flows, State};
use crate::model::CellId;
use crate::random::lanes::{Level, levels};

/// A history with more people than this in one cell is stopped: counts are exact far beyond, samplers were tested up to here.
pub const MOST_PEOPLE: f64 = 1e9;

/// Why a history was stopped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// People appeared or vanished: a bug of the engine.
    #[error(
        "the ledger does not balance in history {replicate}, step {step}, {cell}: {after} people where {due} should be. This is a bug in Repatria: please report it with the scenario"
    )]
    Imbalance {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's name.
        cell: String,
        /// People before the step and those who came, less those who went.
        due: f64,
        /// People after the step.
        after: f64,
    },
    /// A stay or a band of ages has lost count: a bug of the engine.
    #[error(
        "in history {replicate}, step {step}, {cell} has {people} people, by the time since they entered {counted}. This is a bug in Repatria: please report it with the scenario"
    )]
    Ages {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's name.
        cell: String,
        /// People in the cell.
        people: f64,
        /// People counted by the time since they entered.
        counted: f64,
    },
    /// More than [`MOST_PEOPLE`] in a cell.
    #[error(
        "history {replicate} has more than a billion people in {cell} in step {step}: lower a birth or arrival rate, shorten the horizon, or give a `range` to parameters that are drawn"
    )]
    TooManyPeople {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's name.
        cell: String,
    },
}

impl LedgerError {
    /// The history that was stopped.
    pub fn replicate(&self) -> u64 {
        match self {
            LedgerError::Imbalance { replicate, .. }
            | LedgerError::Ages { replicate, .. }
            | LedgerError::TooManyPeople { replicate, .. } => *replicate,
        }
    }
}

/// What checks write on, from the start of a block to its end: people by cell and lane.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Those who should be there: those of the step before, with the flows of the step.
    due: Vec<f64>,
    /// Those who came and those who went together: what fractional people lose by rounding grows with it.
    passed: Vec<f64>,
}

/// Checks that nobody begins with more people than are counted.
///
/// # Errors
/// With the first cell, by lane, that has more than [`MOST_PEOPLE`].
pub fn check_start(program: &Program, first: u64, state: &State) -> Result<(), LedgerError> {
    match state.all_people().iter().position(|people| *people > MOST_PEOPLE) {
        None => Ok(()),
        Some(row) => Err(too_many(program, first, 0, state.lanes(), row)),
    }
}

fn too_many(program: &Program, first: u64, step: u32, lanes: usize, row: usize) -> LedgerError {
    let cell = program.model().cell_name(row / lanes);
    LedgerError::TooManyPeople { replicate: first + (row % lanes) as u64, step, cell }
}

levels! {
    /// Whether everybody is there who is due, with nobody owed and no more people than are counted.
    fn all_there(due: &[f64], there: &[f64]) -> bool = all_there_in, all_there_in
}

#[inline(always)]
fn all_there_in(due: &[f64], there: &[f64]) -> bool {
    // Without a branch for each.
    let mut wrong = 0;
    for (due, there) in due.iter().zip(there) {
        let right = (due == there) & (*there >= 0.0) & (*there <= MOST_PEOPLE);
        wrong |= u64::from(!right);
    }
    wrong == 0
}

impl Sheet {
    /// Begins with the people of a block's start.
    pub fn begin(&mut self, start: &State) {
        self.due.clear();
        self.due.extend_from_slice(start.all_people());
    }

    /// Checks that every cell of `after` has the people of the step before with the flows of this one, exactly for `whole` people
    /// and to 1e-9 of all who were there for fractional ones, that nobody owes people, and that stays and ages count them all
    /// (at the end of a history; in debug builds in every step). `first` is the history of lane 0.
    ///
    /// # Errors
    /// With the first cell, by lane, that does not balance.
    pub fn check(
        &mut self,
        program: &Program,
        (first, step): (u64, u32),
        level: Level,
        whole: bool,
        flows: &Flows,
        after: &State,
    ) -> Result<(), LedgerError> {
        let lanes = after.lanes();
        let row = |cell: CellId| cell * lanes..(cell + 1) * lanes;
        self.passed.clear();
        self.passed.resize(if whole { 0 } else { self.due.len() }, 0.0);
        for (index, edge) in program.edges().iter().enumerate() {
            let counts = flows.counted_all(index);
            level.shift(&mut self.due[row(edge.to)], counts, 1.0);
            if let Some(from) = edge.from {
                level.shift(&mut self.due[row(from)], counts, -1.0);
            }
            if !whole {
                for cell in [Some(edge.to), edge.from].into_iter().flatten() {
                    level.shift(&mut self.passed[row(cell)], counts, 1.0);
                }
            }
        }
        if !(whole && level.all_there(&self.due, after.all_people())) {
            self.look(program, (first, step), whole, after)?;
            self.due.copy_from_slice(after.all_people());
        }
        if cfg!(debug_assertions) || step + 1 == program.steps() {
            return check_ages(program, (first, step), whole, after);
        }
        Ok(())
    }

    /// Looks at every row alone.
    fn look(
        &self,
        program: &Program,
        (first, step): (u64, u32),
        whole: bool,
        after: &State,
    ) -> Result<(), LedgerError> {
        let lanes = after.lanes();
        for (row, after) in after.all_people().iter().copied().enumerate() {
            if after > MOST_PEOPLE {
                return Err(too_many(program, first, step, lanes, row));
            }
            let due = self.due[row];
            let tolerance = if whole { 0.0 } else { 1e-9 * (1.0 + due.abs() + self.passed[row]) };
            if (due - after).abs() > tolerance || after < -tolerance {
                let replicate = first + (row % lanes) as u64;
                let cell = program.model().cell_name(row / lanes);
                return Err(LedgerError::Imbalance { replicate, step, cell, due, after });
            }
        }
        Ok(())
    }
}

/// Checks that the people of every stay and band of ages add up to those of its cells.
fn check_ages(
    program: &Program,
    (first, step): (u64, u32),
    whole: bool,
    after: &State,
) -> Result<(), LedgerError> {
    let tolerance = if whole { 0.0 } else { 1e-6 };
    match program.clocks.imbalance(after, tolerance) {
        None => Ok(()),
        Some((cell, lane, counted)) => Err(LedgerError::Ages {
            replicate: first + lane as u64,
            step,
            cell: program.model().cell_name(cell),
            people: after.people(cell, lane),
            counted,
        }),
    }
}
