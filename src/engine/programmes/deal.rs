//! How something is dealt: seats among lines in proportion to those waiting, people among programmes in proportion to seats,
//! each within what it may get.

use super::at::ProgrammeReplicate;
use super::hall::Party;
use crate::engine::chance::Chance;
use crate::random::Site;

/// The draws of a class's site: those of dealing have the first numbers.
const ELIGIBLE: u32 = 501;
/// Rounds of dealing among more than so many share their numbers.
const MOST_ROUNDS: u32 = 500;

/// Deals up to `seats` among `parties`: the seats fall to people at random, a multivariate hypergeometric drawn line after
/// line; what a line may not take is dealt again among the others.
pub(super) fn deal(
    at: &ProgrammeReplicate<impl Chance>,
    seats: f64,
    parties: &mut [Party],
    site: impl Fn(&Party) -> Site,
) {
    if let [only] = parties {
        only.given = seats.min(only.waiting).min(only.most);
        return;
    }
    let chance = at.now.chance;
    for party in parties.iter_mut() {
        party.given = 0.0;
        if party.weight < 1.0 {
            let draw = at.draw(site(party), ELIGIBLE);
            party.waiting = chance.rounded(draw, at.lane, party.weight * party.waiting);
        }
    }
    let mut left = seats;
    // Every round but the last closes a line.
    for round in 0..parties.len() as u32 {
        let mut population: f64 = parties.iter().map(Party::open).sum();
        let mut dealt = left.min(population);
        if dealt <= 0.0 {
            return;
        }
        for party in parties.iter_mut() {
            let open = party.open();
            let draw = at.draw(site(party), round.min(MOST_ROUNDS - 1));
            let fallen = chance.hypergeometric(draw, at.lane, population, open, dealt);
            population -= open;
            dealt -= fallen;
            let taken = fallen.min(party.most - party.given).max(0.0);
            party.given += taken;
            left -= taken;
        }
    }
}

impl Party {
    /// Those waiting without a seat, as long as the line may get more.
    fn open(&self) -> f64 {
        if self.given < self.most { (self.waiting - self.given).max(0.0) } else { 0.0 }
    }
}

/// Who wants some of what is dealt.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatClaim {
    /// Who draws how much falls to it.
    pub(super) site: Site,
    /// The seats that stand for it.
    pub(super) seats: f64,
    /// How much it wants.
    pub(super) wants: f64,
    /// How much it gets.
    pub(super) gets: f64,
}

/// Deals `amount`, beside what claims have got, in proportion to their seats, as if each seat were as likely as any other to be
/// filled; what a claim does not want is dealt again among the others.
pub(super) fn share(at: &ProgrammeReplicate<impl Chance>, amount: f64, claims: &mut [SeatClaim]) {
    let chance = at.now.chance;
    let mut left = amount;
    for round in 0..claims.len() as u32 {
        let mut seats: f64 = claims.iter().map(SeatClaim::open).sum();
        let mut dealt = left.min(seats);
        if dealt <= 0.0 {
            return;
        }
        for claim in claims.iter_mut() {
            let open = claim.open();
            let draw = at.draw(claim.site, round.min(MOST_ROUNDS - 1));
            let fallen = chance.hypergeometric(draw, at.lane, seats, open, dealt);
            seats -= open;
            dealt -= fallen;
            let taken = fallen.min(claim.wants - claim.gets).max(0.0);
            claim.gets += taken;
            left -= taken;
        }
    }
}

impl SeatClaim {
    /// Its seats, as long as it wants more.
    fn open(&self) -> f64 {
        if self.gets < self.wants { (self.seats - self.gets).max(self.wants - self.gets) } else { 0.0 }
    }
}
