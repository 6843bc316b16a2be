//! Studies: one scenario at many values of its numbers, on one machine or many, and what its outcomes owe to which.

pub mod analysis;
mod beside;
pub mod cell;
mod chance;
#[cfg(feature = "charts")]
pub mod chart;
mod claim;
pub mod columns;
mod copies;
pub mod design;
pub mod file;
mod hash;
mod inputs;
pub mod merge;
pub mod output;
pub mod plan;
mod read;
mod read_design;
mod read_factors;
mod regular;
pub mod script;
pub mod sensitivity;
mod shard;
pub mod store;
mod store_error;
pub mod table;
pub mod unit;
mod valid;
pub mod verify;
mod warnings;
pub mod work;

pub use inputs::{Inputs, is_scenario, is_study, parse, schema};
pub use read::{MOST_CELLS, read};
pub use shard::{MOST_SHARDS, Shard};
pub use valid::{FactorField, Keep, KeptDates, Purpose, RandomNumbers, Study};
pub use warnings::warnings;
