//! Many histories: simulated in parallel, tallied exactly, summarised.

mod bins;
mod histogram;
mod observed;
mod outcomes;
mod plan;
mod recorder;
mod simulate;
mod summarise;
pub mod summary;
mod tally;

pub use histogram::EXACT_BELOW;
pub use plan::Plan;
pub use simulate::{BLOCK, SimulateError, Unwatched, Watch, expect, expect_watched, simulate};
