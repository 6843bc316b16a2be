//! Whom people are counted among.

use crate::engine::edge::Edge;
use crate::model::{CellId, Model, Who};

/// Whether the group that an edge's people are counted under is among those that `who` names.
pub(super) fn by_who(model: &Model, edge: &Edge, who: &Who) -> bool {
    counted_under(edge).is_some_and(|cell| who.includes(&model.groups.values(model.group_of(cell))))
}

/// The cell whose group an edge's people are counted under: before the move, or on entry.
pub(super) fn counted_under(edge: &Edge) -> Option<CellId> {
    edge.from.or(edge.to)
}
