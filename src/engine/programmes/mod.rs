//! Programmes: occasions, seats, and who gets them.
//!
//! A programme has offers of seats; an offer is for one line of people, or for several who share it ([`fill`]). Terms
//! ([`terms`]) say when and for how many; what is counted beside people goes to gauges ([`measures`]).

mod compile;
mod deal;
mod family;
mod fill;
mod measures;
pub mod memory;
mod random_pause;
mod spells;
mod terms;
mod timing;

use std::ops::Range;

use super::chance::Chance;
use super::edge::EdgeId;
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::{Flows, State};
use crate::model::{CellId, NumberId};
use crate::random::Site;
use family::Role;
use fill::Room;
use measures::Gauges;
use memory::Widths;
use spells::Spells;
use terms::Terms;
use timing::{Seats, Timing};

/// All programmes.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    list: Vec<Programme>,
    /// The first steps of calendar years: what is used of a cap counts from there.
    new_year: Vec<bool>,
    widths: Widths,
}

#[derive(Clone, Debug)]
struct Programme {
    /// Its index in the model.
    index: usize,
    terms: Terms,
    free_places: Option<FreePlaces>,
    offers: Vec<Offer>,
    gauges: Gauges,
}

/// The room of the place where people go.
#[derive(Clone, Debug)]
struct FreePlaces {
    capacity: NumberId,
    cells: Range<CellId>,
}

/// Seats on occasions, for one line or for several that share them.
#[derive(Clone, Debug)]
struct Offer {
    timing: Timing,
    /// `None`: as many as there are free places.
    seats: Option<Seats>,
    lines: Vec<Line>,
    /// Whether its occasions are also those of other offers.
    shares_occasions: bool,
    /// How many classes every line has; the first is served first.
    classes: usize,
}

/// People who are eligible together.
#[derive(Clone, Debug)]
struct Line {
    terms: Terms,
    consent: Option<NumberId>,
    classes: Vec<Class>,
    /// Where lines are written one by one.
    gauges: Option<Gauges>,
}

/// The people of a line who are served at the same time.
#[derive(Clone, Debug)]
struct Class {
    /// Who draws how many of the seats that lines share fall to this one.
    site: Site,
    eligible: Vec<Eligible>,
}

/// A cell whose people are eligible.
#[derive(Clone, Debug)]
struct Eligible {
    cell: CellId,
    /// Who draws how many of the seats fall to it.
    site: Site,
    branches: Vec<(EdgeId, PartId)>,
    role: Role,
}

/// One history in the step at hand.
struct At<'a, C> {
    now: &'a Now<'a, C>,
    readings: &'a Readings,
    lane: usize,
}

impl<C: Chance> At<'_, C> {
    fn number(&self, id: NumberId) -> f64 {
        self.readings.numbers.at(id, self.lane)
    }
}

impl Programmes {
    /// What they keep from step to step.
    pub fn widths(&self) -> Widths {
        self.widths
    }

    /// Programmes take place and move people, who are then present for the whole step where they went.
    pub fn run(&self, now: &Now<impl Chance>, readings: &Readings, state: &mut State, flows: &mut Flows) {
        let mut room = Room::default();
        for programme in &self.list {
            for lane in 0..state.lanes() {
                let at = At { now, readings, lane };
                if self.new_year[now.step as usize] {
                    programme.begin_year(state, lane);
                }
                programme.run(&at, state, flows, &mut room);
            }
        }
        self.measure_served(state, flows, now.years);
    }
}

impl Programme {
    fn begin_year(&self, state: &mut State, lane: usize) {
        let lines = self.offers.iter().flat_map(|offer| &offer.lines);
        for terms in std::iter::once(&self.terms).chain(lines.map(|line| &line.terms)) {
            terms.begin_year(&mut state.programmes, lane);
        }
    }

    fn run(&self, at: &At<impl Chance>, state: &mut State, flows: &mut Flows, room: &mut Room) {
        // Occasions that lines share are counted once.
        let mut shared = 0.0f64;
        let common = self.terms.spells(at, &mut state.programmes);
        self.gauges.paused(flows, at.lane, &common);
        for offer in &self.offers {
            let own: Vec<Spells> =
                offer.lines.iter().map(|line| line.terms.spells(at, &mut state.programmes)).collect();
            for (line, own) in offer.lines.iter().zip(&own) {
                if let Some(gauges) = &line.gauges {
                    gauges.paused(flows, at.lane, &common.with(own));
                }
            }
            // The pauses of a line that shares its seats with nobody are those of the offer.
            let alone = match own.as_slice() {
                [only] => Some(common.with(only)),
                _ => None,
            };
            let spells = alone.as_ref().unwrap_or(&common);
            let open = self.terms.open_at(at.now.step)
                && offer.lines.iter().any(|line| line.terms.open_at(at.now.step));
            if !open || spells.whole_step() {
                continue;
            }
            let planned = offer.timing.occasions(at, &mut state.programmes);
            let occasions = spells.outside(planned);
            if occasions <= 0.0 {
                continue;
            }
            let drawn = offer.seats.as_ref().map_or(f64::INFINITY, |seats| seats.drawn(at, occasions));
            let seats = drawn.min(self.most(at, state));
            room.parties.clear();
            for (line, own) in offer.lines.iter().enumerate().zip(&own) {
                let weight = if alone.is_some() { 1.0 } else { own.outside(occasions) / occasions };
                room.invite(at, &state.programmes, line, weight, occasions, seats);
            }
            let gone = offer.fill(at, state, flows, seats, room);
            self.terms.use_up(&mut state.programmes, at.lane, gone);
            if offer.shares_occasions {
                shared = shared.max(occasions);
            } else {
                self.take_place(flows, at.lane, occasions);
            }
            self.gauges.offered(flows, at.lane, seats, gone);
            for party in &room.parties {
                let line = &offer.lines[party.line];
                line.terms.use_up(&mut state.programmes, at.lane, party.gone);
                if let Some(gauges) = &line.gauges {
                    gauges.took_place(flows, at.lane, occasions * party.weight);
                    gauges.offered(flows, at.lane, party.offered, party.gone);
                }
            }
        }
        self.take_place(flows, at.lane, shared);
    }

    fn take_place(&self, flows: &mut Flows, lane: usize, occasions: f64) {
        flows.take_place(self.index, lane, occasions);
        self.gauges.took_place(flows, lane, occasions);
    }

    /// The most seats that the programme's cap and the free places leave.
    fn most(&self, at: &At<impl Chance>, state: &State) -> f64 {
        let cap = self.terms.cap_left(at, &state.programmes);
        let Some(free) = &self.free_places else { return cap };
        let there: f64 = free.cells.clone().map(|cell| state.people(cell, at.lane)).sum();
        cap.min(at.now.chance.whole((at.number(free.capacity) - there).max(0.0)))
    }
}
