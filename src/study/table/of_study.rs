//! What a table of a study must say of itself.

use std::io;

use crate::output::table::{Column, RowSink};
use crate::study::merge::Merge;
use crate::study::valid::Study;

/// A table of a study.
pub trait StudyTable: Sync {
    /// Its name, and that of its file without the ending: `"cells"`.
    fn name(&self) -> &'static str;

    /// One line that says what it holds.
    fn title(&self) -> &'static str;

    /// What a row is, and what a reader should know.
    fn description(&self) -> &'static str;

    /// Whether the study has anything to say in it.
    fn applies(&self, merge: &Merge<'_>) -> bool;

    /// How many rows a point has.
    fn rows_a_point(&self, study: &Study) -> u64;

    /// Its columns, in order.
    fn columns(&self, merge: &Merge<'_>) -> Vec<Column>;

    /// Hands every row to `sink`.
    ///
    /// # Errors
    /// Those of the units and of the sink.
    fn rows(&self, merge: &Merge<'_>, sink: &mut RowSink<'_>) -> io::Result<()>;
}
