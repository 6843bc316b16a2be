//! Many histories: simulated in parallel, tallied exactly, summarised; and several worlds side by side, compared
//! history by history.

pub mod answer;
pub mod attribution;
mod bins;
mod block;
mod compare;
pub mod comparison;
mod counts;
mod distribution;
mod error;
mod histogram;
pub mod kept;
mod machine;
mod matching;
pub mod memory;
mod moments;
mod named;
mod observed;
mod outcome_total;
mod outcomes;
mod pair_survey;
mod paired;
mod pilot;
mod plan;
pub mod precision;
mod recorder;
mod reference;
mod rows;

pub mod shapley;
mod side_by_side;
mod simulate;
mod slices;
mod summarise;
pub mod summary;
mod tally;
mod trailing;
mod twofold;
mod watch;
mod wave;
mod wholes;

pub use block::{BLOCK, Track};
pub use distribution::AT_ONCE;
pub use error::SimulateError;
pub use histogram::Histogram;
pub use machine::Machine;
pub use outcome_total::OutcomeTotal;
pub use outcomes::outcome_units;
pub use plan::Plan;
pub use side_by_side::{Ensemble, expect_first, expect_side_by_side};
pub use simulate::{expect, expect_watched, simulate};
pub use watch::{Unwatched, Watch};
