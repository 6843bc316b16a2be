//! Those whom a full place held back in a cell where a clock leads, and who then go other ways in the same step.
//!
//! In the middle of a step the gate puts all of them among those who are overdue; whose stay is not completed is found here. At its
//! end those who had entered in it are again among the entrants.

use std::collections::BTreeSet;

use super::ages::ClockWorkspace;
use super::boundary_edge::BoundaryEdge;
use super::clock::Clock;
use super::row::DueRow;
use super::{Ages, Clocked, Clocks};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::now::Now;
use crate::engine::phase::Phase;
use crate::engine::split::PartId;
use crate::model::CellId;
use crate::random::Site;
use crate::units::{entrant_leaving_probability, entrant_presence};

/// A hazard that leaves nobody: stays that end in the step of entry for certain.
const AT_ONCE: f64 = 1e9;

/// People who were held back in a cell and go along an edge after all.
#[derive(Clone, Copy, Debug)]
pub struct GoingOn {
    pub phase: Phase,
    pub edge: EdgeId,
    pub cell: CellId,
    pub lane: usize,
    pub count: f64,
    /// Tells them from others who go along the edge in the step.
    pub body: u64,
    /// Which of those of the cell they are.
    pub who: Whose,
}

/// Which of those who were held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those whose stay is completed: they are overdue.
    Over,
    /// Those whose stay is not completed.
    Running,
}

impl Clocks {
    /// The cells where a clock leads, and where those go there whose stay is completed.
    pub fn led(&self) -> impl Iterator<Item = (CellId, &[(EdgeId, PartId)])> {
        let cells = self.list.iter().flat_map(|clock| &clock.cells);
        cells.filter(|timed| timed.leads).map(|timed| (timed.cell, timed.branches.as_slice()))
    }

    /// Whether a clock leads in a cell.
    pub fn leads(&self, cell: CellId) -> bool {
        self.leader[cell].is_some()
    }

    /// The constant hazard, times the step, that has the effect of a stay on those who enter in the step.
    pub fn entrant_hazard(&self, now: &Now<impl Chance>, cell: CellId, lane: usize) -> f64 {
        let Some((clock, _)) = self.leader[cell] else { return 0.0 };
        now.readings.exit_probabilities[clock].entrants(lane).1.min(AT_ONCE)
    }

    /// Where those go whose stay is completed, in a cell where a clock leads.
    pub fn branches(&self, cell: CellId) -> &[(EdgeId, PartId)] {
        self.leader[cell].map_or(&[], |(clock, place)| &self.list[clock].cells[place].branches)
    }

    /// People come along an edge and are among those who entered in the step.
    pub fn born(&self, edge: EdgeId, lane: usize, count: f64, clocked: &mut Clocked) {
        for (index, clock) in self.list.iter().enumerate() {
            let Some(boundary_edge) = clock.boundary_edge_of.get(&edge) else { continue };
            if let Some(into) = clock.boundary_edges[*boundary_edge].into {
                let mut ages = clocked.of(index);
                ages.entered_mut(into, lane).new += count;
                ages.reconcile(*boundary_edge, lane, count);
            }
        }
    }

    /// Where a clock leads: the time, in steps, that those of a cell spend there in this step, given the hazards out of it times the
    /// step, and the mean time of who enters there new.
    pub fn time_spent(
        &self,
        now: &Now<impl Chance>,
        (cell, lane): (CellId, usize),
        hazards: f64,
        clocked: &Clocked,
    ) -> [f64; 2] {
        let Some((clock, place)) = self.leader[cell] else { return [0.0; 2] };
        let workspace = &clocked.workspace.clocks[clock];
        let at = workspace.at(place, lane);
        let entered = &workspace.entered[at];
        let presence = |x: f64| entrant_presence(x, 1.0, entrant_leaving_probability(x, 1.0));
        let new = presence(hazards + self.entrant_hazard(now, cell, lane));
        let others = presence(hazards) * (entered.any + entered.brought.people());
        [workspace.taken[at].time + entered.new * new + others, new]
    }

    /// Of those who were held back, so many have their time still before them.
    pub fn keep_time(
        &self,
        now: &Now<impl Chance>,
        site: Site,
        (cell, lane): (CellId, usize),
        count: f64,
        clocked: &mut Clocked,
    ) {
        let Some((clock, place)) = self.leader[cell] else { return };
        let Ages { present, workspace, .. } = clocked.of(clock);
        let at = workspace.at(place, lane);
        let present = &mut present[at];
        let mut kept = present.take_overdue(count);
        workspace.taken_from[at].take(now, site, lane, kept, |row, count| {
            present.add(row, count);
            kept -= count;
        });
        // What rounding leaves of fractional people, late as they would be next.
        if kept > 0.0 {
            present.add(DueRow::OVERDUE, kept);
        }
    }

