//! Where those go whom a cell of a clock loses: by the clock, and by the hazards that compete with it.

use super::ages::Ages;
use super::boundary_edge::Timed;
use super::clock::Clock;
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::movements::Movements;
use crate::engine::now::{Body, Now};
use crate::engine::phase::Phase;

/// A cell of a clock in one replicate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'c> {
    pub(super) timed: &'c Timed,
    /// Which of the cells of its clock.
    pub(super) place: usize,
    pub(super) lane: usize,
}

/// Whom a cell loses in one replicate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost<'c> {
    /// In the middle of the step those who were there for all of it, at its end those who entered in it.
    pub(super) phase: Phase,
    pub(super) spot: Spot<'c>,
    pub(super) by_clock: f64,
    /// Those whom hazards took: the leavers.
    pub(super) by_hazards: f64,
}

impl Clock {
    /// They leave, each by a way of their own. At the end of a step the next exit from where they go waits for the next step.
    pub(super) fn part_with(
        &self,
        now: &Now<impl Chance>,
        exits: Option<&Exits>,
        lost: Lost,
        movements: &mut Movements,
        ages: &mut Ages,
    ) {
        let Lost { phase, spot: Spot { timed, lane, .. }, by_clock, by_hazards } = lost;
        movements.state.add(timed.cell, lane, -(by_clock + by_hazards));
        let body = Body::new(u32::from(phase == Phase::End), lane);
        if let Some(exits) = exits {
            exits.divide(now, timed.cell, body, by_hazards, |edge, count| {
                movements.come(now, phase, edge, lane, count);
                self.hand_over(now, phase, (edge, lane, count), ages);
            });
        }
        now.divide(body, by_clock, now.shares(&timed.branches, lane), |edge, count| {
            movements.come(now, phase, edge, lane, count);
        });
    }

    /// Those whom hazards took go along an edge that may touch this clock: some of the leavers, taken at random, who bring their
    /// time along, or people who are new where they come.
    fn hand_over(
        &self,
        now: &Now<impl Chance>,
        phase: Phase,
        (edge, lane, count): (EdgeId, usize, f64),
        ages: &mut Ages,
    ) {
        let Some(index) = self.boundary_edge_of.get(&edge) else { return };
        let boundary_edge = &self.boundary_edges[*index];
        if let Some(into) = boundary_edge.into {
            let Ages { workspace, leavers, .. } = &mut *ages;
            let at = workspace.at(into, lane);
            let mut give = |row, count| match phase {
                Phase::End => workspace.land(into, lane, row, count),
                Phase::Start | Phase::Middle => workspace.entered[at].add(row, count),
            };
            if boundary_edge.carries {
                let site = boundary_edge.site.at(if phase == Phase::End { 2 } else { 1 });
                leavers.take(now, site, lane, count, give);
            } else {
                give(DueRow::NEW, count);
            }
        }
        ages.reconcile(*index, lane, count);
    }
}
