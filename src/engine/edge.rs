//! Edges: the ways that people can go. Every movement of people is along one.

use crate::model::{CellId, Mechanism, Model, PlaceId, Target};
use crate::random::Site;

/// Index of an edge.
pub type EdgeId = usize;

/// A way into, between or within cells, or out of the model.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What moves people along it.
    pub mechanism: Mechanism,
    /// The cell they leave; `None`: they come from outside.
    pub from: Option<CellId>,
    /// The cell they enter; `None`: they leave the model.
    pub to: Option<CellId>,
    /// Who draws their number.
    pub site: Site,
}

impl Edge {
    /// The edge of `mechanism` between two cells, or between one and outside. Its random numbers come from names, never from
    /// positions.
    pub fn new(model: &Model, mechanism: Mechanism, from: Option<CellId>, to: Option<CellId>) -> Edge {
        let name =
            |end: Option<CellId>| end.map_or_else(|| "outside".to_string(), |cell| model.cell_name(cell));
        let site = Site::of(&[&model.address(mechanism), &name(from), &name(to)]);
        Edge { mechanism, from, to, site }
    }

    /// The place that it leads to; `None`: it leads out of the model.
    pub fn to_place(&self, model: &Model) -> Option<PlaceId> {
        self.to.map(|cell| model.place_of(cell))
    }
}

/// The cell that `target` leads to from `cell`.
pub fn destination(model: &Model, cell: CellId, target: &Target) -> CellId {
    let values = target.apply(&model.groups.values(model.group_of(cell)));
    model.cell(target.place.unwrap_or_else(|| model.place_of(cell)), model.groups.group(&values))
}
