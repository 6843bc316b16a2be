//! Who gets in: the gate sends back those for whom there is no room, after those who wait have got what there is.
//!
//! It looks three times in a step, always in one way ([`admit`](Moment::admit)). What differs between these moments is said in three
//! places: who gets a free place first, who claims one and may be sent back, and for how many there is none.

use super::claim::Claim;
use super::gate::{GateWorkspace, Moment};
use super::measures::{LONG_WAITS, capacity};
use super::ways::{Limited, WayId, WayIn};
use crate::engine::chance::Chance;
use crate::engine::phase::Phase;
use crate::model::Full;

/// A place that people come to.
#[derive(Clone, Copy)]
struct Sought<'p> {
    index: usize,
    place: &'p Limited,
    capacity: f64,
    /// What of the capacity was free when moves began; below 0 where there were too many.
    room: f64,
    /// Who waited for it before anybody was served.
    waiting: f64,
}

impl<C: Chance> Moment<'_, '_, C> {
    /// Sends back those for whom there is no room.
    pub(super) fn admit(&mut self, index: usize) {
        let place = &self.ways.places[index];
        let Some(limit) = place.limit.filter(|_| !self.is_closed(place)) else { return };
        let capacity = capacity(self.now, limit, self.lane);
        let room = capacity - self.tally.before[self.at(index)];
        let sought = Sought { index, place, capacity, room, waiting: self.queues[index].people(self.lane) };
        if self.is_roomy(&sought) {
            return;
        }
        let free = self.serve_first(&sought);
        self.claim(&sought);
        self.note_found_full(&sought);
        let Some(refused) = self.too_many(&sought, free) else { return };
        let GateWorkspace { claims, shares, .. } = &mut *self.workspace;
        let kinds = claims.iter().map(|claim| (self.ways.all[claim.way].site, claim.wanting));
        self.now.share_out(self.lane, (refused, self.phase.ordinal()), kinds, shares);
        for position in 0..self.workspace.claims.len() {
            let (claim, share) = (self.workspace.claims[position], self.workspace.shares[position]);
            self.send_back(claim.way, (share - claim.refused).min(claim.most).max(claim.least));
        }
    }

    /// Whether there is room for everybody who came so far, whoever else leaves, and nobody waits or was sent back.
    fn is_roomy(&self, sought: &Sought) -> bool {
        let Sought { place, capacity, room, waiting, .. } = *sought;
        let fits = || self.present(&place.cells) + waiting + self.pending(place) <= capacity;
        if self.phase == Phase::Start {
            return fits();
        }
        if place.otherwise == Full::Wait || !self.tally.is_clear(self.lane) {
            return false;
        }
        let counted = |(_, way): (WayId, &WayIn)| self.movements.flows.counted(way.edge, self.lane);
        self.ways_of(place).map(counted).sum::<f64>() <= room && (self.phase == Phase::Middle || fits())
    }

    /// Those who wait get free places before others: in the middle of a step those that were free or are left by then, at its end
    /// those that are not taken by who was in before. Gives how many are still free.
    fn serve_first(&mut self, sought: &Sought) -> f64 {
        let Sought { index, place, capacity, room, .. } = *sought;
        let free = match self.phase {
            Phase::Start => return 0.0,
            Phase::Middle => {
                let seen: f64 = place.ways.iter().map(|id| self.tally.seen[self.at(*id)]).sum();
                (room + self.left(place)).max(0.0) - seen
            }
            Phase::End => {
                let came_now: f64 = self.ways_of(place).map(|(id, way)| self.came(way, id)).sum();
                let staying_for_now = self.present(&place.cells) - came_now + self.pending(place);
                (capacity - staying_for_now).max(0.0)
            }
        };
        if place.otherwise == Full::Wait { free - self.serve(index, place, free) } else { free }
    }

    /// Notes who wants a place.
    fn claim(&mut self, sought: &Sought) {
        let place = sought.place;
        self.workspace.claims.clear();
        self.workspace.there.clear();
        if self.phase == Phase::Start {
            // Who came by one programme may have left by the next: only who is there can be sent back.
            let there = place.cells.clone().map(|cell| self.movements.state.people(cell, self.lane));
            self.workspace.there.extend(there);
        }
        for id in &place.ways {
            let way = &self.ways.all[*id];
            if way.early != (self.phase == Phase::Start) {
                continue;
            }
            let claim = match self.phase {
                Phase::Start => self.claim_at_the_start(place, way, *id),
                Phase::Middle => self.claim_in_the_middle(way, *id),
                Phase::End => self.claim_at_the_end(way, *id),
            };
            if claim.wanting > 0.0 {
                self.workspace.claims.push(claim);
            }
        }
    }

    fn claim_at_the_start(&mut self, place: &Limited, way: &WayIn, id: WayId) -> Claim {
        let came = self.came(way, id);
        let there = &mut self.workspace.there[way.to - place.cells.start];
        let came = came.min(*there);
        *there -= came;
        Claim { way: id, wanting: came, refused: 0.0, least: 0.0, most: came }
    }

    fn claim_in_the_middle(&self, way: &WayIn, id: WayId) -> Claim {
        let (at, counted) = (self.at(id), self.movements.flows.counted(way.edge, self.lane));
        Claim {
            way: id,
            wanting: self.tally.tried(id, counted, self.lane),
            refused: self.tally.refused(id, self.lane),
            least: 0.0,
            most: counted - self.tally.served[at] - self.tally.let_in[at],
        }
    }

    fn claim_at_the_end(&mut self, way: &WayIn, id: WayId) -> Claim {
        let at = self.at(id);
        if self.round == 0 {
            self.tally.decide(id, way, self.lane);
        }
        let again = self.tally.refused(id, self.lane) - self.tally.decided[at];
        let came = self.came(way, id);
        // Who was sent back before may get in now if they came from outside.
        let least = if way.outside { -self.tally.turned[at] } else { 0.0 };
        Claim { way: id, wanting: came + again, refused: again, least, most: came.max(least) }
    }

