//! Births: as many as a Poisson count says, from the time that mothers spend in a step.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::flows::Flows;
use super::hazard::HazardId;
use super::now::Now;
use super::poissons::{Half, PoissonWorkspace};
use super::split::PartId;
use super::ways_out::WaysOut;
use crate::model::{CellId, Mechanism, Target};

/// A birth stream: newborns of the mothers of one cell, with an edge of their own.
#[derive(Clone, Debug)]
pub(super) struct BirthStream {
    pub(super) mothers: CellId,
    pub(super) edge: EdgeId,
    hazard: HazardId,
    part: PartId,
    /// The edges of births into the mothers' own cell, where newborns are mothers too: empty for people.
    mothers_born: Vec<EdgeId>,
}

/// All births.
#[derive(Clone, Debug, Default)]
pub struct Births {
    pub(super) birth_streams: Vec<BirthStream>,
}

impl Births {
    /// Compiles births.
    pub fn compile(builder: &mut Builder) -> Births {
        let model = builder.model;
        let mut birth_streams = Vec::new();
        for (index, birth) in model.births.iter().enumerate() {
            let newborn: Vec<Target> =
                birth.newborn.iter().map(|target| Target { place: None, ..target.clone() }).collect();
            for place in &birth.at {
                for group in model.groups.matching(&birth.mothers) {
                    let values = model.groups.values(group);
                    let Some(hazard) = builder.hazards.at(model, &birth.rate, &values, &[*place]) else {
                        continue;
                    };
                    let parts = builder.split(&newborn, &values);
                    let mothers = model.cell(*place, group);
                    for (part, target) in parts.zip(&newborn) {
                        let edge = builder.birth_edge(Mechanism::Birth(index), mothers, target);
                        birth_streams.push(BirthStream {
                            mothers,
                            edge,
                            hazard,
                            part,
                            mothers_born: Vec::new(),
                        });
                    }
                }
            }
        }
        let born: Vec<(EdgeId, Option<CellId>)> = birth_streams
            .iter()
            .map(|birth_stream| (birth_stream.edge, builder.edges[birth_stream.edge].to))
            .collect();
        for birth_stream in &mut birth_streams {
            let own = born.iter().filter(|(_, cell)| *cell == Some(birth_stream.mothers));
            birth_stream.mothers_born = own.map(|(edge, _)| *edge).collect();
        }
        Births { birth_streams }
    }

    /// Newborns enter, each at some moment of the step. `lingering` has of a cell the time, in steps and by lane, that mothers
    /// spend there because the place that they tried to go to was full.
    pub fn enter<'l>(
        &self,
        now: &Now<impl Chance>,
        lingering: impl Fn(CellId) -> Option<&'l [f64]>,
        ways_out: &WaysOut,
        flows: &mut Flows,
        workspace: &mut PoissonWorkspace,
    ) {
        for birth_stream in &self.birth_streams {
            let (mothers, more) = (birth_stream.mothers, lingering(birth_stream.mothers));
            let time = |lane: usize, flows: &Flows| {
                // Those who came in by moves and arrivals are mothers for what is left of the step.
                let [time, _] = ways_out.time_spent(now, (mothers, lane), flows);
                time + more.map_or(0.0, |more| more[lane])
            };
            birth_stream.bear(now, Half::First, time, flows, workspace);
        }
        // Newborns enter only now, so that the order of cells does not matter.
        for birth_stream in
            self.birth_streams.iter().filter(|birth_stream| !birth_stream.mothers_born.is_empty())
        {
            let time = |lane: usize, flows: &Flows| {
                let [_, entrant] = ways_out.time_spent(now, (birth_stream.mothers, lane), flows);
                birth_stream.mothers_born.iter().map(|edge| flows.counted(*edge, lane)).sum::<f64>() * entrant
            };
            birth_stream.bear(now, Half::Second, time, flows, workspace);
        }
        for birth_stream in &self.birth_streams {
            let Some(to) = now.edges[birth_stream.edge].to else { continue };
            let (counted, entered) = flows.counted_and_entered(birth_stream.edge, to);
            entered.iter_mut().zip(counted).for_each(|(entered, count)| *entered += count);
        }
    }
}

impl BirthStream {
    /// Counts newborns, given the time that mothers spend in the step, in steps by lane.
    fn bear(
        &self,
        now: &Now<impl Chance>,
        half: Half,
        time: impl Fn(usize, &Flows) -> f64,
        flows: &mut Flows,
        workspace: &mut PoissonWorkspace,
    ) {
        let means = (0..flows.lanes()).map(|lane| self.hazard(now, lane) * now.years * time(lane, flows));
        if let Some(counts) = workspace.draw(now, now.edges[self.edge].site, half, means) {
            flows.count_row(self.edge, counts);
        }
    }

    /// The hazard of bearing somebody who goes along its edge, per mother and year.
    pub(super) fn hazard(&self, now: &Now<impl Chance>, lane: usize) -> f64 {
        now.readings.hazards.at(self.hazard, lane) * now.readings.parts.at(self.part, lane)
    }
}
