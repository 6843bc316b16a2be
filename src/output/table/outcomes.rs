//! `outcomes`: what the histories come to, one row an outcome.

use std::io;

use super::series::{histories_value, share_of, stat_columns, stat_values};
use super::{Column, Kind, RowSink, Value, WorldTable};
use crate::ensemble::summary::{OutcomeResult, OutcomeUnit, Summary};
use crate::model::Model;
use crate::output::outcomes::date_after;

/// The distribution of every outcome over histories.
pub struct Outcomes;

impl WorldTable for Outcomes {
    fn name(&self) -> &'static str {
        "outcomes"
    }

    fn title(&self) -> &'static str {
        "Outcomes: what the simulated histories come to"
    }

    fn description(&self) -> &'static str {
        "One row for each outcome that the scenario asks for. Each simulated history has one value, and the row has the \
         distribution of these values; the unit is that of the row. Dates are in months since the start (a month is a \
         twelfth of a year): their mean is over the histories in which it happens, their quantiles are over all \
         histories and empty where it has not happened in so many. Of a yes or no the mean is the share of histories in \
         which it is true, and there are no quantiles; in expected mode there is no value."
    }

    fn applies(&self, summary: &Summary) -> bool {
        !summary.outcomes.is_empty()
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let names = model.outcomes.iter().map(|outcome| outcome.name.as_str());
        let mut columns = vec![
            Column::new("outcome", Kind::Text, "Its name in the scenario.").words(names).key(),
            Column::new("label", Kind::Text, "Its name for people.").required(),
            Column::new("unit", Kind::Text, "The unit of the numbers of this row."),
        ];
        columns.extend(stat_columns("", "The outcome", "see the column unit"));
        columns.extend([
            Column::new(
                "histories",
                Kind::Integer,
                "In how many simulated histories there is a value; empty in expected mode.",
            )
            .unit("histories"),
            Column::new("replicates", Kind::Integer, "How many simulated histories there are; 1 in expected mode.")
                .unit("histories")
                .required(),
            Column::new(
                "probability",
                Kind::Number,
                "Of a yes or no the share of simulated histories in which it is true, of a date the share in which it \
                 happens by the end; empty for other outcomes.",
            )
            .unit("share of histories")
            .not_negative(),
            Column::new(
                "median_date",
                Kind::Date,
                "Of a date the first by which it has happened in half of the simulated histories, or its date in \
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
                (_, stat) => histories_value(stat.as_ref()),
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
