//! One clock: its cells, the edges that touch them, and what it does as it begins and as a step ends.

use std::collections::BTreeMap;

use super::ages::{Ages, ClockMemory, ClockWorkspace};
use super::begin::Arrive;
use super::date::Lot;
use super::lengths::{Lengths, OfHistory};
use super::row::Row;
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::{Edge, EdgeId};
use crate::engine::now::Now;
use crate::engine::split::PartId;
use crate::model::stay::InForce;
use crate::model::{AtStart, CellId, Mechanism, Model, Route, Stay};
use crate::random::Site;
use crate::survival::Entry;

/// People by the step in which their time in some cells is over.
#[derive(Clone, Debug)]
pub struct Clock {
    pub(super) mechanism: Mechanism,
    pub(super) stay: Stay,
    pub(super) cells: Vec<Timed>,
    /// How many steps there are.
    pub(super) steps: i64,
    /// The steps in which the lengths of those change who are there.
    pub(super) upheavals: Vec<u32>,
    /// Whether lengths may differ between histories.
    pub(super) drawn: bool,
    /// The changes that are ever in force together, in increasing order.
    pub(super) combinations: Vec<InForce>,
    pub(super) shared: Option<OfHistory>,
    pub(super) seams: Vec<Seam>,
    /// For every edge that is a seam, which.
    pub(super) seam_of: BTreeMap<EdgeId, usize>,
}

/// A cell of a clock.
#[derive(Clone, Debug)]
pub struct Timed {
    pub cell: CellId,
    /// Who draws.
    pub site: Site,
    /// Where those go whose time is over.
    pub branches: Vec<(EdgeId, PartId)>,
    /// Whether this clock competes with the hazards out of the cell.
    pub leads: bool,
    /// Whether some hazards out of the cell lead to places that may send people back.
    pub sent_back: bool,
}

/// An edge that touches a clock.
#[derive(Clone, Debug)]
pub struct Seam {
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
    pub enters: Row,
    pub site: Site,
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
            seams: Vec::new(),
            seam_of: BTreeMap::new(),
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
            let into = place_of.get(&edge.to).copied();
            if from.is_none() && into.is_none() {
                continue;
            }
            let own = edge.mechanism == self.mechanism;
            let same_place = edge.from.is_some_and(|cell| model.place_of(cell) == model.place_of(edge.to));
            let carries = !own && from.is_some() && into.is_some() && (!is_stay || same_place);
            let outside = matches!(model.mover(edge.mechanism).route, Route::Arrive { .. });
            let any_age = outside && !is_stay && self.stay.at_start != AtStart::New;
            self.seams.push(Seam {
                edge: id,
                // Those whose time is over, and those whom hazards take where this clock leads, it takes itself.
                from: from.filter(|_| !own),
                home: from,
                into,
                carries,
                enters: if any_age { Row::ANY } else { Row::NEW },
                site: Site::of(&[&name, "settles", &edge.site.bits().to_string()]),
            });
        }
        self.seams.sort_by_key(|seam| seam.site);
        self.seam_of = self.seams.iter().enumerate().map(|(index, seam)| (seam.edge, index)).collect();
    }

    /// Whether another clock leads in some cell.
    pub fn follows(&self) -> bool {
        self.cells.iter().any(|timed| !timed.leads)
    }

    /// The memory of a block of histories, nobody in it.
    pub fn memory(&self, lanes: usize) -> ClockMemory {
        ClockMemory::new(lanes, self.cells.len())
    }

    /// A workspace for blocks of `lanes` histories.
    pub fn workspace(&self, lanes: usize) -> ClockWorkspace {
        ClockWorkspace::new(lanes, self.cells.len(), self.seams.len())
    }

    /// Ends the step: who entered and is still there gets the step in which their time is over.
    pub fn end(&self, now: &Now<impl Chance>, lengths: &Lengths, ages: &mut Ages) {
        let Ages { present, workspace, .. } = ages;
        workspace.touch_down();
        for (place, timed) in self.cells.iter().enumerate() {
            for lane in 0..now.readings.lanes {
                let at = workspace.at(place, lane);
                let ClockWorkspace { entered, moving: rows, .. } = &mut **workspace;
                let entered = &mut entered[at];
                if entered.is_empty() {
                    continue;
                }
                rows.clear();
                rows.extend_from_slice(entered.brought.rows());
                entered.brought.clear();
                let of = lengths.of(lane);
                let lot = |site, count| Lot { site: timed.site.at(site), lane, count };
                let new = lot(u64::MAX - 1, std::mem::take(&mut entered.new));
                self.enter(now, of, new, Entry::Within, rows);
                let lot = lot(u64::MAX, std::mem::take(&mut entered.any));
                self.arrive(now, of, Arrive { first: i64::from(now.step) + 1, lot }, rows);
                present[at].add_all(rows);
            }
        }
    }
}
