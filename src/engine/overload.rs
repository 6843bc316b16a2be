//! What comes in such numbers that draws are cut: a replicate where it does is stopped, so that no cut is ever counted.
//!
//! People who are moved are there before, and the ledger counts those. Arrivals and births are not, and may be gone again by the end of
//! the step; nor are occasions of a programme people.

use super::edge::EdgeId;
use super::flows::Flows;
use super::most::MOST_PEOPLE;
use super::program::Program;
use crate::model::{CellId, Mechanism};

/// More occasions of a programme in a step are not counted.
pub const MOST_OCCASIONS: f64 = 1e9;

/// What is looked at in every step.
#[derive(Clone, Debug, Default)]
pub struct Overloads {
    /// The edges of each mechanism that brings people from nowhere.
    sources: Vec<(Mechanism, Vec<EdgeId>)>,
    /// People by lane.
    sum: Vec<f64>,
}

/// What came in too large a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Overload {
    /// People brought by a mechanism, in a lane, and the cell to which most of them came.
    People(Mechanism, usize, CellId),
    /// Occasions of a programme, in a lane.
    Occasions(Mechanism, usize),
}

impl Overloads {
    /// Begins a block.
    pub fn begin(&mut self, program: &Program) {
        self.sources.clear();
        for (id, edge) in program.edges().iter().enumerate() {
            if !program.model().mover(edge.mechanism).route.brings_people() {
                continue;
            }
            // Those of one mechanism stand together.
            match self.sources.iter_mut().rev().find(|(mechanism, _)| *mechanism == edge.mechanism) {
                Some((_, edges)) => edges.push(id),
                None => self.sources.push((edge.mechanism, vec![id])),
            }
        }
    }

    /// The first mechanism that has brought more than [`MOST_PEOPLE`] in the step, or programme with more than [`MOST_OCCASIONS`].
    pub fn look(&mut self, program: &Program, flows: &Flows, lanes: usize) -> Option<Overload> {
        // A comparison that also finds what is not a number.
        let too_many = |sum: f64, most: f64| sum.is_nan() || sum > most;
        for (mechanism, edges) in &self.sources {
            self.sum.clear();
            self.sum.resize(lanes, 0.0);
            for edge in edges {
                for (sum, count) in self.sum.iter_mut().zip(flows.counted_all(*edge)) {
                    *sum += count;
                }
            }
            if let Some(lane) = self.sum.iter().position(|sum| too_many(*sum, MOST_PEOPLE)) {
                let came = |edge: &EdgeId| flows.counted(*edge, lane);
                let most = edges.iter().copied().max_by(|a, b| came(a).total_cmp(&came(b)));
                let cell = most.and_then(|edge| program.edges()[edge].to).unwrap_or(0);
                return Some(Overload::People(*mechanism, lane, cell));
            }
        }
        for programme in 0..program.model().programmes.len() {
            // Where they are counted, they are cut at the bound.
            let too_many = |lane: &usize| too_many(flows.occasions(programme, *lane), 0.99 * MOST_OCCASIONS);
            if let Some(lane) = (0..lanes).find(too_many) {
                return Some(Overload::Occasions(Mechanism::Programme(programme), lane));
            }
        }
        None
    }
}
