//! `uncertainty`: how much of an outcome's variance is due to what is not known, and how much to chance.

use std::io;

use super::common::AnalysisSubject;
use crate::output::table::series::{estimate, of_spread};
use crate::output::table::{Column, ColumnKind, RowSink, Value};
use crate::study::analysis::{Analysed, AnalysisResult};
use crate::study::valid::Study;

/// The name of the table's file without its ending.
pub const NAME: &str = "uncertainty";

/// One line that says what it holds.
pub const TITLE: &str = "Uncertainty: what is due to factors that are not known, and what to chance";

/// What a reader should know.
pub const DESCRIPTION: &str = "One row for each outcome in the baseline and in each variant. The variance of the outcome of one replicate is that between \
     points, which more knowledge of the factors could take away, and that within points, which nothing can: two replicates of \
     the same variant differ by chance. The share is that of the first in both, with a 95 % confidence interval. Monte Carlo noise \
     was taken from the variance between points. Numbers are rounded by their standard errors, to a thousandth of the first digit \
     (ones at least); standard errors and noise have six digits. sensitivity.csv says which factor is worth knowing better.";

/// Whether there is anything to say.
pub fn applies(analysed: &[Analysed]) -> bool {
    analysed.iter().any(|one| matches!(one.found, Ok(AnalysisResult::Uncertainty(..))))
}

/// The columns.
pub fn columns(study: &Study) -> Vec<Column> {
    let mut columns = AnalysisSubject::columns(study);
    let square = "square of the outcome's unit";
    columns.extend([
        Column::new("between", ColumnKind::Number, "The variance between points, without noise.")
            .unit(square),
        Column::new("between_standard_error", ColumnKind::Number, "Its standard error.").unit(square),
        Column::new("within", ColumnKind::Number, "The mean variance of replicates at one point.")
            .unit(square),
        Column::new("within_standard_error", ColumnKind::Number, "Its standard error.").unit(square),
        Column::new(
            "noise",
            ColumnKind::Number,
            "The Monte Carlo noise that was taken from the variance between points.",
        )
        .unit(square),
        Column::new(
            "share",
            ColumnKind::Number,
            "The share of the variance between points in the sum of both.",
        )
        .unit("share"),
        Column::new("share_low", ColumnKind::Number, "The lower end of its 95 % confidence interval.")
            .unit("share"),
        Column::new("share_high", ColumnKind::Number, "The upper end.").unit("share"),
    ]);
    columns
}

/// Hands every row to `sink`.
///
/// # Errors
/// Those of the sink.
pub fn rows(study: &Study, analysed: &[Analysed], sink: &mut RowSink<'_>) -> io::Result<()> {
    for one in analysed {
        let Ok(AnalysisResult::Uncertainty(found, _)) = &one.found else { continue };
        let mut row = AnalysisSubject::of(study, one).values().to_vec();
        let (between, within) = (found.between, found.within);
        row.extend([
            estimate(between.value, between.standard_error),
            of_spread(between.standard_error),
            estimate(within.value, within.standard_error),
            of_spread(within.standard_error),
            of_spread(found.noise),
        ]);
        row.extend(found.share.map_or([Value::Missing; 3], |share| {
            let (low, high) = share.interval();
            [share.value, low, high].map(|number| estimate(number, share.standard_error))
        }));
        sink(&row)?;
    }
    Ok(())
}
