//! Repatria simulates the populations of prisons and displacement camps over time.

pub mod random;
