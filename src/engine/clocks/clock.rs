//! One clock: its cells, the edges that touch them, and what it does as it begins and as a step ends.

use std::collections::BTreeMap;

use super::ages::{ClockMemory, ClockWorkspace};
use super::boundary_edge::{BoundaryEdge, Timed};
use super::lengths::OfReplicate;
use super::row::DueRow;
use crate::engine::builder::Builder;
use crate::engine::edge::{Edge, EdgeId};
use crate::model::stay::InForce;
use crate::model::{AtStart, CellId, Mechanism, Model, Route, Stay};
use crate::random::Site;

/// People by the step in which their stay in some cells is completed.
#[derive(Clone, Debug)]
pub struct Clock {
    pub(super) mechanism: Mechanism,
    pub(super) stay: Stay,
    pub(super) cells: Vec<Timed>,
    /// How many steps there are.
    pub(super) steps: i64,
    /// The steps in which the lengths of those change who are there.
    pub(super) upheavals: Vec<u32>,
    /// Whether lengths may differ between replicates.
    pub(super) drawn: bool,
    /// The changes that are ever in force together, in increasing order.
    pub(super) combinations: Vec<InForce>,
    pub(super) shared: Option<OfReplicate>,
    pub(super) boundary_edges: Vec<BoundaryEdge>,
    /// The index in `boundary_edges` of every edge that is one.
    pub(super) boundary_edge_of: BTreeMap<EdgeId, usize>,
}

impl Clock {
    /// Compiles a stay or a band, which leads nowhere yet.
    pub fn compile(builder: &mut Builder, mechanism: Mechanism, stay: Stay) -> Clock {
        let model = builder.model;
        let address = model.address(mechanism);
        let mut cells = Vec::new();
        for place in &stay.at {
            for group in model.groups.matching(&stay.who) {
                let cell = model.cell(*place, group);
                let parts = builder.split(&stay.targets, &model.groups.values(group));
                let branches = parts
                    .zip(&stay.targets)
                    .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
                    .collect();
                let site = Site::of(&[&address, "clock", &model.cell_name(cell)]);
                cells.push(Timed { cell, site, branches, leads: false, sent_back: false });
            }
        }
        let mut clock = Clock {
            mechanism,
            cells,
            steps: i64::from(model.calendar.steps()),
            upheavals: stay.upheavals(),
            drawn: stay.numbers().into_iter().any(|id| model.is_drawn(id)),
            combinations: stay.combinations(),
            shared: None,
            boundary_edges: Vec::new(),
            boundary_edge_of: BTreeMap::new(),
            stay,
        };
        clock.share(model);
        clock
    }

    /// Finds the edges that touch this clock, and forgets the cells where nobody can ever be.
    pub fn connect(&mut self, model: &Model, edges: &[Edge], reached: &[bool]) {
        self.cells.retain(|timed| reached[timed.cell]);
        // Cells and edges are gone through by name, so that the order of the file does not matter.
        self.cells.sort_by_key(|timed| timed.site);
        let place_of: BTreeMap<CellId, usize> =
            self.cells.iter().enumerate().map(|(place, timed)| (timed.cell, place)).collect();
        let name = model.address(self.mechanism);
        let is_stay = matches!(self.mechanism, Mechanism::Stay(_));
        for (id, edge) in edges.iter().enumerate() {
            let from = edge.from.and_then(|cell| place_of.get(&cell).copied());
            let into = edge.to.and_then(|cell| place_of.get(&cell).copied());
            if from.is_none() && into.is_none() {
                continue;
            }
            let own = edge.mechanism == self.mechanism;
            let same_place = edge.from.is_some_and(|cell| edge.to_place(model) == Some(model.place_of(cell)));
            let carries = !own && from.is_some() && into.is_some() && (!is_stay || same_place);
            let comes = |route| matches!(route, Route::Arrive { .. } | Route::Correct { .. });
            let outside = edge.from.is_none() && comes(model.mover(edge.mechanism).route);
            let any_age = outside && !is_stay && self.stay.at_start != AtStart::New;
            self.boundary_edges.push(BoundaryEdge {
                edge: id,
                // Those whose stay is completed, and those whom hazards take where this clock leads, it takes itself.
                from: from.filter(|_| !own),
                home: from,
                into,
                carries,
                enters: if any_age { DueRow::ANY } else { DueRow::NEW },
                site: Site::of(&[&name, "settles", &edge.site.bits().to_string()]),
            });
        }
        self.boundary_edges.sort_by_key(|boundary_edge| boundary_edge.site);
        self.boundary_edge_of = self
            .boundary_edges
            .iter()
            .enumerate()
            .map(|(index, boundary_edge)| (boundary_edge.edge, index))
            .collect();
    }

    /// Whether another clock leads in some cell.
    pub fn follows(&self) -> bool {
        self.cells.iter().any(|timed| !timed.leads)
    }

    /// The memory of a block of replicates, nobody in it.
    pub fn memory(&self, lanes: usize) -> ClockMemory {
        ClockMemory::new(lanes, self.cells.len())
    }

    /// A workspace for blocks of `lanes` replicates.
    pub fn workspace(&self, lanes: usize) -> ClockWorkspace {
        ClockWorkspace::new(lanes, self.cells.len(), self.boundary_edges.len())
    }
}
