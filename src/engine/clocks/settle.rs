//! Settling: what went along the edges since the last time, taken out of those who are there and put among those who entered.

use super::ages::{Ages, Goal};
use super::clock::Clock;
use super::date::Lot;
use super::lengths::Lengths;
use super::row::Row;
use super::seam::Seam;
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;
use crate::engine::now::Now;
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
            for round in 0..=MOST_ROUNDS {
                let moved = self.move_on(now, (&seams, round, lane), flows, ages, &mut fresh);
                // Fractional people can go round in ever smaller numbers.
                if moved <= 1e-12 {
                    break;
                }
            }
        }
        // Who came in and is still there learns when their time is over.
        fresh.sort_unstable();
        fresh.dedup();
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        for (place, lane) in fresh {
            let present = &mut present[workspace.at(place, lane)];
            let count = present.take_first(Row::NEW);
            let lot = Lot { site: self.cells[place].site.at(u64::MAX - 5), lane, count };
            self.enter(now, lengths.of(lane), lot, Entry::AtStart, &mut workspace.moving);
            present.add_all(&mut workspace.moving);
        }
    }

    /// Moves those who are to leave cells of the clock by some seams, as far as they are there; gives how many. Cells that they come
    /// into with their time are `fresh`.
    fn move_on(
        &self,
        now: &Now<impl Chance>,
        (seams, round, lane): (&[usize], u64, usize),
        flows: &Flows,
        ages: &mut Ages,
        fresh: &mut Vec<(usize, usize)>,
    ) -> f64 {
        let mut moved = 0.0;
        for index in seams.iter().copied() {
            let seam = &self.seams[index];
            let Some(from) = seam.from else { continue };
            let due = self.due(index, lane, flows, ages);
            if due <= 0.0 {
                continue;
            }
            let count = due.min(ages.present_mut(from, lane).people());
            if count <= 0.0 {
                continue;
            }
            let into = seam.into.filter(|_| seam.carries);
            let lot = Lot { site: seam.site.at(3 + round), lane, count };
            ages.move_present(now, from, lot, into.map_or(Goal::Elsewhere, Goal::Present));
            fresh.extend(into.map(|into| (into, lane)));
            ages.settle(index, lane, count);
            moved += count;
        }
        moved
    }

    /// After those present for the whole step have left: they are taken out of those who are there, and who came in has
    /// entered within the step.
    pub fn settle_stayers(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.settle(flows, ages, |seam, lane, count, ages| {
            if let Some(from) = seam.from {
                let goal = seam.into.filter(|_| seam.carries).map_or(Goal::Elsewhere, Goal::Entered);
                ages.move_present(now, from, Lot { site: seam.site.at(0), lane, count }, goal);
            }
            if let (Some(into), false) = (seam.into, seam.carries) {
                ages.entered_mut(into, lane).add(seam.enters, count);
            }
        });
    }

    /// After those who entered have left: they are taken out of those who entered, and who came in lands as the step ends.
    pub fn settle_entrants(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.settle(flows, ages, |seam, lane, count, ages| {
            if let Some(from) = seam.from {
                let lot = Lot { site: seam.site.at(2), lane, count };
                ages.land_from_entered(now, from, lot, seam.into.filter(|_| seam.carries));
            }
            if let (Some(into), false) = (seam.into, seam.carries) {
                ages.workspace.land(into, lane, Row::NEW, count);
            }
        });
    }

    /// Settles every seam: `go` takes people out of the cell that they leave, and puts them where they come.
    fn settle(&self, flows: &Flows, ages: &mut Ages, go: impl Fn(&Seam, usize, f64, &mut Ages)) {
        self.settle_some(flows, ages, |due| due > 0.0, go);
    }

    /// Settles those seams and lanes whose people, of whom so many are not settled, are meant.
    pub(super) fn settle_some(
        &self,
        flows: &Flows,
        ages: &mut Ages,
        meant: impl Fn(f64) -> bool,
        go: impl Fn(&Seam, usize, f64, &mut Ages),
    ) {
        for (index, seam) in self.seams.iter().enumerate() {
            if self.is_settled(index, flows, ages) {
                continue;
            }
            for lane in 0..flows.lanes() {
                let due = self.due(index, lane, flows, ages);
                if meant(due) {
                    go(seam, lane, due, ages);
                    ages.settle(index, lane, due);
                }
            }
        }
    }
}

/// A chain of shocks and programmes passes people on at most so often.
const MOST_ROUNDS: u64 = 1_000;
