//! The gate: who finds no room goes back along the way on which they came, and then where the place's rule says.

use super::claim::Claim;
use super::measures::people;
use super::queue::PlaceQueue;
use super::tally::GateTally;
use super::ways::{Limited, WayId, WayIn, Ways};
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::phase::Phase;

/// So often the gate looks again in one phase of a step: each time fewer people have tried another door.
pub const MOST_ROUNDS: u32 = 30;

/// The first round in which the gate looks at those who were born late in a step.
pub const LATE_ROUND: u32 = 32;

/// The gate.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    ways: Ways,
}

/// What the gate works with at one moment, in one replicate.
#[derive(Clone, Debug, Default)]
pub struct GateWorkspace {
    /// Those who want the place at hand.
    pub(super) claims: Vec<Claim>,
    /// Of these or of others, who come away with nothing or with something.
    pub(super) shares: Vec<f64>,
    /// By cell of the place at hand, who is there and may be sent back.
    pub(super) there: Vec<f64>,
    /// Those who may be diverted to one place: where they found none, by which way, how many, and the edge that they would take.
    pub(super) diverted: Vec<(usize, WayId, f64, EdgeId)>,
    /// By way from outside, those who begin to wait.
    pub(super) joining: Vec<f64>,
}

/// The gate at one moment, in one replicate.
pub(super) struct Moment<'a, 'b, C> {
    pub phase: Phase,
    /// How often the gate has looked in this phase.
    pub round: u32,
    pub lane: usize,
    pub now: &'a Now<'b, C>,
    pub ways: &'a Ways,
    pub movements: &'a mut Movements<'b>,
    pub queues: &'a mut [PlaceQueue],
    pub tally: &'a mut GateTally,
    pub workspace: &'a mut GateWorkspace,
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
    pub fn queues(&self, lanes: usize) -> Vec<PlaceQueue> {
        self.ways.places.iter().map(|_| PlaceQueue::new(lanes)).collect()
    }

    /// Forgets the last step.
    pub fn begin(&self, lanes: usize, tally: &mut GateTally) {
        tally.clear(lanes, self.ways.all.len(), self.ways.places.len());
    }

    /// Looks at everybody who came since it last looked. In the middle and at the end of a step it looks again, in rounds, as
    /// long as people whom it sent back try other doors.
    pub(super) fn check<C: Chance>(&self, moment: &mut Moment<'_, '_, C>) {
        let places = || self.ways.places.iter().enumerate();
        for lane in 0..moment.movements.state.lanes() {
            moment.lane = lane;
            places().for_each(|(index, place)| moment.redirect(index, place));
            if (moment.phase, moment.round) == (Phase::Middle, 0) {
                places().for_each(|(index, place)| moment.give_up(index, place));
            }
            places().for_each(|(index, _)| moment.admit(index));
            moment.divert();
            places().for_each(|(_, place)| moment.let_crowd_in(place));
            if moment.phase == Phase::Start {
                places().for_each(|(index, place)| moment.resolve(index, place));
            }
            places().for_each(|(index, place)| moment.remember(index, place));
        }
    }

    /// Says at the end of a step what becomes of those who found no room and went nowhere else.
    pub(super) fn finish<C: Chance>(&self, moment: &mut Moment<'_, '_, C>) {
        for lane in 0..moment.movements.state.lanes() {
            moment.lane = lane;
            let places = self.ways.places.iter().enumerate();
            places.for_each(|(index, place)| moment.resolve(index, place));
        }
    }
}

impl<'a, C: Chance> Moment<'a, '_, C> {
    /// Where the value of a way or a place is, in this replicate.
    pub fn at(&self, row: usize) -> usize {
        self.tally.at(row, self.lane)
    }

    /// People go along an edge; fewer than none: they go back.
    pub fn go(&mut self, edge: EdgeId, count: f64) {
        self.movements.go(self.now, self.phase, edge, self.lane, count);
    }

    /// Those who came along a way since the gate last looked.
    pub fn came(&self, way: &WayIn, id: WayId) -> f64 {
        self.tally.came(id, way.edge, self.movements.flows, self.lane)
    }

    /// The ways of a place by which people come in this phase.
    pub fn ways_of<'w>(
        &self,
        place: &'w Limited,
    ) -> impl Iterator<Item = (WayId, &'a WayIn)> + use<'a, 'w, C> {
        let (ways, early) = (self.ways, self.phase == Phase::Start);
        place.ways.iter().map(|id| (*id, &ways.all[*id])).filter(move |(_, way)| way.early == early)
    }

    /// People in a place now, with those who entered it in this step.
    pub fn present(&self, cells: &std::ops::Range<usize>) -> f64 {
        let entered = |cell| self.movements.flows.entered(cell, self.lane);
        let on_the_way: f64 =
            if self.phase == Phase::Middle { cells.clone().map(entered).sum() } else { 0.0 };
        people(self.movements.state, cells, self.lane) + on_the_way
    }

    pub fn is_closed(&self, place: &Limited) -> bool {
        place.closed.is_some_and(|closed| self.now.step >= closed)
    }

    /// Adds to a metric, if the place has it.
    pub fn metric(&mut self, metric: Option<usize>, value: f64) {
        if let Some(metric) = metric {
            self.movements.flows.metric(metric, self.lane, value);
        }
    }

    /// Sends people back along their way; fewer than none: they get in after all.
    pub fn send_back(&mut self, id: WayId, count: f64) {
        if count != 0.0 {
            self.tally.write(self.lane);
            self.go(self.ways.all[id].edge, -count);
            let at = self.at(id);
            self.tally.turned[at] += count;
            self.tally.exposed[at] = self.tally.exposed[at].min(self.tally.turned[at]);
        }
    }
}
