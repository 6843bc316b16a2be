//! What a step reads at its start and holds.

use super::rows::Rows;

/// Every number and hazard as read at the start of a step and held for it.
#[derive(Clone, Debug)]
pub struct Readings {
    /// How many histories the block has.
    pub lanes: usize,
    /// By number.
    pub numbers: Rows,
    /// What crowding makes of hazards.
    pub crowding: Rows,
    /// By hazard, per year.
    pub hazards: Rows,
    /// By part of a split, its share.
    pub parts: Rows,
    /// By exit and branch.
    pub exits: ExitRows,
    /// By clock.
    pub quits: Vec<Quits>,
}

/// What a step reads of the exits: hazards, and the probabilities that follow from them.
#[derive(Clone, Debug)]
pub struct ExitRows {
    /// Of every way of every reading, its hazard (per year).
    pub weights: Rows,
    /// Of every way of every reading, the probability that somebody present for the whole step goes it, who went no way before it.
    pub stayer_ways: Rows,
    /// The same of somebody who entered in the step.
    pub entrant_ways: Rows,
    /// Of every reading, the sum of its hazards (per year).
    pub total: Rows,
    /// Of every reading, the probability that somebody who entered in the step leaves within it.
    pub entrant: Rows,
}

/// What a step reads of a clock, by lane where histories differ: of those who enter in the step, the probability to be there at its
/// end, and the hazard (per step) that does the same.
#[derive(Clone, Debug)]
pub struct Quits(pub Vec<(f64, f64)>);

impl Quits {
    /// The probability to be there at the end of the step of entry, and the hazard (per step) that does the same.
    pub fn entrants(&self, lane: usize) -> (f64, f64) {
        self.0[if self.0.len() == 1 { 0 } else { lane }]
    }
}
