//! The gate: who finds no room goes back along the way on which they came, and then where the place's rule says.

use super::measures::{capacity, people};
use super::queue::{Cohort, Queue};
use super::ways::{Limited, Way, WayId, Ways};
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::model::Full;
use crate::random::Site;
use crate::units::DAYS_PER_YEAR;

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

/// What the gate has seen of a step, by lane.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By way: people counted in the middle.
    seen: Vec<f64>,
    /// By way: people who were sent back and have not gone elsewhere.
    turned: Vec<f64>,
    /// By place: people when the step's moves began.
    before: Vec<f64>,
    /// By place: people who came in the middle.
    coming: Vec<f64>,
    /// By place: people who found no room and are not to be looked at again: diverted, or let in all the same.
    gone: Vec<f64>,
}

/// What the gate works on at one moment, in one history.
struct Moment<'a, 'b, C> {
    phase: Phase,
    lane: usize,
    now: &'a Now<'b, C>,
    readings: &'a Readings,
    state: &'a mut State,
    flows: &'a mut Flows,
    tally: &'a mut Tally,
}

impl Gate {
    /// A gate at every way into places that fill or close.
    pub fn compile(builder: &mut Builder) -> Gate {
        Gate { ways: Ways::compile(builder) }
    }

    /// Empty queues, one for each place.
    pub fn queues(&self, lanes: usize) -> Vec<Queue> {
        self.ways.places.iter().map(|_| Queue::new(lanes)).collect()
    }

    /// Looks at everybody who came since it last looked.
    pub fn check(
        &self,
        phase: Phase,
        now: &Now<impl Chance>,
        readings: &Readings,
        (state, flows): (&mut State, &mut Flows),
        tally: &mut Tally,
    ) {
        if self.ways.places.is_empty() {
            return;
        }
        let lanes = state.lanes();
        if phase == Phase::Start {
            tally.clear(lanes, self.ways.all.len(), self.ways.places.len());
        }
        for lane in 0..lanes {
            let mut at = Moment { phase, lane, now, readings, state, flows, tally };
            for (index, place) in self.ways.places.iter().enumerate() {
                at.redirect(&self.ways, index, place);
            }
            for (index, place) in self.ways.places.iter().enumerate() {
                at.admit(&self.ways, index, place);
            }
            at.divert(&self.ways);
            for (index, place) in self.ways.places.iter().enumerate() {
                at.settle(&self.ways, index, place);
            }
            for (index, place) in self.ways.places.iter().enumerate() {
                at.remember(&self.ways, index, place);
            }
        }
    }
}

impl Tally {
    fn clear(&mut self, lanes: usize, ways: usize, places: usize) {
        for (values, count) in [
            (&mut self.seen, ways),
            (&mut self.turned, ways),
            (&mut self.before, places),
            (&mut self.coming, places),
            (&mut self.gone, places),
        ] {
            values.clear();
            values.resize(count * lanes, 0.0);
        }
    }
}

impl<C: Chance> Moment<'_, '_, C> {
    /// Where the value of a way or a place is, in this history.
    fn at(&self, row: usize) -> usize {
        row * self.state.lanes() + self.lane
    }

