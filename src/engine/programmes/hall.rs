//! The workspace of programmes: what is offered in one replicate of a step, who takes seats, and how they leave.

use std::ops::Range;

use super::at::ProgrammeReplicate;
use super::book::Book;
use super::memory::ProgrammeMemory;
use super::programme::{CompiledProgramme, Programmes, Rank};
use super::source::SourceId;
use super::spells::Spells;
use super::waiting::Waiting;
use crate::engine::chance::Chance;
use crate::engine::clocks::DueRow;
use crate::engine::flows::Flows;
use crate::engine::movements::Movements;
use crate::engine::now::Body;
use crate::engine::state::State;
use crate::engine::unmoved::Unmoved;
use crate::model::{CellId, NumberId};

/// What programmes work with in a step.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeWorkspace {
    pub(super) plans: Vec<OfferPlan>,
    /// By programme, its plans.
    pub(super) plans_of: Vec<Range<usize>>,
    /// By programme, how many may still go in the step.
    pub(super) most: Vec<f64>,
    /// The lines that take part in each plan.
    pub(super) parties: Vec<Party>,
    /// The pauses of the lines of the offer at hand.
    pub(super) pauses: Vec<Spells>,
    /// Of the cells of the class at hand: those who would go, and the seats that they would take.
    pub(super) waiting: Vec<Waiting>,
    /// Of those cells: the seats that people would take of those that fall next, and those that fell to them.
    pub(super) wants: Vec<f64>,
    pub(super) falls: Vec<f64>,
    /// Those of the class at hand by when they came, where that matters.
    pub(super) roll: Vec<Came>,
    /// Who would take seats, and then who does.
    pub(super) takes: Vec<SeatTake>,
    /// Those of earlier rounds of a contest.
    pub(super) granted: Vec<SeatTake>,
    pub(super) contest: ContestWorkspace,
    /// By lane, who went by the programme at hand.
    pub(super) used: Vec<f64>,
}

/// The hall in which seats are filled, in one replicate.
pub(super) struct ProgrammesWorkspace<'a> {
    /// Who may take a seat.
    pub(super) unmoved: &'a mut Unmoved,
    /// By programme, who came when.
    pub(super) books: &'a mut [Book],
    pub(super) workspace: &'a mut ProgrammeWorkspace,
}

/// What contests work with.
#[derive(Clone, Debug, Default)]
pub(super) struct ContestWorkspace {
    /// By cell: those whom all want.
    pub(super) wanted: Vec<f64>,
    /// By cell: those who were there when a contest began.
    pub(super) before: Vec<f64>,
    /// Programmes with sources from which all have gone who would by them.
    pub(super) exhausted: Vec<(usize, SourceId)>,
}

/// An offer that takes place.
#[derive(Clone, Debug)]
pub(super) struct OfferPlan {
    pub(super) programme: usize,
    pub(super) offer: usize,
    pub(super) occasions: f64,
    /// All its seats; where the free places are the seats, infinite.
    pub(super) seats: f64,
    /// Those that are not taken.
    pub(super) left: f64,
    pub(super) parties: Range<usize>,
}

/// A line that takes part in an offer.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// Its index in the offer.
    pub(super) line: usize,
    /// In how many of the occasions it takes part, as a share.
    pub(super) weight: f64,
    /// How often people are asked whether they consent.
    pub(super) asked: f64,
    /// The most seats that it may still get.
    pub(super) most: f64,
    /// The seats that its people of the class at hand would take.
    pub(super) waiting: f64,
    /// The seats that it got for them.
    pub(super) given: f64,
}

/// How people who take seats travel; those who lead come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Travels {
    /// By themselves, or as heads of families.
    Leading,
    /// With heads of families.
    Along,
}

/// People of a cell who take seats.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatTake {
    pub(super) programme: usize,
    pub(super) plan: usize,
    pub(super) party: usize,
    pub(super) source: SourceId,
    pub(super) cell: CellId,
    pub(super) travels: Travels,
    /// Those of the cell who would.
    pub(super) willing: f64,
    pub(super) count: f64,
}

/// People of a cell who came in one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    pub(super) row: DueRow,
    /// Their cell, among those of the class at hand.
    pub(super) cell: usize,
    /// The seats that they would take.
    pub(super) seats: f64,
}

/// Seats that were taken before, in the step.
#[derive(Clone, Copy)]
pub(super) struct Earlier<'a> {
    /// The programme that asks.
    pub(super) programme: usize,
    /// By any of them: in this round, and in those before it.
    pub(super) takes: [&'a [SeatTake]; 2],
}

