//! Those whom a full place held back are where they were for the rest of the step: they die, are released and move on as
//! everybody else there does.
//!
//! [`exposure`](super::exposure) has the law. People are told apart by the doors that they have tried in vain, so
//! whoever tries a second door and finds it closed too goes on from there; the gate looks again, in rounds, until
//! nobody tries another door. Where a clock leads, the end of a stay is a door like others if it leads to a place that
//! fills, and people are told apart by whether their stay ends in this step.

use super::exposure::{Hazards, MOST_DOORS, Present, Set};
use super::gate::Phase;
use super::home::{Door, Home, homes};
use super::tally::Tally;
use super::ways::{WayId, Ways};
use crate::engine::builder::Builder;
use crate::engine::chance::Chance;
use crate::engine::clocks::{Clocks, Desk};
use crate::engine::edge::EdgeId;
use crate::engine::exits::Exits;
use crate::engine::now::Now;
use crate::engine::readings::Readings;
use crate::engine::state::{Flows, State};
use crate::model::CellId;

/// So often the gate looks again in one phase of a step: each time fewer people have tried another door.
pub const MOST_ROUNDS: u32 = 30;

/// The first round in which the gate looks at those who were born late in a step.
pub const LATE_ROUND: u32 = 32;

/// The cells from where some ways lead to places that fill.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    homes: Vec<Home>,
}

/// What is kept while the gate looks again and again.
#[derive(Clone, Debug, Default)]
pub struct Tries {
    /// Of each home and lane, by kind of people, set of doors tried in vain before, and door: those who tried it, and how many of
    /// them were refused.
    tried: Vec<[f64; 2]>,
    /// Of each home and lane, the phase of the step for which its tries were counted, late births told apart; 0: for none.
    begun: Vec<u64>,
    /// Those who try a door now, laid out as those of one home and lane.
    trying: Vec<f64>,
    /// By home and lane: the time, in steps, that those who were held back go on spending where they are.
    pub lingering: Vec<f64>,
}

/// Kinds of people of a cell: where no clock leads all are of the first.
const ORDINARY: usize = 0;
/// Whose stay ends at a uniform moment of the step.
const DUE: usize = 1;
/// Whose stay is over, with its door closed.
const OVERDUE: usize = 2;

/// What the step reads.
#[derive(Clone, Copy)]
pub struct Read<'a> {
    pub readings: &'a Readings,
    pub exits: &'a Exits,
    pub clocks: &'a Clocks,
    pub desk: &'a Desk,
}

impl Onward {
    /// Finds the cells, when all ways are known.
    pub fn compile(builder: &Builder, exits: &Exits, clocks: &Clocks, ways: &Ways) -> Onward {
        Onward { homes: homes(builder, exits, clocks, ways) }
    }

    /// These cells.
    pub fn cells(&self) -> impl Iterator<Item = CellId> {
        self.homes.iter().map(|home| home.cell)
    }

    /// A step begins.
    pub fn begin(&self, lanes: usize, tries: &mut Tries) {
        tries.lingering.clear();
        tries.lingering.resize(self.homes.len() * lanes, 0.0);
        let all = self.homes.last().map_or(0, |home| home.first_try + home.tries());
        tries.tried.resize(all * lanes, [0.0; 2]);
        tries.begun.clear();
        tries.begun.resize(self.homes.len() * lanes, 0);
        tries.trying.resize(self.homes.iter().map(Home::tries).max().unwrap_or(0), 0.0);
    }

