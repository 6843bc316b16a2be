//! How lines share the seats of one offer: in proportion to those waiting, each within what it may get.

use super::At;
use super::fill::Party;
use crate::engine::chance::Chance;
use crate::random::Site;

/// Deals up to `seats` among `parties`: the seats fall to people at random, a multivariate hypergeometric drawn line after
/// line; what a line may not take is dealt again among the others.
pub fn deal(at: &At<impl Chance>, seats: f64, parties: &mut [Party], site: impl Fn(&Party) -> Site) {
    if let [only] = parties {
        only.given = seats.min(only.waiting).min(only.most);
        return;
    }
    let chance = at.now.chance;
    let mut left = seats;
    parties.iter_mut().for_each(|party| party.given = 0.0);
    // Every round but the last closes a line.
    for round in 0..parties.len() as u32 {
        let mut population: f64 = parties.iter().map(|party| party.open(at)).sum();
        let mut dealt = left.min(population);
        if dealt <= 0.0 {
            return;
        }
        for party in parties.iter_mut() {
            let open = party.open(at);
            let draw = at.now.draw(site(party), round);
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
    fn open(&self, at: &At<impl Chance>) -> f64 {
        let waiting = at.now.chance.whole(self.weight * self.waiting) - self.given;
        if self.given < self.most { waiting.max(0.0) } else { 0.0 }
    }
}
