//! People whose time is over leave, in competition with the hazards out of their cell where the clock leads.

use super::Desk;
use super::ages::{Ages, Taken};
use super::bag::Bag;
use super::clock::{Clock, Timed};
use super::row::Row;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::random::Site;
use crate::units::entrant_presence;

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

    /// The mean time, in steps, that somebody spends there whose time is over at a uniform moment of the step.
    fn part(self) -> f64 {
        entrant_presence(self.x, 1.0, 1.0 - self.presence)
    }

    /// Of `n` people whose time is over at a uniform moment of this step: how many leave by the clock, and how many by
    /// hazards before it.
    fn compete(self, now: &Now<impl Chance>, site: Site, lane: usize, n: f64) -> [f64; 2] {
        let by_clock = now.chance.binomial(now.draw(site, 1), lane, n, self.presence);
        [by_clock, n - by_clock]
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
        desk: &mut Desk,
        state: &mut State,
        flows: &mut Flows,
        ages: &mut Ages,
    ) {
        let Desk { leavers, gone, .. } = desk;
        for (place, timed) in self.cells.iter().enumerate().filter(|(_, timed)| timed.leads == leads) {
            let mut hazards = Hazards::new(0.0);
            for lane in 0..state.lanes() {
                let (bag, copy) = ages.present_and_copy(place, lane);
                if bag.is_empty() {
                    continue;
                }
                let copy = timed.sent_back.then_some(copy);
                let x = if leads { exits.hazard(&readings.exits, timed.cell, lane) * now.years } else { 0.0 };
                if x != hazards.x {
                    hazards = Hazards::new(x);
                }
                let people = state.people(timed.cell, lane);
                leavers.clear();
                let (lost, taken) = lose(now, timed, lane, hazards, people, (bag, copy), leavers);
                if leads {
                    *ages.taken_mut(place, lane) = taken;
                }
                state.add(timed.cell, lane, -(lost.by_clock + lost.by_hazards));
                gone.clear();
                exits.divide(now, &readings.exits, timed.cell, 0, lane, lost.by_hazards, |edge, count| {
                    gone.push((edge, count));
                });
                for (edge, count) in gone.iter().copied() {
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

    /// Those whom hazards took go along an edge that may touch this clock: some of the leavers, taken at random.
    fn hand_over(
        &self,
        now: &Now<impl Chance>,
        edge: EdgeId,
        lane: usize,
        count: f64,
        leavers: &mut Bag,
        ages: &mut Ages,
    ) {
        let Some(index) = self.seam_of.get(&edge) else { return };
        let seam = &self.seams[*index];
        if let Some(into) = seam.into {
            let entered = ages.entered_mut(into, lane);
            self.go_along(now, seam, 1, lane, count, leavers, |row, count| entered.add(row, count));
        }
        ages.settle(*index, lane, count);
    }
}

/// Takes those who leave out of a cell; those whom hazards take are put among the leavers.
fn lose(
    now: &Now<impl Chance>,
    timed: &Timed,
    lane: usize,
    hazards: Hazards,
    people: f64,
    (bag, copy): (&mut Bag, Option<&mut Bag>),
    leavers: &mut Bag,
) -> (Lost, Taken) {
    let over = bag.take_over(now.step);
    if let Some(copy) = copy {
        copy.clone_from(bag);
    }
    let [by_clock, over_by_hazards] = hazards.compete(now, timed.site, lane, over);
    if over_by_hazards > 0.0 {
        leavers.add(Row::LATE, over_by_hazards);
    }
    let quiet = people - over;
    let time = over * hazards.part() + quiet * hazards.presence;
    let mut taken = Taken { over: over_by_hazards, others: 0.0, time };
    // What rounding leaves of fractional people is nobody.
    if quiet > 1e-12 * people && hazards.x > 0.0 {
        let count = now.chance.binomial(now.draw(timed.site, 0), lane, quiet, 1.0 - hazards.staying);
        bag.take(now, timed.site.at(u64::MAX - 2), lane, count, |row, count| {
            leavers.add(row, count);
            taken.others += count;
        });
    }
    (Lost { by_clock, by_hazards: taken.over + taken.others }, taken)
}
