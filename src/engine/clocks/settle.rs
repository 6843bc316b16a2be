//! Settling: what went along the edges since the last time, taken out of ages and put among those who entered.

use super::ages::{Ages, NEW, OLD, RING, spread, take};
use super::clock::Clock;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::state::Flows;

impl Clock {
    /// What went along a seam and is not settled.
    fn due(&self, seam: usize, lane: usize, flows: &Flows, ages: &Ages) -> f64 {
        flows.counted(self.seams[seam].edge, lane) - ages.settled(seam, lane)
    }

    /// After shocks and programmes: who came in is new, as of the step before; then those go who bring their age along, and
    /// then those who leave. People may have passed through several cells, so this goes round until nobody moves.
    pub fn settle_start(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        let newest = RING + self.slot(i64::from(now.step) - 1);
        for lane in 0..flows.lanes() {
            for (index, seam) in self.seams.iter().enumerate() {
                let (Some(into), false) = (seam.into, seam.carries) else { continue };
                let count = self.due(index, lane, flows, ages);
                if count > 0.0 {
                    ages.present_mut(into, lane)[newest] += count;
                    if seam.from.is_none() {
                        ages.settle(index, lane, count);
                    }
                }
            }
            let mut round = 0;
            loop {
                let mut moved = 0.0;
                for (index, seam) in self.seams.iter().enumerate() {
                    let Some(from) = seam.from else { continue };
                    let due = self.due(index, lane, flows, ages);
                    if due <= 0.0 {
                        continue;
                    }
                    let bag = ages.present_mut(from, lane);
                    let count = due.min(bag.iter().sum());
                    if count <= 0.0 {
                        continue;
                    }
                    let mut brought = Vec::new();
                    take(
                        now,
                        seam.site.at(3 + round),
                        lane,
                        bag,
                        |_| true,
                        count,
                        |row, count| {
                            brought.push((row, count));
                        },
                    );
                    if let (Some(into), true) = (seam.into, seam.carries) {
                        let bag = ages.present_mut(into, lane);
                        brought.into_iter().for_each(|(row, count)| bag[row] += count);
                    }
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
    }

    /// After those present for the whole step have left: they are taken out of those who are there, and who came in has
    /// entered within the step.
    pub fn settle_stayers(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.send_back(now, flows, ages, false);
        for (index, seam) in self.seams.iter().enumerate() {
            for lane in 0..flows.lanes() {
                let count = self.due(index, lane, flows, ages);
                if count > 0.0 {
                    let brought = self.take_out(now, index, lane, count, false, ages);
                    if let Some(into) = seam.into {
                        let entered = ages.entered_mut(into, lane);
                        if seam.carries {
                            brought.into_iter().for_each(|(row, count)| entered[row] += count);
                        } else {
                            entered[seam.enters] += count;
                        }
                    }
                    ages.settle(index, lane, count);
                }
            }
        }
    }

    /// After those who entered have left: they are taken out of those who entered, and who came in lands as the step ends.
    pub fn settle_entrants(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        ages.land();
        self.send_back(now, flows, ages, true);
        for (index, seam) in self.seams.iter().enumerate() {
            for lane in 0..flows.lanes() {
                let count = self.due(index, lane, flows, ages);
                if count > 0.0 {
                    let brought = self.take_out(now, index, lane, count, true, ages);
                    if let Some(into) = seam.into {
                        if seam.carries {
                            let landing = brought.into_iter().map(|(row, count)| (into, lane, row, count));
                            ages.landing.extend(landing);
                        } else {
                            ages.landing.push((into, lane, seam.enters, count));
                        }
                    }
                    ages.settle(index, lane, count);
                }
            }
        }
        ages.land();
    }

    /// Takes people of an edge out of the cell that they left, at random over ages: out of those who entered within the step
    /// where these go first, and of those who are there. Hands back how many of each row.
    fn take_out(
        &self,
        now: &Now<impl Chance>,
        index: usize,
        lane: usize,
        count: f64,
        entrants_first: bool,
        ages: &mut Ages,
    ) -> Vec<(usize, f64)> {
        let seam = &self.seams[index];
        let mut brought = Vec::new();
        let Some(from) = seam.from else { return brought };
        let mut left = count;
        if seam.over {
            // A full place had sent them back in this step: they were put among the oldest.
            take(
                now,
                seam.site.at(0),
                lane,
                ages.present_mut(from, lane),
                |row| row == OLD,
                count,
                |_, _| {},
            );
            return brought;
        }
        if entrants_first {
            let entered = ages.entered_mut(from, lane);
            let first = left.min(entered.iter().sum());
            take(
                now,
                seam.site.at(2),
                lane,
                entered,
                |_| true,
                first,
                |row, count| brought.push((row, count)),
            );
            left -= first;
        }
        let present = ages.present_mut(from, lane);
        take(now, seam.site.at(0), lane, present, |_| true, left, |row, count| brought.push((row, count)));
        brought
    }

    /// People whom a full place has sent back are where they were: who had come to the end of the time among the oldest, who
    /// tries again in the next step; others at an age at random, or as new where they had entered within the step.
    fn send_back(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages, entrants: bool) {
        let newest = RING + self.slot(i64::from(now.step) - 1);
        for (index, seam) in self.seams.iter().enumerate() {
            for lane in 0..flows.lanes() {
                let count = -self.due(index, lane, flows, ages);
                if count <= 0.0 {
                    continue;
                }
                if let Some(into) = seam.into {
                    let entered = ages.entered_mut(into, lane);
                    if seam.carries {
                        take(now, seam.site.at(4), lane, entered, |_| true, count, |_, _| {});
                    } else {
                        entered[seam.enters] -= count;
                    }
                }
                if let Some(origin) = seam.from {
                    if seam.over {
                        ages.present_mut(origin, lane)[OLD] += count;
                    } else if entrants {
                        ages.entered_mut(origin, lane)[NEW] += count;
                    } else {
                        let present = ages.present_mut(origin, lane);
                        let weights = present.to_vec();
                        if weights.iter().sum::<f64>() > 0.0 {
                            let site = seam.site.at(5);
                            spread(now, site, lane, count, &weights, |row, count| present[row] += count);
                        } else {
                            present[newest] += count;
                        }
                    }
                }
                ages.settle(index, lane, -count);
            }
        }
    }
}

/// A chain of shocks and programmes passes people on at most so often.
const MOST_ROUNDS: u64 = 1_000;
