//! Settling: what went along the edges since the last time, taken out of those who are there and put among those who entered.

use super::ages::Ages;
use super::bag::Bag;
use super::clock::{Clock, Seam};
use super::lengths::Lengths;
use super::row::Row;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::state::Flows;
use crate::survival::Entry;

impl Clock {
    /// What went along a seam and is not settled.
    pub(super) fn due(&self, seam: usize, lane: usize, flows: &Flows, ages: &Ages) -> f64 {
        flows.counted(self.seams[seam].edge, lane) - ages.settled(seam, lane)
    }

    /// Whether nothing went along a seam that is not settled, in any history.
    pub(super) fn is_settled(&self, seam: usize, flows: &Flows, ages: &Ages) -> bool {
        flows.counted_all(self.seams[seam].edge) == ages.settled_of(seam)
    }

    /// Some of the leavers go along a seam: hands out the rows that they come into, their own where they bring their time
    /// along, else that of who is new.
    #[expect(clippy::too_many_arguments, reason = "who, along what, and whereto")]
    pub(super) fn go_along(
        &self,
        now: &Now<impl Chance>,
        seam: &Seam,
        site: u64,
        lane: usize,
        count: f64,
        leavers: &mut Bag,
        mut give: impl FnMut(Row, f64),
    ) {
        if seam.carries {
            leavers.take(now, seam.site.at(site), lane, count, give);
        } else {
            give(Row::NEW, count);
        }
    }

    /// After shocks and programmes: who came in is new as the step begins; then those go who bring their time along, and
    /// then those who leave. People may have passed through several cells, so this goes round until nobody moves.
    pub fn settle_start(&self, now: &Now<impl Chance>, lengths: &Lengths, flows: &Flows, ages: &mut Ages) {
        let due = |index: &usize| !self.is_settled(*index, flows, ages);
        let seams: Vec<usize> = (0..self.seams.len()).filter(due).collect();
        if seams.is_empty() {
            return;
        }
        // The cells that somebody came into who may be new.
        let mut fresh: Vec<(usize, usize)> = Vec::new();
        for lane in 0..flows.lanes() {
            for index in seams.iter().copied() {
                let seam = &self.seams[index];
                let (Some(into), false) = (seam.into, seam.carries) else { continue };
                let count = self.due(index, lane, flows, ages);
                if count > 0.0 {
                    ages.present_mut(into, lane).add(Row::NEW, count);
                    fresh.push((into, lane));
                    if seam.from.is_none() {
                        ages.settle(index, lane, count);
                    }
                }
            }
            let mut round = 0;
            loop {
                let mut moved = 0.0;
                for index in seams.iter().copied() {
                    let seam = &self.seams[index];
                    let Some(from) = seam.from else { continue };
                    let due = self.due(index, lane, flows, ages);
                    if due <= 0.0 {
                        continue;
                    }
                    let count = due.min(ages.present(from, lane).people());
                    if count <= 0.0 {
                        continue;
                    }
                    let into = seam.into.filter(|_| seam.carries);
                    ages.move_present(now, seam.site.at(3 + round), lane, count, (from, into));
                    fresh.extend(into.map(|into| (into, lane)));
                    ages.settle(index, lane, count);
                    moved += count;
                }
                round += 1;
                // Fractional people can go round in ever smaller numbers.
                if moved <= 1e-12 || round > MOST_ROUNDS {
                    break;
                }
            }
        }
        // Who came in and is still there learns when their time is over.
        let mut rows = Vec::new();
        fresh.sort_unstable();
        fresh.dedup();
        for (place, lane) in fresh {
            let present = ages.present_mut(place, lane);
            let new = present.take_first(Row::NEW);
            let site = self.cells[place].site.at(u64::MAX - 5);
            self.enter(now, lengths.of(lane), site, lane, new, Entry::AtStart, &mut rows);
            present.add_all(&mut rows);
        }
    }

    /// After those present for the whole step have left: they are taken out of those who are there, and who came in has
    /// entered within the step.
    pub fn settle_stayers(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.settle(
            flows,
            ages,
            |seam, lane, count, ages| {
                let (Some(from), into) = (self.seams[seam].from, self.seams[seam].into) else { return };
                let site = self.seams[seam].site.at(0);
                let into = into.filter(|_| self.seams[seam].carries);
                ages.enter_from_present(now, site, lane, count, (from, into));
            },
            |seam, lane, count, ages| {
                if let Some(into) = self.seams[seam].into {
                    ages.entered_mut(into, lane).add(self.seams[seam].enters, count);
                }
            },
        );
    }

    /// After those who entered have left: they are taken out of those who entered, and who came in lands as the step ends.
    pub fn settle_entrants(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.settle(
            flows,
            ages,
            |seam, lane, count, ages| {
                let (Some(from), into) = (self.seams[seam].from, self.seams[seam].into) else { return };
                let site = self.seams[seam].site.at(2);
                let into = into.filter(|_| self.seams[seam].carries);
                ages.land_from_entered(now, site, lane, count, (from, into));
            },
            |seam, lane, count, ages| {
                if let Some(into) = self.seams[seam].into {
                    ages.landing.push((into, lane, Row::NEW, count));
                }
            },
        );
    }

    /// Settles every seam: people who leave a cell by `out`, and those who come in new by `enter`.
    fn settle(
        &self,
        flows: &Flows,
        ages: &mut Ages,
        out: impl Fn(usize, usize, f64, &mut Ages),
        enter: impl Fn(usize, usize, f64, &mut Ages),
    ) {
        for seam in 0..self.seams.len() {
            if self.is_settled(seam, flows, ages) {
                continue;
            }
            for lane in 0..flows.lanes() {
                let count = self.due(seam, lane, flows, ages);
                if count <= 0.0 {
                    continue;
                }
                out(seam, lane, count, ages);
                if !self.seams[seam].carries {
                    enter(seam, lane, count, ages);
                }
                ages.settle(seam, lane, count);
            }
        }
    }
}

/// A chain of shocks and programmes passes people on at most so often.
const MOST_ROUNDS: u64 = 1_000;
