//! The text of a scenario, the name it is known by, and the files beside it that it names.

use std::collections::BTreeMap;
use std::path::Path;
#[cfg(feature = "disk")]
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Larger files are refused before they are read: no scenario comes near.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// The text of a scenario, the name that messages call it by, and the files that it may name: those of its folder where it was
/// read from a file, and those of [`Source::with_file`] where it is in memory. [`Scenario::read`](crate::Scenario::read) reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path as the user wrote it, for messages.
    pub name: String,
    /// What it says.
    pub text: String,
    /// Where the files are that it names.
    pub(super) companions: Companions,
    /// The folder that it is in, from that of the first file: empty, or ends in `/`.
    pub(super) folder: String,
    /// The files that were read because it names them.
    pub(super) asked: FilesRead,
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
pub(super) struct FilesRead(pub(super) Arc<Mutex<BTreeMap<String, String>>>);

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

    /// Where it is, from the folder of the first file: `base.toml`, `data/base.toml`.
    pub fn place(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or_default();
        format!("{}{}", self.folder, name.to_string_lossy())
    }
}
