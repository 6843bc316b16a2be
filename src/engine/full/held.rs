//! Those of one cell, in one replicate, whom full places held back: who tried which door, who is refused there, and where they go.

use super::exposure::{ExposureHazards, MOST_DOORS, Present, Set};
use super::gate::LATE_ROUND;
use super::home::{Door, Home};
use super::tally::GateTally;
use super::ways::{WayId, Ways};
use crate::engine::chance::Chance;
use crate::engine::clocks::{GoingOn, Whose};
use crate::engine::edge::EdgeId;
use crate::engine::flows::Flows;
use crate::engine::movements::Movements;
use crate::engine::now::{Body, InTurn, Now};
use crate::engine::phase::Phase;
use crate::engine::ways_out::WaysOut;

/// Kinds of people of a cell: where no clock leads all are of the first.
const ORDINARY: usize = 0;
/// Whose stay ends at a uniform moment of the step.
const DUE: usize = 1;
/// Whose stay is over, with its door closed.
const OVERDUE: usize = 2;

/// What rounding leaves of fractional people is nobody.
pub(super) const NOBODY: f64 = 1e-12;

/// One cell in one replicate.
pub(super) struct One<'a, 'b, 'c, 'd, C> {
    pub(super) phase: Phase,
    /// Which of the draws of a site.
    pub(super) ordinal: u32,
    pub(super) lane: usize,
    pub(super) now: &'a Now<'b, C>,
    pub(super) home: &'a Home,
    pub(super) hazards: ExposureHazards,
    pub(super) movements: &'a mut Movements<'c>,
    pub(super) ways_out: &'a mut WaysOut<'d>,
    pub(super) lingering: f64,
    pub(super) again: bool,
}

/// People of a kind who have just been refused at a door.
#[derive(Clone, Copy)]
struct JustRefused {
    kind: usize,
    /// The doors that they have tried in vain.
    set: Set,
    /// Whether the end of their stay is among them.
    stay_tried: bool,
    people: f64,
    /// For how much of the step each of them is still exposed to the other ways out, on average.
    time: f64,
    /// Tells their draws from those of others.
    path: u64,
}

impl JustRefused {
    fn whose(&self) -> Whose {
        if self.stay_tried || self.kind != ORDINARY { Whose::Over } else { Whose::Running }
    }
}

impl<C: Chance> One<'_, '_, '_, '_, C> {
    /// Counts who tried each door before anybody was refused.
    pub(super) fn begin(&mut self, ways: &Ways, tally: &GateTally, tried: &mut [[f64; 2]]) {
        tried.fill([0.0; 2]);
        // Of those whom hazards took, whose stay was over in this step: some of who tried each door.
        let taken = self.ways_out.clocks.taken(self.home.cell, self.lane, &self.ways_out.clocked);
        let (mut over, mut all) = (taken.over, taken.over + taken.others);
        for (index, door) in self.home.doors.iter().enumerate() {
            let tries = |way: &WayId| self.through(*way, ways.all[*way].edge, tally);
            let people: f64 = door.ways.iter().map(tries).sum();
            let due = if self.home.led.is_none() || self.phase == Phase::End {
                0.0
            } else if Some(index) == self.home.own_door() {
                people
            } else {
                let draw = self.now.draw(door.site.at(DUES), 0);
                let chance = self.now.chance;
                let due = chance.hypergeometric(draw, self.lane, all, over, people.min(all));
                (over, all) = (over - due, all - people.min(all));
                due
            };
            tried[self.home.at(ORDINARY, 0, index)][0] = people - due;
            if due > 0.0 {
                tried[self.home.at(DUE, 0, index)][0] = due;
            }
        }
    }

