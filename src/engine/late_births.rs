//! Late births: newborns of mothers who had entered within the step, tried to leave again, and were held back by a full place.
//!
//! How long they stay is known only when everybody else has moved. Their newborns enter then, and leave in what is left of the step as
//! others do who enter.

use super::births::Births;
use super::chance::Chance;
use super::edge::EdgeId;
use super::full::{Phase, Read};
use super::now::Now;
use super::state::{Flows, State};
use crate::model::CellId;
use crate::units::entrant_leaving_probability;

/// Tells the draws of late newborns from others.
const LATE: u64 = u64::MAX;

impl Births {
    /// Newborns enter and leave again, given of a cell the time that mothers spend there because they were held back, in steps
    /// and by lane; gives whether there are any. `late` counts how often this was done in the step, from 1.
    pub fn enter_late<'l>(
        &self,
        now: &Now<impl Chance>,
        read: Read,
        lingering: impl Fn(CellId) -> Option<&'l [f64]>,
        late: u32,
        (state, flows): (&mut State, &mut Flows),
    ) -> bool {
        let mut any = false;
        for cradle in &self.cradles {
            let Some(more) = lingering(cradle.mothers).filter(|more| more.iter().any(|time| *time > 0.0))
            else {
                continue;
            };
            let edge = &now.edges[cradle.edge];
            for (lane, time) in more.iter().enumerate() {
                let hazard =
                    read.readings.hazards.at(cradle.hazard, lane) * read.readings.parts.at(cradle.part, lane);
                let count =
                    now.chance.poisson(now.draw(edge.site, 1 + late), lane, hazard * now.years * time);
                if count > 0.0 {
                    any = true;
                    flows.count(cradle.edge, lane, count);
                    state.add(edge.to, lane, count);
                    read.clocks.born(cradle.edge, lane, count, state);
                    leave(now, read, (late, edge.site.bits()), (edge.to, lane), count, (state, flows));
                }
            }
        }
        any
    }
}

/// Some newborns of a cell leave it in what is left of the step.
fn leave(
    now: &Now<impl Chance>,
    read: Read,
    (late, birth): (u32, u64),
    (cell, lane): (CellId, usize),
    count: f64,
    (state, flows): (&mut State, &mut Flows),
) {
    let Read { readings, exits, clocks, desk } = read;
    // Where a clock leads, the end of the stay of who enters has the effect of a hazard.
    let stay = clocks.entrant_hazard(desk, cell, lane);
    let hazard = exits.hazard(&readings.exits, cell, lane) * now.years + stay;
    let leaving = entrant_leaving_probability(hazard, 1.0);
    let draw = |edge: EdgeId| now.draw(now.edges[edge].site.at(LATE ^ birth), 2 * late);
    let mut go = |edge: EdgeId, gone: f64, state: &mut State| {
        flows.count(edge, lane, gone);
        state.add(now.edges[edge].to, lane, gone);
        state.add(cell, lane, -gone);
        clocks.go_on(Phase::End, now, (edge, cell, lane), (gone, birth ^ u64::from(late)), false, state);
    };
    let (mut left, mut staying) = (count, 1.0);
    for (edge, weight) in exits.hazards_out(&readings.exits, cell, lane) {
        let share = if hazard > 0.0 { leaving * weight * now.years / hazard } else { 0.0 };
        let gone = now.chance.binomial(draw(edge), lane, left, part_of(share, staying));
        staying -= share;
        left -= gone;
        if gone > 0.0 {
            go(edge, gone, state);
        }
    }
    if stay > 0.0 {
        let share = part_of(leaving * stay / hazard, staying);
        let branches = clocks.branches(cell);
        let Some((first, _)) = branches.first() else { return };
        let ending = now.chance.binomial(draw(*first), lane, left, share);
        let branches = branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
        now.divide_at(LATE ^ birth, 2 * late + 1, lane, ending, branches, |edge, gone| go(edge, gone, state));
    }
}

/// A part of those who are left, at most all of them.
fn part_of(share: f64, staying: f64) -> f64 {
    if staying > 0.0 { (share / staying).min(1.0) } else { 1.0 }
}
