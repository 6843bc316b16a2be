//! Exits: moves and ageing, the hazards out of a cell. All of them compete.

mod leave;
mod reading;

use std::collections::BTreeMap;

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::hazard::HazardId;
use super::now::{Body, Now};
use super::readings::Readings;
use super::split::PartId;
use crate::model::{CellId, Mechanism, PlaceId, Rate, Target, Who};
use crate::units::entrant_presence;

pub use leave::ExitWorkspace;

/// One way out of a cell, with its hazard and its share of it.
#[derive(Clone, Copy, Debug)]
struct Branch {
    edge: EdgeId,
    hazard: HazardId,
    part: PartId,
}

/// A cell that people leave by hazards.
#[derive(Clone, Debug)]
struct Exit {
    cell: CellId,
    branches: Vec<Branch>,
    /// What is read for it.
    reading: usize,
}

/// The hazards of cells that have the same ones: they are read once.
#[derive(Clone, Debug)]
struct SharedHazards {
    ways: Vec<(HazardId, PartId)>,
    /// The row of the first way in the weights.
    first_weight: usize,
}

/// All hazards out of cells.
#[derive(Clone, Debug, Default)]
pub struct Exits {
    list: Vec<Exit>,
    readings: Vec<SharedHazards>,
    /// For every cell, the index of its exit.
    of_cell: Vec<Option<usize>>,
    /// For every cell, whether its people leave by a clock that competes with the hazards here.
    led: Vec<bool>,
}

impl Exits {
    /// Compiles moves and ageing.
    pub fn compile(builder: &mut Builder) -> Exits {
        let model = builder.model;
        let mut branches: Vec<Vec<Branch>> = vec![Vec::new(); model.cells()];
        for (index, moved) in model.moves.iter().enumerate() {
            let leaving = Departing { from: &moved.from, who: &moved.who, targets: &moved.targets };
            add_branches(builder, &mut branches, Mechanism::Move(index), &moved.rate, leaving);
        }
        for (index, ageing) in model.ageing.iter().enumerate() {
            let Some(rate) = ageing.rate() else { continue };
            let leaving = Departing { from: &ageing.at, who: &ageing.who, targets: &ageing.targets };
            add_branches(builder, &mut branches, Mechanism::Ageing(index), rate, leaving);
        }
        let mut exits = Exits {
            list: Vec::new(),
            readings: Vec::new(),
            of_cell: vec![None; model.cells()],
            led: vec![false; model.cells()],
        };
        let mut known: BTreeMap<Vec<(HazardId, PartId)>, usize> = BTreeMap::new();
        let mut first_weight = 0;
        for (cell, mut branches) in
            branches.into_iter().enumerate().filter(|(_, branches)| !branches.is_empty())
        {
            // They are drawn one after the other: by name, so that the order of the file does not matter.
            branches.sort_by_cached_key(|branch| {
                let mechanism = builder.edges[branch.edge].mechanism;
                (matches!(mechanism, Mechanism::Ageing(_)), model.address(mechanism))
            });
            exits.of_cell[cell] = Some(exits.list.len());
            let ways: Vec<_> = branches.iter().map(|branch| (branch.hazard, branch.part)).collect();
            let reading = *known.entry(ways.clone()).or_insert(exits.readings.len());
            if reading == exits.readings.len() {
                first_weight += ways.len();
                exits.readings.push(SharedHazards { first_weight: first_weight - ways.len(), ways });
            }
            exits.list.push(Exit { cell, branches, reading });
        }
        exits
    }

    /// Leaves the people of some cells to clocks, which compete with the hazards here.
    pub fn leave_to_clocks(&mut self, led: &[bool]) {
        self.led.copy_from_slice(led);
    }

    /// The sum of the hazards out of `cell` (per year).
    pub fn hazard(&self, readings: &Readings, cell: CellId, lane: usize) -> f64 {
        self.of_cell[cell].map_or(0.0, |exit| readings.exits.total.at(self.list[exit].reading, lane))
    }

    /// Divides `count` people who leave `cell` by its hazards, and hands each edge its people.
    pub fn divide(
        &self,
        now: &Now<impl Chance>,
        cell: CellId,
        body: Body,
        count: f64,
        go: impl FnMut(EdgeId, f64),
    ) {
        if let Some(exit) = self.of_cell[cell].map(|exit| &self.list[exit]) {
            now.divide(body, count, self.weighted(exit, now.readings, body.lane), go);
        }
    }

    /// The edges by which people leave `cell` by hazards.
    pub fn edges_out(&self, cell: CellId) -> impl Iterator<Item = EdgeId> {
        let exit = self.of_cell[cell].map(|exit| &self.list[exit]);
        exit.into_iter().flat_map(|exit| &exit.branches).map(|branch| branch.edge)
    }

    /// The same, in the same order, each with its hazard (per year).
    pub fn hazards_out<'a>(
        &'a self,
        readings: &'a Readings,
        cell: CellId,
        lane: usize,
    ) -> impl Iterator<Item = (EdgeId, f64)> + 'a {
        let exit = self.of_cell[cell].map(|exit| &self.list[exit]);
        exit.into_iter().flat_map(move |exit| self.weighted(exit, readings, lane))
    }

    /// The mean part of a step that somebody spends in `cell`: who is there from its start, and who enters within it.
    pub fn presence(&self, readings: &Readings, cell: CellId, lane: usize, years: f64) -> [f64; 2] {
        let rows = &readings.exits;
        let (total, entrant) = self.of_cell[cell]
            .map(|exit| self.list[exit].reading)
            .map_or((0.0, 0.0), |reading| (rows.total.at(reading, lane), rows.entrant.at(reading, lane)));
        [1.0 - entrant, entrant_presence(total, years, entrant)]
    }
}

impl Exits {
    /// Every branch's edge and hazard.
    fn weighted<'a>(
        &'a self,
        exit: &'a Exit,
        readings: &'a Readings,
        lane: usize,
    ) -> impl Iterator<Item = (EdgeId, f64)> + Clone + 'a {
        let weights = &readings.exits.weights;
        let first = self.readings[exit.reading].first_weight;
        exit.branches.iter().enumerate().map(move |(k, branch)| (branch.edge, weights.at(first + k, lane)))
    }
}

/// Whom a mechanism takes, and where to.
#[derive(Clone, Copy)]
struct Departing<'m> {
    from: &'m [PlaceId],
    who: &'m Who,
    targets: &'m [Target],
}

/// Adds the branches of one mechanism to the cells that it applies to.
fn add_branches(
    builder: &mut Builder,
    branches: &mut [Vec<Branch>],
    mechanism: Mechanism,
    rate: &Rate,
    Departing { from: places, who, targets }: Departing,
) {
    let model = builder.model;
    for place in places {
        for group in model.groups.matching(who) {
            let values = model.groups.values(group);
            let Some(hazard) = builder.hazards.at(model, rate, &values, &[*place]) else { continue };
            let parts = builder.split(targets, &values);
            let cell = model.cell(*place, group);
            for (part, target) in parts.zip(targets) {
                let edge = builder.edge_to(mechanism, cell, target);
                branches[cell].push(Branch { edge, hazard, part });
            }
        }
    }
}
