//! One point of a study, simulated: what is kept of its cells.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::valid::{Keep, Study};
use crate::engine::{Program, compile};
use crate::ensemble::comparison::Comparison;
use crate::ensemble::kept::KeptName;
use crate::ensemble::summary::{OutcomeResult, Stat, Summary};
use crate::ensemble::{Ensemble, Machine, OutcomeTotal, SimulateError, Track, Watch};
use crate::model::Model;
use crate::scenario::Diagnostics;

/// A point's replicates are added in so many equal parts, whose means tell how much of a result is chance.
const BATCHES: u64 = 5;

/// How many means of parts are kept of an outcome over so many replicates; of one replicate none.
pub fn batches(replicates: u64) -> usize {
    if replicates < 2 { 0 } else { replicates.min(BATCHES) as usize }
}

/// What is kept of a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointResult {
    /// Which point.
    pub point: u64,
    /// What its cells came to, one for each variant; or why they could not be simulated.
    pub cells: Result<Vec<CellResult>, String>,
}

/// What is kept of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellResult {
    /// The outcomes that are kept.
    pub outcomes: Vec<CellOutcome>,
    /// The series that are kept, in the order of [`KeptSeries::names`](crate::ensemble::kept::KeptSeries::names): of each a
    /// point at every date that is kept.
    pub series: Vec<Vec<SeriesPoint>>,
}

/// Mean, standard deviation, Monte Carlo standard error, and the quantiles of [`QUANTILES`](crate::ensemble::summary::QUANTILES);
/// `None` where no replicate has a value.
type SeriesPoint = [Option<f64>; 8];

/// What is kept of an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellOutcome {
    /// In how many replicates it has a value.
    pub replicates: u64,
    /// Of a yes or no the share of replicates in which it is true; of a date that in which it happens.
    pub probability: Option<f64>,
    /// As of a series. Dates are in months.
    pub stat: SeriesPoint,
    /// The means of equal parts of the replicates; empty of fewer than two replicates.
    pub batches: Vec<Option<f64>>,
    /// Against the baseline, replicate by replicate: the mean difference and its standard error, which
    /// one replicate has not.
    pub difference: Option<[Option<f64>; 2]>,
}

/// Why a point was not simulated.
#[derive(Debug, thiserror::Error)]
pub enum PointError {
    /// Asked to stop.
    #[error("stopped")]
    Stopped,
    /// Threads cannot be started, or the like: no fault of the point.
    #[error(transparent)]
    Machine(SimulateError),
}

/// The models of a point: of the baseline and of every variant of the study.
///
/// # Errors
/// Where its values make no valid scenario.
pub fn models(study: &Study, values: &[f64]) -> Result<Vec<Model>, Diagnostics> {
    let settings = study.settings(values);
    let of_variant = |variant| study.scenario.with_settings(study.variant(variant), &settings);
    (0..study.variant_count()).map(of_variant).collect()
}

/// Simulates a point. A point whose values make no scenario, or whose replicates cannot go on, comes out as such.
///
/// # Errors
/// When stopped, and where the machine is to blame.
pub fn simulate(
    study: &Study,
    point: u64,
    machine: Machine,
    watch: &dyn Watch,
) -> Result<PointResult, PointError> {
    let values = study.values(point);
    let failed = |reason: String| Ok(PointResult { point, cells: Err(reason) });
    let models = match models(study, &values) {
        Ok(models) => models,
        Err(problems) => return failed(problems.to_string()),
    };
    let programs: Vec<Arc<Program>> = models.iter().map(compile).collect();
    match cells(study, point, &programs, machine, watch) {
        Ok(cells) => Ok(PointResult { point, cells: Ok(cells) }),
        Err(SimulateError::Interrupted) => Err(PointError::Stopped),
        Err(error @ SimulateError::Threads { .. }) => Err(PointError::Machine(error)),
        Err(error) => failed(error.to_string()),
    }
}

fn cells(
    study: &Study,
    point: u64,
    programs: &[Arc<Program>],
    machine: Machine,
    watch: &dyn Watch,
) -> Result<Vec<CellResult>, SimulateError> {
    let tracks: Vec<Track> = (programs.iter().enumerate())
        .map(|(variant, program)| Track::new(study.variant_name(variant), program))
        .collect();
    let kept = study.keep.series;
    let mut ensemble = Ensemble::keeping(&tracks, 0, study.seed, machine, |program| kept.plan(program))?;
    let replicates = study.replicates(point);
    let n = replicates.end - replicates.start;
    let parts = n.min(BATCHES);
    let mut looks: Vec<Vec<Vec<OutcomeTotal>>> = Vec::new();
    for part in 0..parts {
        let edge = |part: u64| replicates.start + n * part / parts;
        ensemble.add(edge(part)..edge(part + 1), watch)?;
        looks.push(ensemble.outcome_totals());
    }
    let comparisons = ensemble.comparisons();
    let summaries = ensemble.summaries();
    let cells = summaries.iter().enumerate().map(|(variant, summary)| {
        let compared = comparisons.iter().find(|comparison| comparison.variant == variant);
        let model = programs[variant].model();
        let outcome = |index: &usize| {
            // A variant's outcomes are those of the baseline.
            let batch = |part: usize| {
                let earlier = part.checked_sub(1).map(|part| &looks[part][variant][*index]);
                looks[part][variant][*index].mean_since(earlier)
            };
            let batches = if parts < 2 { Vec::new() } else { (0..looks.len()).map(batch).collect() };
            let name = &model.outcomes[*index].name;
            outcome(&summary.outcomes[*index], batches, difference(compared, name))
        };
        CellResult {
            outcomes: study.keep.outcomes.iter().map(outcome).collect(),
            series: series(&study.keep, model, &kept.names(&programs[variant]), summary),
        }
    });
    Ok(cells.collect())
}

fn outcome(
    result: &OutcomeResult,
    batches: Vec<Option<f64>>,
    difference: Option<[Option<f64>; 2]>,
) -> CellOutcome {
    CellOutcome {
        replicates: result.stat.and_then(|stat| stat.spread).map_or(0, |spread| spread.replicates),
        probability: result.probability,
        stat: result.stat.map_or([None; 8], shown),
        batches,
        difference,
    }
}

fn difference(comparison: Option<&Comparison>, outcome: &str) -> Option<[Option<f64>; 2]> {
    let found = comparison?.outcomes.iter().find(|difference| difference.outcome == outcome)?;
    let difference = found.difference?;
    Some([difference.mean, difference.spread?.mc_se].map(finite))
}

fn series(keep: &Keep, model: &Model, names: &[KeptName], summary: &Summary) -> Vec<Vec<SeriesPoint>> {
    let of_name = |name: &KeptName| {
        let points = name.numbers(summary).into_iter().enumerate();
        let kept = points.filter(|(index, _)| keep.dates.keeps(model, name.first_step + *index as u32));
        kept.map(|(_, stat)| stat.map_or([None; 8], shown)).collect()
    };
    names.iter().map(of_name).collect()
}

/// What is no number is none: JSON has no word for it.
fn finite(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}

/// A statistic as it is kept; `None` in place of what is not a number.
fn shown(stat: Stat) -> SeriesPoint {
    let Some(spread) = stat.spread else {
        return [finite(stat.mean), None, None, None, None, None, None, None];
    };
    let [q0, q1, q2, q3, q4] = spread.quantiles.map(finite);
    [finite(stat.mean), finite(spread.sd), finite(spread.mc_se), q0, q1, q2, q3, q4]
}
