//! The face for a terminal.

pub mod render;
