//! Pauses that begin at random moments while there is none.
//!
//! Time runs on within a step: a pause may begin and end anywhere in it. The moment of the next pause is when the rate,
//! added up over the time without a pause, reaches a number drawn from an exponential distribution of mean 1.

use super::at::ProgrammeReplicate;
use super::memory::ProgrammeMemory;
use super::spells::Spells;
use crate::engine::chance::Chance;
use crate::engine::hazard::HazardId;
use crate::model::NumberId;
use crate::random::{Site, Uniform, normal};

/// More pauses than this do not begin in one step: each draws two numbers, and a site has 512 in a step.
const MOST_IN_A_STEP: u32 = 200;

/// A process of pauses.
#[derive(Clone, Debug)]
pub struct RandomPause {
    pub site: Site,
    pub hazard: HazardId,
    /// The mean length, and the years of its unit.
    pub mean: (NumberId, f64),
    pub law: CompiledPauseLaw,
    /// Where its phase is kept.
    pub row: usize,
}

/// How long pauses last.
#[derive(Clone, Copy, Debug)]
pub enum CompiledPauseLaw {
    Fixed,
    Exponential,
    /// With this standard deviation, and the years of its unit.
    Lognormal(NumberId, f64),
}

impl RandomPause {
    /// The pauses of the step at hand.
    pub fn spells(&self, at: &ProgrammeReplicate<impl Chance>, memory: &mut ProgrammeMemory) -> Spells {
        let ProgrammeReplicate { now, lane, .. } = *at;
        let hazard = now.readings.hazards.at(self.hazard, lane);
        let mean = at.number(self.mean.0) * self.mean.1;
        let phase = memory.phase(self.row, lane);
        let mut spells = Spells::none(1.0);
        let mut time = 0.0;
        for n in 0..=MOST_IN_A_STEP {
            if phase.until_next <= 0.0 {
                let Some(uniform) = now.chance.uniform(now.draw(self.site, 2 * n), lane) else {
                    return Spells::none(1.0 - probability(&mut phase.paused, hazard, mean, now.years));
                };
                phase.until_next = -libm::log(uniform.lower());
            }
            if phase.paused > 0.0 {
                let end = time + phase.paused;
                spells.add(time / now.years, (end / now.years).min(1.0));
                phase.paused = (end - now.years).max(0.0);
                time = end;
            }
            if time >= now.years {
                break;
            }
            let left = hazard * (now.years - time);
            if left < phase.until_next || n == MOST_IN_A_STEP {
                phase.until_next -= left.min(phase.until_next);
                break;
            }
            time += phase.until_next / hazard;
            phase.until_next = 0.0;
            phase.paused = match now.chance.uniform(now.draw(self.site, 2 * n + 1), lane) {
                Some(uniform) => self.length(at, uniform, mean),
                None => mean,
            };
        }
        spells
    }

    /// The length of a pause in years.
    fn length(&self, at: &ProgrammeReplicate<impl Chance>, uniform: Uniform, mean: f64) -> f64 {
        match self.law {
            CompiledPauseLaw::Fixed => mean,
            CompiledPauseLaw::Exponential => -libm::log(uniform.upper()) * mean,
            CompiledPauseLaw::Lognormal(sd, unit) => {
                let sd = at.number(sd) * unit;
                if mean <= 0.0 {
                    return 0.0;
                }
                // Of a lognormal number the logarithm has variance ln(1 + (sd/mean)^2).
                let variance = libm::log1p((sd / mean) * (sd / mean));
                mean * libm::exp(variance.sqrt() * normal::quantile(uniform) - variance / 2.0)
            }
        }
    }
}

/// The mean over a step of the probability of a pause, which moves on: as if pauses ended at the rate of their mean,
/// whatever their distribution. In the long run that is the share of time for all of them.
fn probability(paused: &mut f64, hazard: f64, mean: f64, years: f64) -> f64 {
    if mean <= 0.0 {
        *paused = 0.0;
        return 0.0;
    }
    let speed = hazard + 1.0 / mean;
    let reconciled = hazard / speed;
    let decay = -libm::expm1(-speed * years);
    let over_step = reconciled + (*paused - reconciled) * decay / (speed * years);
    *paused += (reconciled - *paused) * decay;
    over_step
}
