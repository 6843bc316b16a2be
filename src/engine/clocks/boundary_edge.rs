//! What a clock is made of: its cells, and the edges into and out of them.

use super::row::DueRow;
use crate::engine::edge::EdgeId;
use crate::engine::split::PartId;
use crate::model::CellId;
use crate::random::Site;

/// A cell of a clock.
#[derive(Clone, Debug)]
pub struct Timed {
    pub cell: CellId,
    /// Who draws.
    pub site: Site,
    /// Where those go whose stay is completed.
    pub branches: Vec<(EdgeId, PartId)>,
    /// Whether this clock competes with the hazards out of the cell.
    pub leads: bool,
    /// Whether some who leave the cell, and bring their time nowhere, may be sent back by places that fill.
    pub sent_back: bool,
}

impl Timed {
    /// Whether those are kept who were there before hazards took some: this clock leads, and some may be sent back.
    pub fn keeps_all(&self) -> bool {
        self.sent_back && self.leads
    }

    /// Whether those are kept who left: another clock leads, and some may be sent back.
    pub fn keeps_gone(&self) -> bool {
        self.sent_back && !self.leads
    }
}

/// An edge over the boundary of a clock's cells, one end or both.
#[derive(Clone, Debug)]
pub struct BoundaryEdge {
    pub edge: EdgeId,
    /// The cell of the clock that people are taken out of; `None`: they come from elsewhere, or the clock took them itself.
    pub from: Option<usize>,
    /// The cell of the clock that the edge leaves, whoever took them: where they are again if they find no room.
    pub home: Option<usize>,
    /// The cell of the clock that they come into.
    pub into: Option<usize>,
    /// Whether they bring their time along.
    pub carries: bool,
    /// The row for those who enter within a step.
    pub enters: DueRow,
    pub site: Site,
}
