//! What the tables of a study share: which cell a row is of.

use crate::output::table::{Column, Kind, Value};
use crate::study::study::Study;

/// The columns that tell cells apart: number, point, variant, and the value of every factor.
pub fn cell_columns(study: &Study) -> Vec<Column> {
    let worlds = (0..study.world_count()).map(|world| study.world_name(world));
    let mut columns = vec![
        Column::new("cell", Kind::Integer, "The number of the cell, from 0: a point in one world.").key(),
        Column::new("point", Kind::Integer, "The number of the point, from 0: the row of the design.").required(),
        Column::new("variant", Kind::Text, "The world: \"baseline\", or a variant of the scenario.")
            .words(worlds)
            .required(),
    ];
    columns.extend(study.factors.iter().zip(&study.fields).map(|(factor, field)| {
        let does = match field.effect {
            crate::model::Effect::Set => "what it is set to",
            crate::model::Effect::Times => "what it is multiplied by",
        };
        let description = format!("{}: the field {}, {does}.", field.label, field.address);
        Column::new(factor.name.as_str(), Kind::Number, description).required()
    }));
    columns
}

/// Their values.
pub fn cell_values<'v>(
    study: &'v Study,
    point: u64,
    world: usize,
    values: &'v [f64],
) -> impl Iterator<Item = Value<'v>> {
    let cell = point * study.world_count() as u64 + world as u64;
    [Value::Integer(cell), Value::Integer(point), Value::Text(study.world_name(world))]
        .into_iter()
        .chain(values.iter().map(|value| Value::Number(*value)))
}

/// A number that may be missing.
pub fn number(number: Option<f64>) -> Value<'static> {
    number.map_or(Value::Missing, Value::Number)
}
