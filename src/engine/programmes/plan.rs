//! What a programme offers in a step, before anybody takes a seat.

use super::at::ProgrammeReplicate;
use super::hall::{OfferPlan, Party, ProgrammeWorkspace};
use super::memory::ProgrammeMemory;
use super::programme::{CompiledProgramme, Offer};
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;

/// The draws of a class's site: those of sharing seats among lines have the first numbers.
const ATTENDED: u32 = 500;

impl CompiledProgramme {
    /// Plans the offers of the step, and counts occasions and pauses.
    pub(super) fn plan(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        index: usize,
        memory: &mut ProgrammeMemory,
        flows: &mut Flows,
        workspace: &mut ProgrammeWorkspace,
    ) {
        let first = workspace.plans.len();
        // Occasions that lines share are counted once.
        let mut shared = 0.0f64;
        let common = self.terms.spells(at, memory);
        self.metrics.paused(flows, at.lane, &common);
        for (number, offer) in self.offers.iter().enumerate() {
            workspace.pauses.clear();
            for line in &offer.lines {
                let own = line.terms.spells(at, memory);
                if let Some(metrics) = &line.metrics {
                    metrics.paused(flows, at.lane, &common.with(&own));
                }
                workspace.pauses.push(own);
            }
            // The pauses of a line that shares its seats with nobody are those of the offer.
            let alone = match workspace.pauses.as_slice() {
                [only] => Some(common.with(only)),
                _ => None,
            };
            let spells = alone.as_ref().unwrap_or(&common);
            let open = self.terms.open_at(at.now.step)
                && offer.lines.iter().any(|line| line.terms.open_at(at.now.step));
            if !open || spells.whole_step() {
                continue;
            }
            let planned = offer.timing.occasions(at, memory);
            let occasions = spells.outside(planned);
            if occasions <= 0.0 {
                continue;
            }
            let seats = offer.seats.as_ref().map_or(f64::INFINITY, |seats| seats.drawn(at, occasions));
            let parties = workspace.parties.len();
            for (line, own) in workspace.pauses.iter().enumerate() {
                let weight = if alone.is_some() { 1.0 } else { own.outside(occasions) / occasions };
                workspace.parties.extend(offer.party(at, memory, line, weight, [occasions, seats]));
            }
            let parties = parties..workspace.parties.len();
            let plan = OfferPlan { programme: index, offer: number, occasions, seats, left: seats, parties };
            workspace.plans.push(plan);
            if offer.shares_occasions {
                shared = shared.max(occasions);
            } else {
                self.metrics.took_place(flows, at.lane, occasions);
            }
        }
        self.metrics.took_place(flows, at.lane, shared);
        workspace.plans_of[index] = first..workspace.plans.len();
    }
}

impl Offer {
    /// A line that takes part: if it is open and has something left of its cap.
    fn party(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        memory: &ProgrammeMemory,
        index: usize,
        weight: f64,
        [occasions, seats]: [f64; 2],
    ) -> Option<Party> {
        let line = &self.lines[index];
        let cap = line.terms.cap_left(at, memory);
        if !line.terms.open_at(at.now.step) || weight <= 0.0 || cap <= 0.0 {
            return None;
        }
        let attended = if weight < 1.0 {
            let draw = at.now.draw(line.classes[0].site, ATTENDED);
            at.now.chance.rounded(draw, at.lane, weight * seats)
        } else {
            f64::INFINITY
        };
        let most = cap.min(attended);
        Some(Party {
            line: index,
            weight,
            asked: (occasions * weight).max(1.0),
            most,
            waiting: 0.0,
            given: 0.0,
        })
    }
}
