//! Who gets in: the gate sends back those for whom there is no room, after those who wait have got what there is.

use super::gate::{Moment, Phase};
use super::measures::{LONG_WAITS, capacity};
use super::queue::Cohort;
use super::ways::{Limited, Way, WayId, Ways};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::model::Full;
use crate::random::Site;

/// People who want a place, by the way on which they came.
#[derive(Default)]
struct Wanting {
    kinds: Vec<(Site, f64)>,
    ways: Vec<(WayId, EdgeId)>,
}

impl Wanting {
    fn push(&mut self, site: Site, people: f64, way: WayId, edge: EdgeId) {
        if people > 0.0 {
            self.kinds.push((site, people));
            self.ways.push((way, edge));
        }
    }

    fn people(&self) -> f64 {
        self.kinds.iter().map(|(_, people)| people).sum()
    }
}

impl<C: Chance> Moment<'_, '_, C> {
    /// Sends back those for whom there is no room.
    pub(super) fn admit(&mut self, ways: &Ways, index: usize, place: &Limited) {
        let Some(limit) = place.limit.filter(|_| !self.is_closed(place)) else { return };
        let capacity = capacity(self.now, self.readings, limit, self.lane);
        match self.phase {
            Phase::Start => self.admit_early(ways, index, place, capacity),
            Phase::Middle => self.admit_in_the_middle(ways, index, place, capacity),
            Phase::End => self.admit_at_the_end(ways, index, place, capacity),
        }
    }

    fn admit_early(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let mut wanting = Wanting::default();
        // Who came by one programme may have left by the next: only who is there can be sent back.
        let mut there: Vec<f64> =
            place.cells.clone().map(|cell| self.state.people(cell, self.lane)).collect();
        for (id, way) in self.ways(ways, place) {
            let there = &mut there[self.now.edges[way.edge].to - place.cells.start];
            let came = self.came(way, id).min(*there);
            *there -= came;
            wanting.push(way.site, came, id, way.edge);
        }
        // Those who wait come first.
        let waiting = self.state.queues[index].people(self.lane);
        let all = self.present(&place.cells) + waiting + self.pending(ways, place);
        let turned = (all - capacity).clamp(0.0, wanting.people());
        if turned > 0.0 {
            let shares = self.share_out(turned, self.ordinal(), &wanting.kinds);
            for ((id, edge), share) in wanting.ways.into_iter().zip(shares) {
                self.send_back(id, edge, share);
            }
        }
    }

    fn admit_in_the_middle(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let going = self.left(place);
        let before = self.tally.before[self.at(index)];
        let waiting = self.state.queues[index].people(self.lane);
        if place.otherwise == Full::Wait {
            let free = (capacity - before + going).max(0.0);
            let seen: f64 = place.ways.iter().map(|id| self.tally.seen[self.at(*id)]).sum();
            self.serve(ways, index, place, free - seen);
        }
        if self.is_roomy(ways, place, capacity - before) {
            return;
        }
        let mut wanting = Wanting::default();
        for (id, way) in self.ways(ways, place) {
            let counted = self.flows.counted(way.edge, self.lane);
            wanting.push(way.site, self.tally.tried(id, counted, self.lane), id, way.edge);
        }
        if self.round == 0 && place.otherwise == Full::Wait {
            let outside = place.outside.iter().map(|way| {
                self.tally.tried(*way, self.flows.counted(ways.all[*way].edge, self.lane), self.lane)
            });
            let outside: f64 = outside.sum();
            // While others wait everybody has to; else who comes while no place is free, though one may be a little later.
            let found_full = if waiting > 0.0 {
                outside
            } else {
                self.overflow(place, wanting.people(), going, capacity - before).min(outside)
            };
            let at = self.at(index);
            self.tally.found_full[at] = found_full;
        }
        let over = self.over(ways, place, capacity - before, going, wanting.people());
        let refused: f64 = wanting.ways.iter().map(|(id, _)| self.tally.refused(*id, self.lane)).sum();
        if over <= refused {
            return;
        }
        let shares = self.share_out(over.min(wanting.people()), self.ordinal(), &wanting.kinds);
        for ((id, edge), share) in wanting.ways.into_iter().zip(shares) {
            let at = self.at(id);
            let inside = self.flows.counted(edge, self.lane) - self.tally.served[at] - self.tally.let_in[at];
            let more = (share - self.tally.refused(id, self.lane)).min(inside);
            self.send_back(id, edge, more.max(0.0));
        }
    }

