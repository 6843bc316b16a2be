//! Arrivals: people from outside, as many as a Poisson count says.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::hazard::HazardId;
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::Flows;
use crate::model::{Arrival, Entry, Mechanism, Model, Varying};

/// One cell that people arrive in.
#[derive(Clone, Debug)]
struct Inlet {
    edge: EdgeId,
    hazard: HazardId,
    part: PartId,
}

/// All arrivals.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    inlets: Vec<Inlet>,
}

impl Arrivals {
    /// Compiles arrivals. The shares of a Poisson stream are independent Poisson streams, so each cell draws for itself.
    pub fn compile(builder: &mut Builder) -> Arrivals {
        let model = builder.model;
        let mut inlets = Vec::new();
        for (index, arrival) in model.arrivals.iter().enumerate() {
            for entries in lines(model, arrival) {
                let parts = builder.splits.add(entries.iter().map(|entry| entry.shares.clone()));
                for (part, entry) in parts.zip(entries) {
                    let values = model.groups.values(model.group_of(entry.cell));
                    let Some(hazard) = builder.hazards.of(&arrival.rate, &values) else { continue };
                    let edge = builder.edge(Mechanism::Arrival(index), None, entry.cell);
                    inlets.push(Inlet { edge, hazard, part });
                }
            }
        }
        Arrivals { inlets }
    }

    /// People arrive, each at some moment of the step.
    pub fn enter(&self, now: &Now<impl Chance>, readings: &Readings, flows: &mut Flows) {
        for inlet in &self.inlets {
            let edge = &now.edges[inlet.edge];
            let draw = now.draw(edge.site, 0);
            for lane in 0..flows.lanes() {
                let mean =
                    readings.hazards.at(inlet.hazard, lane) * readings.parts.at(inlet.part, lane) * now.years;
                let count = now.chance.poisson(draw, lane, mean);
                if count > 0.0 {
                    flows.enter(inlet.edge, edge.to, lane, count);
                }
            }
        }
    }
}

/// The entries that share one rate: all of them, or those of one value where the rate is a table.
fn lines<'m>(model: &'m Model, arrival: &'m Arrival) -> Vec<Vec<&'m Entry>> {
    let Varying::By(table) = &arrival.rate.amount else {
        return vec![arrival.into.iter().collect()];
    };
    let value = |entry: &&Entry| model.groups.values(model.group_of(entry.cell))[table.dimension];
    (0..table.values.len())
        .map(|line| arrival.into.iter().filter(|entry| value(entry) == line).collect::<Vec<_>>())
        .filter(|entries| !entries.is_empty())
        .collect()
}
