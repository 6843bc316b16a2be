//! The ledger: for every cell, before + in - out = after, in every step of every history.

use super::program::Program;
use super::state::{Flows, State};
use crate::model::CellId;

/// A history with more people than this in one cell is stopped: counts are exact far beyond, samplers were tested up to here.
pub const MOST_PEOPLE: f64 = 1e9;

/// Why a history was stopped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// People appeared or vanished: a bug of the engine.
    #[error(
        "the ledger does not balance in history {replicate}, step {step}, {cell}: {before} before, {moved:+} moved, {after} after. This is a bug in Repatria: please report it with the scenario"
    )]
    Imbalance {
        /// The history.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's name.
        cell: String,
        /// People before the step.
        before: f64,
        /// Those who came, less those who went.
        moved: f64,
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

/// What a check writes on: people by cell and lane.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    moved: Vec<f64>,
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

/// Adds what went along an edge to a cell's row, or takes it away.
fn add(rows: &mut [f64], cell: CellId, counts: &[f64], sign: f64) {
    let lanes = counts.len();
    for (sum, count) in rows[cell * lanes..(cell + 1) * lanes].iter_mut().zip(counts) {
        *sum += sign * count;
    }
}

/// Whether every row balances exactly, with nobody owed and no more people than are counted.
fn all_balance(before: &[f64], moved: &[f64], after: &[f64]) -> bool {
    let mut wrong = 0;
    for ((before, moved), after) in before.iter().zip(moved).zip(after) {
        let right = before + moved == *after && *after >= 0.0 && *after <= MOST_PEOPLE;
        wrong |= u64::from(!right);
    }
    wrong == 0
}

impl Sheet {
    /// Checks that every cell of `after` has the people `before` with the flows of the step, exactly for `whole` people and
    /// to 1e-9 of all who were there for fractional ones, that nobody owes people, and that stays and ages count them all (at the
    /// end of a history; in debug builds in every step). `first` is the history of lane 0.
    ///
    /// # Errors
    /// With the first cell, by lane, that does not balance.
    pub fn check(
        &mut self,
        program: &Program,
        (first, step): (u64, u32),
        whole: bool,
        before: &[f64],
        flows: &Flows,
        after: &State,
    ) -> Result<(), LedgerError> {
        let lanes = after.lanes();
        self.moved.clear();
        self.moved.resize(after.all_people().len(), 0.0);
        self.passed.clear();
        self.passed.resize(if whole { 0 } else { after.all_people().len() }, 0.0);
        for (index, edge) in program.edges().iter().enumerate() {
            let counts = flows.counted_all(index);
            add(&mut self.moved, edge.to, counts, 1.0);
            if let Some(from) = edge.from {
                add(&mut self.moved, from, counts, -1.0);
            }
            if !whole {
                let ends = [Some(edge.to), edge.from];
                ends.into_iter().flatten().for_each(|cell| add(&mut self.passed, cell, counts, 1.0));
            }
        }
        // Whole people are looked at together first, without a branch for each.
        if !(whole && all_balance(before, &self.moved, after.all_people())) {
            for (row, after) in after.all_people().iter().copied().enumerate() {
                let (before, moved) = (before[row], self.moved[row]);
                if after > MOST_PEOPLE {
                    return Err(too_many(program, first, step, lanes, row));
                }
                let passed = self.passed.get(row).copied().unwrap_or(0.0);
                let tolerance = if whole { 0.0 } else { 1e-9 * (1.0 + before.abs() + passed) };
                if (before + moved - after).abs() > tolerance || after < -tolerance {
                    let replicate = first + (row % lanes) as u64;
                    let cell = program.model().cell_name(row / lanes);
                    return Err(LedgerError::Imbalance { replicate, step, cell, before, moved, after });
                }
            }
        }
        if cfg!(debug_assertions) || step + 1 == program.steps() {
            return check_ages(program, (first, step), whole, after);
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
