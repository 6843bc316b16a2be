//! Shocks: sudden events at the start of a step.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::hazard::HazardId;
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::{Flows, State};
use crate::model::{CellId, Layer, Mechanism, NumberId, Severity};
use crate::random::Site;
use crate::units::leaving_probability;

/// A cell whose people a shock may affect.
#[derive(Clone, Debug)]
struct Exposed {
    cell: CellId,
    /// Who draws how many of them are affected.
    site: Site,
    branches: Vec<(EdgeId, PartId)>,
}

/// A shock.
#[derive(Clone, Debug)]
struct Shock {
    /// Who draws whether it happens, and how severe it is.
    site: Site,
    hazard: Option<HazardId>,
    on: Vec<u32>,
    mean: NumberId,
    /// The standard deviation of a drawn severity.
    sd: Option<NumberId>,
    exposed: Vec<Exposed>,
    /// For how many steps back somebody asks whether it happened.
    pub memory: usize,
}

/// All shocks.
#[derive(Clone, Debug, Default)]
pub struct Shocks {
    list: Vec<Shock>,
}

impl Shocks {
    /// Compiles shocks.
    pub fn compile(builder: &mut Builder) -> Shocks {
        let model = builder.model;
        let mut list = Vec::new();
        for (index, shock) in model.shocks.iter().enumerate() {
            let mechanism = Mechanism::Shock(index);
            let address = model.address(mechanism);
            let nobody = vec![0; model.groups.dimensions.len()];
            let mut exposed = Vec::new();
            for group in model.groups.matching(&shock.who) {
                let cell = model.cell(shock.at, group);
                let branches = builder
                    .split(&shock.targets, &model.groups.values(group))
                    .zip(&shock.targets)
                    .map(|(part, target)| (builder.edge_to(mechanism, cell, target), part))
                    .collect();
                exposed.push(Exposed { cell, site: Site::of(&[&address, &model.cell_name(cell)]), branches });
            }
            let asked = model.changes.iter().filter_map(|change| match change.layer {
                Layer::Aftermath { shock, lasts } if shock == index => Some(lasts),
                _ => None,
            });
            let (mean, sd) = match shock.severity {
                Severity::Fixed(mean) => (mean, None),
                Severity::Beta { mean, sd } => (mean, Some(sd)),
            };
            list.push(Shock {
                site: Site::of(&[&address]),
                hazard: shock.rate.as_ref().and_then(|rate| builder.hazards.of(rate, &nobody)),
                on: shock.on.clone(),
                mean,
                sd,
                exposed,
                memory: asked.max().unwrap_or(0).min(model.calendar.steps()) as usize,
            });
        }
        Shocks { list }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// For how many steps each must be remembered.
    pub fn memories(&self) -> impl Iterator<Item = usize> + '_ {
        self.list.iter().map(|shock| shock.memory)
    }

    /// Shocks happen, at most one of each, and move people, who are then present for the whole step where they went.
    pub fn strike(&self, now: &Now<impl Chance>, readings: &Readings, state: &mut State, flows: &mut Flows) {
        let lanes = state.lanes();
        for (index, shock) in self.list.iter().enumerate() {
            let happens = now.draw(shock.site, 0);
            let severity = now.draw(shock.site, 1);
            for lane in 0..lanes {
                let hit = if shock.on.contains(&now.step) {
                    1.0
                } else {
                    let hazard = shock.hazard.map_or(0.0, |hazard| readings.hazards.at(hazard, lane));
                    now.chance.binomial(happens, lane, 1.0, leaving_probability(hazard, now.years))
                };
                if hit <= 0.0 {
                    continue;
                }
                let mean = readings.numbers.at(shock.mean, lane);
                let share = match shock.sd {
                    None => mean,
                    Some(sd) => now.chance.beta(severity, lane, mean, readings.numbers.at(sd, lane)),
                };
                flows.hits[index * lanes + lane] = hit;
                for exposed in &shock.exposed {
                    let present = state.people(exposed.cell, lane);
                    let affected = now.chance.binomial(now.draw(exposed.site, 0), lane, present, hit * share);
                    let mut gone = 0.0;
                    let branches =
                        exposed.branches.iter().map(|(edge, part)| (*edge, readings.parts.at(*part, lane)));
                    now.divide(0, lane, affected, branches, |edge, count| {
                        gone += count;
                        flows.count(edge, lane, count);
                        state.add(now.edges[edge].to, lane, count);
                    });
                    state.add(exposed.cell, lane, -gone);
                    flows.exposed[index * lanes + lane] += present;
                    flows.affected[index * lanes + lane] += gone;
                }
            }
        }
    }

    /// Remembers what happened, for the aftermaths of the next steps.
    pub fn remember(&self, state: &mut State, flows: &Flows) {
        for (index, ring) in state.hits.iter_mut().enumerate() {
            ring.push(flows.shock(index));
        }
    }
}
