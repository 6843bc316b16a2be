//! Promise: what must hold of every scenario holds of generated ones.
//!
//! Each file is one property. Scenarios are written by [`scenario`] from a small grammar and run in expected mode, which is exact to
//! the digits that summing costs, and in replicates where a property says so. `PROPERTY_CASES=20` tries twenty times as many.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod amounts;
mod capacity;
mod closed_door;
mod linear;
mod littles_law;
mod named;
mod order;
mod quantiles;
mod scenario;
mod seasons;
#[path = "../support/mod.rs"]
mod support;

use proptest::prelude::ProptestConfig;

/// So many cases, or as many times more as the environment asks for.
fn cases(few: u32) -> ProptestConfig {
    let times = std::env::var("PROPERTY_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    ProptestConfig { cases: few * times, failure_persistence: None, ..ProptestConfig::default() }
}
