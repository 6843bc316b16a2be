//! The register of a programme whose longest waiting go first: which ways touch its cells, and how its [`Book`] is kept.
//!
//! The book learns from the state and from the counts of edges who is no longer there. Whom the programme takes are the longest
//! waiting of those who would go; whom anything else takes are anybody. Who goes from one of its cells to another in
//! the same place keeps the time; everybody else who comes is new. Who is sent back because there was no room was never struck out.

use super::book::{Book, EntryStep, NOTHING};
use super::source::SeatSource;
use crate::engine::chance::Chance;
use crate::engine::clocks::DueCounts;
use crate::engine::edge::{Edge, EdgeId};
use crate::engine::flows::Flows;
use crate::engine::full::LONG_WAITS;
use crate::engine::metric::MetricId;
use crate::engine::now::Now;
use crate::engine::state::State;
use crate::engine::unmoved::Unmoved;
use crate::model::{CellId, Mechanism, Model};
use crate::random::Site;

/// Draws of a cell's or a way's site, by when it is looked at.
const SHOCKS: u64 = 0;
const START: u64 = 1;
const MIDDLE: u64 = 2;
const END: u64 = 3;
const MORE: u64 = 4;
/// Of those who brought their time along.
const CAME: u64 = 5;
const CAME_AND_LEFT: u64 = 6;

/// How the book of a programme is kept.
#[derive(Clone, Debug)]
pub(super) struct Register {
    /// By source of the programme.
    cells: Vec<Kept>,
    carried: Vec<Carried>,
}

/// A cell.
#[derive(Clone, Debug)]
struct Kept {
    cell: CellId,
    site: Site,
    /// The ways by which people come who are new.
    into: Vec<EdgeId>,
    /// All ways out.
    out: Vec<EdgeId>,
    /// Of these, those by which the programme's people go.
    own: Vec<EdgeId>,
    /// Those of other programmes whose longest waiting go first.
    alike: Vec<EdgeId>,
    /// The metrics of long waits: the programme's, and the line's if it has some.
    long_waits: Vec<Vec<MetricId>>,
}

/// A way from cell to cell of the same place.
#[derive(Clone, Debug)]
struct Carried {
    edge: EdgeId,
    from: usize,
    into: usize,
    site: Site,
    /// Whether it is of another programme whose longest waiting go first.
    alike: bool,
}

impl Register {
    /// A register of the people of `sources`, whose long waits are measured by metrics.
    pub(super) fn new(
        address: &str,
        sources: &[SeatSource],
        long_waits: Vec<Vec<Vec<MetricId>>>,
    ) -> Register {
        let kept = |(source, long_waits): (&SeatSource, Vec<Vec<MetricId>>)| Kept {
            cell: source.cell,
            site: Site::of(&[address, "register", &source.site.bits().to_string()]),
            into: Vec::new(),
            out: Vec::new(),
            own: Vec::new(),
            alike: Vec::new(),
            long_waits,
        };
        Register { cells: sources.iter().zip(long_waits).map(kept).collect(), carried: Vec::new() }
    }

    /// Makes known the ways that touch its cells.
    pub(super) fn connect(&mut self, programme: usize, model: &Model, edges: &[Edge]) {
        let position = |cells: &[Kept], cell: CellId| cells.iter().position(|kept| kept.cell == cell);
        for (id, edge) in edges.iter().enumerate() {
            let from = edge.from.and_then(|cell| position(&self.cells, cell));
            let into = edge.to.and_then(|cell| position(&self.cells, cell));
            let own = edge.mechanism == Mechanism::Programme(programme);
            let alike = match edge.mechanism {
                Mechanism::Programme(other) => !own && model.programmes[other].longest_first,
                _ => false,
            };
            if let Some(from) = from {
                self.cells[from].out.push(id);
                if own {
                    self.cells[from].own.push(id);
                }
            }
            let same_place = |cell: CellId| edge.to_place(model) == Some(model.place_of(cell));
            match (from, into) {
                (Some(from), Some(into)) if !own && edge.from.is_some_and(same_place) => {
                    let site = Site::of(&["register", &edge.site.bits().to_string()]);
                    self.carried.push(Carried { edge: id, from, into, site, alike });
                }
                (from, into) => {
                    if let Some(into) = into {
                        self.cells[into].into.push(id);
                    }
                    if let Some(from) = from.filter(|_| alike) {
                        self.cells[from].alike.push(id);
                    }
                }
            }
        }
    }

    /// The book as a run begins: all who are there came before it.
    pub(super) fn book(&self, state: &State) -> Book {
        let lanes = state.lanes();
        let mut book = Book::new(lanes, self.cells.len(), self.carried.len());
        for (index, kept) in self.cells.iter().enumerate() {
            for (lane, people) in state.people_of(kept.cell).iter().enumerate().filter(|(_, p)| **p > 0.0) {
                let at = book.at(index, lane);
                book.there[at].add(EntryStep::Before.row(), *people);
            }
        }
        book
    }

    /// A step has begun and shocks have hit: who is still there may go.
    pub(super) fn after_shocks(
        &self,
        now: &Now<impl Chance>,
        lane: usize,
        (unmoved, flows): (&Unmoved, &Flows),
        book: &mut Book,
    ) {
        for way in 0..self.carried.len() {
            let at = book.at(way, lane);
            book.reconciled[at] = 0.0;
        }
        self.carry(now, lane, SHOCKS, flows, book);
        for (index, kept) in self.cells.iter().enumerate() {
            let at = book.at(index, lane);
            let there = &mut book.there[at];
            let gone = there.people() - unmoved.people(kept.cell, lane);
            there.take(now, kept.site.at(SHOCKS), lane, gone, |_, _| {});
        }
    }

