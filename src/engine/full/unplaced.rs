//! What becomes of those who found no room and went nowhere else.

use super::gate::Moment;
use super::measures::people;
use super::ways::{Limited, WayId};
use crate::engine::chance::Chance;
use crate::engine::now::Body;
use crate::engine::phase::Phase;
use crate::model::Full;
use crate::units::{DAYS_PER_YEAR, entrant_leaving_probability, leaving_probability};

impl<C: Chance> Moment<'_, '_, C> {
    /// Where people crowd they get in all the same.
    pub(super) fn let_crowd_in(&mut self, place: &Limited) {
        if self.tally.is_clear(self.lane)
            || place.otherwise != Full::Crowd
            || place.limit.is_none()
            || self.is_closed(place)
        {
            return;
        }
        for (id, way) in self.ways_of(place) {
            let at = self.at(id);
            let turned = std::mem::take(&mut self.tally.turned[at]);
            if turned > 0.0 {
                self.tally.exposed[at] = 0.0;
                self.go(way.edge, turned);
                self.tally.let_in[at] += turned;
                // At the end of a step they are not looked at again.
                self.tally.seen[at] += turned;
            }
        }
    }

    /// Who comes from outside is turned away or waits; who comes from another place stays there.
    pub(super) fn resolve(&mut self, index: usize, place: &Limited) {
        let mut refused = 0.0;
        self.workspace.joining.clear();
        self.workspace.joining.resize(place.outside.len(), 0.0);
        for (id, way) in self.ways_of(place) {
            let at = self.at(id);
            let turned = std::mem::take(&mut self.tally.turned[at]);
            if !way.outside {
                // Also those who have since gone another way.
                self.metric(place.metrics.held_back, turned + self.tally.left[at]);
            } else if turned <= 0.0 {
                continue;
            } else if place.otherwise == Full::Refuse {
                refused += turned;
            } else if let Some(position) = place.outside.iter().position(|outside| *outside == id) {
                self.workspace.joining[position] = turned;
            }
        }
        if self.phase != Phase::End || place.limit.is_none() {
            return;
        }
        self.metric(place.metrics.refused, refused);
        if refused > 0.0 {
            self.metric(place.metrics.days_refused, self.now.years * DAYS_PER_YEAR);
        }
        let found_full = self.tally.found_full[self.at(index)];
        self.metric(place.metrics.had_to_wait, found_full.max(self.workspace.joining.iter().sum()));
        self.queues[index].join(self.lane, self.now.step, &self.workspace.joining);
        self.give_up(index, place);
        self.metric(place.metrics.queue, self.queues[index].people(self.lane));
        let counted = |way: &WayId| self.movements.flows.counted(self.ways.all[*way].edge, self.lane);
        let admitted = place.outside.iter().map(counted).sum();
        self.metric(place.metrics.admitted, admitted);
    }

    /// Those who wait give up at their rate: before free places are given to them half a step's worth of it, and at its end
    /// the other half, or what falls to those who came at some moment of it.
    pub(super) fn give_up(&mut self, index: usize, place: &Limited) {
        if place.giving_up.is_empty() || self.queues[index].people(self.lane) <= 0.0 {
            return;
        }
        let Moment { phase, lane, now, movements, queues, .. } = self;
        let (phase, lane, now) = (*phase, *lane, *now);
        let mut gave_up = 0.0;
        queues[index].give_up(lane, |came, position, waiting| {
            let way = &place.giving_up[position];
            let Some(hazard) = way.hazard.map(|hazard| now.readings.hazards.at(hazard, lane)) else {
                return 0.0;
            };
            let probability = if came == now.step {
                entrant_leaving_probability(hazard, now.years)
            } else {
                leaving_probability(hazard, 0.5 * now.years)
            };
            let draw = now.draw(way.site.at(came.into()), phase.ordinal());
            let count = now.chance.binomial(draw, lane, waiting, probability);
            let mut gone = 0.0;
            // Those who came by one way in several steps have the same edges.
            let body = Body::numbered(came.into(), phase.ordinal(), lane);
            now.divide(body, count, now.shares(&way.branches, lane), |edge, count| {
                gone += count;
                movements.go(now, phase, edge, lane, count);
            });
            gave_up += gone;
            gone
        });
        self.metric(place.metrics.gave_up, gave_up);
    }

    /// Remembers who is there when moves begin, and who has come so far.
    pub(super) fn remember(&mut self, index: usize, place: &Limited) {
        match self.phase {
            Phase::Start => {
                let at = self.at(index);
                self.tally.before[at] = people(self.movements.state, &place.cells, self.lane);
            }
            Phase::Middle => {
                for id in &place.ways {
                    let at = self.at(*id);
                    let counted = self.movements.flows.counted(self.ways.all[*id].edge, self.lane);
                    if self.round == 0 {
                        self.came_from_outside(place, *id, counted);
                    }
                    self.tally.seen[at] = counted;
                }
            }
            Phase::End => {}
        }
    }

    /// Counts those who came from outside along a way, with those whom the gate did not let in.
    fn came_from_outside(&mut self, place: &Limited, id: WayId, counted: f64) {
        if self.ways.all[id].outside && place.limit.is_some() && !self.is_closed(place) {
            self.metric(place.metrics.arrived, self.tally.tried(id, counted, self.lane));
        }
    }
}
