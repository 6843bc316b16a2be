//! Those whom full places send back, and those whom they let in after all.
//!
//! Who is sent back is again where they came from. If their time was over they are late, and try again in every step;
//! others are due as those who are there, in proportion (see also [`held_back`](super::held_back)).

use super::ages::{Ages, ClockWorkspace};
use super::clock::Clock;
use super::row::Row;
use super::seam::Seam;
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;
use crate::engine::now::Now;
use crate::engine::phase::Phase;

/// People of one history who are sent back along a seam, or let in after all.
#[derive(Clone, Copy)]
struct Gated<'c> {
    phase: Phase,
    seam: &'c Seam,
    lane: usize,
    count: f64,
}

impl Clock {
    /// Settles what a gate changed, when everything before it is settled.
    pub fn settle_gate(&self, phase: Phase, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.settle_some(
            flows,
            ages,
            |due| due < 0.0,
            |seam, lane, due, ages| {
                self.send_back(now, Gated { phase, seam, lane, count: -due }, ages);
            },
        );
        self.settle_some(
            flows,
            ages,
            |due| due > 0.0,
            |seam, lane, due, ages| {
                self.let_in(now, Gated { phase, seam, lane, count: due }, ages);
            },
        );
    }

    /// Whether the people of a seam are those whose time is over.
    fn is_own(&self, now: &Now<impl Chance>, seam: &Seam) -> bool {
        now.edges[seam.edge].mechanism == self.mechanism
    }

    fn send_back(&self, now: &Now<impl Chance>, gated: Gated, ages: &mut Ages) {
        let Gated { phase, seam, lane, count } = gated;
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        if let Some(into) = seam.into {
            let left = match phase {
                Phase::End => workspace.take_landing(seam, into, lane, count),
                Phase::Start | Phase::Middle => count,
            };
            let into = workspace.at(into, lane);
            let ClockWorkspace { entered, moving, .. } = &mut **workspace;
            if seam.carries {
                let site = seam.site.at(4);
                entered[into].brought.take(now, site, lane, left, |row, count| moving.push((row, count)));
            } else {
                entered[into].take_without_time(seam.enters, left);
            }
        }
        let Some(home) = seam.home else { return };
        let at = workspace.at(home, lane);
        let ClockWorkspace { entered, moving, .. } = &mut **workspace;
        let (present, entered) = (&mut present[at], &mut entered[at]);
        if self.is_own(now, seam) {
            present.add(Row::LATE, count);
        } else if seam.carries {
            for (row, count) in moving.drain(..) {
                // At the end of a step they had entered in it; before, who is new there was new here.
                if phase == Phase::End || row >= Row::ANY {
                    entered.add(row, count);
                } else {
                    present.add(row, count);
                }
            }
        } else if phase == Phase::End {
            entered.new += count;
        } else if self.cells[home].leads {
            // Among those who are late until it is told whose time is not over.
            present.add(Row::LATE, count);
        } else {
            // Where nobody else is, their time begins.
            entered.new += present.scatter(now, seam.site.at(5), lane, count);
        }
    }

    fn let_in(&self, now: &Now<impl Chance>, gated: Gated, ages: &mut Ages) {
        let Gated { phase, seam, lane, count } = gated;
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        if let Some(home) = seam.home {
            let at = workspace.at(home, lane);
            let ClockWorkspace { entered, moving, .. } = &mut **workspace;
            let (present, entered) = (&mut present[at], &mut entered[at]);
            let late = if self.is_own(now, seam) { present.take_late(count) } else { 0.0 };
            let left = count - late;
            // Those who were there first; then those who came in the same step.
            present.take(now, seam.site.at(6), lane, left, |row, count| moving.push((row, count)));
            let left = left - moving.iter().map(|(_, count)| count).sum::<f64>();
            entered.take(now, seam.site.at(7), lane, left, |row, count| moving.push((row, count)));
            if late > 0.0 {
                moving.push((Row::LATE, late));
            }
        }
        let Some(into) = seam.into else { return };
        if !seam.carries {
            workspace.moving.clear();
            workspace.moving.push((seam.enters, count));
        }
        workspace.move_into(phase, into, lane);
    }
}