    /// Exposes those whom the doors have just refused.
    pub(super) fn hear(&mut self, tally: &mut GateTally, tried: &mut [[f64; 2]], trying: &mut [f64]) {
        // Those who try a door now are not yet refused there.
        trying.fill(0.0);
        let home = self.home;
        for (index, door) in home.doors.iter().enumerate() {
            let fresh: f64 = door.ways.iter().map(|way| tally.fresh(*way, self.lane)).sum();
            if fresh <= NOBODY {
                continue;
            }
            let mut left_of_door = 0.0;
            // Whoever tried the door in this phase is as likely to be refused as any other, whenever the gate finds it out.
            let of_door = |tried: &[[f64; 2]], part: usize| -> f64 {
                home.before(index).map(|(kind, set)| tried[home.at(kind, set, index)][part]).sum()
            };
            let known: f64 = of_door(tried, 1);
            let mut population = of_door(tried, 0);
            let mut refused = fresh + known;
            let mut to_be_found = fresh;
            let mut behind = population - known;
            for (kind, before) in home.before(index) {
                let at = home.at(kind, before, index);
                let [there, known] = tried[at];
                if there <= 0.0 {
                    continue;
                }
                // The same number for every round of a phase: whom it refuses with few it refuses with more.
                let draw = self
                    .now
                    .draw(door.site.at((kind << MOST_DOORS | before) as u64), self.ordinal / LATE_ROUND);
                let share = self.now.chance.hypergeometric(draw, self.lane, population, there, refused);
                population -= there;
                refused -= share;
                behind -= there - known;
                let least = (to_be_found - behind).max(0.0);
                let people = (share - known).max(least).min(there - known).min(to_be_found).max(0.0);
                to_be_found -= people;
                tried[at][1] += people;
                if people > 0.0 {
                    left_of_door += self.refuse((kind, before), index, people, trying);
                }
            }
            self.take_from(door, left_of_door, tally);
        }
        for (tried, trying) in tried.iter_mut().zip(trying) {
            tried[0] += *trying;
        }
    }

    /// Those who tried a way in this phase: those counted along it, and those just refused.
    fn through(&self, way: WayId, edge: EdgeId, tally: &GateTally) -> f64 {
        let flows: &Flows = self.movements.flows;
        let let_through = match self.phase {
            Phase::Start | Phase::Middle => flows.counted(edge, self.lane),
            Phase::End => tally.came(way, edge, flows, self.lane),
        };
        let_through + tally.fresh(way, self.lane)
    }

    /// Exposes people of a kind who had tried the doors of a set and were refused at one more; gives how many leave.
    fn refuse(&mut self, (kind, before): (usize, Set), door: usize, people: f64, trying: &mut [f64]) -> f64 {
        let own = self.home.own_door() == Some(door);
        // In the middle of a step the end of a stay is a moment and no hazard.
        let (kind, set) = match self.phase {
            Phase::End => (kind, before | 1 << door),
            _ if own => (OVERDUE, before),
            _ => (kind, before | 1 << door),
        };
        let stay_tried = self.home.own_door().is_some_and(|own| set >> own & 1 == 1);
        if self.home.led.is_some() {
            let cell = (self.home.cell, self.lane);
            let WaysOut { clocks, clocked, .. } = &mut *self.ways_out;
            match self.phase {
                Phase::End if stay_tried && !own => clocks.be_overdue(cell, people, clocked),
                Phase::Middle if kind == ORDINARY => {
                    let site = self.home.doors[door].site.at(KEEPS | before as u64);
                    clocks.keep_time(self.now, site.at(self.ordinal.into()), cell, people, clocked);
                }
                _ => {}
            }
        }
        let present = match (self.phase, kind) {
            (Phase::End, _) | (_, DUE) => Present::Part,
            (_, OVERDUE) => Present::Overdue,
            _ => Present::Throughout,
        };
        let time = self.hazards.time_after(set, present);
        self.lingering += people * time;
        let path = ((kind << MOST_DOORS | set) * MOST_DOORS + door) as u64;
        let refused = JustRefused { kind, set, stay_tried, people, time, path };
        let left = self.leave_by_hazards(refused, trying);
        people - self.leave_at_the_end_of_stay(refused, left, trying)
    }

