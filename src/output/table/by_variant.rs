//! Tables that every variant has: written one variant after the other, with the variant in the first column.

use std::io;

use super::{Column, ColumnKind, RowSink, Table, Value};
use crate::ensemble::answer::{Answer, VariantAnswer};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// What one variant has of a table.
pub trait VariantTable: Sync {
    /// Its name, and that of its file without the ending: `"people"`.
    fn name(&self) -> &'static str;

    /// One line that says what it holds.
    fn title(&self) -> &'static str;

    /// What a row is, and what a reader should know.
    fn description(&self) -> &'static str;

    /// Whether the variant has anything to say in it: a table of nothing is not written.
    fn applies(&self, _: &Summary) -> bool {
        true
    }

    /// Its columns, in order, without that of the variant.
    fn columns(&self, model: &Model) -> Vec<Column>;

    /// Hands every row to `sink`.
    ///
    /// # Errors
    /// Those of the sink.
    fn rows(&self, model: &Model, summary: &Summary, sink: &mut RowSink<'_>) -> io::Result<()>;
}

/// A table of every variant, with the column `variant` in front.
pub struct ByVariant<T>(pub T);

impl<T: VariantTable> Table for ByVariant<T> {
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
        answer.variants.iter().any(|variant| self.0.applies(&variant.summary))
    }

    fn columns(&self, answer: &Answer) -> Vec<Column> {
        let mut columns = self.0.columns(&answer.first().model);
        for variant in &answer.variants[1..] {
            for (column, theirs) in columns.iter_mut().zip(self.0.columns(&variant.model)) {
                column.also(theirs);
            }
        }
        let variant = variant_column(&answer.variants, "Which variant the row is of");
        let keyed = columns.iter().any(|column| column.key);
        columns.insert(0, if keyed { variant.key() } else { variant.required() });
        columns
    }

    fn rows(&self, answer: &Answer, sink: &mut RowSink<'_>) -> io::Result<()> {
        for variant in answer.variants.iter().filter(|variant| self.0.applies(&variant.summary)) {
            self.0.rows(&variant.model, &variant.summary, &mut |row| {
                let mut whole = Vec::with_capacity(row.len() + 1);
                whole.push(Value::Text(&variant.name));
                whole.extend_from_slice(row);
                sink(&whole)
            })?;
        }
        Ok(())
    }
}

/// The column that names variants.
pub(super) fn variant_column(variants: &[VariantAnswer], whose: &str) -> Column {
    let description =
        format!("{whose}: \"baseline\", the scenario as it is, or the name of a variant of it.");
    Column::new("variant", ColumnKind::Text, description)
        .words(variants.iter().map(|variant| variant.name.as_str()))
}
