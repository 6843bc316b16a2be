//! The text of a scenario and the name it is known by.

use std::io::Read;
use std::path::Path;

use super::diagnostic::{Diagnostic, Diagnostics};

/// Larger files are refused before they are read: no scenario comes near.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// A scenario's text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path as the user wrote it, for messages.
    pub name: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// A text that is already in memory, known as `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { name: name.into(), text: text.into() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file, when it is no regular file, when it is larger than [`LARGEST_FILE`] (which is
    /// known before it is read) and when it is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Source, Diagnostics> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let refused = |message: String, help: &str| Diagnostics::from(Diagnostic::error(message).help(help));
        let metadata = fs_err::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => refused(
                format!("there is no file `{name}`"),
                "check the path: it is read from where you are now",
            ),
            _ => refused(
                format!("`{name}` cannot be read"),
                "check that you may read it and that the path is right",
            ),
        })?;
        if metadata.is_dir() {
            return Err(refused(
                format!("`{name}` is a directory, not a scenario"),
                "name the scenario file in it, which ends in .toml",
            ));
        }
        if !metadata.is_file() {
            return Err(refused(
                format!("`{name}` is not a regular file"),
                "save the scenario in a file and name that",
            ));
        }
        let too_large = |size: u64| {
            refused(
                format!(
                    "`{name}` has {:.1} MiB; a scenario has at most {} MiB",
                    size as f64 / f64::from(1 << 20),
                    LARGEST_FILE >> 20
                ),
                "check that this is the scenario and not a table of results",
            )
        };
        if metadata.len() > LARGEST_FILE {
            return Err(too_large(metadata.len()));
        }
        let unreadable = |_| refused(format!("`{name}` cannot be read"), "check that you may read it");
        let file = fs_err::File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        // A file may grow after its size was asked for.
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(too_large(bytes.len() as u64));
        }
        let text = String::from_utf8(bytes).map_err(|error| not_text(&name, &error))?;
        Ok(Source { name, text })
    }
}

/// The message for bytes that are not UTF-8, with the line and the byte where the first stands.
fn not_text(name: &str, error: &std::string::FromUtf8Error) -> Diagnostics {
    let good = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let line = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = good - bytes[..good].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
    let message = format!(
        "`{name}` is not UTF-8 text: line {line}, byte {byte} is {:#04x}",
        bytes.get(good).copied().unwrap_or_default()
    );
    Diagnostics::from(Diagnostic::error(message).help("save the file as UTF-8, or write that character anew"))
}
