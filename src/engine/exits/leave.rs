//! People leave, a row of histories at a time.

use super::{Exit, ExitRows, Exits};
use crate::engine::chance::Chance;
use crate::engine::edge::EdgeId;
use crate::engine::now::Now;
use crate::engine::state::{Flows, State};
use crate::model::CellId;
use crate::random::Site;
use crate::random::lanes::levels;

/// Room to draw in, by lane, and the random numbers that are kept for later in the step.
#[derive(Clone, Debug)]
pub struct Doors {
    lanes: usize,
    /// Who has gone no way yet.
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
    /// Of those who are left, draws who goes one way, with the words of `row`.
    fn draw(&mut self, now: &Now<impl Chance>, site: Site, row: usize, who: Who, p: &[f64]) {
        let odd = &mut self.odd[row * self.lanes..(row + 1) * self.lanes];
        if who == Who::Stayers || !self.fresh[row] {
            now.chance.words(site, now.step, 0, &mut self.even, odd);
        }
        self.fresh[row] = who == Who::Stayers;
        let words = if who == Who::Stayers { &self.even[..] } else { odd };
        now.chance.binomials(&self.left, p, words, &mut self.gone);
    }
}

impl Exits {
    /// Room for blocks of `lanes` histories.
    pub fn doors(&self, lanes: usize) -> Doors {
        let rows = self.list.iter().map(|exit| exit.branches.len()).sum();
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
        let level = now.chance.level();
        let mut row = 0;
        for exit in &self.list {
            let first_row = row;
            row += exit.branches.len();
            if self.led[exit.cell] {
                continue;
            }
            let exposed = match who {
                Who::Stayers => state.people_of(exit.cell),
                Who::Entrants => flows.entered_in(exit.cell),
            };
            // Most rows of most cells are empty.
            if nobody(exposed) {
                continue;
            }
            doors.left.copy_from_slice(exposed);
            self.go(now, rows, who, exit, first_row, doors, state, flows);
            match who {
                Who::Stayers => state.row_mut(exit.cell).copy_from_slice(&doors.left),
                Who::Entrants => {
                    level.shift(state.row_mut(exit.cell), flows.entered_in(exit.cell), -1.0);
                    level.shift(state.row_mut(exit.cell), &doors.left, 1.0);
                }
            }
        }
    }

    /// Draws way after way who of those who are left goes it. A way's number of people is drawn from all who may still go, not from
    /// those who leave in any way: so a change of one way's hazard leaves the numbers on the others nearly as they were, and
    /// two worlds share more of their luck.
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
        let ways = if who == Who::Stayers { &rows.stayer_ways } else { &rows.entrant_ways };
        let first_way = self.readings[exit.reading].first_weight;
        for (way, branch) in exit.branches.iter().enumerate() {
            let p = ways.row(first_way + way);
            if nobody(p) {
                continue;
            }
            let edge = &now.edges[branch.edge];
            doors.draw(now, edge.site, first_row + way, who, p);
            let (counted, there) = rows_of(who, branch.edge, edge.to, state, flows);
            now.chance.level().send(&doors.gone, &mut doors.left, counted, there);
        }
    }
}

/// Those counted on an edge, and those at its end: they have entered, or are there.
fn rows_of<'r>(
    who: Who,
    edge: EdgeId,
    to: CellId,
    state: &'r mut State,
    flows: &'r mut Flows,
) -> (&'r mut [f64], &'r mut [f64]) {
    match who {
        Who::Stayers => flows.edge_and_entered(edge, to),
        Who::Entrants => (flows.edge_row(edge), state.row_mut(to)),
    }
}

levels! {
    /// Takes `gone` from those who are left, and adds them to what is counted and to where they go.
    fn send(gone: &[f64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) = send_in, send_in
}

#[inline(always)]
fn send_in(gone: &[f64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) {
    let rows = gone.iter().zip(left).zip(counted).zip(there);
    for (((gone, left), counted), there) in rows {
        *left -= gone;
        *counted += gone;
        *there += gone;
    }
}

/// Whether no value of a row is above 0.
fn nobody(row: &[f64]) -> bool {
    row.iter().all(|value| *value <= 0.0)
}
