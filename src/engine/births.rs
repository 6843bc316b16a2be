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

/// Newborns of the mothers of one cell, with an edge of their own.
#[derive(Clone, Debug)]
pub(super) struct Cradle {
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
    pub(super) cradles: Vec<Cradle>,
}

impl Births {
    /// Compiles births.
    pub fn compile(builder: &mut Builder) -> Births {
        let model = builder.model;
        let mut cradles = Vec::new();
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
                        cradles.push(Cradle { mothers, edge, hazard, part, mothers_born: Vec::new() });
                    }
                }
            }
        }
        let born: Vec<(EdgeId, CellId)> =
            cradles.iter().map(|cradle| (cradle.edge, builder.edges[cradle.edge].to)).collect();
        for cradle in &mut cradles {
            let own = born.iter().filter(|(_, cell)| *cell == cradle.mothers);
            cradle.mothers_born = own.map(|(edge, _)| *edge).collect();
        }
        Births { cradles }
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
        for cradle in &self.cradles {
            let (mothers, more) = (cradle.mothers, lingering(cradle.mothers));
            let time = |lane: usize, flows: &Flows| {
                // Those who came in by moves and arrivals are mothers for what is left of the step.
                let [time, _] = ways_out.time_spent(now, (mothers, lane), flows);
                time + more.map_or(0.0, |more| more[lane])
            };
            cradle.bear(now, Half::First, time, flows, workspace);
        }
        // Newborns enter only now, so that the order of cells does not matter.
        for cradle in self.cradles.iter().filter(|cradle| !cradle.mothers_born.is_empty()) {
            let time = |lane: usize, flows: &Flows| {
                let [_, entrant] = ways_out.time_spent(now, (cradle.mothers, lane), flows);
                cradle.mothers_born.iter().map(|edge| flows.counted(*edge, lane)).sum::<f64>() * entrant
            };
            cradle.bear(now, Half::Second, time, flows, workspace);
        }
        for cradle in &self.cradles {
            let to = now.edges[cradle.edge].to;
            let (counted, entered) = flows.counted_and_entered(cradle.edge, to);
            entered.iter_mut().zip(counted).for_each(|(entered, count)| *entered += count);
        }
    }
}

impl Cradle {
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
