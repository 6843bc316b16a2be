//! One replicate in the step at hand, as programmes see it.

use crate::engine::chance::{Chance, Draw};
use crate::engine::now::Now;
use crate::model::NumberId;
use crate::random::Site;

/// One replicate in the step at hand.
pub(super) struct ProgrammeReplicate<'a, C> {
    pub(super) now: &'a Now<'a, C>,
    pub(super) lane: usize,
    /// In which round seats are filled: there are several where programmes want the same people.
    pub(super) round: u64,
}

impl<C: Chance> ProgrammeReplicate<'_, C> {
    pub(super) fn number(&self, id: NumberId) -> f64 {
        self.now.readings.numbers.at(id, self.lane)
    }

    /// A draw of a site in this round.
    pub(super) fn draw(&self, site: Site, ordinal: u32) -> Draw {
        let site = if self.round == 0 { site } else { site.at(self.round) };
        self.now.draw(site, ordinal)
    }
}
