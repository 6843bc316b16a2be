//! The study as SALib reads it: the problem, the points, and each outcome as one number a line.
//!
//! Rows are in the order of SALib's own samplers, so its analyses take them as they are: `sobol.analyze` with
//! `calc_second_order=False`, `morris.analyze`, and those that take any sample. A grid is no design of SALib's.

use std::io;

use serde::Serialize;

use super::described::{FileDescription, Folder};
use super::findings::StudyFindings;
use super::provenance::LeftOut;
use crate::model::distribution::SalibFactor;
use crate::output::format::shortest;
use crate::output::write::WriteError;
use crate::study::design::{Design, Factor, FactorSpread};

const PROBLEM: &str = "salib_problem.json";
const VALUES: &str = "salib_values.txt";

/// What SALib calls a problem.
#[derive(Debug, PartialEq, Serialize)]
struct Problem {
    num_vars: usize,
    names: Vec<String>,
    /// Two numbers or more for each factor, whose meaning depends on its distribution.
    bounds: Vec<Vec<f64>>,
    dists: Vec<&'static str>,
    /// None: every factor by itself.
    groups: Option<Vec<String>>,
    /// Where SALib has no such spread.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// Writes the files, and says which outcomes could not be.
pub(super) fn write(folder: &mut Folder<'_>, of: StudyFindings<'_>) -> Result<Vec<LeftOut>, WriteError> {
    let study = of.merge.study;
    let left_out = |file: String, why: String| LeftOut { file, why };
    if matches!(study.design, Design::Grid(_)) {
        return Ok(Vec::new());
    }
    if of.is_partial() {
        let why = "units are missing, and SALib takes whole designs only";
        return Ok(vec![left_out("salib_*".into(), why.into())]);
    }
    let problem = serde_json::to_string_pretty(&problem(&study.factors)).map_err(io::Error::from);
    let problem = problem.map_err(|error| folder.failed(error))?;
    let described = FileDescription::new(PROBLEM, "The factors as SALib describes a problem").description(
        "Names, bounds and distributions. Where SALib has no such spread, bounds are the ends of the points' and a note says so.",
    );
    folder.put(PROBLEM, described, &mut |out| writeln!(out, "{problem}"))?;
    let described = FileDescription::new(VALUES, "The points of the design, in the order of SALib's rows")
        .description("One row a point, one column a factor, between blanks.");
    folder.put(VALUES, described, &mut |out| {
        for point in 0..study.points() {
            let numbers: Vec<String> = study.values(point).into_iter().map(shortest).collect();
            writeln!(out, "{}", numbers.join(" "))?;
        }
        Ok(())
    })?;
    let mut missing = Vec::new();
    for (variant, outcomes) in of.columns.variants.iter().enumerate() {
        for (outcome, column) in study.outcomes().zip(outcomes) {
            let file = format!("salib_{}.{}.txt", study.variant_name(variant), outcome.name);
            let without = column.mean.iter().filter(|mean| !mean.is_finite()).count();
            if without > 0 {
                let why = format!("the outcome has no value at {without} of {} points", column.mean.len());
                missing.push(left_out(file, why));
                continue;
            }
            let described = FileDescription::new(
                &file,
                &format!("{}, in {}", outcome.label, study.variant_label(variant)),
            )
            .description("One number a point: the mean over the replicates of the cell.");
            folder.put(&file, described, &mut |out| {
                column.mean.iter().try_for_each(|mean| writeln!(out, "{}", shortest(*mean)))
            })?;
        }
    }
    Ok(missing)
}

fn problem(factors: &[Factor]) -> Problem {
    let mut problem = Problem {
        num_vars: factors.len(),
        names: factors.iter().map(|factor| factor.name.clone()).collect(),
        bounds: Vec::new(),
        dists: Vec::new(),
        groups: None,
        notes: Vec::new(),
    };
    for factor in factors {
        let SalibFactor { dist, bounds } = known(&factor.spread).unwrap_or_else(|what| {
            problem.notes.push(format!(
                "{}: {what}, which SALib does not have; bounds are the ends of its points",
                factor.name
            ));
            SalibFactor { dist: "unif", bounds: ends(&factor.spread) }
        });
        problem.dists.push(dist);
        problem.bounds.push(bounds);
    }
    problem
}

/// A spread in SALib's words; or what it is, where SALib has none for it.
fn known(spread: &FactorSpread) -> Result<SalibFactor, &'static str> {
    match spread {
        FactorSpread::Levels(_) => Err("a list of levels"),
        FactorSpread::Range { low, high, log } => {
            Ok(SalibFactor { dist: if *log { "logunif" } else { "unif" }, bounds: vec![*low, *high] })
        }
        FactorSpread::Drawn(drawn) => drawn.distribution().salib(drawn.remainder()),
    }
}

