//! Edges: the ways that people can go. Every movement of people is along one.

use crate::model::{CellId, Mechanism, Model, Target};
use crate::random::Site;

/// Index of an edge.
pub type EdgeId = usize;

/// A way into, between or within cells.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What moves people along it.
    pub mechanism: Mechanism,
    /// The cell they leave; `None`: they come from outside.
    pub from: Option<CellId>,
    /// The cell they enter.
    pub to: CellId,
    /// Who draws their number.
    pub site: Site,
}

impl Edge {
    /// The edge of `mechanism` between two cells. Its random numbers come from names, never from positions.
    pub fn new(model: &Model, mechanism: Mechanism, from: Option<CellId>, to: CellId) -> Edge {
        let from_name = from.map_or_else(|| "outside".to_string(), |cell| model.cell_name(cell));
        let site = Site::of(&[&model.address(mechanism), &from_name, &model.cell_name(to)]);
        Edge { mechanism, from, to, site }
    }
}

/// The cell that `target` leads to from `cell`.
pub fn destination(model: &Model, cell: CellId, target: &Target) -> CellId {
    let values = target.apply(&model.groups.values(model.group_of(cell)));
    model.cell(target.place.unwrap_or_else(|| model.place_of(cell)), model.groups.group(&values))
}
