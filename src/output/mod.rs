//! What leaves the program.

pub mod chart;
