//! Many histories: simulated in parallel, tallied exactly, summarised; and several worlds side by side, compared
//! history by history.

pub mod answer;
pub mod attribution;
mod bins;
pub mod comparison;
mod histogram;
mod observed;
mod outcomes;
mod plan;
pub mod precision;
mod recorder;
mod simulate;
mod summarise;
pub mod summary;
mod tally;

pub use histogram::EXACT_BELOW;
pub use plan::Plan;
pub use simulate::{BLOCK, SimulateError, Unwatched, Watch, expect, expect_watched, simulate};