    /// The time, in steps, that those of a cell who were held back so far spend there beyond what they would have spent had the
    /// doors been open.
    pub fn lingering<'t>(&self, tries: &'t Tries, cell: CellId) -> Option<&'t [f64]> {
        let home = self.homes.binary_search_by_key(&cell, |home| home.cell).ok()?;
        let lanes = tries.lingering.len() / self.homes.len();
        Some(&tries.lingering[home * lanes..(home + 1) * lanes])
    }

    /// Those who were refused since this was last asked are exposed to the other ways out; gives whether somebody tried
    /// another door, so that the gate has to look again.
    pub fn go_on(
        &self,
        (phase, round): (Phase, u32),
        now: &Now<impl Chance>,
        read: Read,
        ways: &Ways,
        (state, flows): (&mut State, &mut Flows),
        (tally, tries): (&mut Tally, &mut Tries),
    ) -> bool {
        if tally.is_all_clear() {
            return false;
        }
        let lanes = state.lanes();
        let mut again = false;
        for (index, home) in self.homes.iter().enumerate() {
            for lane in 0..lanes {
                let mut all = home.doors.iter().flat_map(|door| &door.ways);
                if all.all(|way| tally.fresh(*way, lane) <= NOBODY) {
                    continue;
                }
                let first = home.first_try * lanes + lane * home.tries();
                let tried = &mut tries.tried[first..first + home.tries()];
                let mut one = One {
                    phase,
                    ordinal: LATE_ROUND * u32::from(phase == Phase::End) + round,
                    lane,
                    now,
                    home,
                    read,
                    hazards: home.hazards(&read, phase, now.years, lane),
                    state,
                    flows,
                    lingering: 0.0,
                    again: false,
                };
                // A home may first be sent people back in any round.
                let in_phase = 1 + u64::from(phase == Phase::End) + 2 * u64::from(round / LATE_ROUND);
                let begun = &mut tries.begun[index * lanes + lane];
                if std::mem::replace(begun, in_phase) != in_phase {
                    one.begin(ways, tally, tried);
                }
                one.hear(tally, tried, &mut tries.trying[..home.tries()]);
                again |= one.again;
                tries.lingering[index * lanes + lane] += one.lingering;
            }
        }
        again
    }
}

/// What rounding leaves of fractional people is nobody.
const NOBODY: f64 = 1e-12;

/// Those who tried a way in this phase: those counted along it, and those just refused.
fn through(phase: Phase, way: WayId, edge: EdgeId, flows: &Flows, tally: &Tally, lane: usize) -> f64 {
    let let_through = match phase {
        Phase::Start | Phase::Middle => flows.counted(edge, lane),
        Phase::End => tally.came(way, edge, flows, lane),
    };
    let_through + tally.fresh(way, lane)
}

/// One cell in one replicate.
struct One<'a, 'b, C> {
    phase: Phase,
    /// Which of the draws of a site.
    ordinal: u32,
    lane: usize,
    now: &'a Now<'b, C>,
    home: &'a Home,
    read: Read<'a>,
    hazards: Hazards,
    state: &'a mut State,
    flows: &'a mut Flows,
    lingering: f64,
    again: bool,
}

