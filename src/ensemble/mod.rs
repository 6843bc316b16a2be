//! Many histories: simulated in parallel, tallied exactly, summarised; and several worlds side by side, compared
//! history by history.

pub mod answer;
pub mod attribution;
mod bins;
mod block;
mod compare;
pub mod comparison;
mod error;
mod histogram;
pub mod kept;
mod machine;
mod matching;
mod named;
mod observed;
mod outcome_total;
mod outcomes;
mod pair_survey;
mod paired;
mod plan;
pub mod precision;
mod recorder;
mod rows;

pub mod shapley;
mod side_by_side;
mod simulate;
mod summarise;
pub mod summary;
mod tally;
mod watch;

pub use block::{BLOCK, Track};
pub use error::SimulateError;
pub use histogram::{AT_ONCE, EXACT_BELOW, Histogram};
pub use machine::Machine;
pub use outcome_total::OutcomeTotal;
pub use outcomes::outcome_units;
pub use plan::Plan;
pub use side_by_side::{Ensemble, expect_side_by_side};
pub use simulate::{expect, expect_watched, simulate};
pub use watch::{Unwatched, Watch};
