//! Those whom full places send back, and those whom they let in after all.
//!
//! Who is sent back is again where they came from. If their time was over they are late, and try again in every step;
//! others are of any age of those who are there, in proportion.

use super::ages::{Ages, LATE, NEW, RING, spread, take, take_any};
use super::clock::{Clock, Seam};
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
        let mut brought = Vec::new();
        if let Some(into) = seam.into {
            let mut left = count;
            if phase == Phase::End {
                for (place, of_lane, row, landed) in &mut ages.landing {
                    if (*place, *of_lane) == (into, lane) && left > 0.0 {
                        let taken = landed.min(left);
                        *landed -= taken;
                        left -= taken;
                        brought.push((*row, taken));
                    }
                }
            }
            let carries = seam.carries;
            let eligible = |row: usize| if carries { row >= LATE } else { row < LATE };
            let site = seam.site.at(4);
            take(now, site, lane, ages.entered_mut(into, lane), eligible, left, |row, count| {
                brought.push((row, count));
            });
        }
        let Some(home) = seam.home else { return };
        let newest = RING + self.slot(i64::from(now.step) - 1);
        if seam.carries {
            let present = ages.present_mut(home, lane);
            brought
                .into_iter()
                .for_each(|(row, count)| present[if row < LATE { newest } else { row }] += count);
        } else if self.is_own(now, seam) {
            ages.present_mut(home, lane)[LATE] += count;
        } else {
            let mut weights = ages.present(home, lane).to_vec();
            if weights.iter().sum::<f64>() <= 0.0 {
                weights[newest] = 1.0;
            }
            let present = ages.present_mut(home, lane);
            spread(now, seam.site.at(5), lane, count, &weights, |row, count| present[row] += count);
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
        let mut brought: Vec<(usize, f64)> = Vec::new();
        if let Some(home) = seam.home {
            let present = ages.present_mut(home, lane);
            let late = if self.is_own(now, seam) { present[LATE].min(count) } else { 0.0 };
            present[LATE] -= late;
            let mut left = count - late;
            // Those who were there first; then those who came in the same step.
            brought = take_any(now, seam.site.at(6), lane, present, left);
            left -= brought.iter().map(|(_, count)| count).sum::<f64>();
            brought.extend(take_any(now, seam.site.at(7), lane, ages.entered_mut(home, lane), left));
            brought.push((LATE, late));
        }
        let Some(into) = seam.into else { return };
        let rows = if seam.carries { brought } else { vec![(seam.enters, count)] };
        for (row, count) in rows {
            match phase {
                Phase::End => ages.landing.push((into, lane, if row < LATE { NEW } else { row }, count)),
                _ if row < LATE => ages.entered_mut(into, lane)[row] += count,
                _ => ages.bring_into(into, lane)[row] += count,
            }
        }
    }
}
