//! The text of a scenario, the name it is known by, and the files beside it that it names.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::diagnostic::{Diagnostic, Diagnostics};
use super::words::shortened;

/// Larger files are refused before they are read: no scenario comes near.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// A scenario's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path as the user wrote it, for messages.
    pub name: String,
    /// What it says.
    pub text: String,
    /// Where the files are that it names.
    companions: Companions,
    /// The folder that it is in, from that of the first file: empty, or ends in `/`.
    folder: String,
    /// The files that were read because it names them.
    asked: Asked,
}

/// The files that a scenario may name: those in its own folder and below, or some that are in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Companions {
    Folder(PathBuf),
    /// By their paths from where the first of them is.
    Memory(BTreeMap<String, String>),
}

/// Files by their paths from where the first of them is, for all sources that come of one. No part of what a source is.
#[derive(Clone, Debug, Default)]
struct Asked(Arc<Mutex<BTreeMap<String, String>>>);

impl PartialEq for Asked {
    fn eq(&self, _: &Asked) -> bool {
        true
    }
}

impl Eq for Asked {}

impl Source {
    /// A text that is already in memory, known as `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            text: text.into(),
            companions: Companions::Memory(BTreeMap::new()),
            folder: String::new(),
            asked: Asked::default(),
        }
    }

    /// With a file that the scenario may name; only for a scenario in memory.
    #[must_use]
    pub fn with_file(mut self, name: impl Into<String>, text: impl Into<String>) -> Source {
        if let Companions::Memory(files) = &mut self.companions {
            files.insert(format!("{}{}", self.folder, name.into()), text.into());
        }
        self
    }

    /// The files that were read so far because this one, or one that it names, names them: by their paths from this one's
    /// folder, with their texts.
    pub fn files_read(&self) -> BTreeMap<String, String> {
        self.asked.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The text of a file that the scenario names: in its own folder or below.
    ///
    /// # Errors
    /// With what is wrong and what to do, where the name leads elsewhere and where there is no such text of at most
    /// [`LARGEST_FILE`].
    pub fn companion(&self, name: &str) -> Result<String, Diagnostics> {
        self.named(name, "table.csv").map(|source| source.text)
    }

    /// A scenario that this one names, as a source with files of its own: in the scenario's own folder or below.
    ///
    /// # Errors
    /// As [`Source::companion`].
    pub fn beside(&self, name: &str) -> Result<Source, Diagnostics> {
        self.named(name, "base.toml")
    }

    /// A file that the scenario names; `example` is the name of one such.
    fn named(&self, name: &str, example: &str) -> Result<Source, Diagnostics> {
        let inside =
            !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            let message = format!("`{}` is not a file in the scenario's folder", shortened(name));
            let help = format!("name a file beside the scenario or below: \"{example}\"");
            return Err(Diagnostic::error(message).help(help).into());
        }
        let path = format!("{}{name}", self.folder);
        let mut found = match &self.companions {
            Companions::Folder(folder) => {
                let beside = "check the name: it is read from the folder of the file that names it";
                Source::read_as(&folder.join(name), beside)?
            }
            Companions::Memory(files) => {
                let Some(text) = files.get(&path) else {
                    let message = format!("there is no file `{}`", shortened(&path));
                    let help = "a scenario in memory has only the files given with it";
                    return Err(Diagnostic::error(message).help(help).into());
                };
                Source { companions: self.companions.clone(), ..Source::new(path.clone(), text.clone()) }
            }
        };
        found.folder = path.rfind('/').map_or("", |slash| &path[..=slash]).to_string();
        found.asked = self.asked.clone();
        let mut asked = self.asked.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path, found.text.clone());
        drop(asked);
        Ok(found)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file, when it is no regular file, when it is larger than [`LARGEST_FILE`] (which is
    /// known before it is read) and when it is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Source, Diagnostics> {
        Source::read_as(path.as_ref(), "check the path: it is read from where you are now")
    }

    /// The same; `missing` helps where there is no such file.
    fn read_as(path: &Path, missing: &str) -> Result<Source, Diagnostics> {
        let name = path.display().to_string();
        let refused = |message: String, help: &str| Diagnostics::from(Diagnostic::error(message).help(help));
        let metadata = fs_err::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => refused(format!("there is no file `{name}`"), missing),
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
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Source { companions: Companions::Folder(folder), ..Source::new(name, text) })
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
