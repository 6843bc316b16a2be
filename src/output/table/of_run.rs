//! What a table of a run must say of itself.

use std::io;

use super::column::Column;
use super::row::RowSink;
use crate::ensemble::answer::Answer;

/// A table of a run: what it holds, whatever format it is written in. [`TABLES`](crate::TABLES) has all of them.
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
