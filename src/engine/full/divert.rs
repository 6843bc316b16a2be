//! Who goes elsewhere because a place is full or closed.

use super::gate::{Moment, Phase};
use super::measures::capacity;
use super::ways::{Diversion, Limited, Ways};
use crate::engine::chance::Chance;

impl<C: Chance> Moment<'_, '_, C> {
    /// Those who come to a closed place go where its people go, and so does who waits for it. Who would be sent to where they
    /// are stays there.
    pub(super) fn redirect(&mut self, ways: &Ways, index: usize, place: &Limited) {
        if !self.is_closed(place) {
            return;
        }
        let waiting = if self.phase == Phase::Middle {
            self.state.queues[index].dissolve(self.lane)
        } else {
            Vec::new()
        };
        for (id, way) in self.ways(ways, place) {
            let came = self.came(way, id);
            let position = place.outside.iter().position(|outside| *outside == id);
            let waited: f64 =
                position.map_or(0.0, |position| waiting.iter().map(|cohort| cohort.people[position]).sum());
            if came > 0.0 {
                self.go(way.edge, -came);
                if way.outside {
                    self.gauge(place.gauges.arrived, came);
                }
            }
            if came + waited <= 0.0 {
                continue;
            }
            let (now, readings, lane) = (self.now, self.readings, self.lane);
            let branches = way.redirect.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
            let mut sent = 0.0;
            let ordinal = 2 * self.round + u32::from(self.phase == Phase::End);
            now.divide(ordinal, lane, came + waited, branches, |edge, count| {
                sent += count;
                self.go(edge, count);
            });
            self.gauge(place.gauges.diverted, sent);
            self.tally.write(self.lane);
            let at = self.at(id);
            self.tally.turned[at] += (came + waited - sent).max(0.0);
        }
    }

    /// Those who were sent back go to other places, first choices first; the last room there falls to people at random.
    pub(super) fn divert(&mut self, ways: &Ways) {
        if self.tally.is_clear(self.lane) {
            return;
        }
        let early = self.phase == Phase::Start;
        for (choice, diversion) in ways.diversions.iter().enumerate() {
            let mut kinds = Vec::new();
            let mut sent = Vec::new();
            for (index, way, edge) in &diversion.people {
                let turned = self.tally.turned[self.at(*way)];
                let open = !self.is_closed(&ways.places[*index]);
                if ways.all[*way].early == early && turned > 0.0 && open {
                    kinds.push((self.now.edges[*edge].site, turned));
                    sent.push((*index, *way, *edge));
                }
            }
            let wanting: f64 = kinds.iter().map(|(_, people)| people).sum();
            if wanting <= 0.0 {
                continue;
            }
            let room = self.room(ways, diversion);
            // Draws of edges by mechanisms have the first ordinals.
            let ordinal = 10 + 3 * (choice as u32).min(100) + self.ordinal();
            let shares = self.share_out(wanting.min(room), ordinal, &kinds);
            for ((index, way, edge), share) in sent.into_iter().zip(shares) {
                if share > 0.0 {
                    self.go(edge, share);
                    let at = self.at(way);
                    self.tally.turned[at] -= share;
                    self.tally.exposed[at] = self.tally.exposed[at].min(self.tally.turned[at]);
                    self.tally.gone[at] += share;
                    self.gauge(ways.places[index].gauges.diverted, share);
                }
            }
        }
    }

    /// The room of a place for those who are diverted to it: its free places, whatever its own rule for who comes to it.
    fn room(&self, ways: &Ways, diversion: &Diversion) -> f64 {
        let limited = diversion.limited.map(|index| (index, &ways.places[index]));
        if limited.is_some_and(|(_, place)| self.is_closed(place)) {
            return 0.0;
        }
        let Some(number) = diversion.capacity else { return f64::INFINITY };
        let capacity = capacity(self.now, self.readings, number, self.lane);
        let waiting = limited.map_or(0.0, |(index, _)| self.state.queues[index].people(self.lane));
        (capacity - self.present(&diversion.cells) - waiting).max(0.0)
    }
}
