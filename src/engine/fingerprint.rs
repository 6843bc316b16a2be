//! A fingerprint of a program: two runs with the same one, seed and histories have the same numbers.

use sha2::{Digest, Sha256};

use super::program::Program;

/// Changes whenever the same model and seed give other numbers.
pub const ENGINE_VERSION: &str = "engine 3, sampler 1";

impl Program {
    /// The SHA-256, in hexadecimal, of the model and of the version of engine and samplers. The number of histories and
    /// the seed are not part of it, nor is where the scenario came from.
    pub fn fingerprint(&self) -> String {
        let mut model = self.model.clone();
        model.replicates = 0;
        model.seed = 0;
        hex(Sha256::digest(format!("{ENGINE_VERSION}\n{model:?}").as_bytes()))
    }
}

/// The bytes of a digest in hexadecimal.
pub fn hex(digest: impl AsRef<[u8]>) -> String {
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
