//! `flows`: who moves, in every step and to date.

use std::io;

use super::series::{
    date_column, distinct, group_columns, group_values, rows_by_step, stat_columns, stat_values, step_column,
};
use super::{ALL_VALUES, Column, ColumnKind, OUTSIDE, RowSink, Value, VariantTable};
use crate::ensemble::comparison::total_address;
use crate::ensemble::summary::{FlowEnd, GroupFilter, Stat, Summary};
use crate::model::Model;

/// People moved by every mechanism and by all that counts as one thing, in each step and to date.
pub struct FlowsTable;

impl VariantTable for FlowsTable {
    fn name(&self) -> &'static str {
        "flows"
    }

    fn title(&self) -> &'static str {
        "People moved, by mechanism and group, in every step and to date"
    }

    fn description(&self) -> &'static str {
        "One row for each step and each mechanism and group that is recorded, and one for everything that counts as one \
         thing, such as \"counts_as.repatriation\". Rows with \"all\" and rows that begin with \"counts_as.\" already contain \
         the others: do not add them up. To date is from the start of the scenario to the end of the step."
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let places = || model.places.iter().map(|place| place.name.as_str());
        let mut columns = vec![
            date_column("The day on which the step ends; the flow took place in the step before it."),
            step_column(1),
            Column::new(
                "mechanism",
                ColumnKind::Text,
                "What moved them: its address in the scenario, or \"counts_as.\" and a word for all mechanisms together that count \
                 as this.",
            )
            .key(),
            Column::new(
                "from",
                ColumnKind::Text,
                "Where from: a place, \"outside\" the model, or \"all\" where the mechanism has several.",
            )
            .words(places().chain([OUTSIDE, ALL_VALUES]))
            .key(),
            Column::new(
                "to",
                ColumnKind::Text,
                "Where to: a place, \"outside\" the model, or \"all\" where the mechanism has several.",
            )
            .words(places().chain([OUTSIDE, ALL_VALUES]))
            .key(),
        ];
        columns.extend(group_columns(
            model,
            "Who: the value before the move (of arrivals and newborns, on entry)",
        ));
        columns.extend(stat_columns("per_step_", "People moved in the step", "people"));
        columns.extend(stat_columns("to_date_", "People moved since the start", "people"));
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let series = distinct(&summary.flows, |series| {
            (series.mechanism, series.from, series.to, series.groups.clone())
        });
        let mechanisms = series.iter().map(|series| FlowRow {
            address: model.address(series.mechanism),
            ends: [series.from, series.to],
            groups: &series.groups,
            numbers: [&series.per_step, &series.to_date],
        });
        let totals = summary.totals.iter().map(|total| FlowRow {
            address: total_address(&total.counts_as),
            ends: [total.from, total.to],
            groups: &total.groups,
            numbers: [&total.per_step, &total.to_date],
        });
        let all: Vec<FlowRow<'_>> = mechanisms.chain(totals).collect();
        rows_by_step(model, 1, &all, sink, |row, of, point| {
            row.push(Value::Text(&of.address));
            row.extend(of.ends.map(|end| Value::Text(end.name(model))));
            row.extend(group_values(model, of.groups));
            row.extend(of.numbers.iter().flat_map(|points| stat_values(points.get(point))));
        })
    }
}

/// What is in the rows of one series.
struct FlowRow<'a> {
    address: String,
    ends: [FlowEnd; 2],
    groups: &'a GroupFilter,
    /// By step and to date.
    numbers: [&'a [Stat]; 2],
}
