//! Those who entered within a step leave in what is left of it, where a clock leads.

use super::Desk;
use super::act::Lost;
use super::ages::{ANY, Ages, LATE, NEW};
use super::clock::{Clock, Timed};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::units::entrant_leaving_probability;

impl Clock {
    /// Where they go, the next exit waits for the next step.
    #[expect(clippy::too_many_arguments, reason = "what the step reads, and what it writes")]
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        index: usize,
        desk: &mut Desk,
        state: &mut State,
        flows: &mut Flows,
        ages: &mut Ages,
    ) {
        let Desk { quits, leavers } = desk;
        let leavers = &mut leavers[..self.rows()];
        for (place, timed) in self.cells.iter().enumerate().filter(|(_, timed)| timed.leads) {
            for lane in 0..state.lanes() {
                if flows.entered(timed.cell, lane) <= 0.0 {
                    continue;
                }
                let x = exits.hazard(&readings.exits, timed.cell, lane) * now.years;
                let quits = &quits[index];
                let brought = ages.has_brought(place, lane);
                let bag = ages.entered_mut(place, lane);
                // Without ages that were brought along nobody is in the rows behind.
                let bag = if brought { bag } else { &mut bag[..LATE] };
                leavers.fill(0.0);
                let (entrants, quits) = (quits.entrants(lane), quits.leaving(lane));
                let lost = self.lose_entrants(now, timed, lane, x, entrants, quits, bag, leavers);
                state.add(timed.cell, lane, -(lost.by_clock + lost.by_hazards));
                let mut gone = Vec::new();
                exits.divide(now, &readings.exits, timed.cell, 1, lane, lost.by_hazards, |edge, count| {
                    gone.push((edge, count));
                });
                for (edge, count) in gone {
                    flows.count(edge, lane, count);
                    state.add(now.edges[edge].to, lane, count);
                    self.let_land(now, edge, lane, count, leavers, ages);
                }
                let branches =
                    timed.branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
                now.divide(1, lane, lost.by_clock, branches, |edge, count| {
                    flows.count(edge, lane, count);
                    state.add(now.edges[edge].to, lane, count);
                });
            }
        }
    }

    /// Takes those who leave out of those who entered a cell.
    ///
    /// Who is new leaves as by a constant hazard that has the right effect until the end of the step: together with the
    /// hazards out of the cell, exact for exponential stays and nearly so for others. Who brought an age along, and whose
    /// time is over in this step with probability q, has lived through the part of the step before: q / (2 - q) is left.
    #[expect(clippy::too_many_arguments, reason = "who, by what, out of what and into what")]
    fn lose_entrants(
        &self,
        now: &Now<impl Chance>,
        timed: &Timed,
        lane: usize,
        x: f64,
        (stayed, hazard): (f64, f64),
        quits: &[f64],
        bag: &mut [f64],
        leavers: &mut [f64],
    ) -> Lost {
        let site = timed.site;
        let mut lost = Lost { by_clock: 0.0, by_hazards: 0.0 };
        let mut lose = |row: usize, all: f64, by_clock: f64| {
            leavers[row] = all - by_clock;
            lost.by_clock += by_clock;
            lost.by_hazards += all - by_clock;
        };
        let leaving = match hazard {
            _ if x <= 0.0 => 1.0 - stayed,
            hazard if hazard.is_finite() => entrant_leaving_probability(hazard + x, 1.0),
            _ => 1.0,
        };
        let share = if hazard.is_finite() && hazard + x > 0.0 { hazard / (hazard + x) } else { 1.0 };
        let all = now.chance.binomial(now.draw(site, 2), lane, bag[NEW], leaving);
        let by_clock = now.chance.binomial(now.draw(site, 3), lane, all, share);
        bag[NEW] -= all;
        lose(NEW, all, by_clock);
        let by_hazards = entrant_leaving_probability(x, 1.0);
        let all = now.chance.binomial(now.draw(site, 4), lane, bag[ANY], by_hazards);
        bag[ANY] -= all;
        lose(ANY, all, 0.0);
        for row in LATE..bag.len() {
            if bag[row] <= 0.0 {
                continue;
            }
            let q = quits[row] / (2.0 - quits[row]);
            let leaving = 1.0 - (1.0 - q) * (1.0 - by_hazards);
            let site = site.at(self.cohort(row, now.step));
            let all = now.chance.binomial(now.draw(site, 2), lane, bag[row], leaving);
            let share = if leaving > 0.0 { q * (1.0 - by_hazards / 2.0) / leaving } else { 0.0 };
            let by_clock = now.chance.binomial(now.draw(site, 3), lane, all, share);
            bag[row] -= all;
            lose(row, all, by_clock);
        }
        lost
    }

    /// Those whom hazards took go along an edge that may touch this clock, and land when the step ends.
    fn let_land(
        &self,
        now: &Now<impl Chance>,
        edge: EdgeId,
        lane: usize,
        count: f64,
        leavers: &mut [f64],
        ages: &mut Ages,
    ) {
        let Some(index) = self.seam_of.get(&edge) else { return };
        let seam = &self.seams[*index];
        if let Some(into) = seam.into {
            let landing = &mut ages.landing;
            self.go_along(now, seam, 2, lane, count, leavers, |row, count| {
                landing.push((into, lane, row, count))
            });
        }
        ages.settle(*index, lane, count);
    }
}
