//! What a step reads at its start and holds.

use super::rows::LaneRows;

/// Every number and hazard as read at the start of a step and held for it.
#[derive(Clone, Debug)]
pub struct Readings {
    /// How many replicates the block has.
    pub lanes: usize,
    /// By number.
    pub numbers: LaneRows,
    /// What crowding makes of hazards.
    pub crowding: LaneRows,
    /// By hazard, per year.
    pub hazards: LaneRows,
    /// By part of a split, its share.
    pub parts: LaneRows,
    /// By exit and branch.
    pub exits: ExitRows,
    /// By clock.
    pub exit_probabilities: Vec<ExitProbabilities>,
}

/// What a step reads of the exits: hazards, and the probabilities that follow from them.
#[derive(Clone, Debug)]
pub struct ExitRows {
    /// Of every way of every reading, its hazard (per year).
    pub weights: LaneRows,
    /// Of every way of every reading, the probability that somebody present for the whole step goes it, who went no way before it.
    pub stayer_ways: LaneRows,
    /// The same of somebody who entered in the step.
    pub entrant_ways: LaneRows,
    /// Of every reading, the sum of its hazards (per year).
    pub total: LaneRows,
    /// Of every reading, the probability that somebody who entered in the step leaves within it.
    pub entrant: LaneRows,
}

/// What a step reads of a clock, by lane where replicates differ: of those who enter in the step, the probability to be there at its
/// end, and the hazard (per step) that does the same.
#[derive(Clone, Debug)]
pub struct ExitProbabilities(pub Vec<(f64, f64)>);

impl ExitProbabilities {
    /// The probability to be there at the end of the step of entry, and the hazard (per step) that does the same.
    pub fn entrants(&self, lane: usize) -> (f64, f64) {
        self.0[if self.0.len() == 1 { 0 } else { lane }]
    }
}
