//! Who goes elsewhere because a place is full or closed.

use super::gate::{GateWorkspace, Moment};
use super::measures::capacity;
use super::ways::{Diversion, Limited};
use crate::engine::chance::Chance;
use crate::engine::now::Body;
use crate::engine::phase::Phase;

impl<C: Chance> Moment<'_, '_, C> {
    /// Those who come to a closed place go where its people go, and so does who waits for it. Who would be sent to where they
    /// are stays there.
    pub(super) fn redirect(&mut self, index: usize, place: &Limited) {
        if !self.is_closed(place) {
            return;
        }
        let waiting =
            if self.phase == Phase::Middle { self.queues[index].dissolve(self.lane) } else { Vec::new() };
        for (id, way) in self.ways_of(place) {
            let came = self.came(way, id);
            let position = place.outside.iter().position(|outside| *outside == id);
            let waited: f64 =
                position.map_or(0.0, |position| waiting.iter().map(|cohort| cohort.people[position]).sum());
            if came > 0.0 {
                self.go(way.edge, -came);
                if way.outside {
                    self.metric(place.metrics.arrived, came);
                }
            }
            if came + waited <= 0.0 {
                continue;
            }
            let (now, lane) = (self.now, self.lane);
            let mut sent = 0.0;
            let body = Body::new(2 * self.round + u32::from(self.phase == Phase::End), lane);
            now.divide(body, came + waited, now.shares(&way.redirect, lane), |edge, count| {
                sent += count;
                self.go(edge, count);
            });
            self.metric(place.metrics.diverted, sent);
            self.tally.write(self.lane);
            let at = self.at(id);
            self.tally.turned[at] += (came + waited - sent).max(0.0);
        }
    }

    /// Those who were sent back go to other places, first choices first; the last room there falls to people at random.
    pub(super) fn divert(&mut self) {
        if self.tally.is_clear(self.lane) {
            return;
        }
        let (ways, early) = (self.ways, self.phase == Phase::Start);
        for (choice, diversion) in ways.diversions.iter().enumerate() {
            self.workspace.diverted.clear();
            for (index, way, edge) in &diversion.people {
                let turned = self.tally.turned[self.at(*way)];
                if ways.all[*way].early == early && turned > 0.0 && !self.is_closed(&ways.places[*index]) {
                    self.workspace.diverted.push((*index, *way, turned, *edge));
                }
            }
            let wanting: f64 = self.workspace.diverted.iter().map(|(_, _, people, _)| people).sum();
            if wanting <= 0.0 {
                continue;
            }
            let count = wanting.min(self.room(diversion));
            // Draws of edges by mechanisms have the first ordinals.
            let ordinal = 10 + 3 * (choice as u32).min(100) + self.phase.ordinal();
            let GateWorkspace { diverted, shares, .. } = &mut *self.workspace;
            let kinds = diverted.iter().map(|(_, _, people, edge)| (self.now.edges[*edge].site, *people));
            self.now.share_out(self.lane, (count, ordinal), kinds, shares);
            for position in 0..self.workspace.diverted.len() {
                let (index, way, _, edge) = self.workspace.diverted[position];
                let share = self.workspace.shares[position];
                if share > 0.0 {
                    self.go(edge, share);
                    self.tally.divert(way, self.lane, share);
                    self.metric(ways.places[index].metrics.diverted, share);
                }
            }
        }
    }

    /// The room of a place for those who are diverted to it: its free places, whatever its own rule for who comes to it.
    fn room(&self, diversion: &Diversion) -> f64 {
        let limited = diversion.limited.map(|index| (index, &self.ways.places[index]));
        if limited.is_some_and(|(_, place)| self.is_closed(place)) {
            return 0.0;
        }
        let Some(number) = diversion.capacity else { return f64::INFINITY };
        let capacity = capacity(self.now, number, self.lane);
        let waiting = limited.map_or(0.0, |(index, _)| self.queues[index].people(self.lane));
        (capacity - self.present(&diversion.cells) - waiting).max(0.0)
    }
}