    /// People go along an edge; fewer than none: they go back.
    fn go(&mut self, edge: EdgeId, count: f64) {
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
    fn came(&self, way: &Way, id: WayId) -> f64 {
        match self.phase {
            Phase::Start | Phase::Middle => self.flows.counted(way.edge, self.lane),
            Phase::End => (self.flows.counted(way.edge, self.lane) - self.tally.seen[self.at(id)]).max(0.0),
        }
    }

    /// The ways of a place by which people come in this phase.
    fn ways<'w>(
        &self,
        ways: &'w Ways,
        place: &'w Limited,
    ) -> impl Iterator<Item = (WayId, &'w Way)> + use<'w, C> {
        let early = self.phase == Phase::Start;
        place.ways.iter().map(|id| (*id, &ways.all[*id])).filter(move |(_, way)| way.early == early)
    }

    /// People in a place now, with those who entered it in this step.
    fn present(&self, place: &Limited) -> f64 {
        let entered = |cell| self.flows.entered(cell, self.lane);
        let on_the_way: f64 =
            if self.phase == Phase::Middle { place.cells.clone().map(entered).sum() } else { 0.0 };
        people(self.state, &place.cells, self.lane) + on_the_way
    }

    fn is_closed(&self, place: &Limited) -> bool {
        place.closed.is_some_and(|closed| self.now.step >= closed)
    }

    /// Adds to a gauge, if the place has it.
    fn gauge(&mut self, gauge: Option<usize>, value: f64) {
        if let Some(gauge) = gauge {
            self.flows.gauge(gauge, self.lane, value);
        }
    }

    /// Divides `count` at random among people of several kinds, of whom there are so many: a multivariate hypergeometric.
    fn share_out(&self, count: f64, ordinal: u32, kinds: &[(Site, f64)]) -> Vec<f64> {
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
    fn ordinal(&self) -> u32 {
        match self.phase {
            Phase::Start => 0,
            Phase::Middle => 1,
            Phase::End => 2,
        }
    }

    /// Those who come to a closed place go where its people go, and so does who waits for it.
    fn redirect(&mut self, ways: &Ways, index: usize, place: &Limited) {
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
            let ordinal = u32::from(self.phase == Phase::End);
            now.divide(ordinal, lane, came + waited, branches, |edge, count| {
                sent += count;
                self.go(edge, count);
            });
            self.gauge(place.gauges.diverted, sent);
            self.gauge(place.gauges.held_back, came + waited - sent);
        }
    }

    /// Sends back those for whom there is no room, after those who wait have got what there is.
    fn admit(&mut self, ways: &Ways, index: usize, place: &Limited) {
        let Some(limit) = place.limit else { return };
        let capacity = capacity(self.now, self.readings, limit, self.lane);
        match self.phase {
            Phase::Start => self.admit_early(ways, index, place, capacity),
            Phase::Middle => self.admit_in_the_middle(ways, index, place, capacity),
            Phase::End => self.admit_at_the_end(ways, index, place, capacity),
        }
    }

    fn admit_early(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let mut kinds = Vec::new();
        let mut sent: Vec<(WayId, EdgeId)> = Vec::new();
        // Who came by one programme may have left by the next: only who is there can be sent back.
        let mut there: Vec<f64> =
            place.cells.clone().map(|cell| self.state.people(cell, self.lane)).collect();
        for (id, way) in self.ways(ways, place) {
            let there = &mut there[self.now.edges[way.edge].to - place.cells.start];
            let came = self.came(way, id).min(*there);
            *there -= came;
            if came > 0.0 {
                kinds.push((way.site, came));
                sent.push((id, way.edge));
            }
        }
        let newcomers: f64 = kinds.iter().map(|(_, came)| came).sum();
        // Those who wait come first.
        let waiting = self.state.queues[index].people(self.lane);
        let wanted = self.present(place) + waiting + self.pending(ways, place);
        let turned = (wanted - capacity).clamp(0.0, newcomers);
        if turned > 0.0 {
            let shares = self.share_out(turned, self.ordinal(), &kinds);
            for ((id, edge), share) in sent.into_iter().zip(shares) {
                self.send_back(id, edge, share);
            }
        }
    }

    fn admit_in_the_middle(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let mut kinds = Vec::new();
        let mut sent: Vec<(WayId, EdgeId)> = Vec::new();
        for (id, way) in self.ways(ways, place) {
            let came = self.came(way, id);
            if came > 0.0 {
                kinds.push((way.site, came));
                sent.push((id, way.edge));
                if way.outside {
                    self.gauge(place.gauges.arrived, came);
                }
            }
        }
        let coming: f64 = kinds.iter().map(|(_, came)| came).sum();
        let going: f64 = self.left(place);
        let row = self.at(index);
        self.tally.coming[row] = coming;
        let before = self.tally.before[row];
        let turned = if place.otherwise == Full::Wait {
            let free = (capacity - before + going).max(0.0);
            let served = self.serve(ways, index, place, free);
            (coming - (free - served)).max(0.0)
        } else {
            self.overflow(place, coming, going, capacity - before)
        };
        if turned > 0.0 {
            let shares = self.share_out(turned.min(coming), self.ordinal(), &kinds);
            for ((id, edge), share) in sent.into_iter().zip(shares) {
                self.send_back(id, edge, share);
            }
        }
    }

    fn admit_at_the_end(&mut self, ways: &Ways, index: usize, place: &Limited, capacity: f64) {
        let mut kinds = Vec::new();
        let mut looked_at: Vec<(WayId, EdgeId)> = Vec::new();
        let mut came_now = 0.0;
        for (id, way) in self.ways(ways, place) {
            let (came, turned) = (self.came(way, id), self.tally.turned[self.at(id)]);
            came_now += came;
            if came + turned > 0.0 {
                kinds.push((way.site, came + turned));
                looked_at.push((id, way.edge));
            }
        }
        let staying_for_now = self.present(place) - came_now + self.pending(ways, place);
        let mut free = (capacity - staying_for_now).max(0.0);
        if place.otherwise == Full::Wait {
            free -= self.serve(ways, index, place, free);
        }
        if looked_at.is_empty() {
            return;
        }
        let pool: f64 = kinds.iter().map(|(_, people)| people).sum();
        let least = (pool - free).max(0.0);
        let row = self.at(index);
        let staying = if place.otherwise == Full::Wait {
            least
        } else {
            let (before, coming) = (self.tally.before[row], self.tally.coming[row] + came_now);
            let over = self.overflow(place, coming, self.left(place), capacity - before);
            (over - self.tally.gone[row]).clamp(least, pool)
        };
        let shares = self.share_out(staying, self.ordinal(), &kinds);
        for ((id, edge), share) in looked_at.into_iter().zip(shares) {
            let more = share - self.tally.turned[self.at(id)];
            self.send_back(id, edge, more);
        }
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

    /// Sends people back along their way; fewer than none: they get in after all.
    fn send_back(&mut self, id: WayId, edge: EdgeId, count: f64) {
        if count != 0.0 {
            self.go(edge, -count);
            let at = self.at(id);
            self.tally.turned[at] += count;
        }
    }

    /// Lets in those who have waited longest, as many as there are free places; gives how many.
    fn serve(&mut self, ways: &Ways, index: usize, place: &Limited, free: f64) -> f64 {
        if self.state.queues[index].people(self.lane) <= 0.0 || free <= 0.0 {
            return 0.0;
        }
        let sites: Vec<Site> = place.outside.iter().map(|way| ways.all[*way].site).collect();
        let mut queue = std::mem::take(&mut self.state.queues[index]);
        let cohorts = queue.serve(self.lane, free, |waiting, count| {
            let kinds: Vec<(Site, f64)> = sites.iter().copied().zip(waiting.iter().copied()).collect();
            self.share_out(count, 3 + self.ordinal(), &kinds)
        });
        self.state.queues[index] = queue;
        let mut served = 0.0;
        for Cohort { step, people } in cohorts {
            let months = f64::from(self.now.step - step) * self.now.years * 12.0;
            for (way, count) in place.outside.iter().zip(people) {
                if count > 0.0 {
                    self.go(ways.all[*way].edge, count);
                    served += count;
                    self.gauge(place.gauges.waited, count * months);
                }
            }
        }
        served
    }

    /// Those who were sent back go to other places, first choices first; the last room there falls to people at random.
    fn divert(&mut self, ways: &Ways) {
        for (round, diversion) in ways.diversions.iter().enumerate() {
            let early = self.phase == Phase::Start;
            let mut kinds = Vec::new();
            let mut sent = Vec::new();
            for (index, way, edge) in &diversion.people {
                let turned = self.tally.turned[self.at(*way)];
                if ways.all[*way].early == early && turned > 0.0 {
                    kinds.push((self.now.edges[*edge].site, turned));
                    sent.push((*index, *way, *edge));
                }
            }
            let wanting: f64 = kinds.iter().map(|(_, people)| people).sum();
            if wanting <= 0.0 {
                continue;
            }
            let room = self.room(ways, diversion.to);
            // Draws of edges by mechanisms have the first ordinals.
            let ordinal = 10 + 3 * round as u32 + self.ordinal();
            let shares = self.share_out(wanting.min(room), ordinal, &kinds);
            for ((index, way, edge), share) in sent.into_iter().zip(shares) {
                if share > 0.0 {
                    self.go(edge, share);
                    let (way, place) = (self.at(way), self.at(index));
                    self.tally.turned[way] -= share;
                    self.tally.gone[place] += share;
                    self.gauge(ways.places[index].gauges.diverted, share);
                }
            }
        }
    }

    /// The room of a place for those who are diverted to it.
    fn room(&self, ways: &Ways, place: usize) -> f64 {
        let Some(index) = ways.places.iter().position(|limited| limited.place == place) else {
            return f64::INFINITY;
        };
        let limited = &ways.places[index];
        match limited.limit {
            _ if self.is_closed(limited) => 0.0,
            None => f64::INFINITY,
            Some(limit) => {
                let capacity = capacity(self.now, self.readings, limit, self.lane);
                let wanted = self.present(limited) + self.state.queues[index].people(self.lane);
                (capacity - wanted).max(0.0)
            }
        }
    }

    /// Says what becomes of those who were sent back and went nowhere else. In the middle they wait for the step's end.
    fn settle(&mut self, ways: &Ways, index: usize, place: &Limited) {
        if place.limit.is_none() {
            return;
        }
        let mut refused = 0.0;
        let mut joining = Cohort { step: self.now.step, people: vec![0.0; place.outside.len()] };
        for (id, way) in self.ways(ways, place) {
            let at = self.at(id);
            let turned = self.tally.turned[at];
            let crowds = place.otherwise == Full::Crowd;
            if turned <= 0.0 || (self.phase == Phase::Middle && !crowds) {
                continue;
            }
            self.tally.turned[at] = 0.0;
            if crowds {
                self.go(way.edge, turned);
                let place = self.at(index);
                self.tally.gone[place] += turned;
            } else if !way.outside {
                self.gauge(place.gauges.held_back, turned);
            } else if place.otherwise == Full::Refuse {
                refused += turned;
            } else if let Some(position) = place.outside.iter().position(|outside| *outside == id) {
                joining.people[position] = turned;
            }
        }
        if self.phase == Phase::End {
            self.gauge(place.gauges.refused, refused);
            if refused > 0.0 {
                self.gauge(place.gauges.days_refused, self.now.years * DAYS_PER_YEAR);
            }
            self.state.queues[index].join(self.lane, joining);
            self.gauge(place.gauges.queue, self.state.queues[index].people(self.lane));
            let edges = place.outside.iter().map(|way| self.flows.counted(ways.all[*way].edge, self.lane));
            let admitted = edges.sum();
            self.gauge(place.gauges.admitted, admitted);
        }
    }

    /// Remembers who is there when moves begin, and who has come so far.
    fn remember(&mut self, ways: &Ways, index: usize, place: &Limited) {
        match self.phase {
            Phase::Start => {
                let at = self.at(index);
                self.tally.before[at] = people(self.state, &place.cells, self.lane);
            }
            Phase::Middle => {
                for id in &place.ways {
                    let at = self.at(*id);
                    self.tally.seen[at] = self.flows.counted(ways.all[*id].edge, self.lane);
                }
            }
            Phase::End => {}
        }
    }
}
