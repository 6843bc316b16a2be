//! What programmes measure beside the people that they move.

use std::borrow::Cow;

use super::memory::ProgrammeMemory;
use super::spells::Spells;
use super::terms::CompiledTerms;
use crate::engine::builder::Builder;
use crate::engine::edge::EdgeId;
use crate::engine::flows::Flows;
use crate::engine::full::LONG_WAITS;
use crate::engine::metric::{Keeps, Metric, MetricId};
use crate::engine::state::State;
use crate::model::CellId;

/// Seats and occasions of a step beyond this are not counted: there are never so many people.
const MOST_COUNTED: f64 = 1e9;

/// The metrics of a programme or of one of its lines.
#[derive(Clone, Debug)]
pub struct ProgrammeMetrics {
    occasions: MetricId,
    offered: MetricId,
    used: MetricId,
    backlog: MetricId,
    /// Person-months of the eligible.
    waited: MetricId,
    paused: MetricId,
    /// Of those who went, who had waited longer than each of [`LONG_WAITS`]; empty where nobody knows.
    pub(super) long_waits: Vec<MetricId>,
    /// Whose person-months and number are measured.
    cells: Vec<CellId>,
}

impl ProgrammeMetrics {
    /// Adds the metrics of `subject`, whose eligible people are in these cells.
    pub fn new(builder: &mut Builder, subject: &str, cells: Vec<CellId>) -> ProgrammeMetrics {
        let mut metric = |measure, unit: &'static str, keeps| {
            builder.metric(Metric { subject: subject.to_string(), measure, unit: Cow::Borrowed(unit), keeps })
        };
        let amount = Keeps::Amount { whole: true };
        let occasions = metric("occasions", "occasions", amount);
        let offered = metric("seats_offered", "seats", amount);
        let used = metric("seats_used", "seats", amount);
        let backlog = metric("backlog", "people", Keeps::Level { whole: true });
        let waited = metric("waited", "person-months", Keeps::Part);
        metric("wait", "months", Keeps::Ratio { of: waited, over: used });
        let paused = metric("paused", "share of the step", Keeps::Level { whole: false });
        ProgrammeMetrics { occasions, offered, used, backlog, waited, paused, long_waits: Vec::new(), cells }
    }

    /// The same with those of long waits, where somebody knows who has waited for how long.
    pub fn with_long_waits(mut self, builder: &mut Builder, subject: &str) -> ProgrammeMetrics {
        for (_, measure) in LONG_WAITS {
            let mut metric = |unit: &'static str, keeps| {
                builder.metric(Metric { subject: subject.into(), measure, unit: unit.into(), keeps })
            };
            let of = metric("people", Keeps::Part);
            metric("share of those served", Keeps::Ratio { of, over: self.used });
            self.long_waits.push(of);
        }
        self
    }

    /// The share of the step that is a pause.
    pub fn paused(&self, flows: &mut Flows, lane: usize, spells: &Spells) {
        flows.metric(self.paused, lane, spells.share());
    }

    /// The occasions of the step.
    pub fn occasions(&self, flows: &Flows, lane: usize) -> f64 {
        flows.measured(self.occasions, lane)
    }

    /// Occasions that took place.
    pub fn took_place(&self, flows: &mut Flows, lane: usize, occasions: f64) {
        flows.metric(self.occasions, lane, occasions.min(MOST_COUNTED));
    }

    /// An offer of seats.
    pub fn offered(&self, flows: &mut Flows, lane: usize, seats: f64) {
        flows.metric(self.offered, lane, seats.min(MOST_COUNTED));
    }

    /// Counts those who went; `used` is for adding them up, by lane.
    pub(super) fn count_used(
        &self,
        terms: &CompiledTerms,
        edges: &[EdgeId],
        flows: &mut Flows,
        memory: &mut ProgrammeMemory,
        used: &mut Vec<f64>,
    ) {
        used.clear();
        used.resize(flows.lanes(), 0.0);
        for edge in edges {
            used.iter_mut().zip(flows.counted_all(*edge)).for_each(|(used, count)| *used += count);
        }
        for (lane, used) in used.iter().enumerate().filter(|(_, used)| **used > 0.0) {
            flows.metric(self.used, lane, *used);
            terms.use_up(memory, lane, *used);
        }
    }

    /// Adds those who are eligible now for half a step.
    pub(super) fn wait(&self, state: &State, flows: &mut Flows, half_months: f64) {
        self.measure(self.waited, state, flows, half_months);
    }

    /// Counts those who are eligible as a step ends.
    pub(super) fn end(&self, state: &State, flows: &mut Flows) {
        self.measure(self.backlog, state, flows, 1.0);
    }

    fn measure(&self, metric: MetricId, state: &State, flows: &mut Flows, each: f64) {
        for cell in &self.cells {
            for (lane, people) in state.people_of(*cell).iter().enumerate() {
                flows.metric(metric, lane, people * each);
            }
        }
    }
}
