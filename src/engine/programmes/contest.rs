//! Programmes of one rank that may want the same people.
//!
//! Each fills its seats as if it were alone. Where there are not enough people in a cell for all who would take them, they are
//! shared in proportion to seats: each seat is as likely as any other to be filled. Those that came away with fewer fill what is
//! left of their seats in another round, from who is left. Free places that several programmes count on are shared in the same way.

use super::at::ProgrammeReplicate;
use super::deal::{SeatClaim, share};
use super::hall::{ProgrammeWorkspace, ProgrammesWorkspace, SeatTake};
use super::programme::{CompiledProgramme, Programmes};
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;
use crate::engine::state::State;
use crate::engine::unmoved::Unmoved;
use crate::model::PlaceId;

/// After so many rounds what is left of seats stays empty. Every round but the last empties a cell or fills a place.
const MOST_ROUNDS: u64 = 100;

/// More seats than this stand for no more people: there are never so many.
const MOST_SEATS: f64 = 1e8;

/// The draws of sharing: those of seats have the first numbers.
const UNWILLING: u32 = 502;

/// Tells the draws of a source's site by which programmes share its people from those by which one fills its seats.
const SHARED: u64 = u64::MAX;

/// Fractions of people this small are what rounding leaves.
const NOTHING: f64 = 1e-9;

/// A programme in a contest.
#[derive(Clone, Debug)]
struct Contender {
    programme: usize,
    /// How many may go in this round.
    limit: f64,
    /// How many may still be let in where they go.
    room: f64,
    /// Whether it came away with fewer than it would have taken.
    cut: bool,
}

impl Programmes {
    /// Fills the seats of programmes that may want the same people.
    pub(super) fn contest(
        &self,
        at: &mut ProgrammeReplicate<impl Chance>,
        members: &[usize],
        hall: &mut ProgrammesWorkspace,
        state: &State,
        flows: &mut Flows,
    ) {
        let offering = || members.iter().filter(|index| !hall.workspace.plans_of[**index].is_empty());
        let mut contenders: Vec<Contender> = match offering().count() {
            0 => return,
            1 => {
                let only = offering().next().copied();
                only.into_iter().for_each(|index| self.fill_alone(at, index, hall, flows));
                return;
            }
            _ => {
                let contender = |index: &usize| {
                    let room = self.list[*index].room(at, state);
                    Contender { programme: *index, limit: 0.0, room, cut: true }
                };
                offering().map(contender).collect()
            }
        };
        hall.workspace.contest.begin(hall.unmoved, at.lane);
        hall.workspace.granted.clear();
        let mut free = self.shared_places(at, &contenders, state);
        let first = hall.workspace.takes.len();
        for round in 0..MOST_ROUNDS {
            at.round = round;
            self.limit(at, &mut contenders, &free, hall.workspace);
            for contender in &mut contenders {
                self.wish(at, contender, hall, flows);
            }
            self.reconcile(at, first, &mut contenders, hall);
            let mut went = 0.0;
            let ProgrammeWorkspace { takes, granted, .. } = &mut *hall.workspace;
            for take in takes.drain(first..) {
                hall.unmoved.take(take.cell, at.lane, take.count);
                went += take.count;
                let into = self.list[take.programme].free_places.as_ref().map(|free| free.place);
                free.iter_mut()
                    .filter(|(place, _)| Some(*place) == into)
                    .for_each(|(_, left)| *left -= take.count);
                granted.push(take);
            }
            contenders.retain(|contender| contender.cut);
            if contenders.is_empty() || went <= NOTHING {
                break;
            }
        }
        at.round = 0;
        merge(&mut hall.workspace.granted, &mut hall.workspace.takes);
    }

