//! Programmes: occasions, seats, and who gets them.
//!
//! A programme has offers of seats; an offer is for one line of people, or for several who share it ([`fill`]). Terms
//! ([`terms`]) say when and for how many; what is counted beside people goes to gauges ([`measures`]).
//!
//! All programmes of a step are decided from the same state: those who were there when it began and whom no shock took. First all
//! say what they offer ([`plan`]), then seats are filled ([`hall`]), those of a lower rank first. Where programmes of one rank
//! want the same people they share them ([`contest`]).

mod book;
mod compile;
mod contest;
mod deal;
mod family;
mod fill;
mod hall;
mod longest;
mod measures;
pub mod memory;
mod plan;
mod random_pause;
mod register;
mod spells;
mod terms;
mod timing;

use std::ops::Range;

use super::chance::{Chance, Draw};
use super::edge::EdgeId;
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::{Flows, State};
use super::still::Still;
use crate::model::{CellId, NumberId, PlaceId};
use crate::random::Site;
use book::Book;
use family::Role;
pub use hall::Hall;
use measures::Gauges;
use memory::Widths;
use register::Register;
use terms::Terms;
use timing::{Seats, Timing};

/// All programmes.
#[derive(Clone, Debug, Default)]
pub struct Programmes {
    list: Vec<Programme>,
    /// Those of the same rank together, first choices first.
    ranks: Vec<Rank>,
    /// The first steps of calendar years: what is used of a cap counts from there.
    new_year: Vec<bool>,
    widths: Widths,
}

/// Programmes that choose at the same time: their indices, by name.
#[derive(Clone, Debug, Default)]
struct Rank {
    /// Those that want nobody whom another of them wants too.
    alone: Vec<usize>,
    /// Those that may want the same people or the same free places.
    contested: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Programme {
    terms: Terms,
    free_places: Option<FreePlaces>,
    offers: Vec<Offer>,
    /// The places where its people are let in, each with its capacity, if all of them turn people away and nobody leaves them before:
    /// with the places to which these divert.
    doors: Option<Vec<(NumberId, Range<CellId>)>>,
    /// Where its people come from.
    sources: Vec<Source>,
    /// The ways by which its people go, those included whom a full place sends on.
    edges: Vec<EdgeId>,
    /// Who came when, where the longest waiting go first.
    register: Option<Register>,
    gauges: Gauges,
}

/// The room of the place where people go.
#[derive(Clone, Debug)]
struct FreePlaces {
    place: PlaceId,
    capacity: NumberId,
    cells: Range<CellId>,
    /// Who draws how many of them fall to the programme, where several want them.
    site: Site,
}

/// A cell whose people may go.
#[derive(Clone, Debug)]
struct Source {
    cell: CellId,
    /// Who draws how many of the seats fall to it.
    site: Site,
    branches: Vec<(EdgeId, PartId)>,
}

/// Index of a source of a programme.
type SourceId = usize;

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
    /// The ways by which its people go, where they are counted.
    edges: Vec<EdgeId>,
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
    source: SourceId,
    role: Role,
}

/// One history in the step at hand.
struct At<'a, C> {
    now: &'a Now<'a, C>,
    readings: &'a Readings,
    lane: usize,
    /// In which round seats are filled: there are several where programmes want the same people.
    round: u64,
}

impl<C: Chance> At<'_, C> {
    fn number(&self, id: NumberId) -> f64 {
        self.readings.numbers.at(id, self.lane)
    }

    /// A draw of a site in this round.
    fn draw(&self, site: Site, ordinal: u32) -> Draw {
        let site = if self.round == 0 { site } else { site.at(self.round) };
        self.now.draw(site, ordinal)
    }
}

impl Programmes {
    /// What they keep from step to step.
    pub fn widths(&self) -> Widths {
        self.widths
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// Programmes take place and move people, who are then present for the whole step where they went.
    pub fn run(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        still: &mut Still,
        hall: &mut Hall,
        state: &mut State,
        flows: &mut Flows,
    ) {
        hall.books = std::mem::take(&mut state.programmes.books);
        for lane in 0..state.lanes() {
            let mut at = At { now, readings, lane, round: 0 };
            for (programme, book) in self.list.iter().zip(&mut hall.books) {
                if let Some(register) = &programme.register {
                    register.after_shocks(now, lane, (&*still, &*flows), book);
                }
            }
            hall.clear(self.list.len());
            for (index, programme) in self.list.iter().enumerate() {
                if self.new_year[now.step as usize] {
                    programme.begin_year(state, lane);
                }
                programme.plan(&at, index, state, flows, hall);
                flows.take_place(index, lane, programme.gauges.occasions(flows, lane));
            }
            if hall.plans.is_empty() {
                continue;
            }
            for rank in &self.ranks {
                hall.open(&at, self, rank, state);
                for index in &rank.alone {
                    self.fill_alone(&at, *index, still, hall, flows);
                }
                self.contest(&mut at, &rank.contested, still, hall, state, flows);
                self.leave(&at, hall, state, flows);
            }
        }
        state.programmes.books = std::mem::take(&mut hall.books);
    }

    /// Opens the books of those whose longest waiting go first, as a run begins.
    pub fn open_books(&self, state: &mut State) {
        if self.list.iter().any(|programme| programme.register.is_some()) {
            let book = |programme: &Programme| match &programme.register {
                Some(register) => register.book(state),
                None => Book::default(),
            };
            state.programmes.books = self.list.iter().map(book).collect();
        }
    }

    /// Strikes out of books whom the moves of those present took.
    pub fn settle_stayers(&self, now: &Now<impl Chance>, state: &mut State, flows: &Flows) {
        self.keep(state, |register, state, book| register.settle_middle(now, state, flows, book));
    }

    /// Keeps every book, if there is any.
    fn keep(&self, state: &mut State, mut keep: impl FnMut(&Register, &State, &mut Book)) {
        let mut books = std::mem::take(&mut state.programmes.books);
        for (programme, book) in self.list.iter().zip(&mut books) {
            if let Some(register) = &programme.register {
                keep(register, state, book);
            }
        }
        state.programmes.books = books;
    }

    /// The first cell and lane where a book does not add up to the people of `state`, to `tolerance` of a person and of them.
    pub fn imbalance(&self, state: &State, tolerance: f64) -> Option<(CellId, usize, f64)> {
        self.list
            .iter()
            .zip(&state.programmes.books)
            .find_map(|(programme, book)| programme.register.as_ref()?.imbalance(state, book, tolerance))
    }
}

impl Programme {
    fn begin_year(&self, state: &mut State, lane: usize) {
        let lines = self.offers.iter().flat_map(|offer| &offer.lines);
        for terms in std::iter::once(&self.terms).chain(lines.map(|line| &line.terms)) {
            terms.begin_year(&mut state.programmes, lane);
        }
    }
}
