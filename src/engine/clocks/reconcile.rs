//! Reconciling: what went along the edges since the last time, taken out of those who are there and put among those who entered.

use super::ages::{Ages, Goal};
use super::begin::Arrive;
use super::boundary_edge::BoundaryEdge;
use super::clock::Clock;
use super::date::Lot;
use super::lengths::Lengths;
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::flows::Flows;
use crate::engine::now::Now;
use crate::survival::EntryTime;

impl Clock {
    /// What went along a boundary edge and is not reconciled.
    pub(super) fn due(&self, boundary_edge: usize, lane: usize, flows: &Flows, ages: &Ages) -> f64 {
        flows.counted(self.boundary_edges[boundary_edge].edge, lane) - ages.reconciled(boundary_edge, lane)
    }

    /// Whether nothing went along a boundary edge that is not reconciled, in any replicate.
    fn is_reconciled(&self, boundary_edge: usize, flows: &Flows, ages: &Ages) -> bool {
        flows.counted_all(self.boundary_edges[boundary_edge].edge) == ages.reconciled_of(boundary_edge)
    }

    /// After shocks and programmes: who came in is new as the step begins; then those go who bring their time along, and
    /// then those who leave. People may have passed through several cells, so this goes round until nobody moves.
    pub fn reconcile_start(&self, now: &Now<impl Chance>, lengths: &Lengths, flows: &Flows, ages: &mut Ages) {
        let due = |index: &usize| !self.is_reconciled(*index, flows, ages);
        let boundary_edges: Vec<usize> = (0..self.boundary_edges.len()).filter(due).collect();
        if boundary_edges.is_empty() {
            return;
        }
        // The cells that somebody came into who may be new.
        let mut fresh: Vec<(usize, usize)> = Vec::new();
        for lane in 0..flows.lanes() {
            for index in boundary_edges.iter().copied() {
                let boundary_edge = &self.boundary_edges[index];
                let (Some(into), false) = (boundary_edge.into, boundary_edge.carries) else { continue };
                let count = self.due(index, lane, flows, ages);
                if count > 0.0 {
                    ages.present_mut(into, lane).add(boundary_edge.enters, count);
                    fresh.push((into, lane));
                    if boundary_edge.from.is_none() {
                        ages.reconcile(index, lane, count);
                    }
                }
            }
            for round in 0..=MOST_ROUNDS {
                let moved = self.move_on(now, (&boundary_edges, round, lane), flows, ages, &mut fresh);
                // Fractional people can go round in ever smaller numbers.
                if moved <= 1e-12 {
                    break;
                }
            }
        }
        // For who came in and is still there it is drawn when their stay is completed.
        fresh.sort_unstable();
        fresh.dedup();
        let Ages { present, workspace, .. } = ages;
        workspace.moving.clear();
        for (place, lane) in fresh {
            let present = &mut present[workspace.at(place, lane)];
            let lot = |site, count| Lot { site: self.cells[place].site.at(site), lane, count };
            let new = lot(u64::MAX - 5, present.take_first(DueRow::NEW));
            self.enter(now, lengths.of(lane), new, EntryTime::AtStart, &mut workspace.moving);
            // Whom a recount finds has some time behind them, as those who arrive.
            let lot = lot(u64::MAX - 6, present.take_first(DueRow::ANY));
            let found = Arrive { first: i64::from(now.step), lot };
            self.arrive(now, lengths.of(lane), found, &mut workspace.moving);
            present.add_all(&mut workspace.moving);
        }
    }

    /// Moves those who are to leave cells of the clock by some boundary edges, as far as they are there; gives how many. Cells that they come
    /// into with their time are `fresh`.
    fn move_on(
        &self,
        now: &Now<impl Chance>,
        (boundary_edges, round, lane): (&[usize], u64, usize),
        flows: &Flows,
        ages: &mut Ages,
        fresh: &mut Vec<(usize, usize)>,
    ) -> f64 {
        let mut moved = 0.0;
        for index in boundary_edges.iter().copied() {
            let boundary_edge = &self.boundary_edges[index];
            let Some(from) = boundary_edge.from else { continue };
            let due = self.due(index, lane, flows, ages);
            if due <= 0.0 {
                continue;
            }
            let count = due.min(ages.present_mut(from, lane).people());
            if count <= 0.0 {
                continue;
            }
            let into = boundary_edge.into.filter(|_| boundary_edge.carries);
            let lot = Lot { site: boundary_edge.site.at(3 + round), lane, count };
            ages.move_present(now, from, lot, into.map_or(Goal::Elsewhere, Goal::Present));
            fresh.extend(into.map(|into| (into, lane)));
            ages.reconcile(index, lane, count);
            moved += count;
        }
        moved
    }

    /// After those present for the whole step have left: they are taken out of those who are there, and who came in has
    /// entered within the step.
    pub fn reconcile_stayers(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.reconcile(flows, ages, |boundary_edge, lane, count, ages| {
            if let Some(from) = boundary_edge.from {
                let away = if self.cells[from].keeps_gone() { Goal::MayComeBack } else { Goal::Elsewhere };
                let goal = boundary_edge.into.filter(|_| boundary_edge.carries).map_or(away, Goal::Entered);
                ages.move_present(now, from, Lot { site: boundary_edge.site.at(0), lane, count }, goal);
            }
            if let (Some(into), false) = (boundary_edge.into, boundary_edge.carries) {
                ages.entered_mut(into, lane).add(boundary_edge.enters, count);
            }
        });
    }

    /// After those who entered have left: they are taken out of those who entered, and who came in lands as the step ends.
    pub fn reconcile_entrants(&self, now: &Now<impl Chance>, flows: &Flows, ages: &mut Ages) {
        self.reconcile(flows, ages, |boundary_edge, lane, count, ages| {
            if let Some(from) = boundary_edge.from {
                let lot = Lot { site: boundary_edge.site.at(2), lane, count };
                ages.land_from_entered(now, from, lot, boundary_edge.into.filter(|_| boundary_edge.carries));
            }
            if let (Some(into), false) = (boundary_edge.into, boundary_edge.carries) {
                ages.workspace.land(into, lane, DueRow::NEW, count);
            }
        });
    }

    /// Reconciles every boundary edge: `go` takes people out of the cell that they leave, and puts them where they come.
    fn reconcile(&self, flows: &Flows, ages: &mut Ages, go: impl Fn(&BoundaryEdge, usize, f64, &mut Ages)) {
        self.reconcile_some(flows, ages, |due| due > 0.0, go);
    }

    /// Reconciles those boundary edges and lanes whose people, of whom so many are not reconciled, are meant.
    pub(super) fn reconcile_some(
        &self,
        flows: &Flows,
        ages: &mut Ages,
        meant: impl Fn(f64) -> bool,
        go: impl Fn(&BoundaryEdge, usize, f64, &mut Ages),
    ) {
        for (index, boundary_edge) in self.boundary_edges.iter().enumerate() {
            if self.is_reconciled(index, flows, ages) {
                continue;
            }
            for lane in 0..flows.lanes() {
                let due = self.due(index, lane, flows, ages);
                if meant(due) {
                    go(boundary_edge, lane, due, ages);
                    ages.reconcile(index, lane, due);
                }
            }
        }
    }
}

/// A chain of shocks and programmes passes people on at most so often.
const MOST_ROUNDS: u64 = 1_000;
