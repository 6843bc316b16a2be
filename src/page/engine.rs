//! The engine that a page carries: the program as WebAssembly, gzip, in base64.

use std::io::Read;

use flate2::read::GzDecoder;

use super::engine_file::is_of_this_version;

/// Larger engines are none of ours: what unpacks to more is not unpacked.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// An engine of this version.
#[derive(Clone, Debug)]
pub struct PageEngine {
    base64: String,
}

/// Why a file is no engine for this program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// It is something else.
    #[error("is no engine of repatria: it is made with `just engine`, as repatria-engine.wasm.gz")]
    NoEngine,
    /// It is that of another version, or another program.
    #[error("is not the engine of repatria {}: take the one of this version", env!("CARGO_PKG_VERSION"))]
    AnotherVersion,
}

impl PageEngine {
    /// The name of the file of an engine.
    pub const FILE: &str = "repatria-engine.wasm.gz";

    /// An engine from the bytes of its file.
    ///
    /// # Errors
    /// Where it is none, or that of another version.
    pub fn read(bytes: &[u8]) -> Result<PageEngine, EngineError> {
        let mut wasm = Vec::new();
        let unpacked = GzDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut wasm);
        if unpacked.is_err() || !wasm.starts_with(b"\0asm") {
            return Err(EngineError::NoEngine);
        }
        if is_of_this_version(&wasm) { Ok(PageEngine { base64: base64(bytes) }) } else { Err(EngineError::AnotherVersion) }
    }

    /// As a page has it.
    pub fn base64(&self) -> &str {
        &self.base64
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in base64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(three.get(at).copied().unwrap_or(0)));
        let bits = a << 16 | b << 8 | c;
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit)) & 0x3f;
            text.push(if digit > three.len() { '=' } else { char::from(DIGITS[index as usize]) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::super::engine_file::NAME;
    use super::*;
    use crate::engine::fingerprint::ENGINE_VERSION;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn engines_are_known_by_their_version() {
        let module = |name: &str| gzip(format!("\0asm {name} {ENGINE_VERSION}").as_bytes());
        let ours = module(NAME);
        assert_eq!(PageEngine::read(&ours).unwrap().base64(), base64(&ours));
        let other = PageEngine::read(&module("repatria-engine 9.9.9")).unwrap_err();
        assert_eq!(other, EngineError::AnotherVersion);
        for bytes in [gzip(b"<html>"), b"<html>".to_vec(), Vec::new()] {
            assert_eq!(PageEngine::read(&bytes).unwrap_err(), EngineError::NoEngine);
        }
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(cases, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
