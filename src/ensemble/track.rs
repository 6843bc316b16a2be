//! A variant that is to be simulated.

use crate::engine::Program;

/// The name of the scenario as it is, the first of its variants.
pub const BASELINE: &str = "baseline";

/// A variant to be simulated: its name and its program.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// Its name: [`BASELINE`], or a variant's.
    pub name: &'a str,
    /// What is simulated.
    pub program: &'a Program,
}
