//! A change of the length of stay that concerns people who are there: each gets the new date of the same quantile.

use super::ages::Ages;
use super::clock::Clock;
use super::date::Lot;
use super::lengths::Lengths;
use super::undated::Worked;
use crate::engine::chance::Chance;
use crate::engine::now::Now;

impl Clock {
    /// Before anybody moves in a step in which changes begin or end that concern people who are there.
    pub(super) fn turn(&self, now: &Now<impl Chance>, lengths: &Lengths, ages: &mut Ages) {
        let mut worked = Worked::default();
        for lane in 0..ages.lanes() {
            if lengths.differ() {
                worked.forget();
            }
            for (place, timed) in self.cells.iter().enumerate() {
                let due_counts = ages.present_mut(place, lane);
                if due_counts.is_empty() {
                    continue;
                }
                let site = timed.site.at(u64::MAX - 3);
                for (row, count) in due_counts.rows() {
                    match row.origin() {
                        Some(origin) => {
                            let lot = Lot { site: site.at(row.bits()), lane, count: *count };
                            self.turn_undated(now, lengths.of(lane), lot, origin, &mut worked);
                        }
                        // Whose stay is completed before, or has been, is not concerned.
                        None => worked.rows.push((*row, *count)),
                    }
                }
                worked.hand_out(now.step, due_counts);
            }
        }
    }
}
