//! The ledger: for every cell, before + in - out = after, in every step of every replicate.

use super::chance::Chance;
use super::edge::EdgeId;
use super::flows::Flows;
pub use super::most::MOST_PEOPLE;
use super::overload::{Overload, Overloads};
use super::program::Program;
use super::replicates::Replicates;
use super::state::State;
use crate::random::lanes::levels;

/// Why a replicate was stopped.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// People appeared or vanished: a bug of the engine.
    #[error(
        "the ledger does not balance in replicate {replicate}, step {step}, {cell}: {after} people where {due} should be. This is a bug in Repatria: please report it with the scenario"
    )]
    Imbalance {
        /// The replicate.
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
    /// A stay, a band of ages or a book of a programme has lost count: a bug of the engine.
    #[error(
        "in replicate {replicate}, step {step}, {cell} has {people} people, by the time since they entered {counted}. This is a bug in Repatria: please report it with the scenario"
    )]
    Ages {
        /// The replicate.
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
        "replicate {replicate} has more than a billion people in {cell} in step {step}{}: lower {}, shorten the horizon, or give a `range` to parameters that are drawn",
        most_by(mechanism.as_deref()), what_to_lower(mechanism.as_deref())
    )]
    TooManyPeople {
        /// The replicate.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The cell's name.
        cell: String,
        /// The address of what brought most of those who came in the step; `None` where nobody came.
        mechanism: Option<String>,
    },
    /// More than [`MOST_PEOPLE`] brought by one mechanism in a step.
    #[error(
        "replicate {replicate} has more than a billion people by `{mechanism}`, most of them to {cell}, in step {step}: lower its rate or what changes it, or give a `range` to parameters that are drawn"
    )]
    TooManyCome {
        /// The replicate.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The mechanism's address.
        mechanism: String,
        /// The name of the cell to which most of them came.
        cell: String,
    },
    /// More occasions of a programme in a step than are counted.
    #[error(
        "replicate {replicate} has a billion occasions of `{mechanism}` in step {step}: lower its occasions or what changes them, or give a `range` to parameters that are drawn"
    )]
    TooManyOccasions {
        /// The replicate.
        replicate: u64,
        /// The step, from 0.
        step: u32,
        /// The programme's address.
        mechanism: String,
    },
}

fn most_by(mechanism: Option<&str>) -> String {
    mechanism.map_or_else(String::new, |mechanism| format!(", most of who came by `{mechanism}`"))
}

fn what_to_lower(mechanism: Option<&str>) -> &'static str {
    mechanism.map_or("the people at the start", |_| "its rate or what changes it")
}

impl LedgerError {
    /// The address of the mechanism that is to blame, where one is.
    pub fn mechanism(&self) -> Option<&str> {
        match self {
            LedgerError::TooManyPeople { mechanism, .. } => mechanism.as_deref(),
            LedgerError::TooManyCome { mechanism, .. } | LedgerError::TooManyOccasions { mechanism, .. } => {
                Some(mechanism)
            }
            LedgerError::Imbalance { .. } | LedgerError::Ages { .. } => None,
        }
    }

    /// The replicate that was stopped.
    pub fn replicate(&self) -> u64 {
        match self {
            LedgerError::Imbalance { replicate, .. }
            | LedgerError::Ages { replicate, .. }
            | LedgerError::TooManyPeople { replicate, .. }
            | LedgerError::TooManyCome { replicate, .. }
            | LedgerError::TooManyOccasions { replicate, .. } => *replicate,
        }
    }
}

/// What checks write on, from the start of a block to its end: people by cell and lane.
#[derive(Clone, Debug, Default)]
pub struct LedgerSheet {
    /// Those who were there a step before.
    before: Vec<f64>,
    /// Of each cell, the edges that lead to it, and then those that lead away.
    edges: Vec<[Vec<EdgeId>; 2]>,
    /// Those who should be there: those of the step before, with the flows of the step.
    due: Vec<f64>,
    /// Those who came and those who went together: what fractional people lose by rounding grows with it.
    passed: Vec<f64>,
    overloads: Overloads,
}

