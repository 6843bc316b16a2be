//! Those whom full places send back, and those whom they let in after all.
//!
//! Who is sent back is again where they came from. If their time was over they are late, and try again in every step;
//! others are due as those who are there, in proportion (see also [`held_back`](super::held_back)).

use super::ages::Ages;
use super::clock::{Clock, Seam};
use super::row::Row;
use crate::engine::chance::Chance;
use crate::engine::full::Phase;
use crate::engine::now::Now;
use crate::engine::state::Flows;

impl Clock {
    /// Settles what a gate changed, when everything before it is settled.
    pub fn settle_gate(&self, phase: Phase, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        for back in [true, false] {
            for (index, seam) in self.seams.iter().enumerate() {
                if self.is_settled(index, flows, ages) {
                    continue;
                }
                for lane in 0..flows.lanes() {
                    let due = self.due(index, lane, flows, ages);
                    if due == 0.0 || (due < 0.0) != back {
                        continue;
                    }
                    if back {
                        self.send_back(phase, now, seam, lane, -due, ages);
                    } else {
                        self.let_in(phase, now, seam, lane, due, ages);
                    }
                    ages.settle(index, lane, due);
                }
            }
        }
    }

    /// Whether the people of a seam are those whose time is over.
    fn is_own(&self, now: &Now<impl Chance>, seam: &Seam) -> bool {
        now.edges[seam.edge].mechanism == self.mechanism
    }

    fn send_back(
        &self,
        phase: Phase,
        now: &Now<impl Chance>,
        seam: &Seam,
        lane: usize,
        count: f64,
        ages: &mut Ages,
    ) {
        let mut brought: Vec<(Row, f64)> = Vec::new();
        if let Some(into) = seam.into {
            let mut left = count;
            if phase == Phase::End {
                ages.take_landing((into, lane), seam.carries, &mut left, &mut brought);
            }
            let entered = ages.entered_mut(into, lane);
            let site = seam.site.at(4);
            if seam.carries {
                entered.brought.take(now, site, lane, left, |row, count| brought.push((row, count)));
            } else {
                entered.take_without_time(seam.enters, left);
            }
        }
        let Some(home) = seam.home else { return };
        if self.is_own(now, seam) {
            ages.present_mut(home, lane).add(Row::LATE, count);
            return;
        }
        let (present, entered) = ages.both_mut(home, lane);
        if phase == Phase::End {
            // They had entered in this step.
            if seam.carries {
                brought.into_iter().for_each(|(row, count)| entered.add(row, count));
            } else {
                entered.new += count;
            }
            return;
        }
        if seam.carries {
            for (row, count) in brought {
                // Who is new there was new here.
                if row >= Row::ANY {
                    entered.add(row, count);
                } else {
                    present.add(row, count);
                }
            }
        } else if self.cells[home].leads {
            // Among those who are late until it is told whose time is not over.
            present.add(Row::LATE, count);
        } else {
            // Where nobody else is, their time begins.
            entered.new += present.scatter(now, seam.site.at(5), lane, count);
        }
    }

    fn let_in(
        &self,
        phase: Phase,
        now: &Now<impl Chance>,
        seam: &Seam,
        lane: usize,
        count: f64,
        ages: &mut Ages,
    ) {
        let mut brought: Vec<(Row, f64)> = Vec::new();
        if let Some(home) = seam.home {
            let present = ages.present_mut(home, lane);
            let late = if self.is_own(now, seam) { present.take_late(count) } else { 0.0 };
            let left = count - late;
            // Those who were there first; then those who came in the same step.
            present.take(now, seam.site.at(6), lane, left, |row, count| brought.push((row, count)));
            let left = left - brought.iter().map(|(_, count)| count).sum::<f64>();
            let entered = ages.entered_mut(home, lane);
            entered.take(now, seam.site.at(7), lane, left, |row, count| brought.push((row, count)));
            if late > 0.0 {
                brought.push((Row::LATE, late));
            }
        }
        let Some(into) = seam.into else { return };
        let rows = if seam.carries { brought } else { vec![(seam.enters, count)] };
        for (row, count) in rows {
            match phase {
                Phase::End => {
                    ages.landing.push((into, lane, if row >= Row::ANY { Row::NEW } else { row }, count))
                }
                _ => ages.entered_mut(into, lane).add(row, count),
            }
        }
    }
}
