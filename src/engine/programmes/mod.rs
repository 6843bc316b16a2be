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
mod households;
mod longest;
mod measures;
mod memory;
mod plan;
mod random_pause;
mod register;
mod spells;
mod terms;
mod timing;

use std::ops::Range;

use super::chance::{Chance, Draw};
use super::edge::EdgeId;
use super::flows::Flows;
use super::movements::Movements;
use super::now::Now;
use super::split::PartId;
use super::state::State;
use super::still::Still;
use crate::model::{CellId, NumberId, PlaceId};
use crate::random::Site;
use book::Book;
use family::Role;
use hall::Hall;
pub use hall::ProgrammeWorkspace;
use measures::Gauges;
pub use memory::ProgrammeMemory;
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
    lane: usize,
    /// In which round seats are filled: there are several where programmes want the same people.
    round: u64,
}

impl<C: Chance> At<'_, C> {
    fn number(&self, id: NumberId) -> f64 {
        self.now.readings.numbers.at(id, self.lane)
    }

    /// A draw of a site in this round.
    fn draw(&self, site: Site, ordinal: u32) -> Draw {
        let site = if self.round == 0 { site } else { site.at(self.round) };
        self.now.draw(site, ordinal)
    }
}

impl Programmes {
    /// What they remember as a run begins: nothing has happened, and the books of those whose longest waiting go first are open.
    pub fn memory(&self, state: &State) -> ProgrammeMemory {
        let book = |programme: &Programme| match &programme.register {
            Some(register) => register.book(state),
            None => Book::default(),
        };
        let any = self.list.iter().any(|programme| programme.register.is_some());
        let books = self.list.iter().filter(|_| any).map(book).collect();
        ProgrammeMemory::new(&self.widths, books, state.lanes())
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// Programmes take place and move people, who are then present for the whole step where they went.
    pub fn run(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        still: &mut Still,
        memory: &mut ProgrammeMemory,
        workspace: &mut ProgrammeWorkspace,
    ) {
        for lane in 0..movements.state.lanes() {
            let mut at = At { now, lane, round: 0 };
            for (programme, book) in self.list.iter().zip(&mut memory.books) {
                if let Some(register) = &programme.register {
                    register.after_shocks(now, lane, (&*still, &*movements.flows), book);
                }
            }
            self.plan(&at, movements.flows, memory, workspace);
            if workspace.plans.is_empty() {
                continue;
            }
            for rank in &self.ranks {
                let Movements { state, flows } = &mut *movements;
                workspace.open(&at, (self, rank), state, memory);
                let mut hall = Hall { still, books: &mut memory.books, workspace };
                for index in &rank.alone {
                    self.fill_alone(&at, *index, &mut hall, flows);
                }
                self.contest(&mut at, &rank.contested, &mut hall, state, flows);
                self.leave(&at, movements, workspace);
            }
        }
    }

    /// All say what they offer.
    fn plan(
        &self,
        at: &At<impl Chance>,
        flows: &mut Flows,
        memory: &mut ProgrammeMemory,
        workspace: &mut ProgrammeWorkspace,
    ) {
        workspace.clear(self.list.len());
        for (index, programme) in self.list.iter().enumerate() {
            if self.new_year[at.now.step as usize] {
                programme.begin_year(memory, at.lane);
            }
            programme.plan(at, index, memory, flows, workspace);
            flows.take_place(index, at.lane, programme.gauges.occasions(flows, at.lane));
        }
    }

    /// Strikes out of books whom the moves of those present took.
    pub fn settle_stayers(
        &self,
        now: &Now<impl Chance>,
        state: &State,
        flows: &Flows,
        memory: &mut ProgrammeMemory,
    ) {
        self.keep(memory, |register, book| register.settle_middle(now, state, flows, book));
    }

    /// Keeps every book, if there is any.
    fn keep(&self, memory: &mut ProgrammeMemory, mut keep: impl FnMut(&Register, &mut Book)) {
        for (programme, book) in self.list.iter().zip(&mut memory.books) {
            if let Some(register) = &programme.register {
                keep(register, book);
            }
        }
    }

    /// The first cell and lane where a book does not add up to the people of `state`, to `tolerance` of a person and of them.
    pub fn imbalance(
        &self,
        state: &State,
        memory: &ProgrammeMemory,
        tolerance: f64,
    ) -> Option<(CellId, usize, f64)> {
        self.list
            .iter()
            .zip(&memory.books)
            .find_map(|(programme, book)| programme.register.as_ref()?.imbalance(state, book, tolerance))
    }
}

impl Programme {
    fn begin_year(&self, memory: &mut ProgrammeMemory, lane: usize) {
        let lines = self.offers.iter().flat_map(|offer| &offer.lines);
        for terms in std::iter::once(&self.terms).chain(lines.map(|line| &line.terms)) {
            terms.begin_year(memory, lane);
        }
    }
}
