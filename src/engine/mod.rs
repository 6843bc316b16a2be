//! The machine: a model compiled to flat arrays, and a step that moves a block of replicates through it.
//!
//! One mechanism, one file. Each compiles itself from the model with a `Builder` and acts in [`step()`].

mod arrivals;
mod births;
mod builder;
pub mod chance;
mod clocks;
mod convoy;
mod corrections;
mod costs;
mod course;
mod crowding;
mod dated;
pub mod edge;
mod exits;
#[cfg(feature = "fingerprint")]
pub mod fingerprint;
mod first;
mod flows;
mod full;
mod hazard;
mod late_births;
pub mod ledger;
mod memory;
mod memory_use;
pub mod metric;
mod most;
mod movements;
mod now;
mod numbers;
mod overload;
mod parameters;
mod phase;
mod poissons;
mod program;
mod programmes;
mod readings;
mod regimes;
mod replicates;
mod ring;
mod rows;
mod shift;
mod shocks;
mod split;
mod start;
mod state;
mod step;
mod triggers;
mod unmoved;
mod wandering;
mod ways_out;
mod workspace;

pub use dated::dated;
pub use flows::Flows;
pub use memory_use::MemoryBytes;
pub use program::{Program, compile};
pub use replicates::{Drawn, Replicates};
pub use state::State;
pub use step::step;
pub use workspace::Workspace;
