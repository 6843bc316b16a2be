//! Exits: moves and ageing, the hazards out of a cell. All of them compete.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::hazard::HazardId;
use super::now::Now;
use super::rows::Rows;
use super::split::PartId;
use super::state::{Flows, State};
use crate::model::{CellId, Mechanism, PlaceId, Rate, Target, Who};
use crate::random::Site;
use crate::units::{entrant_leaving_probability, entrant_presence, leaving_probability};

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
    site: Site,
    branches: Vec<Branch>,
    /// What is read for it.
    reading: usize,
}

/// The hazards of cells that have the same ones: they are read once.
#[derive(Clone, Debug)]
struct Reading {
    ways: Vec<(HazardId, PartId)>,
    /// The row of the first way in the weights.
    first_weight: usize,
}

/// All hazards out of cells.
#[derive(Clone, Debug, Default)]
pub struct Exits {
    list: Vec<Exit>,
    readings: Vec<Reading>,
    /// For every cell, the index of its exit.
    of_cell: Vec<Option<usize>>,
    /// For every cell, whether its people leave by a clock that competes with the hazards here.
    led: Vec<bool>,
}

/// What a step reads of the exits.
#[derive(Clone, Debug)]
pub struct ExitRows {
    /// Of every way of every reading, its hazard (per year).
    weights: Rows,
    /// Of every reading, the sum of its hazards (per year).
    total: Rows,
    /// Of every reading, the probability that somebody present for the whole step leaves.
    stayer: Rows,
    /// Of every reading, the probability that somebody who entered in the step leaves within it.
    entrant: Rows,
}

impl Exits {
    /// Compiles moves and ageing.
    pub fn compile(builder: &mut Builder) -> Exits {
        let model = builder.model;
        let mut branches: Vec<Vec<Branch>> = vec![Vec::new(); model.cells()];
        for (index, moved) in model.moves.iter().enumerate() {
            let mechanism = Mechanism::Move(index);
            add_branches(
                builder,
                &mut branches,
                mechanism,
                &moved.from,
                &moved.who,
                &moved.rate,
                &moved.targets,
            );
        }
        for (index, ageing) in model.ageing.iter().enumerate() {
            let Some(rate) = ageing.rate() else { continue };
            let mechanism = Mechanism::Ageing(index);
            add_branches(builder, &mut branches, mechanism, &ageing.at, &ageing.who, rate, &ageing.targets);
        }
        let mut exits = Exits {
            list: Vec::new(),
            readings: Vec::new(),
            of_cell: vec![None; model.cells()],
            led: vec![false; model.cells()],
        };
        let mut known: BTreeMap<Vec<(HazardId, PartId)>, usize> = BTreeMap::new();
        let mut first_weight = 0;
        for (cell, branches) in branches.into_iter().enumerate().filter(|(_, branches)| !branches.is_empty())
        {
            exits.of_cell[cell] = Some(exits.list.len());
            let ways: Vec<_> = branches.iter().map(|branch| (branch.hazard, branch.part)).collect();
            let reading = *known.entry(ways.clone()).or_insert(exits.readings.len());
            if reading == exits.readings.len() {
                first_weight += ways.len();
                exits.readings.push(Reading { first_weight: first_weight - ways.len(), ways });
            }
            let site = Site::of(&["exits", &model.cell_name(cell)]);
            exits.list.push(Exit { cell, site, branches, reading });
        }
        exits
    }

    /// Leaves the people of some cells to clocks, which compete with the hazards here.
    pub fn leave_to_clocks(&mut self, led: &[bool]) {
        self.led.copy_from_slice(led);
    }

    /// The sum of the hazards out of `cell` (per year).
    pub fn hazard(&self, rows: &ExitRows, cell: CellId, lane: usize) -> f64 {
        self.of_cell[cell].map_or(0.0, |exit| rows.total.at(self.list[exit].reading, lane))
    }

    /// Divides `count` people who leave `cell` by its hazards, and hands each edge its people.
    #[expect(clippy::too_many_arguments, reason = "what the step reads, and whom it divides")]
    pub fn divide(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        cell: CellId,
        ordinal: u32,
        lane: usize,
        count: f64,
        go: impl FnMut(EdgeId, f64),
    ) {
        if let Some(exit) = self.of_cell[cell].map(|exit| &self.list[exit]) {
            now.divide(ordinal, lane, count, self.weighted(exit, rows, lane), go);
        }
    }

    /// Rows for these exits, given which hazards and parts vary between histories.
    pub fn rows(&self, lanes: usize, hazards: &[bool], parts: &[bool]) -> ExitRows {
        let varies: Vec<bool> = self
            .readings
            .iter()
            .map(|reading| reading.ways.iter().any(|(hazard, part)| hazards[*hazard] || parts[*part]))
            .collect();
        let by_way: Vec<bool> = self
            .readings
            .iter()
            .zip(&varies)
            .flat_map(|(reading, varies)| vec![*varies; reading.ways.len()])
            .collect();
        ExitRows {
            weights: Rows::new(lanes, &by_way),
            total: Rows::new(lanes, &varies),
            stayer: Rows::new(lanes, &varies),
            entrant: Rows::new(lanes, &varies),
        }
    }

