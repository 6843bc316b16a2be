//! Where a merged study comes from: what its package says beside what the standard of packages knows.

use serde::Serialize;
use serde_json::{Value, json};

use super::findings::{StudyFacts, StudyFindings};
use super::spread::described;
use crate::engine::compile;
use crate::engine::fingerprint::ENGINE_VERSION;
use crate::ensemble::kept::KeptSeries;
use crate::model::Effect;
use crate::study::design::Design;
use crate::study::valid::{KeptDates, RandomNumbers, Study};

/// So many missing units are named; the rest is counted, and `repatria study status` has all.
const MOST_NAMED: usize = 50;

/// Where the files come from. Facts of the clock are the last two.
#[derive(Debug, Serialize)]
pub(crate) struct StudyProvenance {
    version: &'static str,
    engine: &'static str,
    study: NamedStudy,
    scenario: Titled,
    variants: Vec<ListedVariant>,
    design: Value,
    factors: Vec<FactorOf>,
    points: u64,
    cells: u64,
    replicates: u64,
    seed: u64,
    luck: &'static str,
    keep: Value,
    /// Whether units are missing, and then which.
    partial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Missing>,
    failed_points: u64,
    pub(super) parameters_without_source: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut>,
    command: String,
    created: String,
    seconds: f64,
}

/// The study, by name and by the hash of all texts that it is made of.
#[derive(Debug, Serialize)]
struct NamedStudy {
    name: String,
    title: String,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Titled {
    title: String,
}

/// The baseline or a variant.
#[derive(Debug, Serialize)]
struct ListedVariant {
    name: String,
    label: String,
    fingerprint: String,
}

/// What varies.
#[derive(Debug, Serialize)]
struct FactorOf {
    name: String,
    field: String,
    label: String,
    effect: &'static str,
    spread: Value,
}

/// The units that are missing.
#[derive(Debug, Serialize)]
struct Missing {
    units: usize,
    of_units: u64,
    points: u64,
    first: Vec<MissingUnit>,
}

/// A unit that is missing: its number from 1, its points from 0.
#[derive(Debug, Serialize)]
struct MissingUnit {
    unit: u64,
    first_point: u64,
    last_point: u64,
    name: String,
}

/// A file that was not written, and why.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LeftOut {
    pub(super) file: String,
    pub(super) why: String,
}

impl StudyProvenance {
    pub(super) fn new(
        of: StudyFindings<'_>,
        parameters_without_source: Vec<String>,
        left_out: Vec<LeftOut>,
        made: &StudyFacts,
    ) -> StudyProvenance {
        let study = of.merge.study;
        let variant = |variant: usize| ListedVariant {
            name: study.variant_name(variant).into(),
            label: study.variant_label(variant).into(),
            fingerprint: compile(study.variant_model(variant)).fingerprint(),
        };
        let factors = study.factors.iter().zip(&study.fields).map(|(factor, field)| FactorOf {
            name: factor.name.clone(),
            field: field.address.clone(),
            label: field.label.clone(),
            effect: match field.effect {
                Effect::Set => "set",
                Effect::Times => "times",
            },
            spread: described(&factor.spread),
        });
        StudyProvenance {
            version: env!("CARGO_PKG_VERSION"),
            engine: ENGINE_VERSION,
            study: NamedStudy {
                name: study.name.clone(),
                title: study.title.clone(),
                sha256: of.plan.sha256.clone(),
            },
            scenario: Titled { title: study.scenario.baseline.title.clone() },
            variants: (0..study.variant_count()).map(variant).collect(),
            design: design(study),
            factors: factors.collect(),
            points: study.points(),
            cells: study.cells(),
            replicates: study.replicates,
            seed: study.seed,
            luck: match study.random_numbers {
                RandomNumbers::Shared => "shared",
                RandomNumbers::Own => "own",
            },
            keep: keep(study),
            partial: of.is_partial(),
            missing: of.is_partial().then(|| missing(of)),
            failed_points: of.columns.failed,
            parameters_without_source,
            left_out,
            command: made.command.clone(),
            created: made.created.clone(),
            seconds: made.seconds,
        }
    }
}

fn missing(of: StudyFindings<'_>) -> Missing {
    let units = of.merge.missing();
    let first = units.iter().take(MOST_NAMED).map(|unit| MissingUnit {
        unit: unit.index + 1,
        first_point: unit.points.start,
        last_point: unit.points.end - 1,
        name: unit.name.clone(),
    });
    Missing {
        units: units.len(),
        of_units: of.plan.unit_count(),
        points: units.iter().map(|unit| unit.points.end - unit.points.start).sum(),
        first: first.collect(),
    }
}

/// The design and its numbers.
fn design(study: &Study) -> Value {
    let kind = study.design_word();
    match &study.design {
        Design::Grid(grid) => json!({ "kind": kind, "levels": grid.counts() }),
        Design::LatinHypercube(cube) => json!({ "kind": kind, "points": cube.len(), "seed": cube.seed() }),
        Design::Sobol(sobol) => json!({ "kind": kind, "base_points": sobol.base(), "seed": sobol.seed() }),
        Design::Morris(morris) => json!({
            "kind": kind,
            "trajectories": morris.trajectories(),
            "levels": morris.level_count(),
            "seed": morris.seed(),
        }),
        Design::External(table) => json!({ "kind": kind, "points": table.len() }),
    }
}

/// What is kept of every cell.
fn keep(study: &Study) -> Value {
    let outcomes: Vec<&str> = study.outcomes().map(|outcome| outcome.name.as_str()).collect();
    let series = match study.keep.series {
        KeptSeries::None => "none",
        KeptSeries::Places => "places",
        KeptSeries::Recorded => "recorded",
    };
    let dates = match study.keep.dates {
        KeptDates::All => "all",
        KeptDates::Year => "year",
        KeptDates::End => "end",
    };
    json!({ "outcomes": outcomes, "series": series, "dates": dates })
}
