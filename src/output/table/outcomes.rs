//! `outcomes`: what the replicates come to, one row an outcome.

use std::io;

use super::series::{replicates_value, share_of, stat_columns, stat_values};
use super::{Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::{OutcomeResult, OutcomeUnit, Summary};
use crate::model::Model;
use crate::output::outcomes::date_after;

/// The distribution of every outcome over replicates.
pub struct OutcomesTable;

impl VariantTable for OutcomesTable {
    fn name(&self) -> &'static str {
        "outcomes"
    }

    fn title(&self) -> &'static str {
        "Outcomes: what the replicates come to"
    }

    fn description(&self) -> &'static str {
        "One row for each outcome that the scenario asks for. Each replicate has one value, and the row has the \
         distribution of these values; the unit is that of the row. Dates are in months since the start (a month is a \
         twelfth of a year): their mean is over the replicates in which it happens, their quantiles are over all \
         replicates and empty where it has not happened in so many. Of a yes or no the mean is the share of replicates in \
         which it is true, and there are no quantiles; in expected mode there is no value."
    }

    fn applies(&self, summary: &Summary) -> bool {
        !summary.outcomes.is_empty()
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let names = model.outcomes.iter().map(|outcome| outcome.name.as_str());
        let mut columns = vec![
            Column::new("outcome", ColumnKind::Text, "Its name in the scenario.").words(names).key(),
            Column::new("label", ColumnKind::Text, "Its name for people.").required(),
            Column::new("unit", ColumnKind::Text, "The unit of the numbers of this row."),
        ];
        columns.extend(stat_columns("", "The outcome", "see the column unit"));
        columns.extend([
            Column::new(
                "replicates_with_value",
                ColumnKind::Integer,
                "In how many replicates there is a value; empty in expected mode.",
            )
            .unit("replicates"),
            Column::new(
                "replicates",
                ColumnKind::Integer,
                "How many replicates there are; 1 in expected mode.",
            )
            .unit("replicates")
            .required(),
            Column::new(
                "probability",
                ColumnKind::Number,
                "Of a yes or no the share of replicates in which it is true, of a date the share in which it \
                 happens by the end; empty for other outcomes.",
            )
            .unit("share of replicates")
            .not_negative(),
            Column::new(
                "median_date",
                ColumnKind::Date,
                "Of a date the first by which it has happened in half of the replicates, or its date in \
                 expected mode; empty where it has not by the end, and for other outcomes.",
            ),
        ]);
        columns
    }

    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let mut row = Vec::new();
        for (outcome, result) in model.outcomes.iter().zip(&summary.outcomes) {
            row.clear();
            row.push(Value::Text(&outcome.name));
            row.push(Value::Text(&outcome.label));
            row.push(Value::Text(result.unit.words()));
            row.extend(stat_values(result.stat.as_ref()));
            row.push(match (summary.expected, &result.stat) {
                (false, None) => Value::Integer(0),
                (_, stat) => replicates_value(stat.as_ref()),
            });
            row.push(Value::Integer(summary.replicates));
            row.push(result.probability.map_or(Value::Missing, |share| share_of(summary.replicates, share)));
            row.push(median_date(model, result).map_or(Value::Missing, Value::Date));
            sink(&row)?;
        }
        Ok(())
    }
}

fn median_date(model: &Model, result: &OutcomeResult) -> Option<jiff::civil::Date> {
    let stat = result.stat.filter(|_| result.unit == OutcomeUnit::Date)?;
    date_after(model, stat.spread.map_or(stat.mean, |spread| spread.quantiles[2]))
}
