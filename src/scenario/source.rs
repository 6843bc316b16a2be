//! The text of a scenario, the name it is known by, and the files beside it that it names.

use std::collections::BTreeMap;
use std::path::Path;
#[cfg(feature = "disk")]
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::diagnostic::{Diagnostic, Diagnostics};
use super::paths::{self, Reach};
use super::words::shortened;
use crate::scenario::code::Code;

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
    pub(super) companions: Companions,
    /// The folder that it is in, from that of the first file: empty, or ends in `/`.
    folder: String,
    /// The files that were read because it names them.
    asked: FilesRead,
}

/// The files that a scenario may name: those in its own folder and below, or some that are in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Companions {
    #[cfg(feature = "disk")]
    Folder(PathBuf),
    /// By their paths from where the first of them is.
    Memory(BTreeMap<String, String>),
}

/// Files by their paths from where the first of them is, for all sources that come of one. No part of what a source is.
#[derive(Clone, Debug, Default)]
struct FilesRead(Arc<Mutex<BTreeMap<String, String>>>);

impl PartialEq for FilesRead {
    fn eq(&self, _: &FilesRead) -> bool {
        true
    }
}

impl Eq for FilesRead {}

impl Source {
    /// A text that is already in memory, known as `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            text: text.into(),
            companions: Companions::Memory(BTreeMap::new()),
            folder: String::new(),
            asked: FilesRead::default(),
        }
    }

    /// With a file that the scenario may name; only for a scenario in memory.
    #[must_use]
    pub fn with_file(mut self, name: impl Into<String>, text: impl Into<String>) -> Source {
        #[cfg_attr(
            not(feature = "disk"),
            expect(irrefutable_let_patterns, reason = "without a disk all are in memory")
        )]
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
        self.named(name, "table", "table.csv").map(|source| source.text)
    }

    /// A scenario that this one names, as a source with files of its own: in the scenario's own folder or below.
    ///
    /// # Errors
    /// As [`Source::companion`].
    pub fn beside(&self, name: &str) -> Result<Source, Diagnostics> {
        self.named(name, "scenario", "base.toml")
    }

    /// A file that the scenario names, which should be a `what`; `example` is the name of one such.
    #[cfg_attr(not(feature = "disk"), expect(unused_variables, reason = "what is in memory is a text"))]
    fn named(&self, name: &str, what: &str, example: &str) -> Result<Source, Diagnostics> {
        let name = &paths::named(name, Reach::Below, example)?;
        let path = format!("{}{name}", self.folder);
        let mut found = match &self.companions {
            #[cfg(feature = "disk")]
            Companions::Folder(folder) => {
                if let Some(problem) = paths::letters(folder, name) {
                    return Err(problem.into());
                }
                let beside = "check the name: it is read from the folder of the file that names it";
                Source::read_as(&folder.join(name), what, beside)?
            }
            Companions::Memory(files) => {
                let Some(text) = files.get(&path) else {
                    let message = format!("there is no file `{}`", shortened(&path));
                    let help = "a scenario in memory has only the files given with it";
                    return Err(Diagnostic::error(Code::UnreadableFile.of(&path), message).help(help).into());
                };
                Source { companions: self.companions.clone(), ..Source::new(path.clone(), text.clone()) }
            }
        };
        // The same path on every system, and however it was written.
        let parts: Vec<_> =
            Path::new(name).components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let path = format!("{}{}", self.folder, parts.join("/"));
        found.folder = path.rfind('/').map_or("", |slash| &path[..=slash]).to_string();
        found.asked = self.asked.clone();
        let mut asked = self.asked.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path, found.text.clone());
        drop(asked);
        Ok(found)
    }

    /// Where it is, from the folder of the first file: `base.toml`, `data/base.toml`.
    pub fn place(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or_default();
        format!("{}{}", self.folder, name.to_string_lossy())
    }
}