    /// The places whose free places several contenders count on, with how many there are.
    fn shared_places(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        contenders: &[Contender],
        state: &State,
    ) -> Vec<(PlaceId, f64)> {
        let mut places: Vec<(PlaceId, f64)> = Vec::new();
        for (position, contender) in contenders.iter().enumerate() {
            let programme = &self.list[contender.programme];
            let Some(free) = &programme.free_places else { continue };
            let same = |other: &Contender| {
                self.list[other.programme].free_places.as_ref().is_some_and(|other| other.place == free.place)
            };
            let several = contenders[position + 1..].iter().any(same);
            if several && places.iter().all(|(place, _)| *place != free.place) {
                places.push((free.place, programme.free(at, state)));
            }
        }
        places
    }

    /// Says how many may go by each contender in this round.
    fn limit(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        contenders: &mut [Contender],
        free: &[(PlaceId, f64)],
        workspace: &ProgrammeWorkspace,
    ) {
        for contender in contenders.iter_mut() {
            contender.limit = workspace.most[contender.programme].min(contender.room);
            contender.cut = false;
        }
        for (place, left) in free {
            let place_of =
                |programme: &CompiledProgramme| programme.free_places.as_ref().map(|free| free.place);
            let mut claims: Vec<SeatClaim> = Vec::new();
            for contender in contenders.iter() {
                let programme = &self.list[contender.programme];
                let Some(free) = programme.free_places.as_ref().filter(|free| free.place == *place) else {
                    continue;
                };
                let plans = &workspace.plans[workspace.plans_of[contender.programme].clone()];
                let seats = plans.iter().map(|plan| plan.left).sum::<f64>().min(*left);
                claims.push(SeatClaim {
                    site: free.site,
                    seats,
                    wants: seats.min(contender.limit),
                    gets: 0.0,
                });
            }
            share(at, *left, &mut claims);
            let of_place =
                |contender: &&mut Contender| place_of(&self.list[contender.programme]) == Some(*place);
            for (contender, claim) in contenders.iter_mut().filter(of_place).zip(&claims) {
                contender.limit = contender.limit.min(claim.gets);
            }
        }
    }

    /// Puts down whom a contender would take if it were alone.
    fn wish(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        contender: &mut Contender,
        hall: &mut ProgrammesWorkspace,
        flows: &mut Flows,
    ) {
        let index = contender.programme;
        let programme = &self.list[index];
        let start = hall.workspace.takes.len();
        let mut left = contender.limit;
        for plan in hall.workspace.plans_of[index].clone() {
            if at.round == 0 {
                // What is offered is not less because others count on the same free places.
                let most = hall.workspace.most[index] - (contender.limit - left);
                let seats = hall.workspace.plans[plan].seats.min(most);
                programme.offered(at, hall.workspace, plan, seats, flows);
            }
            let seats = hall.workspace.plans[plan].left.min(left);
            let taken = programme.fill(at, hall, plan, seats);
            hall.workspace.plans[plan].left -= taken;
            left -= taken;
        }
        let ProgrammeWorkspace { most, takes, contest, .. } = &mut *hall.workspace;
        contender.cut = left <= NOTHING && contender.limit < most[index].min(contender.room);
        most[index] -= contender.limit - left;
        contender.room -= contender.limit - left;
        for take in &takes[start..] {
            hall.unmoved.take(take.cell, at.lane, -take.count);
            contest.wanted[take.cell] += take.count;
        }
    }

