//! What happened in one step: people by edge, events by lane.

use crate::model::CellId;
use crate::random::lanes::Aligned;

use super::edge::EdgeId;
use super::metric::MetricId;
use super::state::State;

/// How much can happen in a step.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Ways that people can go.
    pub edges: usize,
    /// Cells.
    pub cells: usize,
    /// Shocks.
    pub shocks: usize,
    /// Switches of regimes.
    pub switches: usize,
    /// Metrics.
    pub metrics: usize,
    /// Programmes.
    pub programmes: usize,
}

/// What happened in one step: people by edge, events by lane.
#[derive(Clone, Debug)]
pub struct Flows {
    lanes: usize,
    /// People by edge.
    counts: Aligned<f64>,
    /// People by cell when moves begin: after shocks, programmes and closures, before anybody else goes anywhere.
    started: Aligned<f64>,
    /// People who entered each cell at some moment of the step, and are exposed to its exits for what is left of it.
    entered: Aligned<f64>,
    /// Whether each shock happened.
    pub(super) hits: Vec<f64>,
    /// Of each shock, the people it affected and those it could have where it hit.
    pub(super) affected: Vec<f64>,
    pub(super) exposed: Vec<f64>,
    /// Whether each switch of a regime happened.
    pub(super) switched: Vec<f64>,
    /// The values of metrics.
    metrics: Vec<f64>,
    /// Occasions by programme.
    occasions: Vec<f64>,
}

impl Flows {
    /// Nothing has happened.
    pub fn new(lanes: usize, widths: &Widths) -> Flows {
        let Widths { edges, cells, shocks, switches, metrics, programmes } = *widths;
        Flows {
            lanes,
            counts: Aligned::new(edges * lanes),
            started: Aligned::new(cells * lanes),
            entered: Aligned::new(cells * lanes),
            hits: vec![0.0; shocks * lanes],
            affected: vec![0.0; shocks * lanes],
            exposed: vec![0.0; shocks * lanes],
            switched: vec![0.0; switches * lanes],
            metrics: vec![0.0; metrics * lanes],
            occasions: vec![0.0; programmes * lanes],
        }
    }

    /// Forgets the last step.
    pub(super) fn clear(&mut self) {
        self.counts.fill(0.0);
        self.entered.fill(0.0);
        for values in [
            &mut self.hits,
            &mut self.affected,
            &mut self.exposed,
            &mut self.switched,
            &mut self.metrics,
            &mut self.occasions,
        ] {
            values.fill(0.0);
        }
    }

    /// How many replicates the block has.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Remembers who is there when moves begin.
    pub(super) fn start_moves(&mut self, state: &State) {
        self.started.copy_from_slice(state.all_people());
    }

    /// People in a cell when the moves of the step begin, by lane: those who are there for the whole step unless they leave.
    /// Who spends how long somewhere follows from these and from those at the end of the step, so that those
    /// whom a shock or a programme brings at its start count for all of it.
    pub fn started(&self, cell: CellId) -> &[f64] {
        &self.started[cell * self.lanes..(cell + 1) * self.lanes]
    }

    /// Counts people who went along an edge.
    #[inline]
    pub(super) fn count(&mut self, edge: EdgeId, lane: usize, count: f64) {
        self.counts[edge * self.lanes + lane] += count;
    }

    /// Counts people who went along an edge and so entered `to`, if it leads to a cell, at some moment of the step.
    #[inline]
    pub(super) fn enter(&mut self, edge: EdgeId, to: Option<CellId>, lane: usize, count: f64) {
        self.count(edge, lane, count);
        if let Some(to) = to {
            self.add_entered(to, lane, count);
        }
    }

    /// Counts people who went along an edge, by lane.
    pub(super) fn count_row(&mut self, edge: EdgeId, counts: &[f64]) {
        add_to(&mut self.counts[edge * self.lanes..(edge + 1) * self.lanes], counts);
    }

    /// Those who went along an edge, by lane, to be added to.
    pub(super) fn edge_row(&mut self, edge: EdgeId) -> &mut [f64] {
        &mut self.counts[edge * self.lanes..(edge + 1) * self.lanes]
    }

