//! People whose time is over leave, in competition with the hazards out of their cell where the clock leads.

use super::Desk;
use super::ages::{Ages, RING, take};
use super::clock::{Clock, Timed};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::random::Site;

/// The hazards out of a cell in one step: with x their sum times the step, exp(-x) and (1 - exp(-x)) / x.
#[derive(Clone, Copy, Debug)]
struct Hazards {
    x: f64,
    staying: f64,
    presence: f64,
}

impl Hazards {
    fn new(x: f64) -> Hazards {
        let presence = if x > 0.0 { -libm::expm1(-x) / x } else { 1.0 };
        Hazards { x, staying: libm::exp(-x), presence }
    }

    /// Of `n` people whose time is over in this step with probability `q`, at a uniform moment: how many leave by the clock
    /// and how many by hazards before it.
    fn compete(self, now: &Now<impl Chance>, site: Site, lane: usize, n: f64, q: f64) -> [f64; 2] {
        if self.x <= 0.0 {
            return [now.chance.binomial(now.draw(site, 0), lane, n, q), 0.0];
        }
        let leaving = 1.0 - (1.0 - q) * self.staying;
        let all = now.chance.binomial(now.draw(site, 0), lane, n, leaving);
        let by_clock = now.chance.binomial(now.draw(site, 1), lane, all, q * self.presence / leaving);
        [by_clock, all - by_clock]
    }
}

/// Whom a cell loses in one history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost {
    pub(super) by_clock: f64,
    pub(super) by_hazards: f64,
}

impl Clock {
    /// Those present for the whole step leave, where this clock leads or where it does not.
    #[expect(clippy::too_many_arguments, reason = "what the step reads, and what it writes")]
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        leads: bool,
        index: usize,
        desk: &mut Desk,
        state: &mut State,
        flows: &mut Flows,
        ages: &mut Ages,
    ) {
        let Desk { quits, leavers } = desk;
        let leavers = &mut leavers[..self.rows()];
        for (place, timed) in self.cells.iter().enumerate().filter(|(_, timed)| timed.leads == leads) {
            for lane in 0..state.lanes() {
                if state.people(timed.cell, lane) <= 0.0 {
                    continue;
                }
                let x = if leads { exits.hazard(&readings.exits, timed.cell, lane) * now.years } else { 0.0 };
                let (quits, active) = (quits[index].leaving(lane), quits[index].active(lane));
                let people = state.people(timed.cell, lane);
                let bag = ages.present_mut(place, lane);
                if x > 0.0 {
                    leavers.fill(0.0);
                }
                let lost =
                    self.lose(now, timed, lane, Hazards::new(x), (quits, active), people, bag, leavers);
                state.add(timed.cell, lane, -(lost.by_clock + lost.by_hazards));
                let mut gone = Vec::new();
                exits.divide(now, &readings.exits, timed.cell, 0, lane, lost.by_hazards, |edge, count| {
                    gone.push((edge, count));
                });
                for (edge, count) in gone {
                    flows.enter(edge, now.edges[edge].to, lane, count);
                    self.hand_over(now, edge, lane, count, leavers, ages);
                }
                let branches =
                    timed.branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
                now.divide(0, lane, lost.by_clock, branches, |edge, count| {
                    flows.enter(edge, now.edges[edge].to, lane, count);
                });
            }
        }
    }

    /// Takes those who leave out of a cell, age by age; those whom hazards take are put among the leavers.
    #[expect(clippy::too_many_arguments, reason = "who, by what, out of what and into what")]
    fn lose(
        &self,
        now: &Now<impl Chance>,
        timed: &Timed,
        lane: usize,
        hazards: Hazards,
        (quits, active): (&[f64], &[u32]),
        people: f64,
        bag: &mut [f64],
        leavers: &mut [f64],
    ) -> Lost {
        let mut lost = Lost { by_clock: 0.0, by_hazards: 0.0 };
        // Ages at which nobody's time is over share one draw.
        let mut quiet = people;
        for row in active.iter().map(|row| *row as usize) {
            let n = bag[row];
            if n <= 0.0 {
                continue;
            }
            quiet -= n;
            let site = timed.site.at(self.cohort(row, now.step));
            let [by_clock, by_hazards] = hazards.compete(now, site, lane, n, quits[row]);
            bag[row] -= by_clock + by_hazards;
            if by_hazards > 0.0 {
                leavers[row] = by_hazards;
            }
            lost.by_clock += by_clock;
            lost.by_hazards += by_hazards;
        }
        // What rounding leaves of fractional people is nobody.
        if quiet > 1e-12 * people && hazards.x > 0.0 {
            let taken = now.chance.binomial(now.draw(timed.site, 0), lane, quiet, 1.0 - hazards.staying);
            let site = timed.site.at(u64::MAX - 2);
            take(
                now,
                site,
                lane,
                bag,
                |row| quits[row] <= 0.0,
                taken,
                |row, count| {
                    leavers[row] += count;
                    lost.by_hazards += count;
                },
            );
        }
        lost
    }

    /// What names the people of a row: the step in which they entered.
    pub(super) fn cohort(&self, row: usize, step: u32) -> u64 {
        if row < RING {
            return u64::MAX - row as u64;
        }
        let newest = i64::from(step) - 1;
        let slot = (row - RING) as i64;
        let entry = newest - (newest - slot).rem_euclid(self.ages as i64);
        entry as u64
    }

    /// Those whom hazards took go along an edge that may touch this clock: some of the leavers, taken at random.
    fn hand_over(
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
            let entered =
                if seam.carries { ages.bring_into(into, lane) } else { ages.entered_mut(into, lane) };
            self.go_along(now, seam, 1, lane, count, leavers, |row, count| entered[row] += count);
        }
        ages.settle(*index, lane, count);
    }
}
