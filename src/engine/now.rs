//! The step at hand, as every mechanism sees it: what is read in it and not changed.

use super::chance::{Chance, Draw};
use super::edge::{Edge, EdgeId};
use super::readings::Readings;
use super::split::PartId;
use crate::random::Site;

/// What does not change while a step is taken.
#[derive(Debug)]
pub struct Now<'a, C> {
    /// How counts are drawn.
    pub chance: &'a C,
    /// The step.
    pub step: u32,
    /// Its length in years.
    pub years: f64,
    /// The ways that people can go.
    pub edges: &'a [Edge],
    /// Numbers, hazards and shares, as they are in the step.
    pub readings: &'a Readings,
}

/// A body of people of one replicate who are divided over ways.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// Their replicate.
    pub lane: usize,
    /// Which of the draws of each way is theirs.
    ordinal: u32,
    /// Where several bodies take the same ways with the same ordinal, what tells them apart: each draws for itself.
    number: Option<u64>,
}

impl Body {
    /// The only ones who take their ways with this ordinal.
    pub fn new(ordinal: u32, lane: usize) -> Body {
        Body { lane, ordinal, number: None }
    }

    /// Some of several.
    pub fn numbered(number: u64, ordinal: u32, lane: usize) -> Body {
        Body { lane, ordinal, number: Some(number) }
    }
}

impl<'a, C: Chance> Now<'a, C> {
    /// The address of a random number.
    pub fn draw(&self, site: Site, ordinal: u32) -> Draw {
        Draw { site, step: self.step, ordinal }
    }

    /// The share of each branch, in one replicate.
    pub fn shares<'b>(
        &self,
        branches: &'b [(EdgeId, PartId)],
        lane: usize,
    ) -> impl Iterator<Item = (EdgeId, f64)> + Clone + use<'a, 'b, C> {
        let parts = &self.readings.parts;
        branches.iter().map(move |(edge, part)| (*edge, parts.at(*part, lane)))
    }

    /// Divides `count` people over edges in proportion to weights: a multinomial, drawn edge after edge from what is left.
    /// Hands each edge its people. Nobody goes where no weight is above 0.
    pub fn divide(
        &self,
        body: Body,
        count: f64,
        branches: impl Iterator<Item = (EdgeId, f64)> + Clone,
        mut go: impl FnMut(EdgeId, f64),
    ) {
        let Body { lane, ordinal, number } = body;
        let mut left = count;
        let mut rest = branches;
        while let Some((edge, weight)) = rest.next() {
            if left <= 0.0 {
                return;
            }
            if weight <= 0.0 {
                continue;
            }
            // Summed anew each time, so that the last edge with a weight gets a probability of exactly 1.
            let behind: f64 = rest.clone().map(|(_, weight)| weight).filter(|weight| *weight > 0.0).sum();
            let share = weight / (weight + behind);
            let site = self.edges[edge].site;
            let site = number.map_or(site, |number| site.at(number));
            let taken = self.chance.binomial(self.draw(site, ordinal), lane, left, share);
            if taken > 0.0 {
                go(edge, taken);
                left -= taken;
            }
        }
    }

    /// Takes `count` people at random from several kinds, of whom there are so many: a multivariate hypergeometric, drawn by sites
    /// with an ordinal. Says of each kind how many.
    pub fn share_out(
        &self,
        lane: usize,
        (count, ordinal): (f64, u32),
        kinds: impl Iterator<Item = (Site, f64)> + Clone,
        shares: &mut Vec<f64>,
    ) {
        let mut among: f64 = kinds.clone().map(|(_, people)| people).sum();
        let mut left = count;
        shares.clear();
        for (site, people) in kinds {
            let share = self.chance.hypergeometric(self.draw(site, ordinal), lane, among, people, left);
            among -= people;
            left -= share;
            shares.push(share);
        }
    }
}

/// People of one replicate who may go several ways, which are drawn one after the other: each from all who may still go, not from those
/// who go at all. So a change of one way's probability leaves the numbers on the others nearly as they were.
#[derive(Clone, Copy, Debug)]
pub struct InTurn {
    lane: usize,
    /// Who has gone no way yet.
    pub left: f64,
    /// The probability of that.
    staying: f64,
}

impl InTurn {
    /// Nobody has gone yet.
    pub fn new(lane: usize, people: f64) -> InTurn {
        InTurn { lane, left: people, staying: 1.0 }
    }

    /// The next way, which somebody goes with probability `share`, all ways together: gives how many do.
    pub fn go(&mut self, now: &Now<impl Chance>, draw: Draw, share: f64) -> f64 {
        let probability = self.probability(share);
        self.staying -= share;
        let gone = now.chance.binomial(draw, self.lane, self.left, probability);
        self.left -= gone;
        gone
    }

    /// The probability to go a way next for those who have gone none yet.
    pub fn probability(&self, share: f64) -> f64 {
        if self.staying > 0.0 { (share / self.staying).min(1.0) } else { 1.0 }
    }
}
