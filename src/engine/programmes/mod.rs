//! Programmes: occasions, seats, and who gets them.
//!
//! A programme has offers of seats; an offer is for one line of people, or for several who share it ([`fill`]). Terms
//! ([`terms`]) say when and for how many; what is counted beside people goes to metrics ([`measures`]).
//!
//! All programmes of a step are decided from the same state: those who were there when it began and whom no shock took. First all
//! say what they offer ([`plan`]), then seats are filled ([`hall`]), those of a lower rank first. Where programmes of one rank
//! want the same people they share them ([`contest`]).

mod at;
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
mod measuring;
mod memory;
mod plan;
mod programme;
mod random_pause;
mod register;
mod source;
mod spells;
mod terms;
mod timing;
mod waiting;

use super::chance::Chance;
use super::flows::Flows;
use super::movements::Movements;
use super::now::Now;
use super::state::State;
use super::unmoved::Unmoved;
use crate::model::CellId;
use at::ProgrammeReplicate;
use book::Book;
pub use hall::ProgrammeWorkspace;
use hall::ProgrammesWorkspace;
pub use memory::ProgrammeMemory;
use programme::CompiledProgramme;
pub use programme::Programmes;
use register::Register;

impl Programmes {
    /// What they remember as a run begins: nothing has happened, and the books of those whose longest waiting go first are open.
    pub fn memory(&self, state: &State) -> ProgrammeMemory {
        let book = |programme: &CompiledProgramme| match &programme.register {
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
        unmoved: &mut Unmoved,
        memory: &mut ProgrammeMemory,
        workspace: &mut ProgrammeWorkspace,
    ) {
        for lane in 0..movements.state.lanes() {
            let mut at = ProgrammeReplicate { now, lane, round: 0 };
            for (programme, book) in self.list.iter().zip(&mut memory.books) {
                if let Some(register) = &programme.register {
                    register.after_shocks(now, lane, (&*unmoved, &*movements.flows), book);
                }
            }
            self.plan(&at, movements.flows, memory, workspace);
            if workspace.plans.is_empty() {
                continue;
            }
            for rank in &self.ranks {
                let Movements { state, flows } = &mut *movements;
                workspace.open(&at, (self, rank), state, memory);
                let mut hall = ProgrammesWorkspace { unmoved, books: &mut memory.books, workspace };
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
        at: &ProgrammeReplicate<impl Chance>,
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
            flows.take_place(index, at.lane, programme.metrics.occasions(flows, at.lane));
        }
    }

    /// Strikes out of books whom the moves of those present took.
    pub fn reconcile_stayers(
        &self,
        now: &Now<impl Chance>,
        state: &State,
        flows: &Flows,
        memory: &mut ProgrammeMemory,
    ) {
        self.keep(memory, |register, book| register.reconcile_middle(now, state, flows, book));
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

impl CompiledProgramme {
    fn begin_year(&self, memory: &mut ProgrammeMemory, lane: usize) {
        let lines = self.offers.iter().flat_map(|offer| &offer.lines);
        for terms in std::iter::once(&self.terms).chain(lines.map(|line| &line.terms)) {
            terms.begin_year(memory, lane);
        }
    }
}
