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
mod of_run;
mod outcomes;
mod parameters;
mod people;
mod rates;
mod row;
mod scores;
pub(crate) mod series;

pub use crate::ensemble::comparison::{ALL_HELD, ALL_VALUES, OUTSIDE};
pub use attribution::Attributions;
pub use by_variant::{ByVariant, VariantTable};
pub use column::{Column, ColumnKind};
pub use differences::DifferencesTable;
pub use events::Events;
pub use flows::FlowsTable;
pub use measures::Measures;
pub use of_run::Table;
pub use outcomes::OutcomesTable;
pub use parameters::{NO_SOURCE, Parameters};
pub use people::PeopleTable;
pub use rates::Rates;
pub use row::{RowSink, Value};
pub use scores::{Scores, Skills};

/// Every table of a run, in the order in which a folder of results lists them. Those that [`Table::applies`] denies have nothing to
/// say of an answer.
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
