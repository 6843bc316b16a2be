//! A world that is to be simulated.

use crate::engine::Program;

/// The name of the world that a scenario describes before any variant.
pub const BASELINE: &str = "baseline";

/// A world to be simulated: its name and its program.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// Its name: [`BASELINE`], or a variant's.
    pub name: &'a str,
    /// What is simulated.
    pub program: &'a Program,
}
