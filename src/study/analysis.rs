//! What the outcomes of a study owe to which factor: the analysis that fits its design.

use super::columns::{OutcomeColumn, OutcomeColumns};
use super::design::Design;
use super::sensitivity::morris::{Effects, effects};
use super::sensitivity::ranks::{RankRegression, regress};
use super::sensitivity::sample::first_order;
use super::sensitivity::sobol::{Indices, indices};
use super::sensitivity::uncertainty::{Uncertainty, split};
use super::sensitivity::{Estimate, MeasuredOutcome, NoIndices, Resampling};
use super::valid::{Purpose, Study};

/// The analysis of one number.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysed {
    /// The variant: 0 is the baseline.
    pub variant: usize,
    /// The outcome: index among those that the study keeps.
    pub outcome: usize,
    /// Whether the number is what the variant changes, rather than the outcome itself.
    pub difference: bool,
    /// What was found.
    pub found: Result<AnalysisResult, NoIndices>,
}

/// What was found, by the design.
#[derive(Clone, Debug, PartialEq)]
pub enum AnalysisResult {
    /// First and total indices, of Saltelli's points.
    Sobol(Indices),
    /// Elementary effects, of trajectories: one for each factor.
    Morris(Vec<Effects>),
    /// First-order indices and rank correlations, of any other points.
    Sample(Sample),
    /// The parts of the variance, and which factor is worth knowing better.
    Uncertainty(Uncertainty, Sample),
}

/// What any sample tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// First-order indices, one for each factor; or why there are none.
    pub first: Result<Vec<Estimate>, NoIndices>,
    /// Rank correlations; `None` where factors determine each other, or there are too few points.
    pub ranks: Option<RankRegression>,
}

/// Analyses every outcome in the baseline and in every variant, and what every variant changes of it.
pub fn analyse(study: &Study, columns: &OutcomeColumns) -> Vec<Analysed> {
    let mut all = Vec::new();
    for (variant, outcomes) in columns.variants.iter().enumerate() {
        for difference in [false, true].into_iter().take(if variant == 0 { 1 } else { 2 }) {
            for (outcome, column) in outcomes.iter().enumerate() {
                let (values, batches) = match difference {
                    false => (column.mean.clone(), column.batches.clone()),
                    true => less(column, &columns.variants[0][outcome]),
                };
                let found = analysis(study, columns, column, &values, &batches, difference);
                all.push(Analysed { variant, outcome, difference, found });
            }
        }
    }
    all
}

/// What a variant changes, and the same by batch.
fn less(variant: &OutcomeColumn, baseline: &OutcomeColumn) -> (Vec<f64>, Vec<Vec<f64>>) {
    let minus = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<f64>>();
    let batches = variant.batches.iter().zip(&baseline.batches).map(|(a, b)| minus(a, b)).collect();
    (variant.difference.clone(), batches)
}

fn analysis(
    study: &Study,
    columns: &OutcomeColumns,
    column: &OutcomeColumn,
    values: &[f64],
    batches: &[Vec<f64>],
    difference: bool,
) -> Result<AnalysisResult, NoIndices> {
    let parts: Vec<&[f64]> = batches.iter().map(Vec::as_slice).collect();
    // Of a date that does not come in some part, the whole alone is known.
    let known = parts.iter().all(|part| part.iter().all(|value| value.is_finite()));
    let measured = MeasuredOutcome::new(values, if known { &parts } else { &[] })?;
    let resampling = Resampling::default();
    let factors: Vec<&[f64]> = columns.factors.iter().map(Vec::as_slice).collect();
    let sample = || Sample {
        first: first_order(measured, &factors, resampling),
        ranks: regress(values, &factors).ok().flatten(),
    };
    match (&study.design, study.purpose) {
        (Design::Sobol(design), _) => Ok(AnalysisResult::Sobol(indices(design, measured, resampling)?)),
        (Design::Morris(design), _) => Ok(AnalysisResult::Morris(effects(design, measured, resampling)?)),
        (_, Purpose::Uncertainty) if !difference => {
            let variances: Vec<f64> = column.sd.iter().map(|sd| sd * sd).collect();
            Ok(AnalysisResult::Uncertainty(
                split(measured, &variances, study.replicates, resampling)?,
                sample(),
            ))
        }
        _ => {
            let sample = sample();
            match &sample.first {
                Err(reason) if sample.ranks.is_none() => Err(reason.clone()),
                _ => Ok(AnalysisResult::Sample(sample)),
            }
        }
    }
}
