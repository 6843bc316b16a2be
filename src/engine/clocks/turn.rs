//! A change of the length of stay that concerns people who are there: each gets the new date of the same quantile.

use super::ages::Ages;
use super::clock::Clock;
use super::lengths::Lengths;
use super::undated::Worked;
use crate::engine::chance::Chance;
use crate::engine::now::Now;

impl Clock {
    /// Before anybody moves in a step in which changes begin or end that concern people who are there.
    pub(super) fn turn(&self, now: &Now<impl Chance>, lengths: &Lengths, ages: &mut Ages) {
        let mut worked = Worked::default();
        let mut rows = Vec::new();
        for lane in 0..ages.lanes() {
            if lengths.differ() {
                worked = Worked::default();
            }
            for (place, timed) in self.cells.iter().enumerate() {
                let bag = ages.present_mut(place, lane);
                if bag.is_empty() {
                    continue;
                }
                let site = timed.site.at(u64::MAX - 3);
                rows.clear();
                for (row, count) in bag.rows() {
                    match row.origin() {
                        Some(origin) => {
                            let who = (origin, *count);
                            let site = site.at(row.bits());
                            self.turn_undated(
                                now,
                                (site, lane),
                                lengths.of(lane),
                                &mut worked,
                                who,
                                &mut rows,
                            );
                        }
                        // Whose time is over before, or has been, is not concerned.
                        None => rows.push((*row, *count)),
                    }
                }
                worked.hand_out(now.step, &mut rows);
                bag.replace(&mut rows);
            }
        }
    }
}