/// The lowest and the highest value.
fn ends(spread: &FactorSpread) -> Vec<f64> {
    match spread {
        FactorSpread::Levels(levels) => {
            let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
            vec![low, levels.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
        }
        FactorSpread::Range { .. } | FactorSpread::Drawn(_) => {
            vec![spread.quantile(0.0), spread.quantile(1.0)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::distribution::beta::BetaDistribution;
    use crate::model::distribution::lognormal::LognormalDistribution;
    use crate::model::distribution::normal::NormalDistribution;
    use crate::model::distribution::triangular::TriangularDistribution;
    use crate::model::distribution::uniform::UniformDistribution;
    use crate::model::{Distribution, Truncated};

    fn drawn(distribution: impl Into<Distribution>, range: Option<(f64, f64)>) -> FactorSpread {
        FactorSpread::Drawn(Truncated::new(distribution.into(), range).unwrap())
    }

    #[test]
    fn spreads_are_reported_in_salibs_words() {
        let normal = NormalDistribution { mean: 1.0, sd: 2.0 };
        let lognormal = LognormalDistribution { median: 1.0, sigma: 0.5 };
        let peak = TriangularDistribution { low: 1.0, mode: 2.0, high: 3.0 };
        let uniform = UniformDistribution { low: 0.0, high: 8.0 };
        for (spread, dist, bounds) in [
            (FactorSpread::Range { low: 1.0, high: 2.0, log: false }, "unif", vec![1.0, 2.0]),
            (FactorSpread::Range { low: 1.0, high: 2.0, log: true }, "logunif", vec![1.0, 2.0]),
            (drawn(normal, None), "norm", vec![1.0, 2.0]),
            (drawn(normal, Some((0.0, 3.0))), "truncnorm", vec![0.0, 3.0, 1.0, 2.0]),
            (drawn(lognormal, None), "lognorm", vec![0.0, 0.5]),
            (drawn(peak, None), "triang", vec![1.0, 3.0, 0.5]),
            (drawn(uniform, Some((2.0, 4.0))), "unif", vec![2.0, 4.0]),
        ] {
            let problem = problem(&[Factor { name: "x".into(), spread }]);
            assert_eq!(problem.dists, [dist]);
            assert!(problem.notes.is_empty());
            for (found, known) in problem.bounds[0].iter().zip(&bounds) {
                assert!((found - known).abs() < 1e-12, "{dist}: {found} for {known}");
            }
            assert_eq!(problem.bounds[0].len(), bounds.len());
        }
    }

    #[test]
    fn what_salib_does_not_have_is_noted() {
        let beta = drawn(BetaDistribution { mean: 0.3, sd: 0.1 }, Some((0.1, 0.9)));
        for (spread, low, high) in [(FactorSpread::Levels(vec![3.0, 1.0, 2.0]), 1.0, 3.0), (beta, 0.1, 0.9)] {
            let problem = problem(&[Factor { name: "x".into(), spread }]);
            assert_eq!(problem.dists, ["unif"]);
            assert_eq!(problem.notes.len(), 1);
            assert!((problem.bounds[0][0] - low).abs() < 1e-9 && (problem.bounds[0][1] - high).abs() < 1e-9);
        }
    }
}
