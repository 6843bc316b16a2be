//! Late births: newborns of mothers who had entered within the step, tried to leave again, and were held back by a full place.
//!
//! How long they stay is known only when everybody else has moved. Their newborns enter then, and leave in what is left of the step as
//! others do who enter.

use super::births::Births;
use super::chance::Chance;
use super::clocks::{GoingOn, Whose};
use super::edge::EdgeId;
use super::movements::Movements;
use super::now::{Body, InTurn, Now};
use super::phase::Phase;
use super::ways_out::WaysOut;
use crate::model::CellId;
use crate::units::entrant_leaving_probability;

/// Tells the draws of late newborns from others.
const LATE: u64 = u64::MAX;

/// Some who were born late in a step.
#[derive(Clone, Copy)]
struct LateBorn {
    /// How often late births were looked at in the step, from 1.
    late: u32,
    /// The bits of the site of their birth.
    birth: u64,
    cell: CellId,
    lane: usize,
    count: f64,
}

impl Births {
    /// Newborns enter and leave again, given of a cell the time that mothers spend there because they were held back, in steps
    /// and by lane; gives whether there are any. `late` counts how often this was done in the step, from 1.
    pub fn enter_late<'l>(
        &self,
        now: &Now<impl Chance>,
        lingering: impl Fn(CellId) -> Option<&'l [f64]>,
        late: u32,
        movements: &mut Movements,
        ways_out: &mut WaysOut,
    ) -> bool {
        let mut any = false;
        for birth_stream in &self.birth_streams {
            let Some(more) =
                lingering(birth_stream.mothers).filter(|more| more.iter().any(|time| *time > 0.0))
            else {
                continue;
            };
            let edge = &now.edges[birth_stream.edge];
            for (lane, time) in more.iter().enumerate() {
                let mean = birth_stream.hazard(now, lane) * now.years * time;
                let count = now.chance.poisson(now.draw(edge.site, 1 + late), lane, mean);
                if let Some(cell) = edge.to.filter(|_| count > 0.0) {
                    any = true;
                    movements.come(now, Phase::End, birth_stream.edge, lane, count);
                    let WaysOut { clocks, clocked, .. } = &mut *ways_out;
                    clocks.born(birth_stream.edge, lane, count, clocked);
                    let born = LateBorn { late, birth: edge.site.bits(), cell, lane, count };
                    born.leave(now, movements, ways_out);
                }
            }
        }
        any
    }
}

impl LateBorn {
    /// Some leave in what is left of the step.
    fn leave(self, now: &Now<impl Chance>, movements: &mut Movements, ways_out: &mut WaysOut) {
        let LateBorn { late, birth, cell, lane, count } = self;
        let WaysOut { exits, clocks, clocked } = ways_out;
        // Where a clock leads, the end of the stay of who enters has the effect of a hazard.
        let stay = clocks.entrant_hazard(now, cell, lane);
        let hazard = exits.hazard(now.readings, cell, lane) * now.years + stay;
        let leaving = entrant_leaving_probability(hazard, 1.0);
        let draw = |edge: EdgeId| now.draw(now.edges[edge].site.at(LATE ^ birth), 2 * late);
        let mut go = |edge: EdgeId, count: f64| {
            movements.come(now, Phase::End, edge, lane, count);
            movements.state.add(cell, lane, -count);
            let (phase, who, body) = (Phase::End, Whose::Running, birth ^ u64::from(late));
            clocks.go_on(now, GoingOn { phase, edge, cell, lane, count, body, who }, clocked);
        };
        let mut left = InTurn::new(lane, count);
        for (edge, weight) in exits.hazards_out(now.readings, cell, lane) {
            let share = if hazard > 0.0 { leaving * weight * now.years / hazard } else { 0.0 };
            let gone = left.go(now, draw(edge), share);
            if gone > 0.0 {
                go(edge, gone);
            }
        }
        if stay > 0.0 {
            let branches = clocks.branches(cell);
            let Some((first, _)) = branches.first() else { return };
            let share = left.probability(leaving * stay / hazard);
            let ending = now.chance.binomial(draw(*first), lane, left.left, share);
            let body = Body::numbered(LATE ^ birth, 2 * late + 1, lane);
            now.divide(body, ending, now.shares(branches, lane), &mut go);
        }
    }
}
