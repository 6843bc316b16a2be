//! Tables that every world has: written one world after the other, with the world in the first column.

use std::io;

use super::{Column, Kind, RowSink, Table, Value};
use crate::ensemble::answer::{Answer, World};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// What one world has of a table.
pub trait WorldTable: Sync {
    /// Its name, and that of its file without the ending: `"people"`.
    fn name(&self) -> &'static str;

    /// One line that says what it holds.
    fn title(&self) -> &'static str;

    /// What a row is, and what a reader should know.
    fn description(&self) -> &'static str;

    /// Whether the world has anything to say in it: a table of nothing is not written.
    fn applies(&self, _: &Summary) -> bool {
        true
    }

    /// Its columns, in order, without that of the world.
    fn columns(&self, model: &Model) -> Vec<Column>;

    /// Hands every row to `sink`.
    ///
    /// # Errors
    /// Those of the sink.
    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()>;
}

/// A table of every world, with the column `variant` in front.
pub struct ByWorld<T>(pub T);

impl<T: WorldTable> Table for ByWorld<T> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn title(&self) -> &'static str {
        self.0.title()
    }

    fn description(&self) -> &'static str {
        self.0.description()
    }

    fn applies(&self, answer: &Answer) -> bool {
        answer.worlds.iter().any(|world| self.0.applies(&world.summary))
    }

    fn columns(&self, answer: &Answer) -> Vec<Column> {
        let mut columns = self.0.columns(&answer.first().model);
        for world in &answer.worlds[1..] {
            for (column, theirs) in columns.iter_mut().zip(self.0.columns(&world.model)) {
                column.also(theirs);
            }
        }
        let variant = variant_column(&answer.worlds, "Which world the row is of");
        let keyed = columns.iter().any(|column| column.key);
        columns.insert(0, if keyed { variant.key() } else { variant.required() });
        columns
    }

    fn rows(&self, answer: &Answer, sink: &mut RowSink<'_>) -> io::Result<()> {
        for world in answer.worlds.iter().filter(|world| self.0.applies(&world.summary)) {
            self.0.rows(&world.model, &world.summary, &mut |row| {
                let mut whole = Vec::with_capacity(row.len() + 1);
                whole.push(Value::Text(&world.name));
                whole.extend_from_slice(row);
                sink(&whole)
            })?;
        }
        Ok(())
    }
}

/// The column that names worlds.
pub(super) fn variant_column(worlds: &[World], whose: &str) -> Column {
    let description =
        format!("{whose}: \"baseline\", the scenario as it is, or the name of a variant of it.");
    Column::new("variant", Kind::Text, description).words(worlds.iter().map(|world| world.name.as_str()))
}
