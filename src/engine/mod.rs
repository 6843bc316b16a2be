//! The machine: a model compiled to flat arrays, and a step that moves a block of histories through it.
//!
//! One mechanism, one file. Each compiles itself from the model with a `Builder` and acts in [`step()`].

mod arrivals;
mod births;
mod builder;
pub mod chance;
mod clocks;
mod compile;
mod convoy;
mod costs;
mod course;
mod crowding;
mod dated;
pub mod edge;
mod exits;
pub mod fingerprint;
mod first;
mod full;
pub mod gauge;
mod hazard;
mod late_births;
pub mod ledger;
mod now;
mod numbers;
mod parameters;
mod program;
mod programmes;
mod readings;
mod regimes;
mod room;
mod rows;
mod shift;
mod shocks;
mod split;
mod start;
mod state;
mod step;
mod still;
mod torrent;
mod triggers;

pub use compile::compile;
pub use dated::dated;
pub use program::{Drawn, Program};
pub use room::Room;
pub use state::{Flows, State};
pub use step::{Scratch, step};
