//! `parameters`: the named numbers of the scenario and where they come from.

use std::io;

use super::{Column, ColumnKind, RowSink, Value, VariantTable};
use crate::ensemble::summary::Summary;
use crate::model::{Expression, Model};
use crate::output::format::shortest;

/// What stands as the source of a parameter that has none.
pub const NO_SOURCE: &str = "illustrative, not sourced";

/// The parameters of the scenario.
pub struct Parameters;

impl VariantTable for Parameters {
    fn name(&self) -> &'static str {
        "parameters"
    }

    fn title(&self) -> &'static str {
        "Parameters: values, ranges and sources"
    }

    fn description(&self) -> &'static str {
        "One row for each named parameter of the scenario, with its value before any draw and any policy. Numbers \
         that the scenario writes without a name are not listed here; they have no source either."
    }

    fn columns(&self, model: &Model) -> Vec<Column> {
        let mut columns = vec![
            Column::new("parameter", ColumnKind::Text, "Its name in the scenario.").key(),
            Column::new("label", ColumnKind::Text, "What it is."),
            Column::new("unit", ColumnKind::Text, "Its unit."),
            Column::new(
                "value",
                ColumnKind::Number,
                "Its value before any draw and any policy, in its unit.",
            ),
            Column::new(
                "expression",
                ColumnKind::Text,
                "How the value is computed from other parameters, where it is.",
            ),
            Column::new("range_low", ColumnKind::Number, "The lowest value worth trying, in its unit."),
            Column::new("range_high", ColumnKind::Number, "The highest value worth trying, in its unit."),
            Column::new(
                "distribution",
                ColumnKind::Text,
                "What each replicate draws its value from; empty where all have the same.",
            ),
            Column::new(
                "source",
                ColumnKind::Text,
                format!("Where the value comes from, or \"{NO_SOURCE}\"."),
            )
            .required(),
        ];
        if any_wanders(model) {
            columns.push(Column::new(
                "wanders",
                ColumnKind::Text,
                "How it moves over time in each replicate, about its value, which is its median; empty where it keeps it.",
            ));
        }
        columns
    }

    fn rows(&self, model: &Model, _: &Summary, sink: &mut RowSink<'_>) -> io::Result<()> {
        let wandering = any_wanders(model);
        let values = model.parameter_values();
        for ((parameter, value), wander) in model.parameters.iter().zip(&values).zip(model.wandering()) {
            let distribution = parameter.distribution.map(|distribution| distribution.words(&shortest));
            let (low, high) = parameter.range.map_or((Value::Missing, Value::Missing), |(low, high)| {
                (Value::Number(low), Value::Number(high))
            });
            let wanders = wander.map(|wander| wander.words(model, &values, &shortest));
            let mut row = vec![
                Value::Text(&parameter.name),
                optional(&parameter.label),
                optional(&parameter.unit),
                Value::Number(*value),
                match &parameter.value {
                    Expression::Constant(_) => Value::Missing,
                    Expression::Formula(formula) => Value::Text(formula.text()),
                },
                low,
                high,
                optional(&distribution),
                Value::Text(parameter.source.as_deref().unwrap_or(NO_SOURCE)),
            ];
            if wandering {
                row.push(optional(&wanders));
            }
            sink(&row)?;
        }
        Ok(())
    }
}

fn any_wanders(model: &Model) -> bool {
    model.wandering().any(|wander| wander.is_some())
}

fn optional(text: &Option<String>) -> Value<'_> {
    text.as_deref().map_or(Value::Missing, Value::Text)
}
