//! People leave, a row of histories at a time.

use super::{Exit, ExitRows, Exits};
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::engine::state::{Flows, State};
use crate::model::CellId;
use crate::random::Site;

/// Room to draw in, by lane, and the random numbers that are kept for later in the step.
#[derive(Clone, Debug)]
pub struct Doors {
    lanes: usize,
    /// Who leaves a cell, and is not yet divided.
    left: Vec<f64>,
    /// Who goes one way.
    gone: Vec<f64>,
    even: Vec<u64>,
    /// The words of the odd ordinals, which those who entered draw with: they come in one piece with those of the even ones.
    odd: Vec<u64>,
    /// Which of their rows are those of this step.
    fresh: Vec<bool>,
}

/// Who leaves: those present for the whole step draw with even ordinals and enter other cells, those who entered in it draw with
/// odd ordinals, and where they go the next exit waits for the next step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Stayers,
    Entrants,
}

impl Doors {
    /// Draws of one site, by lane, at the ordinal that `who` draws with.
    fn words<'a>(
        &'a mut self,
        now: &Now<impl Chance>,
        site: Site,
        row: usize,
        who: Who,
    ) -> (&'a [u64], Drawing<'a>) {
        let kept = row * self.lanes..(row + 1) * self.lanes;
        let odd = &mut self.odd[kept];
        if who == Who::Stayers || !self.fresh[row] {
            now.chance.words(site, now.step, 0, &mut self.even, odd);
        }
        self.fresh[row] = who == Who::Stayers;
        let words = if who == Who::Stayers { &self.even[..] } else { odd };
        (words, Drawing { left: &mut self.left, gone: &mut self.gone })
    }
}

/// The rows that are drawn into.
struct Drawing<'a> {
    left: &'a mut [f64],
    gone: &'a mut [f64],
}

impl Exits {
    /// Room for blocks of `lanes` histories.
    pub fn doors(&self, lanes: usize) -> Doors {
        let rows = self.list.iter().map(|exit| 1 + exit.branches.len()).sum();
        Doors {
            lanes,
            left: vec![0.0; lanes],
            gone: vec![0.0; lanes],
            even: vec![0; lanes],
            odd: vec![0; rows * lanes],
            fresh: vec![false; rows],
        }
    }

    /// Those present for the whole step leave, and enter other cells at some moment of it.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        doors: &mut Doors,
        state: &mut State,
        flows: &mut Flows,
    ) {
        doors.fresh.fill(false);
        self.leave(now, rows, Who::Stayers, doors, state, flows);
    }

    /// Those who entered in the step leave in what is left of it; where they go, the next exit waits for the next step.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        doors: &mut Doors,
        state: &mut State,
        flows: &mut Flows,
    ) {
        self.leave(now, rows, Who::Entrants, doors, state, flows);
    }

    fn leave(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        who: Who,
        doors: &mut Doors,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let probabilities = if who == Who::Stayers { &rows.stayer } else { &rows.entrant };
        let mut row = 0;
        for exit in &self.list {
            let first_row = row;
            row += 1 + exit.branches.len();
            if self.led[exit.cell] {
                continue;
            }
            let exposed = match who {
                Who::Stayers => state.people_of(exit.cell),
                Who::Entrants => flows.entered_in(exit.cell),
            };
            let p = probabilities.row(exit.reading);
            // Most rows of most cells are empty.
            if nobody(exposed) || nobody(p) {
                continue;
            }
            let (words, drawing) = doors.words(now, exit.site, first_row, who);
            now.chance.binomials(exposed, p, words, drawing.left);
            if nobody(drawing.left) {
                continue;
            }
            state.take_row(exit.cell, drawing.left);
            self.go(now, rows, who, exit, first_row + 1, doors, state, flows);
        }
    }

    /// Divides those who leave a cell over its ways out: a multinomial, drawn way after way from what is left.
    #[expect(clippy::too_many_arguments, reason = "what the step reads, whom it divides, and where they go")]
    fn go(
        &self,
        now: &Now<impl Chance>,
        rows: &ExitRows,
        who: Who,
        exit: &Exit,
        first_row: usize,
        doors: &mut Doors,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let first_way = self.readings[exit.reading].first_weight;
        for (way, branch) in exit.branches.iter().enumerate() {
            let share = rows.shares.row(first_way + way);
            if nobody(share) {
                continue;
            }
            let edge = &now.edges[branch.edge];
            if share.iter().all(|share| *share >= 1.0) {
                doors.gone.copy_from_slice(&doors.left);
            } else {
                let (words, drawing) = doors.words(now, edge.site, first_row + way, who);
                now.chance.binomials(drawing.left, share, words, drawing.gone);
            }
            for (left, gone) in doors.left.iter_mut().zip(&doors.gone) {
                *left -= gone;
            }
            self.enter(who, branch.edge, edge.to, &doors.gone, state, flows);
            if nobody(&doors.left) {
                return;
            }
        }
    }

    fn enter(&self, who: Who, edge: usize, to: CellId, gone: &[f64], state: &mut State, flows: &mut Flows) {
        flows.count_row(edge, gone);
        match who {
            Who::Stayers => flows.add_entered_row(to, gone),
            Who::Entrants => state.add_row(to, gone),
        }
    }
}

/// Whether no value of a row is above 0.
fn nobody(row: &[f64]) -> bool {
    row.iter().all(|value| *value <= 0.0)
}
