//! Which engine a page can carry: one that was built from the same version of the program, so that both say the same.

use crate::engine::fingerprint::ENGINE_VERSION;

/// What an engine says that it is.
pub const NAME: &str = concat!("repatria-engine ", env!("CARGO_PKG_VERSION"));

/// Whether a module of WebAssembly, unpacked, is an engine of this version with the numbers of this program: its texts stand in it as
/// they are.
pub fn is_of_this_version(module: &[u8]) -> bool {
    let has = |text: &str| module.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    module.starts_with(b"\0asm") && has(NAME) && has(ENGINE_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_of_another_version_is_none_of_ours() {
        let module = |texts: &str| [b"\0asm", texts.as_bytes()].concat();
        assert!(is_of_this_version(&module(&format!("...{NAME}...{ENGINE_VERSION}..."))));
        assert!(!is_of_this_version(&module(&format!("...repatria-engine 0.0.1...{ENGINE_VERSION}..."))));
        assert!(!is_of_this_version(&module(&format!("...{NAME}...engine 2, sampler 1..."))));
        assert!(!is_of_this_version(format!("{NAME} {ENGINE_VERSION}").as_bytes()));
        assert!(!is_of_this_version(b""));
    }
}
