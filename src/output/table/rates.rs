//! `rates`: how fast people leave by what counts as one thing.

use std::io;

use super::series::{
    counted_columns, counted_values, date_column, distinct, group_columns, group_values, rows_by_step,
    step_column,
};
use super::{Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// Leavers of the trailing twelve months per person-year of those who could.
pub struct Rates;

impl VariantTable for Rates {
    fn name(&self) -> &'static str {
        "rates"
    }

    fn title(&self) -> &'static str {
        "Rates over the trailing twelve months, by what they count as and by group"
    }

    fn description(&self) -> &'static str {
        "One row for each step and each rate and group that is recorded: people who left in the twelve months up to \
         the end of the step (in the first year: since the start), by every mechanism that counts as the same thing, \
         divided by the person-years of those it applies to. The ratio is taken in each replicate, and its statistics \
         are over the replicates that have person-years."
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let mut columns = vec![
            date_column("The day on which the step and the twelve months end."),
            step_column(1),
            Column::new("counts_as", ColumnKind::Text, "What the rate is of, in the scenario's word.").key(),
        ];
        columns.extend(group_columns(model, "Who: the value"));
        let replicates =
            "In how many replicates there were people whom the rate applies to; empty in expected mode.";
        columns.extend(counted_columns("Leavers per person-year", "people per person-year", replicates));
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let series = distinct(&summary.rates, |series| (series.counts_as.clone(), series.groups.clone()));
        rows_by_step(model, 1, &series, sink, |row, series, point| {
            row.push(Value::Text(&series.counts_as));
            row.extend(group_values(model, &series.groups));
            row.extend(counted_values(series.points.get(point)));
        })
    }
}
