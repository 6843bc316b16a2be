//! What a program and a block of its replicates take of memory: counted before there is any replicate.

use super::program::Program;
use crate::model::{Full, Model, Pace};

/// Bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemoryBytes {
    /// The program and its model, which all threads share.
    pub program: u64,
    /// Of a block: who is where, who went where, and what a step works in.
    pub block: u64,
    /// Of a block: people by the step in which their stay or band of ages is over, at most.
    pub ages: u64,
    /// Of a block: those who wait outside full places, and for programmes that serve the longest waiting first, at most.
    pub waiting: u64,
}

/// A number of a replicate.
const NUMBER: u64 = 8;
/// An edge, with what mechanisms, splits and exits know of it.
const EDGE: u64 = 450;
/// A number of the file with its address, in the model and in the program, which holds a model of its own.
const ADDRESSED: u64 = 500;
/// People who are alike to a clock, with room for as many again.
const ALIKE: u64 = 2 * 16;
/// The due counts of a cell, beside their rows.
const DUE_COUNTS: u64 = 40;

impl Program {
    /// What it takes, and a block of `lanes` of its replicates.
    pub fn room(&self, lanes: u64) -> MemoryBytes {
        let of = |n: usize| n as u64;
        let (cells, edges, numbers) = (of(self.cells), of(self.edges.len()), of(self.model.numbers.len()));
        let (metrics, parameters) = (of(self.metrics.len()), of(self.model.parameters.len()));
        let varying = of(self.numbers.varies().iter().filter(|varies| **varies).count());
        let hazards = self.hazards.varies(self.numbers.varies());
        let hazards = of(hazards.iter().filter(|varies| **varies).count());
        let steps = u64::from(self.steps);
        let remembered = of(self.rings().sum());
        // People before, now and due, those still there, who came; of edges who went, and what three readings say of each.
        let rows =
            12 * cells + 6 * edges + 3 * varying + 2 * hazards + metrics + 3 * parameters + remembered + 64;
        MemoryBytes {
            program: EDGE * edges + ADDRESSED * numbers + 300 * cells + 8 * steps,
            block: NUMBER * rows * lanes + 64 * edges + 100 * cells,
            ages: self.ages(lanes),
            waiting: waiting(&self.model) * lanes,
        }
    }

    fn ages(&self, lanes: u64) -> u64 {
        let model = &self.model;
        let parameters = model.parameter_values();
        let values = |id: usize| model.numbers[id].value_in(&parameters);
        let cells = |at: usize, who| (at * model.groups.matching(who).count()) as u64;
        // Of each cell those who are there, those who came, and whom hazards took; of each step at most somebody.
        let due_counts =
            |cells: u64, steps: u64| cells.saturating_mul(3 * DUE_COUNTS + 48 + steps.saturating_mul(ALIKE));
        let stays = model.stays.iter().map(|stay| {
            let steps = stay.ages(model) as u64;
            // Where lengths are drawn each replicate has curves of its own.
            let curves = 3 * NUMBER * steps * stay.combinations().len().max(1) as u64;
            due_counts(cells(stay.at.len(), &stay.who), steps).saturating_add(curves)
        });
        let bands = model.ageing.iter().filter_map(|band| match &band.pace {
            Pace::After { time, .. } => {
                let steps = time.steps(&values, model.calendar.step_years()).ceil() as u64;
                Some(due_counts(cells(band.at.len(), &band.who), steps))
            }
            _ => None,
        });
        stays.chain(bands).fold(0, u64::saturating_add).saturating_mul(lanes)
    }
}

/// Of one replicate.
fn waiting(model: &Model) -> u64 {
    let steps = u64::from(model.calendar.steps());
    let ways =
        |place: usize| model.entries().filter(|entry| model.place_of(entry.cell) == place).count() as u64;
    let queues =
        (0..model.places.len()).filter(|place| model.places[*place].when_full.otherwise == Full::Wait);
    let queues = queues.map(|place| steps.saturating_mul(NUMBER * ways(place) + 48));
    let books = model.programmes.iter().filter(|programme| programme.longest_first);
    let books = books.map(|programme| {
        let cells = (programme.from.len() * model.groups.matching(&programme.who).count()) as u64;
        cells.saturating_mul(3 * DUE_COUNTS + steps.saturating_mul(ALIKE))
    });
    queues.chain(books).fold(0, u64::saturating_add)
}
