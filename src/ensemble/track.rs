//! The baseline, or a variant of it, that is to be simulated.

use crate::engine::Program;

/// The name of the scenario as it is, beside those of its variants.
pub const BASELINE: &str = "baseline";

/// The baseline or a variant, to be simulated: its name and its program.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// Its name: [`BASELINE`], or a variant's.
    pub name: &'a str,
    /// What is simulated.
    pub program: &'a Program,
}
