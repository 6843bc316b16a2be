//! The tables of a study. Rows are handed over as units are read: no table is held in memory.

mod cells;
mod common;
mod of_study;
mod outcomes;
pub mod sensitivity;
pub mod uncertainty;

pub use cells::{TableCells, names};
pub use of_study::StudyTable;
pub use outcomes::StudyOutcomesTable;

/// Every table of a study that is made of its units.
pub const ALL: [&dyn StudyTable; 2] = [&StudyOutcomesTable, &TableCells];
