//! Repatria simulates the populations of prisons and displacement camps over time.

pub mod calendar;
pub mod cli;
pub mod engine;
pub mod ensemble;
pub mod model;
pub mod output;
pub mod random;
pub mod scenario;
pub mod units;
