//! The step at hand, as every mechanism sees it.

use super::chance::{Chance, Draw};
use super::edge::{Edge, EdgeId};
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
}

impl<C: Chance> Now<'_, C> {
    /// The address of a random number.
    pub fn draw(&self, site: Site, ordinal: u32) -> Draw {
        Draw { site, step: self.step, ordinal }
    }

    /// Divides `count` people over edges in proportion to weights: a multinomial, drawn edge after edge from what is left.
    /// Hands each edge its people. Nobody goes where no weight is above 0.
    pub fn divide(
        &self,
        ordinal: u32,
        lane: usize,
        count: f64,
        branches: impl Iterator<Item = (EdgeId, f64)> + Clone,
        go: impl FnMut(EdgeId, f64),
    ) {
        self.divide_with(|site| site, ordinal, lane, count, branches, go);
    }

    /// As [`divide`](Now::divide), for one of several bodies of people who take the same edges in a step: each draws for itself.
    pub fn divide_at(
        &self,
        body: u64,
        ordinal: u32,
        lane: usize,
        count: f64,
        branches: impl Iterator<Item = (EdgeId, f64)> + Clone,
        go: impl FnMut(EdgeId, f64),
    ) {
        self.divide_with(|site| site.at(body), ordinal, lane, count, branches, go);
    }

    fn divide_with(
        &self,
        site: impl Fn(Site) -> Site,
        ordinal: u32,
        lane: usize,
        count: f64,
        branches: impl Iterator<Item = (EdgeId, f64)> + Clone,
        mut go: impl FnMut(EdgeId, f64),
    ) {
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
            let taken =
                self.chance.binomial(self.draw(site(self.edges[edge].site), ordinal), lane, left, share);
            if taken > 0.0 {
                go(edge, taken);
                left -= taken;
            }
        }
    }
}
