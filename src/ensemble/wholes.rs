//! Which numbers of a run are whole in every history.

use super::plan::{MeasurePlan, Plan};
use super::recorder::Slots;

/// Which slots have whole numbers only.
#[derive(Clone, Debug)]
pub struct Wholes {
    slots: Slots,
    measures: Vec<bool>,
    outcomes: Vec<bool>,
    observed: Vec<bool>,
}

impl Wholes {
    /// Of a plan.
    pub fn new(plan: &Plan, slots: Slots) -> Wholes {
        Wholes {
            slots,
            measures: plan.measures.iter().map(MeasurePlan::whole).collect(),
            outcomes: plan.outcomes.iter().map(|outcome| outcome.whole).collect(),
            observed: plan.observed.points.iter().map(|point| point.weight == 0.0).collect(),
        }
    }

    /// Whether a slot has whole numbers only.
    pub fn is_whole(&self, slot: usize) -> bool {
        let slots = &self.slots;
        if let Some(series) = slots.measured(slot) {
            return self.measures[series];
        }
        if let Some(outcome) = slots.outcome_of(slot) {
            return self.outcomes[outcome];
        }
        if slot >= slots.observed(0) {
            return self.observed[slot - slots.observed(0)];
        }
        let is_rate = (slots.rate(0, 0)..slots.event(0, 0)).contains(&slot);
        !is_rate && slot < slots.severity(0, 0)
    }
}
