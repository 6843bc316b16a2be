//! What a step reads at its start and holds.

use super::exits::ExitRows;
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
}
