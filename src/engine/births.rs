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
pub(super) struct Cradle {
    pub(super) mothers: CellId,
    pub(super) edge: EdgeId,
    pub(super) hazard: HazardId,
    pub(super) part: PartId,
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
    /// spend there because the place that they tried to go to was full; `led` has, where a clock leads in a cell, the time of all
    /// mothers without that, and of one who enters.
    pub fn enter<'l>(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        lingering: impl Fn(CellId) -> Option<&'l [f64]>,
        led: impl Fn(CellId, usize) -> Option<[f64; 2]>,
        flows: &mut Flows,
    ) {
        let lanes = flows.lanes();
        for cradle in &self.cradles {
            let (mothers, more) = (cradle.mothers, lingering(cradle.mothers));
            self.draw(now, readings, cradle, 0, flows, |flows, lane| {
                // Those who came in by moves and arrivals are mothers for what is left of the step.
                let time = led(mothers, lane).map_or_else(
                    || {
                        let [stayer, entrant] = exits.presence(&readings.exits, mothers, lane, now.years);
                        flows.started(mothers)[lane] * stayer + flows.entered(mothers, lane) * entrant
                    },
                    |[time, _]| time,
                );
                time + more.map_or(0.0, |more| more[lane])
            });
        }
        // Newborns enter only now, so that the order of cells does not matter.
        for cradle in self.cradles.iter().filter(|cradle| !cradle.mothers_born.is_empty()) {
            self.draw(now, readings, cradle, 1, flows, |flows, lane| {
                let presence = led(cradle.mothers, lane).map_or_else(
                    || exits.presence(&readings.exits, cradle.mothers, lane, now.years)[1],
                    |[_, entrant]| entrant,
                );
                cradle.mothers_born.iter().map(|edge| flows.counted(*edge, lane)).sum::<f64>() * presence
            });
        }
        for cradle in &self.cradles {
            for lane in 0..lanes {
                let count = flows.counted(cradle.edge, lane);
                flows.add_entered(now.edges[cradle.edge].to, lane, count);
            }
        }
    }

    /// Counts the newborns of one cradle with the numbers of an ordinal, 0 or 1, given the time that its mothers spend in the step, in
    /// steps.
    fn draw(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        cradle: &Cradle,
        ordinal: u32,
        flows: &mut Flows,
        time: impl Fn(&Flows, usize) -> f64,
    ) {
        let lanes = flows.lanes();
        let mean: Vec<f64> = (0..lanes)
            .map(|lane| {
                let hazard = readings.hazards.at(cradle.hazard, lane) * readings.parts.at(cradle.part, lane);
                hazard * now.years * time(flows, lane)
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
