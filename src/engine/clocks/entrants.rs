//! Those who entered within a step leave in what is left of it, where a clock leads.

use super::ages::Ages;
use super::clock::Clock;
use super::entered::Entered;
use super::part::{Lost, Spot};
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::exits::Exits;
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::phase::Phase;
use crate::engine::readings::ExitProbabilities;
use crate::units::entrant_leaving_probability;

impl Clock {
    /// They leave the cells where this clock leads.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        (exits, exit_probabilities): (&Exits, &ExitProbabilities),
        movements: &mut Movements,
        ages: &mut Ages,
    ) {
        for (place, timed) in self.cells.iter().enumerate().filter(|(_, timed)| timed.leads) {
            for lane in 0..ages.lanes() {
                if movements.flows.entered(timed.cell, lane) <= 0.0 {
                    continue;
                }
                let x = exits.hazard(now.readings, timed.cell, lane) * now.years;
                let lost = lose_entrants(
                    now,
                    Spot { timed, place, lane },
                    x,
                    exit_probabilities.entrants(lane),
                    ages,
                );
                self.part_with(now, Some(exits), lost, movements, ages);
            }
        }
    }
}

/// Takes those who leave out of those who entered a cell.
///
/// Who is new leaves as by a constant hazard that has the right effect until the end of the step: together with the
/// hazards out of the cell, exact for exponential stays and nearly so for others. Of who brought their time along, those
/// leave whose stay is completed in this step.
fn lose_entrants<'c>(
    now: &Now<impl Chance>,
    spot: Spot<'c>,
    x: f64,
    (stayed, hazard): (f64, f64),
    ages: &mut Ages,
) -> Lost<'c> {
    let Spot { timed, place, lane } = spot;
    let site = timed.site;
    let at = ages.at(place, lane);
    let Ages { workspace, leavers, .. } = ages;
    let entered: &mut Entered = &mut workspace.entered[at];
    leavers.clear();
    let leaving = match hazard {
        _ if x <= 0.0 => 1.0 - stayed,
        hazard if hazard.is_finite() => entrant_leaving_probability(hazard + x, 1.0),
        _ => 1.0,
    };
    let share = if hazard.is_finite() && hazard + x > 0.0 { hazard / (hazard + x) } else { 1.0 };
    let new = now.chance.binomial(now.draw(site, 2), lane, entered.new, leaving);
    let new_by_clock = now.chance.binomial(now.draw(site, 3), lane, new, share);
    entered.new -= new;
    let by_hazards = entrant_leaving_probability(x, 1.0);
    let any = now.chance.binomial(now.draw(site, 4), lane, entered.any, by_hazards);
    entered.any -= any;
    let over = entered.brought.take_over(now.step);
    let over_by_clock = now.chance.binomial(now.draw(site, 5), lane, over, 1.0 - by_hazards / 2.0);
    let mut lost = Lost {
        phase: Phase::End,
        spot,
        by_clock: new_by_clock + over_by_clock,
        by_hazards: (new - new_by_clock) + any + (over - over_by_clock),
    };
    for (row, count) in
        [(DueRow::NEW, new - new_by_clock), (DueRow::ANY, any), (DueRow::OVERDUE, over - over_by_clock)]
    {
        if count > 0.0 {
            leavers.add(row, count);
        }
    }
    if x > 0.0 && !entered.brought.is_empty() {
        let quiet = entered.brought.people();
        let count = now.chance.binomial(now.draw(site, 6), lane, quiet, by_hazards);
        entered.brought.take(now, site.at(u64::MAX - 4), lane, count, |row, count| {
            leavers.add(row, count);
            lost.by_hazards += count;
        });
    }
    lost
}