    /// Shares the people of cells of whom more are wanted than are there.
    fn reconcile(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        first: usize,
        contenders: &mut [Contender],
        hall: &mut ProgrammesWorkspace,
    ) {
        let unmoved: &Unmoved = hall.unmoved;
        let ProgrammeWorkspace { takes, plans, parties, most, contest, .. } = &mut *hall.workspace;
        let takes = &mut takes[first..];
        let short = |take: &SeatTake| {
            let there = unmoved.people(take.cell, at.lane) - NOTHING;
            let others = contest.wanted[take.cell] > take.count;
            others && (take.willing < there || contest.wanted[take.cell] > there + 2.0 * NOTHING)
        };
        if takes.iter().any(short) {
            // A stable sort: claims on a cell stay in the order of programmes' names.
            takes.sort_by_key(|take| take.cell);
            for takes in takes.chunk_by_mut(|one, other| one.cell == other.cell) {
                let same = |one: &SeatTake, other: &SeatTake| one.programme == other.programme;
                let claim = |takes: &[SeatTake]| SeatClaim {
                    site: self.list[takes[0].programme].sources[takes[0].source].site.at(SHARED),
                    seats: at.now.chance.whole(plans[takes[0].plan].seats.min(MOST_SEATS)),
                    wants: takes.iter().map(|take| take.count).sum(),
                    gets: 0.0,
                };
                let mut claims: Vec<SeatClaim> = takes.chunk_by(same).map(claim).collect();
                if claims.len() < 2 {
                    continue;
                }
                let willing = takes
                    .chunk_by(same)
                    .map(|takes| takes.iter().map(|take| take.willing).fold(0.0, f64::max));
                let open =
                    willing_to_either(at, unmoved.people(takes[0].cell, at.lane), willing, &mut claims);
                share(at, open, &mut claims);
                for (takes, claim) in takes.chunk_by_mut(same).zip(&claims) {
                    if claim.gets < claim.wants - NOTHING {
                        contest.exhausted.push((takes[0].programme, takes[0].source));
                    }
                    let mut gets = claim.gets;
                    for take in takes {
                        let cut = (take.count - gets).max(0.0);
                        gets = (gets - take.count).max(0.0);
                        take.count -= cut;
                        plans[take.plan].left += cut;
                        parties[take.party].most += cut;
                        most[take.programme] += cut;
                        let of = |contender: &&mut Contender| contender.programme == take.programme;
                        contenders.iter_mut().filter(of).for_each(|contender| {
                            contender.cut |= cut > NOTHING;
                            contender.room += cut;
                        });
                    }
                }
            }
        }
        takes.iter().for_each(|take| contest.wanted[take.cell] = 0.0);
    }
}

/// Gives each claim the people of a cell who would go by it alone, as far as it wants them, and tells how many there are who would go
/// by several. People consent to each programme by themselves, so `willing` to several are those whom chance finds among the
/// willing to each; of three and more claims the parts are the whole numbers below their means.
fn willing_to_either(
    at: &ProgrammeReplicate<impl Chance>,
    there: f64,
    willing: impl Iterator<Item = f64> + Clone,
    claims: &mut [SeatClaim],
) -> f64 {
    let chance = at.now.chance;
    let mut unwilling = there;
    for (willing, claim) in willing.clone().zip(claims.iter()) {
        let not = (there - willing).max(0.0);
        unwilling = chance.hypergeometric(at.draw(claim.site, UNWILLING), at.lane, there, unwilling, not);
    }
    let either = there - unwilling;
    let mut open = either;
    for (index, claim) in claims.iter_mut().enumerate() {
        let others =
            || willing.clone().enumerate().filter(|(other, _)| *other != index).map(|(_, willing)| willing);
        let alone = match others().count() {
            1 => either - others().sum::<f64>(),
            _ => {
                let nobody_else = others().map(|willing| 1.0 - (willing / there).min(1.0)).product::<f64>();
                let own = willing.clone().nth(index).unwrap_or(0.0);
                chance.whole(own * nobody_else).min(open)
            }
        };
        let alone = alone.max(0.0);
        open -= alone;
        claim.gets = alone.min(claim.wants);
    }
    open.max(0.0)
}

/// Moves those who got seats in all rounds to `takes`, each way once.
fn merge(granted: &mut Vec<SeatTake>, takes: &mut Vec<SeatTake>) {
    let key = |take: &SeatTake| (take.programme, take.source, take.travels);
    granted.sort_by_key(key);
    let together = granted.chunk_by(|one, other| key(one) == key(other));
    takes
        .extend(together.map(|same| SeatTake { count: same.iter().map(|take| take.count).sum(), ..same[0] }));
    granted.clear();
}
