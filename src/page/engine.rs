//! The engine that a page carries: the program as WebAssembly, gzip, in base64.

use std::io::Read;

use flate2::read::GzDecoder;

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
    /// It is that of another version.
    #[error("is the engine of repatria {0}, and this is {here}: take the one of this version", here = env!("CARGO_PKG_VERSION"))]
    AnotherVersion(String),
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
        let version = unpacked.ok().and_then(|_| version(&wasm)).ok_or(EngineError::NoEngine)?;
        if version == env!("CARGO_PKG_VERSION") {
            Ok(PageEngine { base64: base64(bytes) })
        } else {
            Err(EngineError::AnotherVersion(version))
        }
    }

    /// As a page has it.
    pub fn base64(&self) -> &str {
        &self.base64
    }
}

/// The name of the section of an engine that holds its version.
const SECTION: &[u8] = b"repatria";

/// The version that a WebAssembly module says that it is of, in a custom section.
fn version(wasm: &[u8]) -> Option<String> {
    let mut rest = wasm.strip_prefix(b"\0asm\x01\0\0\0")?;
    while let Some((kind, after)) = rest.split_first() {
        let (length, after) = number(after)?;
        let (section, after) = after.split_at_checked(length)?;
        rest = after;
        if *kind == 0 {
            let (length, named) = number(section)?;
            let (name, content) = named.split_at_checked(length)?;
            if name == SECTION {
                return String::from_utf8(content.to_vec()).ok();
            }
        }
    }
    None
}

/// A number of up to 32 bits as WebAssembly has it (LEB128), and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[index + 1..]));
        }
    }
    None
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

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    /// A module with a type section and a custom section of this name and text.
    fn module(name: &str, text: &str) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0\x01\x01\x00".to_vec();
        wasm.extend([0, (1 + name.len() + text.len()) as u8, name.len() as u8]);
        wasm.extend(name.bytes().chain(text.bytes()));
        wasm
    }

    #[test]
    fn engines_say_their_version() {
        let here = env!("CARGO_PKG_VERSION");
        let ours = gzip(&module("repatria", here));
        assert_eq!(PageEngine::read(&ours).unwrap().base64(), base64(&ours));
        let other = PageEngine::read(&gzip(&module("repatria", "9.9.9"))).unwrap_err();
        assert_eq!(other, EngineError::AnotherVersion("9.9.9".into()));
        for bytes in [module("name", here), Vec::new(), b"\0asm\x01\0\0\0\x00\xff\xff".to_vec()] {
            assert_eq!(PageEngine::read(&gzip(&bytes)).unwrap_err(), EngineError::NoEngine);
        }
        assert_eq!(PageEngine::read(b"<html>").unwrap_err(), EngineError::NoEngine);
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(cases, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
