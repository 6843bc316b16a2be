//! Triggers: policies that start and end at thresholds, looked at between steps.

use super::builder::Builder;
use super::crowding::Crowd;
use super::edge::EdgeId;
use super::flows::Flows;
use super::rows::LaneRows;
use super::state::State;
use crate::model::{CellId, Model, NumberId, PlaceId, Policy, ThresholdSide, TriggerMeasure, Who};

/// What is measured.
#[derive(Clone, Debug)]
enum TriggerReading {
    People(Vec<CellId>),
    Occupancy(Crowd),
    Flow(Vec<EdgeId>),
}

/// One trigger.
#[derive(Clone, Debug)]
struct CompiledTrigger {
    measured: TriggerReading,
    side: ThresholdSide,
    starts: NumberId,
    ends: Option<NumberId>,
    lasts: f64,
    /// The first step in which it may hold, and the first in which it may no longer.
    from: u32,
    until: Option<u32>,
}

/// All triggers.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    list: Vec<CompiledTrigger>,
}

/// The policies with a trigger, in the order of the rows that say how far each holds.
pub fn triggered(model: &Model) -> impl Iterator<Item = usize> + '_ {
    (0..model.policies.len()).filter(|policy| model.policies[*policy].when.is_some())
}

/// The cells of some groups at some places.
fn cells(model: &Model, at: &[PlaceId], who: &Who) -> Vec<CellId> {
    let groups: Vec<_> = model.groups.matching(who).collect();
    at.iter().flat_map(|place| groups.iter().map(|group| model.cell(*place, *group))).collect()
}

impl Triggers {
    /// Compiles triggers, when all edges are there.
    pub fn compile(builder: &Builder) -> Triggers {
        let model = builder.model;
        let of_policy = |policy: &Policy| {
            let when = policy.when.as_ref()?;
            let measured = match &when.measure {
                TriggerMeasure::People { at, who } => TriggerReading::People(cells(model, at, who)),
                TriggerMeasure::Occupancy(places) => TriggerReading::Occupancy(Crowd::new(model, places)),
                TriggerMeasure::Flow(mechanism) => {
                    let edges = builder.edges.iter().enumerate();
                    let of = edges.filter(|(_, edge)| edge.mechanism == *mechanism);
                    TriggerReading::Flow(of.map(|(id, _)| id).collect())
                }
            };
            Some(CompiledTrigger {
                measured,
                side: when.side,
                starts: when.starts,
                ends: when.ends,
                lasts: f64::from(when.lasts),
                from: policy.from,
                until: policy.until,
            })
        };
        Triggers { list: model.policies.iter().filter_map(of_policy).collect() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Looks at every measure before step `next`: which policies hold in it. `flows` are those of the step before; at the
    /// start there was none, and no policy starts by its flows.
    pub fn look(&self, next: u32, numbers: &LaneRows, flows: Option<&Flows>, state: &mut State) {
        let lanes = state.lanes();
        for (index, trigger) in self.list.iter().enumerate() {
            let armed = next >= trigger.from && trigger.until.is_none_or(|until| next < until);
            for lane in 0..lanes {
                let row = index * lanes + lane;
                // For how many steps it has held; 0: it does not.
                let held = state.triggers[row];
                let holds = armed && trigger.holds(held, numbers, flows, state, lane);
                state.triggers[row] = if holds { held + 1.0 } else { 0.0 };
            }
        }
    }
}

impl CompiledTrigger {
    fn holds(
        &self,
        held: f64,
        numbers: &LaneRows,
        flows: Option<&Flows>,
        state: &State,
        lane: usize,
    ) -> bool {
        if held > 0.0 && held < self.lasts {
            return true;
        }
        // Shares of capacity are compared as people with people, so that no room is full of nobody.
        let (value, unit) = match (&self.measured, flows) {
            (TriggerReading::People(cells), _) => {
                (cells.iter().map(|cell| state.people(*cell, lane)).sum(), 1.0)
            }
            (TriggerReading::Occupancy(crowd), _) => {
                let [people, room] = crowd.people_and_room(state, numbers, lane);
                (people, room)
            }
            (TriggerReading::Flow(edges), Some(flows)) => {
                (edges.iter().map(|edge| flows.counted(*edge, lane)).sum(), 1.0)
            }
            (TriggerReading::Flow(_), None) => return false,
        };
        let threshold = |id: NumberId| numbers.at(id, lane) * unit;
        match self.ends {
            Some(ends) if held > 0.0 => !self.side.other().beyond(value, threshold(ends)),
            _ => self.side.beyond(value, threshold(self.starts)),
        }
    }
}