impl<C: Chance> One<'_, '_, C> {
    /// Counts who tried each door before anybody was refused.
    fn begin(&mut self, ways: &Ways, tally: &Tally, tried: &mut [[f64; 2]]) {
        tried.fill([0.0; 2]);
        // Of those whom hazards took, whose stay was over in this step: some of who tried each door.
        let taken = self.read.clocks.taken(self.state, self.home.cell, self.lane);
        let (mut over, mut all) = (taken.over, taken.over + taken.others);
        for (index, door) in self.home.doors.iter().enumerate() {
            let tries =
                |way: &WayId| through(self.phase, *way, ways.all[*way].edge, self.flows, tally, self.lane);
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
    fn hear(&mut self, tally: &mut Tally, tried: &mut [[f64; 2]], trying: &mut [f64]) {
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

    /// Exposes people of a kind who had tried the doors of a set and were refused at one more; gives how many leave.
    fn refuse(&mut self, (kind, before): (usize, Set), door: usize, people: f64, trying: &mut [f64]) -> f64 {
        let own = self.home.own_door() == Some(door);
        // In the middle of a step the end of a stay is a moment and no hazard.
        let (kind, set) = match self.phase {
            Phase::End => (kind, before | 1 << door),
            _ if own => (OVERDUE, before),
            _ => (kind, before | 1 << door),
        };
        let own_tried = self.home.own_door().is_some_and(|own| set >> own & 1 == 1);
        if self.home.led.is_some() {
            let cell = (self.home.cell, self.lane);
            let clocks = self.read.clocks;
            match self.phase {
                Phase::End if own_tried && !own => clocks.be_late(cell, people, self.state),
                Phase::Middle if kind == ORDINARY => {
                    let site = self.home.doors[door].site.at(KEEPS | before as u64);
                    clocks.keep_time(self.now, site.at(self.ordinal.into()), cell, people, self.state);
                }
                _ => {}
            }
        }
        let late = own_tried || kind != ORDINARY;
        let present = match (self.phase, kind) {
            (Phase::End, _) | (_, DUE) => Present::Part,
            (_, OVERDUE) => Present::Overdue,
            _ => Present::Throughout,
        };
        let time = self.hazards.time_after(set, present);
        self.lingering += people * time;
        let mut left = people;
        let mut staying = 1.0;
        let read = self.read;
        let hazards_out = read.exits.hazards_out(&read.readings.exits, self.home.cell, self.lane);
        let path = ((kind << MOST_DOORS | set) * MOST_DOORS + door) as u64;
        for (out, (_, hazard)) in self.home.out.iter().zip(hazards_out) {
            if out.door.is_some_and(|door| set >> door & 1 == 1) {
                continue;
            }
            let share = hazard * self.now.years * time;
            let probability = if staying > 0.0 { (share / staying).min(1.0) } else { 1.0 };
            staying -= share;
            let draw = self.now.draw(out.site.at(path), self.ordinal);
            let count = self.now.chance.binomial(draw, self.lane, left, probability);
            if count > 0.0 {
                left -= count;
                self.go(out.edge, count, late, path);
                self.tries(kind, set, out.door, count, trying);
            }
        }
        // The stay ends: of who is due for certain, of who entered in the step as by a hazard.
        let ends = match (self.phase, kind) {
            (Phase::Middle, DUE) => 1.0,
            (Phase::End, _) if !own_tried => {
                let share = self.home.own_door().map_or(0.0, |own| self.hazards.doors[own]) * time;
                if staying > 0.0 { (share / staying).min(1.0) } else { 1.0 }
            }
            _ => return people - left,
        };
        if let Some(led) = &self.home.led {
            let draw = self.now.draw(led.site.at(path), self.ordinal);
            let ending = self.now.chance.binomial(draw, self.lane, left, ends);
            let branches =
                led.branches.iter().map(|(edge, part)| (*edge, read.readings.parts.at(*part, self.lane)));
            let mut gone = Vec::new();
            let now = self.now;
            now.divide_at(path | LATEST, self.ordinal, self.lane, ending, branches, |edge, count| {
                gone.push((edge, count));
            });
            for (edge, count) in gone {
                left -= count;
                self.go(edge, count, late, path);
                let through = led.doors.contains(&edge).then_some(self.home.doors.len() - 1);
                self.tries(kind, set, through, count, trying);
            }
        }
        people - left
    }

    /// People try a door, if their way leads to one.
    fn tries(&mut self, kind: usize, set: Set, door: Option<usize>, count: f64, trying: &mut [f64]) {
        if let Some(door) = door {
            trying[self.home.at(kind, set, door)] += count;
            self.again |= count > NOBODY;
        }
    }

    fn go(&mut self, edge: EdgeId, count: f64, late: bool, path: u64) {
        let to = self.now.edges[edge].to;
        self.state.add(self.home.cell, self.lane, -count);
        if self.phase == Phase::Middle {
            self.flows.enter(edge, to, self.lane, count);
        } else {
            self.flows.count(edge, self.lane, count);
            self.state.add(to, self.lane, count);
        }
        if self.home.led.is_some() {
            let who = (edge, self.home.cell, self.lane);
            let body = path << 16 | u64::from(self.ordinal);
            self.read.clocks.go_on(self.phase, self.now, who, (count, body), late, self.state);
        }
    }

    /// Of those just refused at a door, `left` have gone another way: some of each of the ways through it, at random.
    fn take_from(&self, door: &Door, left: f64, tally: &mut Tally) {
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
