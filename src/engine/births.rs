//! Births: as many as a Poisson count says, from the time that mothers spend in a step.

use super::builder::Builder;
use super::chance::Chance;
use super::edge::EdgeId;
use super::exits::Exits;
use super::hazard::HazardId;
use super::now::Now;
use super::readings::Readings;
use super::split::PartId;
use super::state::Flows;
use crate::model::{CellId, Mechanism, Target};

/// Newborns of the mothers of one cell, with an edge of their own.
#[derive(Clone, Debug)]
struct Cradle {
    mothers: CellId,
    edge: EdgeId,
    hazard: HazardId,
    part: PartId,
    /// The edges of births into the mothers' own cell, where newborns are mothers too: empty for people.
    mothers_born: Vec<EdgeId>,
}

/// All births.
#[derive(Clone, Debug, Default)]
pub struct Births {
    cradles: Vec<Cradle>,
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

    /// Whether there are births at all.
    pub fn any(&self) -> bool {
        !self.cradles.is_empty()
    }

    /// Newborns enter, each at some moment of the step. `present` holds who was there for all of it, by cell and lane.
    pub fn enter(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        present: &[f64],
        flows: &mut Flows,
    ) {
        let lanes = flows.lanes();
        for cradle in &self.cradles {
            // Those who came in by moves and arrivals are mothers for what is left of the step.
            self.draw(now, readings, exits, cradle, 0, flows, |flows, lane, [stayer, entrant]| {
                present[cradle.mothers * lanes + lane] * stayer
                    + flows.entered(cradle.mothers, lane) * entrant
            });
        }
        // Newborns enter only now, so that the order of cells does not matter.
        for cradle in self.cradles.iter().filter(|cradle| !cradle.mothers_born.is_empty()) {
            self.draw(now, readings, exits, cradle, 1, flows, |flows, lane, [_, entrant]| {
                cradle.mothers_born.iter().map(|edge| flows.counted(*edge, lane)).sum::<f64>() * entrant
            });
        }
        for cradle in &self.cradles {
            for lane in 0..lanes {
                let count = flows.counted(cradle.edge, lane);
                flows.add_entered(now.edges[cradle.edge].to, lane, count);
            }
        }
    }

    /// Counts the newborns of one cradle with the numbers of an ordinal, 0 or 1, given the time that its mothers spend in the step, in steps: a function of the
    /// mean presence of one who is there from the start and of one who enters.
    #[expect(
        clippy::too_many_arguments,
        reason = "what the step reads, whose births they are, and what it writes"
    )]
    fn draw(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        cradle: &Cradle,
        ordinal: u32,
        flows: &mut Flows,
        time: impl Fn(&Flows, usize, [f64; 2]) -> f64,
    ) {
        let lanes = flows.lanes();
        let mean: Vec<f64> = (0..lanes)
            .map(|lane| {
                let hazard = readings.hazards.at(cradle.hazard, lane) * readings.parts.at(cradle.part, lane);
                let presence = exits.presence(&readings.exits, cradle.mothers, lane, now.years);
                hazard * now.years * time(flows, lane, presence)
            })
            .collect();
        if mean.iter().all(|mean| *mean <= 0.0) {
            return;
        }
        let (mut even, mut odd, mut counts) = (vec![0; lanes], vec![0; lanes], vec![0.0; lanes]);
        now.chance.words(now.edges[cradle.edge].site, now.step, 0, &mut even, &mut odd);
        now.chance.poissons(&mean, if ordinal == 0 { &even } else { &odd }, &mut counts);
        flows.count_row(cradle.edge, &counts);
    }
}
