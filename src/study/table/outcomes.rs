//! `outcomes`: what every cell came to, one row a cell.

use std::io;

use super::StudyTable;
use super::common::{cell_columns, cell_values, number, spread};
use crate::model::Outcome;
use crate::output::table::{Column, ColumnKind, RowSink, Value};
use crate::study::cell::{CellOutcome, PointResult};
use crate::study::merge::Merge;
use crate::study::valid::Study;

/// What every cell came to.
pub struct StudyOutcomesTable;

/// The columns of one outcome, after its name.
const ENDINGS: [&str; 9] = [
    "",
    "_mc_se",
    "_sd",
    "_p05",
    "_p50",
    "_p95",
    "_replicates_with_value",
    "_difference",
    "_difference_mc_se",
];

impl StudyTable for StudyOutcomesTable {
    fn name(&self) -> &'static str {
        "outcomes"
    }

    fn title(&self) -> &'static str {
        "Outcomes: what every cell of the study came to"
    }

    fn description(&self) -> &'static str {
        "One row for each cell, that is for each point of the design in the baseline and in each variant of the study. Every \
         outcome has its mean over the replicates under its own name, and beside it the Monte Carlo standard error of \
         the mean, standard deviation, quantiles, and the number of replicates that have a value. Differences are those of one \
         replicate in two variants with common random numbers: the variant less the baseline at the same point. Dates are in months since \
         the start (a month is a twelfth of a year), means over the replicates in which they come. Of a yes or no the mean is the \
         share of replicates in which it is true. Means, quantiles and differences are rounded by their standard error: to a \
         thousandth of its first digit (ones at least), and with all digits where it is 0 or empty; standard errors and deviations \
         have six digits. Bands are of replicates: they are not all of the uncertainty. \
         Parameters are illustrative and not sourced unless the scenario states a source."
    }

    fn applies(&self, _: &Merge<'_>) -> bool {
        true
    }

    fn rows_a_point(&self, study: &Study) -> u64 {
        study.variant_count() as u64
    }

    fn columns(&self, merge: &Merge<'_>) -> Vec<Column> {
        let mut columns = cell_columns(merge.study, true);
        for outcome in merge.study.outcomes() {
            columns.extend(of_outcome(outcome, merge.study.variant_count() > 1));
        }
        let why = "Why the cell could not be simulated; empty where it was.";
        columns.push(Column::new("problem", ColumnKind::Text, why));
        columns
    }

    fn rows(&self, merge: &Merge<'_>, sink: &mut RowSink<'_>) -> io::Result<()> {
        let study = merge.study;
        let variants = study.variant_count();
        let outcomes = study.keep.outcomes.len();
        let width = if variants > 1 { ENDINGS.len() } else { ENDINGS.len() - 2 };
        let mut one = |values: &[f64], result: &PointResult| {
            for variant in 0..variants {
                let mut row: Vec<Value<'_>> = cell_values(study, result.point, variant, values).collect();
                match &result.cells {
                    Ok(cells) => {
                        for outcome in &cells[variant].outcomes {
                            row.extend(values_of(outcome).into_iter().take(width));
                        }
                        row.push(Value::Missing);
                    }
                    Err(problem) => {
                        row.extend(std::iter::repeat_n(Value::Missing, width * outcomes));
                        row.push(Value::Text(problem));
                    }
                }
                sink(&row)?;
            }
            Ok(())
        };
        Ok(merge.each_point(&mut one)?)
    }
}

fn of_outcome(outcome: &Outcome, compared: bool) -> Vec<Column> {
    let label = &outcome.label;
    let what = |ending: &str| match ending {
        "" => format!("{label}: mean over the replicates that have a value."),
        "_mc_se" => format!("{label}: Monte Carlo standard error of the mean."),
        "_sd" => format!("{label}: standard deviation between replicates."),
        "_p05" => format!("{label}: 5 % of the replicates do not exceed this; empty of a yes or no."),
        "_p50" => format!("{label}: half of the replicates do not exceed this; empty of a yes or no."),
        "_p95" => format!("{label}: 95 % of the replicates do not exceed this; empty of a yes or no."),
        "_replicates_with_value" => format!("{label}: in how many replicates it has a value."),
        "_difference" => {
            format!("{label}: mean difference from the baseline at the same point, replicate by replicate.")
        }
        _ => format!("{label}: Monte Carlo standard error of the mean difference."),
    };
    let endings = ENDINGS.iter().take(if compared { ENDINGS.len() } else { ENDINGS.len() - 2 });
    endings
        .map(|ending| {
            let kind =
                if *ending == "_replicates_with_value" { ColumnKind::Integer } else { ColumnKind::Number };
            Column::new(format!("{}{ending}", outcome.name), kind, what(ending))
        })
        .collect()
}

fn values_of(outcome: &CellOutcome) -> [Value<'static>; 9] {
    let [mean, sd, mc_se, p05, _, p50, _, p95] = outcome.stat;
    let difference = outcome.difference;
    [
        number(mean, mc_se),
        spread(mc_se),
        spread(sd),
        number(p05, mc_se),
        number(p50, mc_se),
        number(p95, mc_se),
        Value::Integer(outcome.replicates),
        number(difference.and_then(|[mean, _]| mean), difference.and_then(|[_, mc_se]| mc_se)),
        spread(difference.and_then(|[_, mc_se]| mc_se)),
    ]
}
