//! People leave, a row of replicates at a time.

use super::{Branch, Exit, Exits};
use crate::engine::chance::Chance;
use crate::engine::movements::Movements;
use crate::engine::now::Now;
use crate::engine::rows::LaneRows;
use crate::random::Site;
use crate::random::lanes::{Aligned, levels};

/// What exits draw with, by lane.
#[derive(Clone, Debug)]
pub struct ExitWorkspace {
    /// Those of the entrants of a cell who have gone no way yet.
    left: Aligned<f64>,
    words: ExitNumbers,
}

/// The random numbers of each way out of each cell: those present for the whole step draw with even ordinals, those who entered in it
/// with odd ones. They come in one piece, so the odd ones are kept for later in the step.
#[derive(Clone, Debug)]
struct ExitNumbers {
    lanes: usize,
    even: Aligned<u64>,
    odd: Aligned<u64>,
    /// Which rows of the odd ones are those of this step.
    fresh: Vec<bool>,
}

impl ExitNumbers {
    /// Those of who was there from the start, for the way of a row.
    fn of_stayers(&mut self, now: &Now<impl Chance>, site: Site, row: usize) -> &[u64] {
        let odd = &mut self.odd[row * self.lanes..(row + 1) * self.lanes];
        now.chance.words(site, now.step, 0, &mut self.even, odd);
        self.fresh[row] = true;
        &self.even
    }

    /// Those of who entered.
    fn of_entrants(&mut self, now: &Now<impl Chance>, site: Site, row: usize) -> &[u64] {
        let odd = &mut self.odd[row * self.lanes..(row + 1) * self.lanes];
        if !self.fresh[row] {
            now.chance.words(site, now.step, 0, &mut self.even, odd);
        }
        odd
    }
}

impl Exits {
    /// A workspace for blocks of `lanes` replicates.
    pub fn workspace(&self, lanes: usize) -> ExitWorkspace {
        let rows = self.list.iter().map(|exit| exit.branches.len()).sum();
        let words = ExitNumbers {
            lanes,
            even: Aligned::new(lanes),
            odd: Aligned::new(rows * lanes),
            fresh: vec![false; rows],
        };
        ExitWorkspace { left: Aligned::new(lanes), words }
    }

    /// Those present for the whole step leave, and enter other cells at some moment of it.
    ///
    /// It is drawn way after way who of those who are left goes it. A way's number of people is drawn from all who may still go,
    /// not from those who leave in any way: so a change of one way's hazard leaves the numbers on the others nearly as
    /// they were, and two variants have more of their random numbers in common.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        workspace: &mut ExitWorkspace,
    ) {
        let Movements { state, flows } = movements;
        let words = &mut workspace.words;
        words.fresh.fill(false);
        for (exit, first_row) in self.led_by_hazards() {
            let left = state.row_mut(exit.cell);
            // Most rows of most cells are empty.
            if nobody(left) {
                continue;
            }
            for (way, branch, p) in self.ways(exit, &now.readings.exits.stayer_ways) {
                let edge = &now.edges[branch.edge];
                let Some(to) = edge.to else { continue };
                let words = words.of_stayers(now, edge.site, first_row + way);
                let (counted, there) = flows.edge_and_entered(branch.edge, to);
                now.chance.depart(p, words, left, counted, there);
            }
        }
    }

    /// Those who entered in the step leave in what is left of it; where they go, the next exit waits for the next step.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        movements: &mut Movements,
        workspace: &mut ExitWorkspace,
    ) {
        let Movements { state, flows } = movements;
        let ExitWorkspace { left, words } = workspace;
        for (exit, first_row) in self.led_by_hazards() {
            let entered = flows.entered_in(exit.cell);
            if nobody(entered) {
                continue;
            }
            left.copy_from_slice(entered);
            for (way, branch, p) in self.ways(exit, &now.readings.exits.entrant_ways) {
                let edge = &now.edges[branch.edge];
                let Some(to) = edge.to else { continue };
                let words = words.of_entrants(now, edge.site, first_row + way);
                now.chance.depart(p, words, left, flows.edge_row(branch.edge), state.row_mut(to));
            }
            now.chance.level().exchange(state.row_mut(exit.cell), flows.entered_in(exit.cell), left);
        }
    }

    /// The exits of cells that no clock leads, each with its first row of words.
    fn led_by_hazards(&self) -> impl Iterator<Item = (&Exit, usize)> {
        let with_rows = self.list.iter().scan(0, |next, exit| {
            let first = *next;
            *next += exit.branches.len();
            Some((exit, first))
        });
        with_rows.filter(|(exit, _)| !self.led[exit.cell])
    }

    /// The ways out that may be gone, with their probabilities.
    fn ways<'a>(
        &self,
        exit: &'a Exit,
        ways: &'a LaneRows,
    ) -> impl Iterator<Item = (usize, &'a Branch, &'a [f64])> {
        let first = self.readings[exit.reading].first_weight;
        let all =
            exit.branches.iter().enumerate().map(move |(way, branch)| (way, branch, ways.row(first + way)));
        all.filter(|(_, _, p)| !nobody(p))
    }
}

levels! {
    /// Has in a row, in place of those who entered, those of them who are left.
    fn exchange(row: &mut [f64], entered: &[f64], left: &[f64]) = exchange_in, exchange_in
}

#[inline(always)]
fn exchange_in(row: &mut [f64], entered: &[f64], left: &[f64]) {
    for ((there, entered), left) in row.iter_mut().zip(entered).zip(left) {
        *there = (*there - entered) + left;
    }
}

/// Whether no value of a row is above 0.
fn nobody(row: &[f64]) -> bool {
    row.iter().all(|value| *value <= 0.0)
}
