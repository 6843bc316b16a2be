//! What the tables of a study share: which cell a row is of.

use crate::output::table::series::{estimate, of_spread};
use crate::output::table::{Column, ColumnKind, Value};
use crate::study::analysis::Analysed;
use crate::study::valid::Study;

/// The columns that tell cells apart: number, point, variant, and the value of every factor. The number may be part of the key.
pub fn cell_columns(study: &Study, keyed: bool) -> Vec<Column> {
    let variants = (0..study.variant_count()).map(|variant| study.variant_name(variant));
    let cell =
        Column::new("cell", ColumnKind::Integer, "The number of the cell, from 0: a point in one variant.");
    let mut columns = vec![
        if keyed { cell.key() } else { cell.required() },
        Column::new("point", ColumnKind::Integer, "The number of the point, from 0: the row of the design.")
            .required(),
        Column::new("variant", ColumnKind::Text, "The variant: \"baseline\", or a variant of the scenario.")
            .words(variants)
            .required(),
    ];
    columns.extend(study.factors.iter().zip(&study.fields).map(|(factor, field)| {
        let does = match field.effect {
            crate::model::Effect::Set => "what it is set to",
            crate::model::Effect::Times => "what it is multiplied by",
        };
        let description = format!("{}: the field {}, {does}.", field.label, field.address);
        Column::new(factor.name.as_str(), ColumnKind::Number, description).required()
    }));
    columns
}

/// Their values.
pub fn cell_values<'v>(
    study: &'v Study,
    point: u64,
    variant: usize,
    values: &'v [f64],
) -> impl Iterator<Item = Value<'v>> {
    let cell = point * study.variant_count() as u64 + variant as u64;
    [Value::Integer(cell), Value::Integer(point), Value::Text(study.variant_name(variant))]
        .into_iter()
        .chain(values.iter().map(|value| Value::Number(*value)))
}

/// A number that may be missing, with the digits that its standard error supports: all where that is 0 or missing.
pub fn number(number: Option<f64>, standard_error: Option<f64>) -> Value<'static> {
    number.map_or(Value::Missing, |number| estimate(number, standard_error.unwrap_or(0.0)))
}

/// A standard error or deviation that may be missing.
pub fn spread(number: Option<f64>) -> Value<'static> {
    number.map_or(Value::Missing, of_spread)
}

/// Which number a row of an analysis is about.
pub struct AnalysisSubject<'s>([Value<'s>; 3]);

impl<'s> AnalysisSubject<'s> {
    /// The columns: variant, outcome, and whether the outcome itself is meant or what the variant changes.
    pub fn columns(study: &Study) -> Vec<Column> {
        let variants = (0..study.variant_count()).map(|variant| study.variant_name(variant));
        let outcomes = study.outcomes().map(|outcome| outcome.name.as_str());
        vec![
            Column::new(
                "variant",
                ColumnKind::Text,
                "The variant: \"baseline\", or a variant of the scenario.",
            )
            .words(variants)
            .required(),
            Column::new("outcome", ColumnKind::Text, "The outcome's name in the scenario.")
                .words(outcomes)
                .required(),
            Column::new(
                "of",
                ColumnKind::Text,
                "\"value\": the outcome itself; \"difference\": what the variant changes of it.",
            )
            .words(["value", "difference"])
            .required(),
        ]
    }

    /// Of an analysis.
    pub fn of(study: &'s Study, analysed: &Analysed) -> AnalysisSubject<'s> {
        let outcome = study.keep.outcomes[analysed.outcome];
        let of = if analysed.difference { "difference" } else { "value" };
        AnalysisSubject([
            Value::Text(study.variant_name(analysed.variant)),
            Value::Text(&study.scenario.baseline.outcomes[outcome].name),
            Value::Text(of),
        ])
    }

    /// The values.
    pub fn values(&self) -> [Value<'s>; 3] {
        self.0
    }
}
