//! Arrivals: people from outside. Those who come singly are a Poisson count; others are drawn together and then divided.

use super::builder::Builder;
use super::chance::Chance;
use super::convoy::CompiledConvoy;
use super::edge::EdgeId;
use super::flows::Flows;
use super::hazard::HazardId;
use super::now::{Body, Now};
use super::poissons::{Half, PoissonWorkspace};
use super::split::PartId;
use crate::model::{Arrival, Coming, EntryShare, Mechanism, Model, Varying};
use crate::random::Site;

/// One cell that people arrive in.
#[derive(Clone, Debug)]
struct ArrivalCell {
    edge: EdgeId,
    hazard: HazardId,
    part: PartId,
}

/// People who do not come independently of each other, with the cells among which they are divided.
#[derive(Clone, Debug)]
struct Stream {
    hazard: HazardId,
    company: CompiledConvoy,
    branches: Vec<(EdgeId, PartId)>,
}

/// All arrivals.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    inlets: Vec<ArrivalCell>,
    streams: Vec<Stream>,
}

impl Arrivals {
    /// Compiles arrivals. The shares of a Poisson stream are independent Poisson streams, so each cell draws for itself.
    pub fn compile(builder: &mut Builder) -> Arrivals {
        let model = builder.model;
        let mut arrivals = Arrivals::default();
        for (index, arrival) in model.arrivals.iter().enumerate() {
            for entries in lines(model, arrival) {
                let parts = builder.splits.add(entries.iter().map(|entry| entry.shares.clone()));
                let mut inlets = Vec::new();
                for (part, entry) in parts.zip(entries) {
                    let values = model.groups.values(model.group_of(entry.cell));
                    let Some(hazard) = builder.hazards.of(&arrival.rate, &values) else { continue };
                    let edge = builder.edge(Mechanism::Arrival(index), None, entry.cell);
                    inlets.push((values, ArrivalCell { edge, hazard, part }));
                }
                // What comes together is divided cell after cell: by name, so that the order of the file does not matter.
                inlets.sort_by_cached_key(|(_, inlet)| {
                    builder.edges[inlet.edge].to.map(|to| model.cell_name(to))
                });
                match (&arrival.coming, inlets.first()) {
                    (Coming::Singly, _) => arrivals.inlets.extend(inlets.into_iter().map(|(_, inlet)| inlet)),
                    (_, None) => {}
                    (coming, Some((values, first))) => {
                        let line = line_name(model, arrival, values);
                        let site = Site::of(&[&model.address(Mechanism::Arrival(index)), "line", line]);
                        arrivals.streams.push(Stream {
                            hazard: first.hazard,
                            company: CompiledConvoy::new(coming, site),
                            branches: inlets.iter().map(|(_, inlet)| (inlet.edge, inlet.part)).collect(),
                        });
                    }
                }
            }
        }
        arrivals
    }

    /// People arrive, each at some moment of the step.
    pub fn enter(&self, now: &Now<impl Chance>, flows: &mut Flows, workspace: &mut PoissonWorkspace) {
        let (hazards, parts) = (&now.readings.hazards, &now.readings.parts);
        for inlet in &self.inlets {
            let edge = &now.edges[inlet.edge];
            let width = hazards.width(inlet.hazard).max(parts.width(inlet.part));
            let means = (0..width)
                .map(|lane| hazards.at(inlet.hazard, lane) * parts.at(inlet.part, lane) * now.years);
            if let Some(counts) = workspace.draw(now, edge.site, Half::First, means) {
                flows.count_row(inlet.edge, counts);
                if let Some(to) = edge.to {
                    flows.add_entered_row(to, counts);
                }
            }
        }
        for stream in &self.streams {
            for lane in 0..flows.lanes() {
                let mean = hazards.at(stream.hazard, lane) * now.years;
                let count = stream.company.draw(now, mean, lane);
                now.divide(Body::new(0, lane), count, now.shares(&stream.branches, lane), |edge, count| {
                    flows.enter(edge, now.edges[edge].to, lane, count);
                });
            }
        }
    }
}

/// The entries that share one rate: all of them, or those of one value where the rate is a table.
fn lines<'m>(model: &'m Model, arrival: &'m Arrival) -> Vec<Vec<&'m EntryShare>> {
    let Varying::By(table) = &arrival.rate.amount else {
        return vec![arrival.into.iter().collect()];
    };
    let value = |entry: &&EntryShare| model.groups.values(model.group_of(entry.cell))[table.dimension];
    (0..table.values.len())
        .map(|line| arrival.into.iter().filter(|entry| value(entry) == line).collect::<Vec<_>>())
        .filter(|entries| !entries.is_empty())
        .collect()
}

/// The value that tells the line of somebody with `values` from the others of its arrival, where there are several.
fn line_name<'m>(model: &'m Model, arrival: &Arrival, values: &[usize]) -> &'m str {
    match &arrival.rate.amount {
        Varying::By(table) => &model.groups.dimensions[table.dimension].values[values[table.dimension]],
        _ => "",
    }
}
