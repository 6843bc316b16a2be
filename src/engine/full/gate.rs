//! The gate: who finds no room goes back along the way on which they came, and then where the place's rule says.

use super::measures::people;
use super::queue::Queue;
use super::tally::Tally;
use super::ways::{Limited, Way, WayId, Ways};
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::random::Site;

/// When in a step the gate looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// After programmes and closures, before anybody else moves.
    Start,
    /// After the moves of those present and the arrivals, who enter at some moment of the step.
    Middle,
    /// After the moves of those who entered.
    End,
}

/// The gate.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    ways: Ways,
}

/// What the gate works on at one moment, in one replicate.
pub(super) struct Moment<'a, 'b, C> {
    pub phase: Phase,
    /// How often the gate has looked in this phase.
    pub round: u32,
    pub lane: usize,
    pub now: &'a Now<'b, C>,
    pub readings: &'a Readings,
    pub state: &'a mut State,
    pub flows: &'a mut Flows,
    pub tally: &'a mut Tally,
}

impl Gate {
    /// A gate at every way into places that fill or close.
    pub fn compile(builder: &mut Builder) -> Gate {
        Gate { ways: Ways::compile(builder) }
    }

    /// The ways that it looks at.
    pub fn ways(&self) -> &Ways {
        &self.ways
    }

    /// Empty queues, one for each place.
    pub fn queues(&self, lanes: usize) -> Vec<Queue> {
        self.ways.places.iter().map(|_| Queue::new(lanes)).collect()
    }

    /// Forgets the last step.
    pub fn begin(&self, lanes: usize, tally: &mut Tally) {
        tally.clear(lanes, self.ways.all.len(), self.ways.places.len());
    }

    /// Looks at everybody who came since it last looked. In the middle and at the end of a step it looks again, in rounds, as
    /// long as people whom it sent back try other doors.
    pub fn check(
        &self,
        (phase, round): (Phase, u32),
        now: &Now<impl Chance>,
        readings: &Readings,
        (state, flows): (&mut State, &mut Flows),
        tally: &mut Tally,
    ) {
        let places = || self.ways.places.iter().enumerate();
        for lane in 0..state.lanes() {
            let mut at = Moment { phase, round, lane, now, readings, state, flows, tally };
            places().for_each(|(index, place)| at.redirect(&self.ways, index, place));
            if (phase, round) == (Phase::Middle, 0) {
                places().for_each(|(index, place)| at.give_up(index, place));
            }
            places().for_each(|(index, place)| at.admit(&self.ways, index, place));
            at.divert(&self.ways);
            places().for_each(|(_, place)| at.let_crowd_in(&self.ways, place));
            if phase == Phase::Start {
                places().for_each(|(index, place)| at.settle(&self.ways, index, place));
            }
            places().for_each(|(index, place)| at.remember(&self.ways, index, place));
        }
    }

    /// Says at the end of a step what becomes of those who found no room and went nowhere else.
    pub fn finish(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        (state, flows): (&mut State, &mut Flows),
        tally: &mut Tally,
    ) {
        for lane in 0..state.lanes() {
            let mut at = Moment { phase: Phase::End, round: 0, lane, now, readings, state, flows, tally };
            let places = self.ways.places.iter().enumerate();
            places.for_each(|(index, place)| at.settle(&self.ways, index, place));
        }
    }
}

impl<C: Chance> Moment<'_, '_, C> {
    /// Where the value of a way or a place is, in this replicate.
    pub fn at(&self, row: usize) -> usize {
        self.tally.at(row, self.lane)
    }

    /// People go along an edge; fewer than none: they go back.
    pub fn go(&mut self, edge: EdgeId, count: f64) {
        let ends = &self.now.edges[edge];
        self.flows.count(edge, self.lane, count);
        if self.phase == Phase::Middle {
            self.flows.add_entered(ends.to, self.lane, count);
        } else {
            self.state.add(ends.to, self.lane, count);
        }
        if let Some(from) = ends.from {
            self.state.add(from, self.lane, -count);
        }
    }

    /// Those who came along a way since the gate last looked.
    pub fn came(&self, way: &Way, id: WayId) -> f64 {
        self.tally.came(id, way.edge, self.flows, self.lane)
    }

    /// The ways of a place by which people come in this phase.
    pub fn ways<'w>(
        &self,
        ways: &'w Ways,
        place: &'w Limited,
    ) -> impl Iterator<Item = (WayId, &'w Way)> + use<'w, C> {
        let early = self.phase == Phase::Start;
        place.ways.iter().map(|id| (*id, &ways.all[*id])).filter(move |(_, way)| way.early == early)
    }

    /// People in a place now, with those who entered it in this step.
    pub fn present(&self, cells: &std::ops::Range<usize>) -> f64 {
        let entered = |cell| self.flows.entered(cell, self.lane);
        let on_the_way: f64 =
            if self.phase == Phase::Middle { cells.clone().map(entered).sum() } else { 0.0 };
        people(self.state, cells, self.lane) + on_the_way
    }

    pub fn is_closed(&self, place: &Limited) -> bool {
        place.closed.is_some_and(|closed| self.now.step >= closed)
    }

    /// Adds to a gauge, if the place has it.
    pub fn gauge(&mut self, gauge: Option<usize>, value: f64) {
        if let Some(gauge) = gauge {
            self.flows.gauge(gauge, self.lane, value);
        }
    }

    /// Divides `count` at random among people of several kinds, of whom there are so many: a multivariate hypergeometric.
    pub fn share_out(&self, count: f64, ordinal: u32, kinds: &[(Site, f64)]) -> Vec<f64> {
        let mut among: f64 = kinds.iter().map(|(_, people)| people).sum();
        let mut left = count;
        let mut shares = Vec::with_capacity(kinds.len());
        for (site, people) in kinds {
            let draw = self.now.draw(*site, ordinal);
            let share = self.now.chance.hypergeometric(draw, self.lane, among, *people, left);
            among -= people;
            left -= share;
            shares.push(share);
        }
        shares
    }

    /// The number of a phase among the draws of a site.
    pub fn ordinal(&self) -> u32 {
        match self.phase {
            Phase::Start => 0,
            Phase::Middle => 1,
            Phase::End => 2,
        }
    }

    /// Sends people back along their way; fewer than none: they get in after all.
    pub fn send_back(&mut self, id: WayId, edge: EdgeId, count: f64) {
        if count != 0.0 {
            self.tally.write(self.lane);
            self.go(edge, -count);
            let at = self.at(id);
            self.tally.turned[at] += count;
            self.tally.exposed[at] = self.tally.exposed[at].min(self.tally.turned[at]);
        }
    }
}
