//! People whose stay is completed leave, in competition with the hazards out of their cell where the clock leads.

use super::ages::{Ages, TakenPeople};
use super::clock::Clock;
use super::due_counts::DueCounts;
use super::part::{Lost, Spot};
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::exits::Exits;
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::phase::Phase;
use crate::random::Site;
use crate::units::entrant_presence;

/// The hazards out of a cell in one step: with x their sum times the step, exp(-x) and (1 - exp(-x)) / x.
#[derive(Clone, Copy, Debug)]
struct ClockHazards {
    x: f64,
    staying: f64,
    presence: f64,
}

impl ClockHazards {
    fn new(x: f64) -> ClockHazards {
        let presence = if x > 0.0 { -libm::expm1(-x) / x } else { 1.0 };
        ClockHazards { x, staying: libm::exp(-x), presence }
    }

    /// The mean time, in steps, that somebody spends there whose stay is completed at a uniform moment of the step.
    fn part(self) -> f64 {
        entrant_presence(self.x, 1.0, 1.0 - self.presence)
    }

    /// Of `n` people whose stay is completed at a uniform moment of this step: how many leave by the clock, and how many by
    /// hazards before it.
    fn compete(self, now: &Now<impl Chance>, site: Site, lane: usize, n: f64) -> [f64; 2] {
        let by_clock = now.chance.binomial(now.draw(site, 1), lane, n, self.presence);
        [by_clock, n - by_clock]
    }
}

impl Clock {
    /// Forgets those who left in the step before where another clock leads.
    pub fn forget_gone(&self, ages: &mut Ages) {
        for (place, _) in self.cells.iter().enumerate().filter(|(_, timed)| timed.keeps_gone()) {
            let cell = ages.at(place, 0)..ages.at(place + 1, 0);
            ages.workspace.taken_from[cell].iter_mut().for_each(DueCounts::clear);
        }
    }

    /// Those present for the whole step leave: where this clock leads, in competition with the hazards of `exits`; where there are
    /// none, from the cells where it does not lead.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        exits: Option<&Exits>,
        movements: &mut Movements,
        ages: &mut Ages,
    ) {
        for (place, timed) in self.cells.iter().enumerate() {
            if timed.leads != exits.is_some() {
                continue;
            }
            let mut hazards = ClockHazards::new(0.0);
            for lane in 0..ages.lanes() {
                let at = ages.at(place, lane);
                if ages.present[at].is_empty() {
                    if timed.keeps_all() {
                        ages.workspace.taken_from[at].clear();
                    }
                    continue;
                }
                let x = exits.map_or(0.0, |exits| exits.hazard(now.readings, timed.cell, lane) * now.years);
                if x != hazards.x {
                    hazards = ClockHazards::new(x);
                }
                let people = movements.state.people(timed.cell, lane);
                let lost = lose(now, Spot { timed, place, lane }, hazards, people, ages);
                self.part_with(now, exits, lost, movements, ages);
            }
        }
    }
}

/// Takes those who leave out of a cell; those whom hazards take are put among the leavers.
fn lose<'c>(
    now: &Now<impl Chance>,
    spot: Spot<'c>,
    hazards: ClockHazards,
    people: f64,
    ages: &mut Ages,
) -> Lost<'c> {
    let Spot { timed, place, lane } = spot;
    let at = ages.at(place, lane);
    let Ages { present, workspace, leavers } = ages;
    let due_counts = &mut present[at];
    let over = due_counts.take_over(now.step);
    if timed.keeps_all() {
        workspace.taken_from[at].clone_from(due_counts);
    }
    let [by_clock, over_by_hazards] = hazards.compete(now, timed.site, lane, over);
    leavers.clear();
    if over_by_hazards > 0.0 {
        leavers.add(DueRow::OVERDUE, over_by_hazards);
    }
    let quiet = people - over;
    let time = over * hazards.part() + quiet * hazards.presence;
    let mut taken = TakenPeople { over: over_by_hazards, others: 0.0, time };
    // What rounding leaves of fractional people is nobody.
    if quiet > 1e-12 * people && hazards.x > 0.0 {
        let count = now.chance.binomial(now.draw(timed.site, 0), lane, quiet, 1.0 - hazards.staying);
        due_counts.take(now, timed.site.at(u64::MAX - 2), lane, count, |row, count| {
            leavers.add(row, count);
            taken.others += count;
        });
    }
    if timed.leads {
        workspace.taken[at] = taken;
    }
    Lost { phase: Phase::Middle, spot, by_clock, by_hazards: taken.over + taken.others }
}