    /// The same, and those who entered a cell.
    pub(super) fn edge_and_entered(&mut self, edge: EdgeId, to: CellId) -> (&mut [f64], &mut [f64]) {
        let counted = &mut self.counts[edge * self.lanes..(edge + 1) * self.lanes];
        (counted, &mut self.entered[to * self.lanes..(to + 1) * self.lanes])
    }

    /// People who went along an edge, and those who entered a cell, to be added to.
    pub(super) fn counted_and_entered(&mut self, edge: EdgeId, to: CellId) -> (&[f64], &mut [f64]) {
        let (counted, entered) = self.edge_and_entered(edge, to);
        (counted, entered)
    }

    /// Adds to those who entered a cell, by lane.
    pub(super) fn add_entered_row(&mut self, to: CellId, counts: &[f64]) {
        add_to(&mut self.entered[to * self.lanes..(to + 1) * self.lanes], counts);
    }

    /// Adds to those who entered a cell.
    #[inline]
    pub(super) fn add_entered(&mut self, to: CellId, lane: usize, count: f64) {
        self.entered[to * self.lanes + lane] += count;
    }

    /// Those who entered a cell.
    #[inline]
    pub(super) fn entered(&self, cell: CellId, lane: usize) -> f64 {
        self.entered[cell * self.lanes + lane]
    }

    /// Those who entered a cell, by lane.
    #[inline]
    pub(super) fn entered_in(&self, cell: CellId) -> &[f64] {
        &self.entered[cell * self.lanes..(cell + 1) * self.lanes]
    }

    /// Those who entered, by cell and lane.
    pub(super) fn all_entered(&self) -> &[f64] {
        &self.entered
    }

    /// People who went along an edge.
    #[inline]
    pub fn counted(&self, edge: EdgeId, lane: usize) -> f64 {
        self.counts[edge * self.lanes + lane]
    }

    /// People by edge and lane.
    pub(super) fn all_counted(&self) -> &[f64] {
        &self.counts
    }

    /// People who went along an edge, by lane.
    #[inline]
    pub fn counted_all(&self, edge: EdgeId) -> &[f64] {
        &self.counts[edge * self.lanes..(edge + 1) * self.lanes]
    }

    /// Adds to the value of a metric, which is 0 at the start of every step.
    #[inline]
    pub(super) fn metric(&mut self, metric: MetricId, lane: usize, value: f64) {
        self.metrics[metric * self.lanes + lane] += value;
    }

    /// The value of a metric in the step.
    #[inline]
    pub fn measured(&self, metric: MetricId, lane: usize) -> f64 {
        self.metrics[metric * self.lanes + lane]
    }

    /// Counts occasions of a programme.
    #[inline]
    pub(super) fn take_place(&mut self, programme: usize, lane: usize, occasions: f64) {
        self.occasions[programme * self.lanes + lane] += occasions;
    }

    /// The occasions of a programme in the step; those that several lines share count once.
    #[inline]
    pub fn occasions(&self, programme: usize, lane: usize) -> f64 {
        self.occasions[programme * self.lanes + lane]
    }

    /// Whether a shock happened, by lane: 1 or 0 in Monte Carlo.
    pub fn shock(&self, shock: usize) -> &[f64] {
        &self.hits[shock * self.lanes..(shock + 1) * self.lanes]
    }

    /// The share of people that a shock affected, over all places that it hit; `None` where it did not happen or there was nobody.
    pub fn severity(&self, shock: usize, lane: usize) -> Option<f64> {
        let row = shock * self.lanes + lane;
        let exposed = self.exposed[row] * self.hits[row];
        (exposed > 0.0).then(|| self.affected[row] / exposed)
    }

    /// Whether a switch of a regime happened, by lane: 1 or 0 in Monte Carlo.
    pub fn switch(&self, switch: usize) -> &[f64] {
        &self.switched[switch * self.lanes..(switch + 1) * self.lanes]
    }
}

fn add_to(row: &mut [f64], more: &[f64]) {
    for (sum, more) in row.iter_mut().zip(more) {
        *sum += more;
    }
}