    /// Programmes and closures are over: who was served is struck out, and who came in is there for the whole step.
    pub(super) fn reconcile_start(
        &self,
        now: &Now<impl Chance>,
        state: &State,
        flows: &mut Flows,
        book: &mut Book,
    ) {
        for lane in 0..state.lanes() {
            for (index, kept) in self.cells.iter().enumerate() {
                let served = counted(flows, &kept.own, lane);
                let at = book.at(index, lane);
                book.serve(at, served, |row, count| {
                    let metrics = kept.long_waits.iter().flat_map(|metrics| LONG_WAITS.iter().zip(metrics));
                    for ((months, _), metric) in metrics {
                        let share = EntryStep::longer(row, now.step, months / (12.0 * now.years));
                        flows.metric(*metric, lane, count * share);
                    }
                });
            }
            self.carry(now, lane, START, flows, book);
            for (index, kept) in self.cells.iter().enumerate() {
                let at = book.at(index, lane);
                let Book { there, came, .. } = &mut *book;
                let (there, came) = (&mut there[at], &mut came[at]);
                there.take_first_due(counted(flows, &kept.alike, lane), |_, _| {});
                let mut new = counted(flows, &kept.into, lane);
                let mut gone = there.people() + came.people() + new - state.people(kept.cell, lane);
                for (due_counts, site) in [(&mut *there, START), (&mut *came, CAME)] {
                    let count = gone.min(due_counts.people());
                    due_counts.take(now, kept.site.at(site), lane, count, |_, _| {});
                    gone -= count.max(0.0);
                }
                new -= gone;
                came.pour_into(there);
                if new > NOTHING {
                    there.add(EntryStep::AtStart(now.step).row(), new);
                }
            }
        }
    }

    /// Those present for the whole step have left it, and those who entered are not yet added to the people of cells.
    pub(super) fn reconcile_middle(
        &self,
        now: &Now<impl Chance>,
        state: &State,
        flows: &Flows,
        book: &mut Book,
    ) {
        for lane in 0..state.lanes() {
            self.carry(now, lane, MIDDLE, flows, book);
            for (index, kept) in self.cells.iter().enumerate() {
                let at = book.at(index, lane);
                let there = &mut book.there[at];
                let gone = there.people() - state.people(kept.cell, lane);
                there.take(now, kept.site.at(MIDDLE), lane, gone, |_, _| {});
                if !book.came[at].is_empty() {
                    book.left[at] = counted(flows, &kept.out, lane);
                }
            }
        }
    }

    /// The step is over. Those who brought their time along in it left like all who entered; the others are new.
    pub(super) fn end(&self, now: &Now<impl Chance>, state: &State, flows: &Flows, book: &mut Book) {
        for lane in 0..state.lanes() {
            for (index, kept) in self.cells.iter().enumerate() {
                let at = book.at(index, lane);
                let Book { there, came, left, .. } = &mut *book;
                let (there, came) = (&mut there[at], &mut came[at]);
                if !came.is_empty() {
                    let brought = came.people();
                    let entered = flows.entered(kept.cell, lane).max(brought);
                    let left = (counted(flows, &kept.out, lane) - left[at]).clamp(0.0, entered);
                    let draw = now.draw(kept.site.at(CAME_AND_LEFT), 0);
                    let gone = now.chance.hypergeometric(draw, lane, entered, brought, left);
                    came.take(now, kept.site.at(END), lane, gone, |_, _| {});
                    came.pour_into(there);
                }
                let new = state.people(kept.cell, lane) - there.people();
                if new > NOTHING {
                    there.add(EntryStep::Within(now.step).row(), new);
                } else {
                    there.take(now, kept.site.at(MORE), lane, -new, |_, _| {});
                }
            }
        }
    }

    /// Moves those who went from cell to cell of a place since this was last done.
    fn carry(&self, now: &Now<impl Chance>, lane: usize, when: u64, flows: &Flows, book: &mut Book) {
        for (way, carried) in self.carried.iter().enumerate() {
            let (way, from, into) =
                (book.at(way, lane), book.at(carried.from, lane), book.at(carried.into, lane));
            let Book { there, came, reconciled, .. } = &mut *book;
            let there = &mut there[from];
            let due = flows.counted(carried.edge, lane) - reconciled[way];
            let count = due.min(there.people());
            reconciled[way] += due;
            let came: &mut DueCounts = &mut came[into];
            if carried.alike {
                there.take_first_due(count, |row, count| came.add(row, count));
            } else {
                let site = carried.site.at(when);
                there.take(now, site, lane, count, |row, count| came.add(row, count));
            }
        }
    }

    /// The first cell and lane where those of the book do not add up to the people of `state`.
    pub(super) fn imbalance(
        &self,
        state: &State,
        book: &Book,
        tolerance: f64,
    ) -> Option<(CellId, usize, f64)> {
        self.cells.iter().enumerate().find_map(|(index, kept)| {
            (0..state.lanes()).find_map(|lane| {
                let people = state.people(kept.cell, lane);
                let counted = book.there[book.at(index, lane)].people();
                let differs = (counted - people).abs() > tolerance * (1.0 + people.abs());
                differs.then_some((kept.cell, lane, counted))
            })
        })
    }
}

/// People who went along any of some ways.
fn counted(flows: &Flows, edges: &[EdgeId], lane: usize) -> f64 {
    edges.iter().map(|edge| flows.counted(*edge, lane)).sum()
}
