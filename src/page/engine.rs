//! The engine that a page carries: the program as WebAssembly, gzip, as text.

use std::io::Read;

use flate2::read::GzDecoder;

use super::engine_file::is_of_this_version;

/// Larger engines are none of ours: what unpacks to more is not unpacked.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// An engine of this version.
#[derive(Clone, Debug)]
pub struct PageEngine {
    text: String,
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
        if is_of_this_version(&wasm) {
            Ok(PageEngine { text: base91(bytes) })
        } else {
            Err(EngineError::AnotherVersion)
        }
    }

    /// As a page has it.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The digits of text: printable ASCII without what ends a script or a text in it.
fn digits() -> Vec<char> {
    ('!'..='~').filter(|sign| !['"', '<', '\\'].contains(sign)).collect()
}

/// Bytes as text: their number, a space, and 13 bits in each two of 91 digits, the lowest bits first. A tenth shorter than base64. The page's
/// worker reads it.
fn base91(bytes: &[u8]) -> String {
    let digits = digits();
    let mut text = format!("{} ", bytes.len());
    text.reserve(bytes.len() * 16 / 13 + 2);
    let (mut bits, mut held) = (0u32, 0);
    let mut put = |value: u32| {
        text.push(digits[(value % 91) as usize]);
        text.push(digits[(value / 91) as usize]);
    };
    for byte in bytes {
        bits |= u32::from(*byte) << held;
        held += 8;
        if held >= 13 {
            put(bits & 0x1fff);
            bits >>= 13;
            held -= 13;
        }
    }
    if held > 0 {
        put(bits);
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
        assert_eq!(PageEngine::read(&ours).unwrap().text(), base91(&ours));
        let other = PageEngine::read(&module("repatria-engine 9.9.9")).unwrap_err();
        assert_eq!(other, EngineError::AnotherVersion);
        for bytes in [gzip(b"<html>"), b"<html>".to_vec(), Vec::new()] {
            assert_eq!(PageEngine::read(&bytes).unwrap_err(), EngineError::NoEngine);
        }
    }

    /// As the worker does.
    fn read_back(text: &str) -> Vec<u8> {
        let (length, text) = text.split_once(' ').unwrap();
        let (mut bytes, mut bits, mut held) = (Vec::new(), 0usize, 0);
        let values: Vec<usize> =
            text.chars().map(|digit| digits().iter().position(|known| *known == digit).unwrap()).collect();
        for pair in values.chunks(2) {
            bits |= (pair[0] + 91 * pair[1]) << held;
            held += 13;
            while held >= 8 {
                bytes.push((bits & 0xff) as u8);
                bits >>= 8;
                held -= 8;
            }
        }
        bytes.truncate(length.parse().unwrap());
        bytes
    }

    #[test]
    fn bytes_are_read_back_from_text() {
        assert_eq!(digits().len(), 91);
        let all: Vec<u8> = (0..=255).chain((0..=255).rev()).chain([255; 40]).collect();
        for length in 0..all.len() {
            let text = base91(&all[..length]);
            assert_eq!(read_back(&text), &all[..length]);
            assert!(!text.contains(['<', '"', '\\']) && text.is_ascii());
        }
    }
}
