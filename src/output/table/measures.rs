//! `measures`: what mechanisms measure beside the people that they move, such as the length of a queue.

use std::io;

use super::series::{counted_columns, counted_values, date_column, distinct, rows_by_step, step_column};
use super::{Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// Levels, amounts and ratios by what they are about.
pub struct Measures;

impl VariantTable for Measures {
    fn name(&self) -> &'static str {
        "measures"
    }

    fn title(&self) -> &'static str {
        "Measures of places and mechanisms beside people: queues, backlogs, seats, costs"
    }

    fn description(&self) -> &'static str {
        "One row for each step, each thing that is measured and each of its measures. The unit is that of the row. \
         Measures that end in _to_date add up from the start of the scenario to the end of the step."
    }

    fn applies(&self, summary: &Summary) -> bool {
        !summary.measures.is_empty()
    }

    fn columns(&self, _: &Model) -> Vec<Column> {
        let mut columns = vec![
            date_column("The day on which the step ends."),
            step_column(1),
            Column::new("subject", ColumnKind::Text, "What is measured: its address in the scenario.").key(),
            Column::new("measure", ColumnKind::Text, "Which measure of it.").key(),
            Column::new("unit", ColumnKind::Text, "The unit of the numbers of this row.").required(),
        ];
        let replicates = "In how many replicates there is such a measure; empty in expected mode.";
        columns.extend(counted_columns("The measure", "see the column unit", replicates));
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let series = distinct(&summary.measures, |series| (series.subject.clone(), series.measure.clone()));
        rows_by_step(model, 1, &series, sink, |row, series, point| {
            row.extend([&series.subject, &series.measure, &series.unit].map(|words| Value::Text(words)));
            row.extend(counted_values(series.points.get(point)));
        })
    }
}
