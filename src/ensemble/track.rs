//! The baseline, or a variant of it, that is to be simulated.

use std::sync::Arc;

use crate::engine::Program;

/// The name of the scenario as it is, beside those of its variants.
pub const BASELINE: &str = "baseline";

/// The baseline or a variant, to be simulated: its name and its program.
#[derive(Clone, Debug)]
pub struct Track {
    /// Its name: [`BASELINE`], or a variant's.
    pub name: String,
    /// What is simulated.
    pub program: Arc<Program>,
}

impl Track {
    /// Of this name and program.
    pub fn new(name: &str, program: &Arc<Program>) -> Track {
        Track { name: name.into(), program: Arc::clone(program) }
    }
}