    fn admit_at_the_end(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let before = self.tally.before[self.at(index)];
        if self.is_roomy(ways, place, capacity - before)
            && self.present(&place.cells) + self.pending(ways, place) <= capacity
        {
            return;
        }
        let came_now: f64 = self.ways(ways, place).map(|(id, way)| self.came(way, id)).sum();
        let staying_for_now = self.present(&place.cells) - came_now + self.pending(ways, place);
        let mut free = (capacity - staying_for_now).max(0.0);
        if place.otherwise == Full::Wait {
            free -= self.serve(ways, index, place, free);
        }
        let mut wanting = Wanting::default();
        let (mut tried, mut decided) = (0.0, 0.0);
        for (id, way) in self.ways(ways, place) {
            let at = self.at(id);
            if self.round == 0 {
                self.tally.decide(id, self.lane, way.outside);
            }
            let again = self.tally.refused(id, self.lane) - self.tally.decided[at];
            wanting.push(way.site, self.came(way, id) + again, id, way.edge);
            tried += self.tally.tried(id, self.flows.counted(way.edge, self.lane), self.lane);
            decided += self.tally.decided[at];
        }
        let pool = wanting.people();
        if pool <= 0.0 {
            return;
        }
        let least = (pool - free).max(0.0);
        let staying = if place.otherwise == Full::Wait {
            least
        } else {
            let over = self.over(ways, place, capacity - before, self.left(place), tried);
            (over - decided).clamp(least, pool)
        };
        let shares = self.share_out(staying, self.ordinal(), &wanting.kinds);
        for ((id, edge), share) in wanting.ways.into_iter().zip(shares) {
            let at = self.at(id);
            let more = share - (self.tally.refused(id, self.lane) - self.tally.decided[at]);
            // Who was sent back before may get in now if they came from outside.
            let least = if ways.all[id].outside { -self.tally.turned[at] } else { 0.0 };
            self.send_back(id, edge, more.clamp(least, self.came(&ways.all[id], id).max(least)));
        }
    }

    /// Whether there is room for everybody who came so far, whoever else leaves, and nobody waits or was sent back.
    fn is_roomy(&self, ways: &Ways, place: &Limited, room: f64) -> bool {
        if place.otherwise == Full::Wait || !self.tally.is_clear(self.lane) {
            return false;
        }
        let counted = |(_, way): (WayId, &Way)| self.flows.counted(way.edge, self.lane);
        self.ways(ways, place).map(counted).sum::<f64>() <= room
    }

    /// How many of those who tried to come in the course of the step find the place full, where there was so much `room` when
    /// moves began and so many people went.
    fn over(&self, ways: &Ways, place: &Limited, room: f64, going: f64, tried: f64) -> f64 {
        if place.otherwise != Full::Wait {
            return self.overflow(place, tried, going, room);
        }
        let served: f64 = self.ways(ways, place).map(|(id, _)| self.tally.served[self.at(id)]).sum();
        (tried - ((room + going).max(0.0) - served)).max(0.0)
    }

    /// People who left the place in this step so far, and freed places.
    fn left(&self, place: &Limited) -> f64 {
        place.out.iter().map(|edge| self.flows.counted(*edge, self.lane)).sum()
    }

    /// People who left the place in this phase and may yet be sent back to it.
    fn pending(&self, ways: &Ways, place: &Limited) -> f64 {
        let early = self.phase == Phase::Start;
        let ways = place.pending.iter().map(|id| (*id, &ways.all[*id]));
        ways.filter(|(_, way)| way.early == early).map(|(id, way)| self.came(way, id)).sum()
    }

    /// How many of those `coming` find the place full. The same number is drawn whenever it is asked for in a step.
    /// Of those `going`, who clear what is above the capacity free no places.
    fn overflow(&self, place: &Limited, coming: f64, going: f64, room: f64) -> f64 {
        let above = (-room).max(0.0);
        if going < above {
            return coming;
        }
        let draw = self.now.draw(place.site, 0);
        self.now.chance.overflow(draw, self.lane, coming, going - above, room.max(0.0))
    }

    /// Lets in those who have waited longest, as many as there are free places; gives how many.
    fn serve(&mut self, ways: &Ways, index: usize, place: &Limited, free: f64) -> f64 {
        if self.state.queues[index].people(self.lane) <= 0.0 || free <= 0.0 {
            return 0.0;
        }
        let sites: Vec<Site> = place.outside.iter().map(|way| ways.all[*way].site).collect();
        let mut queue = std::mem::take(&mut self.state.queues[index]);
        let cohorts = if place.random {
            queue.serve_any(self.lane, free, |of, waiting, count| {
                // Cohorts, or the ways of one.
                let site = |k: usize| match of {
                    None => place.site.at(k as u64),
                    Some(step) => sites[k].at(step.into()),
                };
                let kinds: Vec<(Site, f64)> =
                    waiting.iter().enumerate().map(|(k, people)| (site(k), *people)).collect();
                self.share_out(count, 3 + self.ordinal(), &kinds)
            })
        } else {
            queue.serve(self.lane, free, |waiting, count| {
                let kinds: Vec<(Site, f64)> = sites.iter().copied().zip(waiting.iter().copied()).collect();
                self.share_out(count, 3 + self.ordinal(), &kinds)
            })
        };
        self.state.queues[index] = queue;
        let mut served = 0.0;
        for Cohort { step, people } in cohorts {
            let months = f64::from(self.now.step - step) * self.now.years * 12.0;
            for (way, count) in place.outside.iter().zip(people) {
                if count > 0.0 {
                    self.go(ways.all[*way].edge, count);
                    self.tally.write(self.lane);
                    let at = self.at(*way);
                    self.tally.served[at] += count;
                    if self.phase == Phase::End {
                        // They are in, and not looked at again.
                        self.tally.seen[at] += count;
                    }
                    served += count;
                    self.gauge(place.gauges.waited, count * months);
                    for ((most, _), gauge) in LONG_WAITS.iter().zip(&place.gauges.long_waits) {
                        if months > *most {
                            self.gauge(Some(*gauge), count);
                        }
                    }
                }
            }
        }
        served
    }
}
