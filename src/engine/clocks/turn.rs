//! A change of the length of stay that concerns people who are there: each gets the new date of the same quantile.

use std::collections::BTreeMap;

use super::ages::Ages;
use super::clock::Clock;
use super::date::{date, divide};
use super::lengths::{Lengths, OfHistory};
use super::row::{Origin, Row};
use super::undated::Worked;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::model::stay::InForce;
use crate::random::Site;
use crate::survival::{Entry, SameQuantile};

/// The new dates that have been worked out: by the changes before, those from now on, and when people entered.
type Known = BTreeMap<(InForce, InForce, Entry), Option<SameQuantile>>;

impl Clock {
    /// Before anybody moves in a step in which changes begin or end that concern people who are there.
    pub(super) fn turn(&self, now: &Now<impl Chance>, lengths: &Lengths, ages: &mut Ages) {
        let mut known = Known::new();
        let mut worked = Worked::default();
        let mut rows = Vec::new();
        for lane in 0..ages.lanes() {
            if lengths.differ() {
                known.clear();
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
                        Some(origin) if row.is_undated() => {
                            let who = (origin, *count);
                            self.turn_undated(now, site, lengths.of(lane), &mut worked, who, &mut rows);
                        }
                        Some(origin) => {
                            self.turn_row(
                                now,
                                site,
                                lane,
                                lengths.of(lane),
                                &mut known,
                                (*row, origin, *count),
                                &mut rows,
                            );
                        }
                        // Whose time is over waits for a place, and for nothing else.
                        None => rows.push((*row, *count)),
                    }
                }
                worked.hand_out(now.step, &mut rows);
                bag.replace(&mut rows);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "who, by what, and whereto")]
    fn turn_row(
        &self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        of: &OfHistory,
        known: &mut Known,
        (row, origin, count): (Row, Origin, f64),
        rows: &mut Vec<(Row, f64)>,
    ) {
        let site = site.at(row.bits());
        let turned = self.stay.turn(origin.concerned, now.step, |change| of.share(change));
        let weights: Vec<f64> = turned.iter().map(|(_, p)| *p).collect();
        divide(now, site, lane, count, &weights, |which, count| {
            let concerned = turned[which].0;
            let origin_now = Origin { concerned, ..origin };
            let steps = if concerned == origin.concerned {
                None
            } else {
                known
                    .entry((origin.concerned, concerned, origin.when))
                    .or_insert_with(|| same_quantile(of, origin.concerned, concerned, origin.when))
                    .as_ref()
                    .map(|same| same.of(row.step().map(|step| (step - origin.entry).max(0) as usize)))
            };
            match steps.filter(|steps| steps.still.first().is_some_and(|there| *there > 0.0)) {
                Some(steps) => {
                    date(now, site.at(u64::from(concerned)), lane, count, &steps.still, |step, count| {
                        // Whose new date has passed leaves at once.
                        let due = step.map(|step| {
                            (origin.entry + (steps.first + step) as i64).max(i64::from(now.step))
                        });
                        rows.push((self.row(due, now.step, origin_now), count));
                    })
                }
                None => rows.push((self.row(row.step(), now.step, origin_now), count)),
            }
        });
    }
}

fn same_quantile(of: &OfHistory, from: InForce, to: InForce, when: Entry) -> Option<SameQuantile> {
    let [from, to] = [of.apart(from)?, of.apart(to)?];
    // Steps are counted from the one of entry here, and from the next where entry is within a step.
    Some(SameQuantile::new(
        (from.parts().first()?, from.reach() + 1),
        (to.parts().first()?, to.reach() + 1),
        when,
    ))
}
