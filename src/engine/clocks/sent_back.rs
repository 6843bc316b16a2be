//! Those whom full places send back, and those whom they let in after all.
//!
//! Who is sent back is again where they came from. If their stay is completed they are overdue, and try again in every
//! step; others are due as those who are there, in proportion (see also [`held_back`](super::held_back)).

use super::ages::{Ages, ClockWorkspace};
use super::boundary_edge::BoundaryEdge;
use super::clock::Clock;
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;
use crate::engine::now::Now;
use crate::engine::phase::Phase;

/// People of one replicate who are sent back along a boundary edge, or let in after all.
#[derive(Clone, Copy)]
struct Gated<'c> {
    phase: Phase,
    boundary_edge: &'c BoundaryEdge,
    lane: usize,
    count: f64,
}

impl Clock {
    /// Reconciles what a gate changed, when everything before it is reconciled.
    pub fn reconcile_gate(&self, phase: Phase, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.reconcile_some(
            flows,
            ages,
            |due| due < 0.0,
            |boundary_edge, lane, due, ages| {
                self.send_back(now, Gated { phase, boundary_edge, lane, count: -due }, ages);
            },
        );
        self.reconcile_some(
            flows,
            ages,
            |due| due > 0.0,
            |boundary_edge, lane, due, ages| {
                self.let_in(now, Gated { phase, boundary_edge, lane, count: due }, ages);
            },
        );
        ages.workspace.forget_doubts();
    }

    /// Whether the people of a boundary edge are those whose stay is completed.
    fn is_own(&self, now: &Now<impl Chance>, boundary_edge: &BoundaryEdge) -> bool {
        now.edges[boundary_edge.edge].mechanism == self.mechanism
    }

    fn send_back(&self, now: &Now<impl Chance>, gated: Gated, ages: &mut Ages) {
        let Gated { phase, boundary_edge, lane, count } = gated;
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        if let Some(into) = boundary_edge.into {
            let left = match phase {
                Phase::End => workspace.take_landing(boundary_edge, into, lane, count),
                Phase::Start | Phase::Middle => count,
            };
            let into = workspace.at(into, lane);
            let ClockWorkspace { entered, moving, .. } = &mut **workspace;
            if boundary_edge.carries {
                let site = boundary_edge.site.at(4);
                entered[into].brought.take(now, site, lane, left, |row, count| moving.push((row, count)));
            } else {
                entered[into].take_without_time(boundary_edge.enters, left);
            }
        }
        let Some(home) = boundary_edge.home else { return };
        let at = workspace.at(home, lane);
        let ClockWorkspace { entered, taken_from, moving, .. } = &mut **workspace;
        let (present, entered) = (&mut present[at], &mut entered[at]);
        if self.is_own(now, boundary_edge) {
            present.add(DueRow::OVERDUE, count);
        } else if boundary_edge.carries {
            for (row, count) in moving.drain(..) {
                // At the end of a step they had entered in it; before, who is new there was new here.
                if phase == Phase::End || row >= DueRow::ANY {
                    entered.add(row, count);
                } else {
                    present.add(row, count);
                }
            }
        } else if phase == Phase::End {
            entered.new += count;
        } else if self.cells[home].leads {
            // Among those who are overdue until it is known whose stay is not completed.
            present.add(DueRow::OVERDUE, count);
            workspace.doubt(at, count);
        } else {
            let mut rest = present.scatter(now, boundary_edge.site.at(5), lane, count);
            // Where nobody else is, as those who left with them.
            taken_from[at].take(now, boundary_edge.site.at(8), lane, rest, |row, count| {
                present.add(row, count);
                rest -= count;
            });
            // The time begins of what rounding leaves of fractional people.
            entered.new += rest.max(0.0);
        }
    }

    fn let_in(&self, now: &Now<impl Chance>, gated: Gated, ages: &mut Ages) {
        let Gated { phase, boundary_edge, lane, count } = gated;
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        if let Some(home) = boundary_edge.home {
            let at = workspace.at(home, lane);
            let own = self.is_own(now, boundary_edge);
            let doubtful = if own { 0.0 } else { workspace.undoubt(at, count) };
            let ClockWorkspace { entered, taken_from, moving, .. } = &mut **workspace;
            let (present, entered) = (&mut present[at], &mut entered[at]);
            let overdue = if own { present.take_overdue(count) } else { 0.0 };
            let mut left = count - overdue;
            if doubtful > 0.0 {
                // Those who were just sent back go elsewhere, and nobody else.
                let mut unknown = present.take_overdue(doubtful);
                left -= unknown;
                taken_from[at].take(now, boundary_edge.site.at(13), lane, unknown, |row, count| {
                    moving.push((row, count));
                    unknown -= count;
                });
                moving.push((DueRow::OVERDUE, unknown));
            }
            let known = moving.len();
            // Those who were there first; then those who came in the same step.
            present.take(now, boundary_edge.site.at(6), lane, left, |row, count| moving.push((row, count)));
            let left = left - moving[known..].iter().map(|(_, count)| count).sum::<f64>();
            entered.take(now, boundary_edge.site.at(7), lane, left, |row, count| moving.push((row, count)));
            if overdue > 0.0 {
                moving.push((DueRow::OVERDUE, overdue));
            }
        }
        let Some(into) = boundary_edge.into else { return };
        if !boundary_edge.carries {
            workspace.moving.clear();
            workspace.moving.push((boundary_edge.enters, count));
        }
        workspace.move_into(phase, into, lane);
    }
}