    fn wanting(&self) -> f64 {
        self.workspace.claims.iter().map(|claim| claim.wanting).sum()
    }

    /// Where people wait: notes in the middle of a step how many of those from outside found the place full as they came. While others
    /// wait everybody does; else who comes while no place is free, though one may be a little later.
    fn note_found_full(&mut self, sought: &Sought) {
        let Sought { index, place, room, waiting, .. } = *sought;
        if (self.phase, self.round) != (Phase::Middle, 0) || place.otherwise != Full::Wait {
            return;
        }
        let tried = |way: &WayId| {
            let counted = self.movements.flows.counted(self.ways.all[*way].edge, self.lane);
            self.tally.tried(*way, counted, self.lane)
        };
        let outside: f64 = place.outside.iter().map(tried).sum();
        let found_full = if waiting > 0.0 {
            outside
        } else {
            self.overflow(place, self.wanting(), self.left(place), room).min(outside)
        };
        let at = self.at(index);
        self.tally.found_full[at] = found_full;
    }

    /// For how many of those who want a place there is none, all refusals of the step together; `None` where that changes nothing.
    fn too_many(&self, sought: &Sought, free: f64) -> Option<f64> {
        let Sought { place, capacity, room, waiting, .. } = *sought;
        let wanting = self.wanting();
        match self.phase {
            Phase::Start => {
                // Those who wait come first.
                let all = self.present(&place.cells) + waiting + self.pending(place);
                let turned = (all - capacity).clamp(0.0, wanting);
                (turned > 0.0).then_some(turned)
            }
            Phase::Middle => {
                let over = self.over(place, room, wanting);
                let refused: f64 = self.workspace.claims.iter().map(|claim| claim.refused).sum();
                (over > refused).then_some(over.min(wanting))
            }
            Phase::End if wanting <= 0.0 => None,
            Phase::End => {
                let least = (wanting - free).max(0.0);
                if place.otherwise == Full::Wait {
                    return Some(least);
                }
                let (mut tried, mut decided) = (0.0, 0.0);
                for (id, way) in self.ways_of(place) {
                    let counted = self.movements.flows.counted(way.edge, self.lane);
                    tried += self.tally.tried(id, counted, self.lane);
                    decided += self.tally.decided[self.at(id)];
                }
                Some((self.over(place, room, tried) - decided).clamp(least, wanting))
            }
        }
    }

    /// How many of those who tried to come in the course of the step find the place full, where there was so much `room` when
    /// moves began.
    fn over(&self, place: &Limited, room: f64, tried: f64) -> f64 {
        let going = self.left(place);
        if place.otherwise != Full::Wait {
            return self.overflow(place, tried, going, room);
        }
        let served: f64 = self.ways_of(place).map(|(id, _)| self.tally.served[self.at(id)]).sum();
        (tried - ((room + going).max(0.0) - served)).max(0.0)
    }

    /// People who left the place in this step so far, and freed places.
    fn left(&self, place: &Limited) -> f64 {
        place.out.iter().map(|edge| self.movements.flows.counted(*edge, self.lane)).sum()
    }

    /// People who left the place in this phase and may yet be sent back to it.
    fn pending(&self, place: &Limited) -> f64 {
        let early = self.phase == Phase::Start;
        let ways = place.pending.iter().map(|id| (*id, &self.ways.all[*id]));
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

    /// Lets in those who have waited longest, or some at random, as many as there are free places; gives how many.
    fn serve(&mut self, index: usize, place: &Limited, free: f64) -> f64 {
        if self.queues[index].people(self.lane) <= 0.0 || free <= 0.0 {
            return 0.0;
        }
        let Moment { phase, lane, now, ways, movements, queues, tally, .. } = self;
        let (phase, lane, now, ways, ordinal) = (*phase, *lane, *now, *ways, 3 + phase.ordinal());
        let site = |position: usize| ways.all[place.outside[position]].site;
        let mut served = 0.0;
        let serve = |came: u32, people: &[f64]| {
            let months = f64::from(now.step - came) * now.years * 12.0;
            for (way, count) in place.outside.iter().zip(people.iter().copied()) {
                if count <= 0.0 {
                    continue;
                }
                movements.go(now, phase, ways.all[*way].edge, lane, count);
                tally.serve(*way, lane, phase, count);
                served += count;
                let long = LONG_WAITS.iter().zip(&place.metrics.long_waits);
                let long = long.filter(|((most, _), _)| months > *most).map(|(_, metric)| (*metric, count));
                for (metric, value) in
                    place.metrics.waited.map(|metric| (metric, count * months)).into_iter().chain(long)
                {
                    movements.flows.metric(metric, lane, value);
                }
            }
        };
        if place.random {
            let share = |of: Option<u32>, waiting: &[f64], count: f64, shares: &mut Vec<f64>| {
                // Cohorts, or the ways of one.
                let site = |k: usize| match of {
                    None => place.site.at(k as u64),
                    Some(step) => site(k).at(step.into()),
                };
                let kinds = waiting.iter().enumerate().map(|(k, people)| (site(k), *people));
                now.share_out(lane, (count, ordinal), kinds, shares);
            };
            queues[index].serve_any(lane, free, share, serve);
        } else {
            let share = |waiting: &[f64], count: f64, shares: &mut Vec<f64>| {
                let kinds = waiting.iter().enumerate().map(|(k, people)| (site(k), *people));
                now.share_out(lane, (count, ordinal), kinds, shares);
            };
            queues[index].serve(lane, free, share, serve);
        }
        served
    }
}
