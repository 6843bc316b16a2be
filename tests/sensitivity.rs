//! Promise: sensitivity indices are those of known functions, with and without Monte Carlo noise, and their errors are honest.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

#[path = "sensitivity/functions.rs"]
mod functions;
#[path = "sensitivity/morris.rs"]
mod morris;
#[path = "sensitivity/sample.rs"]
mod sample;
#[path = "sensitivity/sobol.rs"]
mod sobol;
#[path = "sensitivity/uncertainty.rs"]
mod uncertainty;
