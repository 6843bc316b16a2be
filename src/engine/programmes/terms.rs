//! The terms of a programme or of one of its lines: dates, caps, pauses.

use super::at::ProgrammeReplicate;
use super::memory::ProgrammeMemory;
use super::random_pause::RandomPause;
use super::spells::Spells;
use crate::engine::chance::Chance;
use crate::model::NumberId;

/// Sums of fractional people are exact to this part of them.
const ROUNDING: f64 = 1e-12;

/// What bounds the use of seats.
#[derive(Clone, Debug, Default)]
pub struct CompiledTerms {
    /// The most people in a calendar year, and the row in which they are counted.
    pub cap: Option<(NumberId, usize)>,
    /// The steps in which it takes place: from, until.
    pub open: Option<(u32, u32)>,
    /// Steps without occasions: from, until.
    pub pauses: Vec<(u32, u32)>,
    pub random_pause: Option<RandomPause>,
}

impl CompiledTerms {
    /// Whether it takes place in `step` at all.
    pub fn open_at(&self, step: u32) -> bool {
        self.open.is_none_or(|(from, until)| (from..until).contains(&step))
    }

    /// The pauses of the step. To be asked once a step: random ones go on.
    pub fn spells(&self, at: &ProgrammeReplicate<impl Chance>, memory: &mut ProgrammeMemory) -> Spells {
        let mut spells = match &self.random_pause {
            Some(pause) => pause.spells(at, memory),
            None => Spells::none(1.0),
        };
        if self.pauses.iter().any(|(from, until)| (*from..*until).contains(&at.now.step)) {
            spells.add(0.0, 1.0);
        }
        spells
    }

    /// How many people the cap leaves for the rest of the year.
    pub fn cap_left(&self, at: &ProgrammeReplicate<impl Chance>, memory: &ProgrammeMemory) -> f64 {
        let Some((cap, row)) = self.cap else { return f64::INFINITY };
        let used = memory.used(row, at.lane);
        let left = at.number(cap) - used;
        // What rounding leaves of a cap that fractional people have used up is nothing.
        at.now.chance.whole(if left > ROUNDING * (1.0 + used) { left } else { 0.0 })
    }

    /// Counts people towards the cap.
    pub fn use_up(&self, memory: &mut ProgrammeMemory, lane: usize, people: f64) {
        if let Some((_, row)) = self.cap {
            *memory.used_mut(row, lane) += people;
        }
    }

    /// Begins a calendar year.
    pub fn begin_year(&self, memory: &mut ProgrammeMemory, lane: usize) {
        if let Some((_, row)) = self.cap {
            *memory.used_mut(row, lane) = 0.0;
        }
    }
}