    /// They leave by the hazards of the ways that they have not tried.
    fn leave_by_hazards(&mut self, refused: JustRefused, trying: &mut [f64]) -> InTurn {
        let (now, home) = (self.now, self.home);
        let exits = self.ways_out.exits;
        let mut left = InTurn::new(self.lane, refused.people);
        for (out, (_, hazard)) in home.out.iter().zip(exits.hazards_out(now.readings, home.cell, self.lane)) {
            if out.door.is_some_and(|door| refused.set >> door & 1 == 1) {
                continue;
            }
            let draw = now.draw(out.site.at(refused.path), self.ordinal);
            let count = left.go(now, draw, hazard * now.years * refused.time);
            if count > 0.0 {
                self.go(out.edge, count, refused);
                self.tries(refused, out.door, count, trying);
            }
        }
        left
    }

    /// The stay of those who are left ends: of who is due for certain, of who entered in the step as by a hazard. Gives how many are
    /// then still there.
    fn leave_at_the_end_of_stay(&mut self, refused: JustRefused, left: InTurn, trying: &mut [f64]) -> f64 {
        let ends = match (self.phase, refused.kind) {
            (Phase::Middle, DUE) => 1.0,
            (Phase::End, _) if !refused.stay_tried => {
                let hazard = self.home.own_door().map_or(0.0, |own| self.hazards.doors[own]);
                left.probability(hazard * refused.time)
            }
            _ => return left.left,
        };
        let (now, home, lane, path) = (self.now, self.home, self.lane, refused.path);
        let mut left = left.left;
        let Some(led) = &home.led else { return left };
        let draw = now.draw(led.site.at(path), self.ordinal);
        let ending = now.chance.binomial(draw, lane, left, ends);
        let body = Body::numbered(path | LATEST, self.ordinal, lane);
        now.divide(body, ending, now.shares(&led.branches, lane), |edge, count| {
            left -= count;
            self.go(edge, count, refused);
            let through = led.doors.contains(&edge).then_some(home.doors.len() - 1);
            self.tries(refused, through, count, trying);
        });
        left
    }

    /// People try a door, if their way leads to one.
    fn tries(&mut self, refused: JustRefused, door: Option<usize>, count: f64, trying: &mut [f64]) {
        if let Some(door) = door {
            trying[self.home.at(refused.kind, refused.set, door)] += count;
            self.again |= count > NOBODY;
        }
    }

    fn go(&mut self, edge: EdgeId, count: f64, refused: JustRefused) {
        let One { phase, lane, now, .. } = *self;
        let cell = self.home.cell;
        self.movements.state.add(cell, lane, -count);
        self.movements.come(now, phase, edge, lane, count);
        if self.home.led.is_some() {
            let body = refused.path << 16 | u64::from(self.ordinal);
            let going = GoingOn { phase, edge, cell, lane, count, body, who: refused.whose() };
            let WaysOut { clocks, clocked, .. } = &mut *self.ways_out;
            clocks.go_on(now, going, clocked);
        }
    }

    /// Of those just refused at a door, `left` have gone another way: some of each of the ways through it, at random.
    fn take_from(&self, door: &Door, left: f64, tally: &mut GateTally) {
        let mut population: f64 = door.ways.iter().map(|way| tally.fresh(*way, self.lane)).sum();
        let mut rest = left;
        for (position, way) in door.ways.iter().enumerate() {
            let fresh = tally.fresh(*way, self.lane);
            let draw = self.now.draw(door.site.at(WAYS | position as u64), self.ordinal);
            let of_way = self.now.chance.hypergeometric(draw, self.lane, population, fresh, rest);
            population -= fresh;
            rest -= of_way;
            tally.expose(*way, self.lane, of_way);
        }
    }
}

/// Tell the draws of one site apart.
const WAYS: u64 = 1 << 32;
const DUES: u64 = 2 << 32;
const KEEPS: u64 = 3 << 32;
const LATEST: u64 = 4 << 32;
