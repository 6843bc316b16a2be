//! When seats are offered, and how many.

use super::at::ProgrammeReplicate;
use super::memory::ProgrammeMemory;
use crate::engine::chance::Chance;
use crate::engine::hazard::HazardId;
use crate::model::NumberId;
use crate::random::Site;
use crate::random::rounded_normal::RoundedNormal;

/// Occasions above this in a step are cut, which stay a number that can be multiplied by no seats: such a replicate is stopped, see
/// [`overload`](crate::engine::overload).
const MOST_OCCASIONS: f64 = 1e12;

/// When an offer takes place.
#[derive(Clone, Debug)]
pub enum Timing {
    /// So many in each step, at a speed.
    Regular {
        per_step: Vec<u32>,
        speed: NumberId,
        /// What has added up towards the next occasion.
        clock: usize,
    },
    /// At random, drawn by the site: the programme's where all lines share an occasion, else the line's own.
    Random { hazard: HazardId, site: Site },
}

impl Timing {
    /// How many occasions there are in the step.
    pub fn occasions(&self, at: &ProgrammeReplicate<impl Chance>, memory: &mut ProgrammeMemory) -> f64 {
        let ProgrammeReplicate { now, lane, .. } = *at;
        match self {
            Timing::Regular { per_step, speed, clock } => {
                let planned = f64::from(per_step[now.step as usize]);
                if planned == 0.0 {
                    return 0.0;
                }
                let clock = memory.clock(*clock, lane);
                *clock += (planned * now.readings.numbers.at(*speed, lane)).min(MOST_OCCASIONS);
                let occasions = now.chance.whole(*clock);
                *clock -= occasions;
                occasions
            }
            Timing::Random { hazard, site } => {
                let mean = now.readings.hazards.at(*hazard, lane) * now.years;
                now.chance.poisson(now.draw(*site, 0), lane, mean)
            }
        }
    }
}

/// The seats of an occasion.
#[derive(Clone, Debug)]
pub struct CompiledSeats {
    /// Who draws them.
    pub site: Site,
    pub mean: NumberId,
    pub sd: Option<NumberId>,
    pub factor: NumberId,
}

impl CompiledSeats {
    /// The seats of all occasions of the step; drawn ones are drawn for each.
    pub fn drawn(&self, at: &ProgrammeReplicate<impl Chance>, occasions: f64) -> f64 {
        let ProgrammeReplicate { now, lane, .. } = *at;
        let factor = at.number(self.factor);
        let mean = at.number(self.mean) * factor;
        let draw = now.draw(self.site, 1);
        match self.sd.map(|sd| at.number(sd) * factor) {
            Some(sd) if sd > 0.0 => {
                now.chance.normal_sum(draw, lane, occasions, &RoundedNormal { mean, sd, least: 0.0 })
            }
            _ => now.chance.rounded(draw, lane, occasions * mean),
        }
    }
}
