//! The cells whose people may go by a programme.

use crate::engine::edge::EdgeId;
use crate::engine::split::PartId;
use crate::model::CellId;
use crate::random::Site;

/// A cell whose people may go.
#[derive(Clone, Debug)]
pub(super) struct SeatSource {
    pub(super) cell: CellId,
    /// Who draws how many of the seats fall to it.
    pub(super) site: Site,
    pub(super) branches: Vec<(EdgeId, PartId)>,
}

/// Index of a source of a programme.
pub(super) type SourceId = usize;
