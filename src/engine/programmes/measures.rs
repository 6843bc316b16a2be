//! What programmes measure beside the people that they move.

use super::spells::Spells;
use super::{Class, Line, Programmes};
use crate::engine::builder::Builder;
use crate::engine::gauge::{Gauge, GaugeId, Keeps};
use crate::engine::state::{Flows, State};
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
    /// Whose person-months and number are measured.
    cells: Vec<CellId>,
}

impl Gauges {
    /// Adds the gauges of `subject`, whose eligible people are in these classes.
    pub fn new<'a>(builder: &mut Builder, subject: &str, classes: impl Iterator<Item = &'a Class>) -> Gauges {
        let mut gauge = |measure, unit: &'static str, keeps| {
            builder.gauge(Gauge { subject: subject.to_string(), measure, unit: unit.into(), keeps })
        };
        let amount = Keeps::Amount { whole: true };
        let occasions = gauge("occasions", "occasions", amount);
        let offered = gauge("seats_offered", "seats", amount);
        let used = gauge("seats_used", "seats", amount);
        let backlog = gauge("backlog", "people", Keeps::Level { whole: true });
        let waited = gauge("waited", "person-months", Keeps::Part);
        gauge("wait", "months", Keeps::Ratio { of: waited, over: used });
        let paused = gauge("paused", "share of the step", Keeps::Level { whole: false });
        let cells = classes.flat_map(|class| class.eligible.iter().map(|eligible| eligible.cell)).collect();
        Gauges { occasions, offered, used, backlog, waited, paused, cells }
    }

    /// The share of the step that is a pause.
    pub fn paused(&self, flows: &mut Flows, lane: usize, spells: &Spells) {
        flows.gauge(self.paused, lane, spells.share());
    }

    /// Occasions that took place.
    pub fn took_place(&self, flows: &mut Flows, lane: usize, occasions: f64) {
        flows.gauge(self.occasions, lane, occasions.min(MOST_COUNTED));
    }

    /// An offer of seats, and how many people took one.
    pub fn offered(&self, flows: &mut Flows, lane: usize, seats: f64, used: f64) {
        flows.gauge(self.offered, lane, seats.min(MOST_COUNTED));
        flows.gauge(self.used, lane, used);
    }

    /// Adds those who are eligible now for half a step, and as the backlog where the step has ended.
    fn wait(&self, state: &State, flows: &mut Flows, half_months: f64, ended: bool) {
        for cell in &self.cells {
            for lane in 0..state.lanes() {
                let people = state.people(*cell, lane);
                flows.gauge(self.waited, lane, people * half_months);
                if ended {
                    flows.gauge(self.backlog, lane, people);
                }
            }
        }
    }
}

impl Programmes {
    /// Measures who is left when programmes have taken place: they wait for the first half of the step.
    pub(super) fn measure_served(&self, state: &State, flows: &mut Flows, years: f64) {
        self.gauges(|gauges| gauges.wait(state, flows, 6.0 * years, false));
    }

    /// Measures who is eligible at the end of a step: they wait for its second half.
    pub fn measure(&self, state: &State, flows: &mut Flows, years: f64) {
        self.gauges(|gauges| gauges.wait(state, flows, 6.0 * years, true));
    }

    fn gauges(&self, mut look: impl FnMut(&Gauges)) {
        for programme in &self.list {
            look(&programme.gauges);
            let lines = programme.offers.iter().flat_map(|offer| &offer.lines);
            lines.filter_map(|line: &Line| line.gauges.as_ref()).for_each(&mut look);
        }
    }
}
