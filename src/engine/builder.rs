//! What the mechanisms of a model write into while they compile.

use std::collections::BTreeMap;
use std::ops::Range;

use super::edge::{Edge, EdgeId, destination};
use super::hazard::Hazards;
use super::metric::{Metric, MetricId};
use super::split::{PartId, Splits};
use crate::model::{CellId, Mechanism, Model, NumberId, Target};
use crate::random::Site;

/// What the mechanisms share while they compile.
#[derive(Debug)]
pub struct Builder<'m> {
    /// The model.
    pub model: &'m Model,
    /// The ways that people can go, so far.
    pub edges: Vec<Edge>,
    /// The hazards, so far.
    pub hazards: Hazards,
    /// The splits, so far.
    pub splits: Splits,
    /// The metrics, so far.
    pub metrics: Vec<Metric>,
    /// The splits over targets that exist, by the numbers of their shares: groups with the same shares have one.
    shared: BTreeMap<Vec<Vec<NumberId>>, Range<PartId>>,
    /// How many edges each site has named.
    named: BTreeMap<Site, u32>,
}

impl Builder<'_> {
    /// Nothing yet.
    pub fn new(model: &Model) -> Builder<'_> {
        Builder {
            model,
            edges: Vec::new(),
            hazards: Hazards::default(),
            splits: Splits::default(),
            metrics: Vec::new(),
            shared: BTreeMap::new(),
            named: BTreeMap::new(),
        }
    }

    /// Adds a metric.
    pub fn metric(&mut self, metric: Metric) -> MetricId {
        debug_assert!(metric.is_as_catalogued(), "{metric:?} is not what the catalogue of measures says");
        self.metrics.push(metric);
        self.metrics.len() - 1
    }

    /// Adds an edge.
    pub fn edge(&mut self, mechanism: Mechanism, from: Option<CellId>, to: CellId) -> EdgeId {
        self.push(Edge::new(self.model, mechanism, from, Some(to)))
    }

    /// Adds an edge from a cell out of the model.
    pub fn edge_out(&mut self, mechanism: Mechanism, from: CellId) -> EdgeId {
        self.push(Edge::new(self.model, mechanism, Some(from), None))
    }

    /// Adds an edge. Where a mechanism has several between the same cells (the same place twice among its destinations),
    /// each draws for itself.
    fn push(&mut self, mut edge: Edge) -> EdgeId {
        let named = self.named.entry(edge.site).or_insert(0);
        *named += 1;
        if *named > 1 {
            edge.site = Site::of(&["again", &edge.site.bits().to_string(), &named.to_string()]);
        }
        self.edges.push(edge);
        self.edges.len() - 1
    }

    /// The split of somebody with `values` over `targets`: the index of each target's part.
    pub fn split(&mut self, targets: &[Target], values: &[usize]) -> Range<PartId> {
        // A table has a number for everybody whom its mechanism concerns: who validates a model sees to that.
        let of = |target: &Target| target.shares.iter().filter_map(|share| share.pick(values)).collect();
        let numbers: Vec<Vec<NumberId>> = targets.iter().map(of).collect();
        if let Some(known) = self.shared.get(&numbers) {
            return known.clone();
        }
        let parts = self.splits.add(numbers.clone());
        self.shared.insert(numbers, parts.clone());
        parts
    }

    /// Adds the edge that leads from a cell to a target.
    pub fn edge_to(&mut self, mechanism: Mechanism, cell: CellId, target: &Target) -> EdgeId {
        self.edge(mechanism, Some(cell), destination(self.model, cell, target))
    }

    /// Adds the edge of newborns of the mothers of a cell.
    pub fn birth_edge(&mut self, mechanism: Mechanism, mothers: CellId, newborn: &Target) -> EdgeId {
        let to = destination(self.model, mothers, newborn);
        let names = [self.model.address(mechanism), self.model.cell_name(mothers), self.model.cell_name(to)];
        let site = Site::of(&names.each_ref().map(String::as_str));
        self.push(Edge { mechanism, from: None, to: Some(to), site })
    }
}
