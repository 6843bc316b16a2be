//! A fingerprint of a program: two runs with the same one, seed and replicates have the same numbers.

use super::program::Program;
use crate::digest::sha256;

/// Changes whenever the same model and seed give other numbers.
pub const ENGINE_VERSION: &str = "engine 3, sampler 1";

impl Program {
    /// The SHA-256, in hexadecimal, of the model and of the version of engine and samplers. The number of replicates and
    /// the seed are not part of it, nor is where the scenario came from.
    pub fn fingerprint(&self) -> String {
        let mut model = self.model.clone();
        model.replicates = 0;
        model.seed = 0;
        sha256(format!("{ENGINE_VERSION}\n{model:?}"))
    }
}
