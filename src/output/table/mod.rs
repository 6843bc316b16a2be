//! The tables of a run: what they hold, apart from how they are written.
//!
//! One convention for all: `step` k is the step that ends at boundary k, so that rows of the same step speak of the
//! same time in every table. Rows come in the order of their steps.

mod attribution;
mod by_variant;
mod column;
mod differences;
mod events;
mod flows;
mod measures;
mod outcomes;
mod parameters;
mod people;
mod rates;
mod scores;
pub(crate) mod series;

use std::io;

use jiff::civil::Date;

use crate::ensemble::answer::Answer;

pub use crate::ensemble::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE};
pub use attribution::Attributions;
pub use by_variant::{ByVariant, VariantTable};
pub use column::{Column, ColumnKind};
pub use differences::DifferencesTable;
pub use events::Events;
pub use flows::FlowsTable;
pub use measures::Measures;
pub use outcomes::OutcomesTable;
pub use parameters::{NO_SOURCE, Parameters};
pub use people::PeopleTable;
pub use rates::Rates;
pub use scores::{Scores, Skills};

/// Every table of a run.
pub const ALL: [&dyn Table; 11] = [
    &ByVariant(OutcomesTable),
    &DifferencesTable,
    &Attributions,
    &ByVariant(PeopleTable),
    &ByVariant(FlowsTable),
    &ByVariant(Rates),
    &ByVariant(Events),
    &ByVariant(Measures),
    &ByVariant(Scores),
    &ByVariant(Skills),
    &ByVariant(Parameters),
];

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A date.
    Date(Date),
    /// A whole number.
    Integer(u64),
    /// A number; "not a number" stands for none.
    Number(f64),
    /// Words.
    Text(&'a str),
    /// There is none.
    Missing,
}

/// Takes the rows of a table one after the other, each with a value for every column.
pub type RowSink<'s> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 's;

/// A table of a run.
pub trait Table: Sync {
    /// Its name, and that of its file without the ending: `"people"`.
    fn name(&self) -> &'static str;

    /// One line that says what it holds.
    fn title(&self) -> &'static str;

    /// What a row is, and what a reader should know.
    fn description(&self) -> &'static str;

    /// Whether a run has anything to say in it: a table of nothing is not written.
    fn applies(&self, answer: &Answer) -> bool;

    /// Its columns, in order.
    fn columns(&self, answer: &Answer) -> Vec<Column>;

    /// Hands every row to `sink`.
    ///
    /// # Errors
    /// Those of the sink.
    fn rows(&self, answer: &Answer, sink: &mut RowSink<'_>) -> io::Result<()>;
}
