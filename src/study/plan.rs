//! A plan: a study cut into units of work, each named by the hash of all that determines it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::hash::Hash;
use super::inputs::Inputs;
use super::valid::Study;
use crate::engine::compile;
use crate::engine::fingerprint::ENGINE_VERSION;

/// Changes whenever units are written differently.
const FORMAT: &str = "units 2";

/// What is written of a plan. The points follow from the study, and the units from the points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyPlan {
    /// The version of the program that made it.
    pub version: String,
    /// Those of engine, samplers and units.
    pub engine: String,
    /// The study's name.
    pub study: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of all texts that it is made of.
    pub sha256: String,
    /// How many points there are.
    pub points: u64,
    /// The variants of each, the baseline first.
    pub variants: Vec<String>,
    /// How many replicates a cell has.
    pub replicates: u64,
    /// How many points a unit has; the last may have fewer.
    pub points_a_unit: u64,
    /// Seconds that a point took on one processor when the plan was made; `None` where none was tried.
    pub seconds_a_point: Option<f64>,
}

/// A piece of a plan: neighbouring points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkUnit {
    /// Its position in the plan.
    pub index: u64,
    /// Its name: a hash.
    pub name: String,
    /// Its points.
    pub points: Range<u64>,
}

/// What this program writes into its plans.
pub fn version() -> (String, String) {
    (env!("CARGO_PKG_VERSION").into(), format!("{ENGINE_VERSION}, {FORMAT}"))
}

impl StudyPlan {
    /// The plan of a study, of units of so many points.
    pub fn new(
        study: &Study,
        inputs: &Inputs,
        points_a_unit: u64,
        seconds_a_point: Option<f64>,
    ) -> StudyPlan {
        let (version, engine) = version();
        let variants = (0..study.variant_count()).map(|variant| study.variant_name(variant).to_string());
        StudyPlan {
            version,
            engine,
            study: study.name.clone(),
            title: study.title.clone(),
            sha256: digest(inputs),
            points: study.points(),
            variants: variants.collect(),
            replicates: study.replicates,
            points_a_unit: points_a_unit.clamp(1, study.points()),
            seconds_a_point,
        }
    }

    /// How many units there are.
    pub fn unit_count(&self) -> u64 {
        self.points.div_ceil(self.points_a_unit)
    }

    /// The units in their order.
    pub fn units<'p>(&'p self, study: &'p Study) -> impl Iterator<Item = WorkUnit> + 'p {
        let common = common(study);
        (0..self.unit_count()).map(move |index| {
            let first = index * self.points_a_unit;
            let points = first..(first + self.points_a_unit).min(self.points);
            let name = unit_name(&common, study, points.clone());
            WorkUnit { index, name, points }
        })
    }
}

/// The hash of all texts of a study.
pub fn digest(inputs: &Inputs) -> String {
    let hash = Hash::default();
    inputs.texts().fold(hash, |hash, (name, text)| hash.and(name).and(text)).hex()
}

/// What all units of a study share: the version, the programs, the fields that vary, and what is kept.
fn common(study: &Study) -> Hash {
    let (_, engine) = version();
    let mut hash = Hash::default().and(engine);
    for variant in 0..study.variant_count() {
        let program = compile(study.variant_model(variant));
        hash = hash.and(study.variant_name(variant)).and(program.fingerprint());
    }
    for field in &study.fields {
        hash = hash.and(&field.address).and(format!("{:?}", field.effect));
    }
    hash.and(format!("{:?}", study.keep)).and(study.seed.to_le_bytes())
}

fn unit_name(common: &Hash, study: &Study, points: Range<u64>) -> String {
    let mut hash = common.clone();
    for point in points {
        let replicates = study.replicates(point);
        hash = hash
            .and(point.to_le_bytes())
            .and(replicates.start.to_le_bytes())
            .and(replicates.end.to_le_bytes());
        hash = study.values(point).into_iter().fold(hash, Hash::number);
    }
    let mut name = hash.hex();
    name.truncate(32);
    name
}
