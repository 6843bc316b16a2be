//! Whom people are counted among.

use crate::engine::edge::Edge;
use crate::model::{CellId, Model, Who};

/// Whether a cell's group is among those that `who` names.
pub(super) fn by_who(model: &Model, cell: CellId, who: &Who) -> bool {
    who.includes(&model.groups.values(model.group_of(cell)))
}

/// The cell whose group an edge's people are counted under: before the move, or on entry.
pub(super) fn counted_under(edge: &Edge) -> CellId {
    edge.from.unwrap_or(edge.to)
}