    /// Makes known by which edges people go to places that may send them back, and from which cells hazards or the end of a stay lead
    /// there.
    pub fn expect_back(&mut self, cells: impl Iterator<Item = CellId>, edges: impl Iterator<Item = EdgeId>) {
        let (cells, edges): (BTreeSet<CellId>, BTreeSet<EdgeId>) = (cells.collect(), edges.collect());
        for Clock { cells: of_clock, boundary_edges, .. } in &mut self.list {
            for timed in of_clock.iter_mut().filter(|timed| timed.leads) {
                timed.sent_back = cells.contains(&timed.cell);
            }
            let lost = boundary_edges.iter().filter(|edge| !edge.carries && edges.contains(&edge.edge));
            for from in lost.filter_map(|edge| edge.from) {
                let timed = &mut of_clock[from];
                timed.sent_back |= !timed.leads;
            }
        }
    }

    /// Of those who entered in the step and were held back, so many are overdue.
    pub fn be_overdue(&self, (cell, lane): (CellId, usize), count: f64, clocked: &mut Clocked) {
        let Some((clock, place)) = self.leader[cell] else { return };
        let mut ages = clocked.of(clock);
        let (present, entered) = ages.both_mut(place, lane);
        let overdue = entered.new.min(count);
        if overdue > 0.0 {
            entered.new -= overdue;
            present.add(DueRow::OVERDUE, overdue);
        }
    }

    /// People who were held back in a cell go along an edge.
    pub fn go_on(&self, now: &Now<impl Chance>, going: GoingOn, clocked: &mut Clocked) {
        let Some((clock, place)) = self.leader[going.cell] else { return };
        let Clock { boundary_edges, boundary_edge_of, .. } = &self.list[clock];
        let Some(index) = boundary_edge_of.get(&going.edge).copied() else { return };
        let boundary_edge = &boundary_edges[index];
        if going.who == Whose::Running && going.phase == Phase::End && boundary_edge.from.is_some() {
            // They are reconciled as all entrants are.
            return;
        }
        let mut ages = clocked.of(clock);
        ages.find(now, boundary_edge, place, going);
        let GoingOn { phase, lane, count, .. } = going;
        if let Some(into) = boundary_edge.into {
            if !boundary_edge.carries {
                ages.workspace.moving.clear();
                ages.workspace.moving.push((boundary_edge.enters, count));
            }
            ages.workspace.move_into(phase, into, lane);
        }
        ages.reconcile(index, lane, count);
    }
}

impl Ages<'_> {
    /// Takes people who go on out of those of a cell, and puts them among those who are moving.
    fn find(&mut self, now: &Now<impl Chance>, boundary_edge: &BoundaryEdge, place: usize, going: GoingOn) {
        let GoingOn { phase, lane, count, body, who, .. } = going;
        let at = self.at(place, lane);
        let ClockWorkspace { entered, taken_from, moving, .. } = &mut *self.workspace;
        let (present, entered) = (&mut self.present[at], &mut entered[at]);
        let site = |draws: u64| boundary_edge.site.at(draws).at(body);
        let found = |moving: &[(DueRow, f64)]| moving.iter().map(|(_, count)| count).sum::<f64>();
        moving.clear();
        match (who, phase) {
            (Whose::Over, _) => moving.push((DueRow::OVERDUE, present.take_overdue(count))),
            (Whose::Running, Phase::End) => {
                entered.take(now, site(9), lane, count, |row, count| moving.push((row, count)));
            }
            (Whose::Running, Phase::Start | Phase::Middle) => {
                let overdue = present.take_overdue(f64::INFINITY);
                present.take(now, site(9), lane, count, |row, count| moving.push((row, count)));
                if overdue > 0.0 {
                    present.add(DueRow::OVERDUE, overdue);
                }
                // They may be sent back once more.
                moving.iter().for_each(|(row, count)| taken_from[at].add(*row, *count));
                let left = count - found(moving);
                entered.take(now, site(10), lane, left, |row, count| moving.push((row, count)));
            }
        }
        // Who goes is told by law and not one by one: the others are whoever is there.
        let left = count - found(moving);
        present.take(now, site(11), lane, left, |row, count| moving.push((row, count)));
        let left = count - found(moving);
        entered.take(now, site(12), lane, left, |row, count| moving.push((row, count)));
    }
}