impl ProgrammeWorkspace {
    /// Nobody is here yet.
    pub(super) fn clear(&mut self, programmes: usize) {
        self.plans.clear();
        self.plans_of.resize(programmes, 0..0);
        self.most.resize(programmes, 0.0);
        self.parties.clear();
        self.takes.clear();
        self.granted.clear();
    }

    /// Says how many may go by each programme of a rank: what its cap and the free places leave.
    pub(super) fn open(
        &mut self,
        at: &ProgrammeReplicate<impl Chance>,
        (programmes, rank): (&Programmes, &Rank),
        state: &State,
        memory: &ProgrammeMemory,
    ) {
        for index in rank.alone.iter().chain(&rank.contested) {
            let programme = &programmes.list[*index];
            self.most[*index] = match self.plans_of[*index].is_empty() {
                true => 0.0,
                false => programme.terms.cap_left(at, memory).min(programme.free(at, state)),
            };
        }
    }
}

impl ContestWorkspace {
    /// A contest begins, of who is still there.
    pub(super) fn begin(&mut self, unmoved: &Unmoved, lane: usize) {
        self.before.clear();
        self.before.extend((0..unmoved.cells()).map(|cell| unmoved.people(cell, lane)));
        self.wanted.resize(unmoved.cells(), 0.0);
        self.exhausted.clear();
    }
}

impl CompiledProgramme {
    /// Counts what a plan offers.
    pub(super) fn offered(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        workspace: &mut ProgrammeWorkspace,
        plan: usize,
        seats: f64,
        flows: &mut Flows,
    ) {
        let plan = &mut workspace.plans[plan];
        plan.seats = seats;
        plan.left = seats;
        self.metrics.offered(flows, at.lane, seats);
        for party in &workspace.parties[plan.parties.clone()] {
            if let Some(metrics) = &self.offers[plan.offer].lines[party.line].metrics {
                metrics.took_place(flows, at.lane, plan.occasions * party.weight);
                metrics.offered(flows, at.lane, party.most.min(seats));
            }
        }
    }

    /// The free places where its people go, if they bound its seats.
    pub(super) fn free(&self, at: &ProgrammeReplicate<impl Chance>, state: &State) -> f64 {
        let Some(free) = &self.free_places else { return f64::INFINITY };
        let there: f64 = free.cells.clone().map(|cell| state.people(cell, at.lane)).sum();
        at.now.chance.whole((at.number(free.capacity) - there).max(0.0))
    }
}

impl CompiledProgramme {
    /// How many people can be let in where its people go, at the most: others may not keep seats from who can go elsewhere.
    pub(super) fn room(&self, at: &ProgrammeReplicate<impl Chance>, state: &State) -> f64 {
        let Some(doors) = &self.doors else { return f64::INFINITY };
        let room = |(capacity, cells): &(NumberId, Range<CellId>)| {
            let there: f64 = cells.clone().map(|cell| state.people(cell, at.lane)).sum();
            (at.now.chance.whole(at.number(*capacity)) - there).max(0.0)
        };
        doors.iter().map(room).sum()
    }
}

impl Programmes {
    /// Fills the seats of a programme that wants nobody whom another wants too.
    pub(super) fn fill_alone(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        index: usize,
        hall: &mut ProgrammesWorkspace,
        flows: &mut Flows,
    ) {
        let programme = &self.list[index];
        for plan in hall.workspace.plans_of[index].clone() {
            let most = hall.workspace.most[index];
            let seats = hall.workspace.plans[plan].seats.min(most);
            programme.offered(at, hall.workspace, plan, seats, flows);
            hall.workspace.most[index] -= programme.fill(at, hall, plan, seats);
        }
    }

    /// Those who have taken seats leave, and are present for the whole step where they go.
    pub(super) fn leave(
        &self,
        at: &ProgrammeReplicate<impl Chance>,
        movements: &mut Movements,
        workspace: &mut ProgrammeWorkspace,
    ) {
        for take in workspace.takes.drain(..) {
            let source = &self.list[take.programme].sources[take.source];
            // Those who go along draw for themselves where they go: others of their cell may go in the same step.
            let body = Body::new(u32::from(take.travels == Travels::Along), at.lane);
            movements.send(at.now, body, take.cell, take.count, &source.branches);
        }
    }
}