/// Checks that nobody begins with more people than are counted.
///
/// # Errors
/// With the first cell, by lane, that has more than [`MOST_PEOPLE`].
pub fn check_start(program: &Program, first: u64, state: &State) -> Result<(), LedgerError> {
    match state.all_people().iter().position(|people| *people > MOST_PEOPLE) {
        None => Ok(()),
        Some(row) => Err(too_many(program, (first, 0), state.lanes(), row, None)),
    }
}

fn too_many(
    program: &Program,
    (first, step): (u64, u32),
    lanes: usize,
    row: usize,
    by: Option<EdgeId>,
) -> LedgerError {
    let cell = program.model().cell_name(row / lanes);
    let mechanism = by.map(|edge| program.model().address(program.edges()[edge].mechanism));
    LedgerError::TooManyPeople { replicate: first + (row % lanes) as u64, step, cell, mechanism }
}

fn stopped_by(overload: Overload, program: &Program, (first, step): (u64, u32)) -> LedgerError {
    let address = |mechanism| program.model().address(mechanism);
    match overload {
        Overload::People(mechanism, lane, cell) => LedgerError::TooManyCome {
            replicate: first + lane as u64,
            step,
            mechanism: address(mechanism),
            cell: program.model().cell_name(cell),
        },
        Overload::Occasions(mechanism, lane) => LedgerError::TooManyOccasions {
            replicate: first + lane as u64,
            step,
            mechanism: address(mechanism),
        },
    }
}

levels! {
    /// Whether everybody is there after a step who is due in a cell, with nobody owed and no more people than are counted: given those
    /// who were there before, people by edge and lane, and the edges that lead to it and away.
    fn balances(before: &[f64], after: &[f64], counts: &[f64], to: &[EdgeId], from: &[EdgeId]) -> bool = balances_in, balances_in
}

/// So many lanes are added up side by side.
const SIDE_BY_SIDE: usize = 32;

#[inline(always)]
fn balances_in(before: &[f64], after: &[f64], counts: &[f64], to: &[EdgeId], from: &[EdgeId]) -> bool {
    let lanes = before.len();
    // Without a branch for each.
    let mut wrong = 0;
    for start in (0..lanes).step_by(SIDE_BY_SIDE) {
        let here = start..(start + SIDE_BY_SIDE).min(lanes);
        let mut due = [0.0; SIDE_BY_SIDE];
        due[..here.len()].copy_from_slice(&before[here.clone()]);
        for (edges, sign) in [(to, 1.0), (from, -1.0)] {
            for edge in edges {
                let counts = &counts[edge * lanes + here.start..edge * lanes + here.end];
                // In loops and no closures, which would be functions of their own, without the instructions.
                if let Some(counts) = counts.first_chunk::<SIDE_BY_SIDE>() {
                    for (due, count) in due.iter_mut().zip(counts) {
                        *due += sign * count;
                    }
                } else {
                    for (due, count) in due.iter_mut().zip(counts) {
                        *due += sign * count;
                    }
                }
            }
        }
        for (due, after) in due.iter().zip(&after[here]) {
            let right = (due == after) & (*after >= 0.0) & (*after <= MOST_PEOPLE);
            wrong |= u64::from(!right);
        }
    }
    wrong == 0
}

impl LedgerSheet {
    /// Begins with the people of a block's start.
    pub fn begin(&mut self, program: &Program, start: &State) {
        self.before.clear();
        self.before.extend_from_slice(start.all_people());
        self.overloads.begin(program);
        self.edges.clear();
        self.edges.resize(program.model().cells(), [Vec::new(), Vec::new()]);
        for (index, edge) in program.edges().iter().enumerate() {
            if let Some(to) = edge.to {
                self.edges[to][0].push(index);
            }
            if let Some(from) = edge.from {
                self.edges[from][1].push(index);
            }
        }
    }

