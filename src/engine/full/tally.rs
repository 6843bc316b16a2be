//! What the gate has seen of a step, by lane.

use super::ways::{WayId, WayIn};
use crate::engine::flows::Flows;
use crate::engine::phase::Phase;

/// What the gate has seen of a step: values by way or by place, and lane.
#[derive(Clone, Debug, Default)]
pub struct GateTally {
    lanes: usize,
    /// By lane, whether somebody was sent back or served in the step.
    written: Vec<bool>,
    /// By way: people counted along it who need not be looked at again.
    pub seen: Vec<f64>,
    /// By way: of those counted along it, who had waited in the queue.
    pub served: Vec<f64>,
    /// By way: people who found no room and are where they came from.
    pub turned: Vec<f64>,
    /// By way: of these, those who have been exposed to the other ways out for the rest of the step.
    pub exposed: Vec<f64>,
    /// By way: people who found no room and have gone elsewhere: diverted, or by another way out of where they were.
    pub gone: Vec<f64>,
    /// By way: of these, those who have gone by another way out of where they were.
    pub left: Vec<f64>,
    /// By way: people who found no room and got in all the same.
    pub let_in: Vec<f64>,
    /// By way: of those who found no room, the ones who are not looked at again at the end of the step.
    pub decided: Vec<f64>,
    /// By place: of those who came from outside, who found it full at that moment.
    pub found_full: Vec<f64>,
    /// By place: people when the step's moves began.
    pub before: Vec<f64>,
}

impl GateTally {
    /// Forgets the last step. Most steps send nobody back, so only what was written is cleared.
    pub fn clear(&mut self, lanes: usize, ways: usize, places: usize) {
        let any = self.written.contains(&true);
        let fits = self.lanes == lanes && self.seen.len() == ways * lanes;
        self.lanes = lanes;
        let always = [(&mut self.seen, ways), (&mut self.before, places), (&mut self.found_full, places)];
        let written = [
            (&mut self.served, ways),
            (&mut self.turned, ways),
            (&mut self.exposed, ways),
            (&mut self.gone, ways),
            (&mut self.left, ways),
            (&mut self.let_in, ways),
            (&mut self.decided, ways),
        ];
        let written = written.into_iter().filter(|_| any || !fits);
        for (values, count) in always.into_iter().chain(written) {
            values.clear();
            values.resize(count * lanes, 0.0);
        }
        self.written.clear();
        self.written.resize(lanes, false);
    }

    /// Notes that something is written beside who was seen.
    pub fn write(&mut self, lane: usize) {
        self.written[lane] = true;
    }

    /// Whether nothing was written beside who was seen.
    pub fn is_clear(&self, lane: usize) -> bool {
        !self.written[lane]
    }

    /// The same of every lane.
    pub fn is_all_clear(&self) -> bool {
        !self.written.contains(&true)
    }

    /// Where the value of a way or a place is.
    pub fn at(&self, row: usize, lane: usize) -> usize {
        row * self.lanes + lane
    }

    /// Those who found no room along a way, whatever became of them.
    pub fn refused(&self, way: WayId, lane: usize) -> f64 {
        let at = self.at(way, lane);
        self.turned[at] + self.gone[at] + self.let_in[at]
    }

    /// The end of a step begins: who found no room so far and comes from another place has tried in this step, who comes from
    /// outside is looked at again with those who come now.
    pub fn decide(&mut self, id: WayId, way: &WayIn, lane: usize) {
        let at = self.at(id, lane);
        if self.written[lane] {
            self.decided[at] =
                self.gone[at] + self.let_in[at] + if way.outside { 0.0 } else { self.turned[at] };
        }
    }

    /// Those who found no room along a way and are not yet exposed to the other ways out of where they are.
    pub fn fresh(&self, way: WayId, lane: usize) -> f64 {
        let at = self.at(way, lane);
        (self.turned[at] - self.exposed[at]).max(0.0)
    }

    /// Some who had waited in the queue come along a way.
    pub fn serve(&mut self, way: WayId, lane: usize, phase: Phase, count: f64) {
        self.write(lane);
        let at = self.at(way, lane);
        self.served[at] += count;
        if phase == Phase::End {
            // They are in, and not looked at again.
            self.seen[at] += count;
        }
    }

    /// Some who found no room along a way have gone to another place.
    pub fn divert(&mut self, way: WayId, lane: usize, count: f64) {
        let at = self.at(way, lane);
        self.turned[at] -= count;
        self.exposed[at] = self.exposed[at].min(self.turned[at]);
        self.gone[at] += count;
    }

    /// Those who were exposed: `left` of them have gone another way.
    pub fn expose(&mut self, way: WayId, lane: usize, left: f64) {
        let at = self.at(way, lane);
        self.turned[at] = (self.turned[at] - left).max(0.0);
        self.gone[at] += left;
        self.left[at] += left;
        self.exposed[at] = self.turned[at];
    }

    /// Those who tried a way in the course of the step, whose people counted along it `flows` knows.
    pub fn tried(&self, way: WayId, counted: f64, lane: usize) -> f64 {
        let at = self.at(way, lane);
        counted - self.served[at] + self.turned[at] + self.gone[at]
    }

    /// Those counted along the edge of a way since the gate last looked.
    pub fn came(&self, way: WayId, edge: usize, flows: &Flows, lane: usize) -> f64 {
        (flows.counted(edge, lane) - self.seen[self.at(way, lane)]).max(0.0)
    }
}
