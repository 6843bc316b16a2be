//! What programmes measure beside the people that they move.

use std::borrow::Cow;

use super::memory::ProgrammeMemory;
use super::spells::Spells;
use super::terms::Terms;
use crate::engine::builder::Builder;
use crate::engine::edge::EdgeId;
use crate::engine::flows::Flows;
use crate::engine::full::LONG_WAITS;
use crate::engine::gauge::{Gauge, GaugeId, Keeps};
use crate::engine::state::State;
use crate::model::CellId;

/// Seats and occasions of a step beyond this are not counted: there are never so many people.
const MOST_COUNTED: f64 = 1e9;

/// The gauges of a programme or of one of its lines.
#[derive(Clone, Debug)]
pub struct Gauges {
    occasions: GaugeId,
    offered: GaugeId,
    used: GaugeId,
    backlog: GaugeId,
    /// Person-months of the eligible.
    waited: GaugeId,
    paused: GaugeId,
    /// Of those who went, who had waited longer than each of [`LONG_WAITS`]; empty where nobody knows.
    pub(super) long_waits: Vec<GaugeId>,
    /// Whose person-months and number are measured.
    cells: Vec<CellId>,
}

impl Gauges {
    /// Adds the gauges of `subject`, whose eligible people are in these cells.
    pub fn new(builder: &mut Builder, subject: &str, cells: Vec<CellId>) -> Gauges {
        let mut gauge = |measure, unit: &'static str, keeps| {
            builder.gauge(Gauge { subject: subject.to_string(), measure, unit: Cow::Borrowed(unit), keeps })
        };
        let amount = Keeps::Amount { whole: true };
        let occasions = gauge("occasions", "occasions", amount);
        let offered = gauge("seats_offered", "seats", amount);
        let used = gauge("seats_used", "seats", amount);
        let backlog = gauge("backlog", "people", Keeps::Level { whole: true });
        let waited = gauge("waited", "person-months", Keeps::Part);
        gauge("wait", "months", Keeps::Ratio { of: waited, over: used });
        let paused = gauge("paused", "share of the step", Keeps::Level { whole: false });
        Gauges { occasions, offered, used, backlog, waited, paused, long_waits: Vec::new(), cells }
    }

    /// The same with those of long waits, where somebody knows who has waited for how long.
    pub fn with_long_waits(mut self, builder: &mut Builder, subject: &str) -> Gauges {
        for (_, measure) in LONG_WAITS {
            let mut gauge = |unit: &'static str, keeps| {
                builder.gauge(Gauge { subject: subject.into(), measure, unit: unit.into(), keeps })
            };
            let of = gauge("people", Keeps::Part);
            gauge("share of those served", Keeps::Ratio { of, over: self.used });
            self.long_waits.push(of);
        }
        self
    }

    /// The share of the step that is a pause.
    pub fn paused(&self, flows: &mut Flows, lane: usize, spells: &Spells) {
        flows.gauge(self.paused, lane, spells.share());
    }

    /// The occasions of the step.
    pub fn occasions(&self, flows: &Flows, lane: usize) -> f64 {
        flows.gauged(self.occasions, lane)
    }

    /// Occasions that took place.
    pub fn took_place(&self, flows: &mut Flows, lane: usize, occasions: f64) {
        flows.gauge(self.occasions, lane, occasions.min(MOST_COUNTED));
    }

    /// An offer of seats.
    pub fn offered(&self, flows: &mut Flows, lane: usize, seats: f64) {
        flows.gauge(self.offered, lane, seats.min(MOST_COUNTED));
    }

    /// Counts those who went; `used` is for adding them up, by lane.
    pub(super) fn count_used(
        &self,
        terms: &Terms,
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
            flows.gauge(self.used, lane, *used);
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

    fn measure(&self, gauge: GaugeId, state: &State, flows: &mut Flows, each: f64) {
        for cell in &self.cells {
            for (lane, people) in state.people_of(*cell).iter().enumerate() {
                flows.gauge(gauge, lane, people * each);
            }
        }
    }
}