    /// Checks that every cell of `after` has the people of the step before with the flows of this one, exactly for whole people
    /// and to 1e-9 of all who were there for fractional ones, that nobody owes people, and that stays and ages count them all
    /// (at the end of a replicate; in debug builds in every step). `first` is the replicate of lane 0.
    ///
    /// # Errors
    /// With the first cell, by lane, that does not balance.
    pub fn check(
        &mut self,
        program: &Program,
        (first, step): (u64, u32),
        chance: &impl Chance,
        flows: &Flows,
        replicates: &Replicates,
    ) -> Result<(), LedgerError> {
        let after = &replicates.state;
        let lanes = after.lanes();
        if let Some(overload) = self.overloads.look(program, flows, lanes) {
            return Err(stopped_by(overload, program, (first, step)));
        }
        let balanced = chance.is_whole()
            && self.edges.iter().enumerate().all(|(cell, [to, from])| {
                let row = cell * lanes..(cell + 1) * lanes;
                chance.level().balances(
                    &self.before[row],
                    after.people_of(cell),
                    flows.all_counted(),
                    to,
                    from,
                )
            });
        if !balanced {
            self.look(program, (first, step), chance, flows, after)?;
        }
        self.before.copy_from_slice(after.all_people());
        if cfg!(debug_assertions) || step + 1 == program.steps() {
            return check_ages(program, (first, step), chance, replicates);
        }
        Ok(())
    }

    /// Looks at every number of people alone.
    fn look(
        &mut self,
        program: &Program,
        (first, step): (u64, u32),
        chance: &impl Chance,
        flows: &Flows,
        after: &State,
    ) -> Result<(), LedgerError> {
        let lanes = after.lanes();
        self.due.clear();
        self.due.extend_from_slice(&self.before);
        self.passed.clear();
        self.passed.resize(self.due.len(), 0.0);
        for (cell, edges) in self.edges.iter().enumerate() {
            for (edges, sign) in edges.iter().zip([1.0, -1.0]) {
                for (lane, count) in edges.iter().flat_map(|edge| flows.counted_all(*edge).iter().enumerate())
                {
                    self.due[cell * lanes + lane] += sign * count;
                    self.passed[cell * lanes + lane] += count;
                }
            }
        }
        for (row, after) in after.all_people().iter().copied().enumerate() {
            if after > MOST_PEOPLE {
                let came = |edge: &EdgeId| flows.counted(*edge, row % lanes);
                let into = self.edges[row / lanes][0].iter().copied().filter(|edge| came(edge) > 0.0);
                let by = into.max_by(|one, other| came(one).total_cmp(&came(other)));
                return Err(too_many(program, (first, step), lanes, row, by));
            }
            let due = self.due[row];
            let tolerance = if chance.is_whole() { 0.0 } else { 1e-9 * (1.0 + due.abs() + self.passed[row]) };
            if (due - after).abs() > tolerance || after < -tolerance {
                let replicate = first + (row % lanes) as u64;
                let cell = program.model().cell_name(row / lanes);
                return Err(LedgerError::Imbalance { replicate, step, cell, due, after });
            }
        }
        Ok(())
    }
}

/// Checks that the people of every stay, band of ages and book of a programme add up to those of its cells.
fn check_ages(
    program: &Program,
    (first, step): (u64, u32),
    chance: &impl Chance,
    Replicates { state: after, memory, .. }: &Replicates,
) -> Result<(), LedgerError> {
    let tolerance = if chance.is_whole() { 0.0 } else { 1e-6 };
    let programmes = || program.programmes.imbalance(after, &memory.programmes, tolerance);
    match program.clocks.imbalance(after, &memory.clocks, tolerance).or_else(programmes) {
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
