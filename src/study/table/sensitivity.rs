//! `sensitivity`: what every outcome owes to every factor, one row an index.

use std::io;

use super::common::AnalysisSubject;
use crate::output::table::series::{DIGITS, estimate, of_spread};
use crate::output::table::{Column, ColumnKind, RowSink, Value};
use crate::study::analysis::{Analysed, AnalysisResult, Sample};
use crate::study::sensitivity::Estimate;
use crate::study::valid::Study;

/// The name of the table's file without its ending.
pub const NAME: &str = "sensitivity";

/// One line that says what it holds.
pub const TITLE: &str = "Sensitivity: what every outcome owes to every factor";

/// What a reader should know.
pub const DESCRIPTION: &str = "One row for each outcome, in the baseline and in each variant (and for what the variant changes), each factor and each \
     index. first: the share of the variance between points that would go if the factor were known; total: the share that would \
     remain if all others were known; mu_star: the mean size of what the outcome changes when the factor moves through all of \
     its spread, mu the mean, sigma the standard deviation of these changes (large where the factor acts on others or not in \
     proportion), size the root of their mean square, noise what Monte Carlo noise alone would make of one; \
     partial_rank_correlation: in which direction the outcome follows the factor, others held. All but mu_star, mu and rank \
     correlations are corrected for Monte Carlo noise. low and high are the ends of 95 % confidence intervals: 1.96 standard \
     errors to both sides, or by Fisher's z. Where nothing can be told, the note says why. Indices are of the spreads that the \
     study gives to its factors, which are illustrative, and of nothing else.";

/// The columns.
pub fn columns(study: &Study) -> Vec<Column> {
    let mut columns = AnalysisSubject::columns(study);
    let factors = study.factors.iter().map(|factor| factor.name.as_str());
    columns.extend([
        Column::new("factor", ColumnKind::Text, "The factor; empty where nothing can be told.")
            .words(factors),
        Column::new("index", ColumnKind::Text, "Which index: see the description of the table."),
        Column::new(
            "value",
            ColumnKind::Number,
            format!("Its value. It and the ends of the interval are rounded by standard_error: {DIGITS}."),
        ),
        Column::new(
            "standard_error",
            ColumnKind::Number,
            "Its standard error, from resampled points and batches of replicates; six digits.",
        )
        .not_negative(),
        Column::new("low", ColumnKind::Number, "The lower end of its 95 % confidence interval."),
        Column::new("high", ColumnKind::Number, "The upper end."),
        Column::new("note", ColumnKind::Text, "Why nothing can be told, or what to beware of."),
    ]);
    columns
}

/// Hands every row to `sink`.
///
/// # Errors
/// Those of the sink.
pub fn rows(study: &Study, analysed: &[Analysed], sink: &mut RowSink<'_>) -> io::Result<()> {
    for one in analysed {
        let who = AnalysisSubject::of(study, one);
        let mut put = |factor: usize, index: &str, estimate: Estimate, note: &str| {
            sink(&row(&who, [&study.factors[factor].name, index, note], numbers(estimate)))
        };
        match &one.found {
            Ok(AnalysisResult::Sobol(indices)) => {
                for (factor, (first, total)) in indices.first.iter().zip(&indices.total).enumerate() {
                    put(factor, "first", *first, "")?;
                    put(factor, "total", *total, "")?;
                }
            }
            Ok(AnalysisResult::Morris(effects)) => {
                for (factor, effects) in effects.iter().enumerate() {
                    let faint =
                        if effects.is_above_noise() { "" } else { "not above what noise alone makes" };
                    put(factor, "mu_star", effects.mu_star, faint)?;
                    put(factor, "mu", effects.mu, "")?;
                    put(factor, "sigma", effects.sigma, "")?;
                    put(factor, "size", effects.size, "")?;
                    put(factor, "noise", Estimate { value: effects.noise, standard_error: 0.0 }, "")?;
                }
            }
            Ok(AnalysisResult::Sample(sample) | AnalysisResult::Uncertainty(_, sample)) => {
                of_sample(study, &who, sample, sink)?
            }
            Err(reason) => nothing(&who, &reason.to_string(), sink)?,
        }
    }
    Ok(())
}

fn of_sample(
    study: &Study,
    who: &AnalysisSubject<'_>,
    sample: &Sample,
    sink: &mut RowSink<'_>,
) -> io::Result<()> {
    match &sample.first {
        Ok(first) => {
            for (factor, estimate) in first.iter().enumerate() {
                sink(&row(who, [&study.factors[factor].name, "first", ""], numbers(*estimate)))?;
            }
        }
        Err(reason) => nothing(who, &reason.to_string(), sink)?,
    }
    if let Some(ranks) = &sample.ranks {
        for (factor, association) in ranks.factors.iter().enumerate() {
            let (low, high) = association.partial_interval;
            let numbers = [association.partial, f64::NAN, low, high];
            sink(&row(who, [&study.factors[factor].name, "partial_rank_correlation", ""], numbers))?;
        }
    }
    Ok(())
}

/// Value, standard error, and the ends of the interval.
fn numbers(estimate: Estimate) -> [f64; 4] {
    let (low, high) = estimate.interval();
    [estimate.value, estimate.standard_error, low, high]
}

/// The row of an index of a factor, by the names of both, with a note that may be empty.
fn row<'v>(
    who: &AnalysisSubject<'v>,
    [factor, index, note]: [&'v str; 3],
    [value, standard_error, low, high]: [f64; 4],
) -> Vec<Value<'v>> {
    // Of a correlation there is an interval of some four standard errors.
    let error = if standard_error.is_nan() { (high - low) / 4.0 } else { standard_error };
    let mut row = who.values().to_vec();
    row.extend([Value::Text(factor), Value::Text(index)]);
    row.extend([
        estimate(value, error),
        of_spread(standard_error),
        estimate(low, error),
        estimate(high, error),
    ]);
    row.push(if note.is_empty() { Value::Missing } else { Value::Text(note) });
    row
}

fn nothing(who: &AnalysisSubject<'_>, reason: &str, sink: &mut RowSink<'_>) -> io::Result<()> {
    let mut row = who.values().to_vec();
    row.extend([Value::Missing; 6]);
    row.push(Value::Text(reason));
    sink(&row)
}
