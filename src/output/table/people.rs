//! `people`: who is where, at every boundary.

use std::io;

use super::series::{
    date_column, distinct, group_columns, group_values, rows_by_step, stat_columns, stat_values, step_column,
};
use super::{ALL_HELD, Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// People present at every boundary of a step, by place and group.
pub struct PeopleTable;

impl VariantTable for PeopleTable {
    fn name(&self) -> &'static str {
        "people"
    }

    fn title(&self) -> &'static str {
        "People present, by place and group, at the end of every step"
    }

    fn description(&self) -> &'static str {
        "One row for each boundary between steps and each place and group that is recorded. Rows with \"all\" or \
         \"all_held\" already contain the others: do not add them up."
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let places = model.places.iter().map(|place| place.name.as_str()).chain([ALL_HELD]);
        let mut columns = vec![
            date_column("The day of the count: the end of the step, or the start of the scenario."),
            step_column(0),
            Column::new(
                "place",
                ColumnKind::Text,
                "Where: a place of the scenario, or \"all_held\" for everybody in prisons, camps and centres.",
            )
            .words(places)
            .key(),
        ];
        columns.extend(group_columns(model, "Who: the value"));
        columns.extend(stat_columns("", "People present", "people"));
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let series = distinct(&summary.people, |series| (series.place, series.groups.clone()));
        rows_by_step(model, 0, &series, sink, |row, series, point| {
            row.push(Value::Text(series.place.name(model)));
            row.extend(group_values(model, &series.groups));
            row.extend(stat_values(series.points.get(point)));
        })
    }
}