    /// Reads the hazards of a step of `years`.
    pub fn evaluate(&self, years: f64, hazards: &Rows, parts: &Rows, rows: &mut ExitRows) {
        for (index, reading) in self.readings.iter().enumerate() {
            let mut known = Known::default();
            for lane in 0..rows.total.width(index) {
                let mut total = 0.0;
                for (position, (hazard, part)) in reading.ways.iter().enumerate() {
                    let weight = hazards.at(*hazard, lane) * parts.at(*part, lane);
                    rows.weights.set(reading.first_weight + position, lane, weight);
                    total += weight;
                }
                rows.total.set(index, lane, total);
                let (stayer, entrant) = known.probabilities(total, years);
                rows.stayer.set(index, lane, stayer);
                rows.entrant.set(index, lane, entrant);
            }
        }
    }

    /// The mean part of a step that somebody spends in `cell`: who is there from its start, and who enters within it.
    pub fn presence(&self, rows: &ExitRows, cell: CellId, lane: usize, years: f64) -> [f64; 2] {
        let (total, entrant) = self.of_cell[cell]
            .map(|exit| self.list[exit].reading)
            .map_or((0.0, 0.0), |reading| (rows.total.at(reading, lane), rows.entrant.at(reading, lane)));
        [1.0 - entrant, entrant_presence(total, years, entrant)]
    }

    /// Those present for the whole step leave, and enter other cells at some moment of it.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let mut left = vec![0.0; state.lanes()];
        for exit in self.list.iter().filter(|exit| !self.led[exit.cell]) {
            let draw = now.draw(exit.site, 0);
            let present = state.people_of(exit.cell);
            now.chance.binomials(draw, present, |lane| rows.stayer.at(exit.reading, lane), &mut left);
            for (lane, leaving) in left.iter().copied().enumerate() {
                if leaving > 0.0 {
                    state.add(exit.cell, lane, -leaving);
                    now.divide(0, lane, leaving, self.weighted(exit, rows, lane), |edge, count| {
                        flows.enter(edge, now.edges[edge].to, lane, count);
                    });
                }
            }
        }
    }

    /// Those who entered in the step leave in what is left of it; where they go, the next exit waits for the next step.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let mut left = vec![0.0; state.lanes()];
        for exit in self.list.iter().filter(|exit| !self.led[exit.cell]) {
            let draw = now.draw(exit.site, 1);
            let entered = flows.entered_in(exit.cell);
            now.chance.binomials(draw, entered, |lane| rows.entrant.at(exit.reading, lane), &mut left);
            for (lane, leaving) in left.iter().copied().enumerate() {
                if leaving > 0.0 {
                    state.add(exit.cell, lane, -leaving);
                    now.divide(1, lane, leaving, self.weighted(exit, rows, lane), |edge, count| {
                        flows.count(edge, lane, count);
                        state.add(now.edges[edge].to, lane, count);
                    });
                }
            }
        }
    }
}

/// The probabilities of hazards met before: lanes in the same regime have the same.
#[derive(Default)]
struct Known {
    list: [(f64, f64, f64); 4],
    next: usize,
}

impl Known {
    /// The probability to leave within a step of who is there for all of it, and of who enters within it. A hazard of 0
    /// has 0 for both, as an empty list says.
    fn probabilities(&mut self, hazard: f64, years: f64) -> (f64, f64) {
        if let Some((_, stayer, entrant)) = self.list.iter().find(|(known, ..)| *known == hazard) {
            return (*stayer, *entrant);
        }
        let found = (leaving_probability(hazard, years), entrant_leaving_probability(hazard, years));
        self.list[self.next] = (hazard, found.0, found.1);
        self.next = (self.next + 1) % self.list.len();
        found
    }
}

impl Exits {
    /// Every branch's edge and hazard.
    fn weighted<'a>(
        &'a self,
        exit: &'a Exit,
        rows: &'a ExitRows,
        lane: usize,
    ) -> impl Iterator<Item = (EdgeId, f64)> + Clone + 'a {
        let weights = &rows.weights;
        let first = self.readings[exit.reading].first_weight;
        exit.branches.iter().enumerate().map(move |(k, branch)| (branch.edge, weights.at(first + k, lane)))
    }
}

/// Adds the branches of one mechanism to the cells that it applies to.
fn add_branches(
    builder: &mut Builder,
    branches: &mut [Vec<Branch>],
    mechanism: Mechanism,
    places: &[PlaceId],
    who: &Who,
    rate: &Rate,
    targets: &[Target],
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
