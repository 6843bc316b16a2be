//! Those who entered within a step leave in what is left of it, where a clock leads.

use super::Desk;
use super::act::Lost;
use super::ages::{Ages, Entered};
use super::bag::Bag;
use super::clock::{Clock, Timed};
use super::row::Row;
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
        let Desk { quits, leavers, gone } = desk;
        for (place, timed) in self.cells.iter().enumerate().filter(|(_, timed)| timed.leads) {
            for lane in 0..state.lanes() {
                if flows.entered(timed.cell, lane) <= 0.0 {
                    continue;
                }
                let x = exits.hazard(&readings.exits, timed.cell, lane) * now.years;
                let entered = ages.entered_mut(place, lane);
                leavers.clear();
                let lost = lose_entrants(now, timed, lane, x, quits[index].entrants(lane), entered, leavers);
                state.add(timed.cell, lane, -(lost.by_clock + lost.by_hazards));
                gone.clear();
                exits.divide(now, &readings.exits, timed.cell, 1, lane, lost.by_hazards, |edge, count| {
                    gone.push((edge, count));
                });
                for (edge, count) in gone.iter().copied() {
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

    /// Those whom hazards took go along an edge that may touch this clock, and land when the step ends.
    fn let_land(
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
            let landing = &mut ages.landing;
            self.go_along(now, seam, 2, lane, count, leavers, |row, count| {
                landing.push((into, lane, row, count))
            });
        }
        ages.settle(*index, lane, count);
    }
}

/// Takes those who leave out of those who entered a cell.
///
/// Who is new leaves as by a constant hazard that has the right effect until the end of the step: together with the
/// hazards out of the cell, exact for exponential stays and nearly so for others. Of who brought their time along, those
/// leave whose time is over in this step.
fn lose_entrants(
    now: &Now<impl Chance>,
    timed: &Timed,
    lane: usize,
    x: f64,
    (stayed, hazard): (f64, f64),
    entered: &mut Entered,
    leavers: &mut Bag,
) -> Lost {
    let site = timed.site;
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
        by_clock: new_by_clock + over_by_clock,
        by_hazards: (new - new_by_clock) + any + (over - over_by_clock),
    };
    for (row, count) in [(Row::NEW, new - new_by_clock), (Row::ANY, any), (Row::LATE, over - over_by_clock)] {
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
