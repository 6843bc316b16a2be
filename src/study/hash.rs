//! Hashes of what determines results.

use sha2::{Digest, Sha256};

use crate::digest::hex;

/// A hash that is being made of named pieces.
#[derive(Clone, Debug, Default)]
pub struct Hash(Sha256);

impl Hash {
    /// Adds a piece. Pieces are kept apart by their lengths.
    #[must_use]
    pub fn and(mut self, piece: impl AsRef<[u8]>) -> Hash {
        let piece = piece.as_ref();
        self.0.update((piece.len() as u64).to_le_bytes());
        self.0.update(piece);
        self
    }

    /// Adds a number, bit by bit.
    #[must_use]
    pub fn number(self, number: f64) -> Hash {
        self.and(number.to_bits().to_le_bytes())
    }

    /// The SHA-256, in hexadecimal.
    pub fn hex(self) -> String {
        hex(self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_do_not_run_together() {
        let of = |pieces: &[&str]| pieces.iter().fold(Hash::default(), |hash, piece| hash.and(piece)).hex();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["abc"]), of(&["abc", ""]));
        assert_eq!(of(&["a"]).len(), 64);
    }
}
