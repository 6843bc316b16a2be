//! Scenarios, and the files that they name, from the disk.

use std::path::Path;

use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::source::{Companions, LARGEST_FILE, Source};
use crate::files::{self, UnreadFile};

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file, when it is no regular file, when it is larger than [`LARGEST_FILE`] (which is
    /// known before it is read) and when it is not UTF-8.
    pub fn read(path: impl AsRef<Path>) -> Result<Source, Diagnostics> {
        Source::read_as(path.as_ref(), "scenario", "check the path: it is read from where you are now")
    }

    /// The same; `what` the file should be, and what helps where there is none.
    pub(super) fn read_as(path: &Path, what: &str, missing: &str) -> Result<Source, Diagnostics> {
        let name = path.display().to_string();
        let text = files::text(path, LARGEST_FILE).map_err(|unread| {
            let (message, help) = match unread {
                UnreadFile::Missing => (format!("there is no file `{name}`"), missing.into()),
                UnreadFile::Kind("a directory") => (
                    format!("`{name}` is a directory, not a {what}"),
                    if what == "scenario" {
                        "name the scenario file in it, which ends in .toml".into()
                    } else {
                        "name the file in it".into()
                    },
                ),
                UnreadFile::Kind(_) => {
                    (format!("`{name}` {unread}"), format!("save the {what} in a file and name that"))
                }
                UnreadFile::TooLarge(bytes) => (
                    format!(
                        "`{name}` has {}; a {what} has at most {} MiB",
                        files::size(bytes),
                        LARGEST_FILE >> 20
                    ),
                    format!("check that this is the {what} and not a table of results"),
                ),
                UnreadFile::NotText(_) => (
                    format!("`{name}` {unread}"),
                    "save the file as UTF-8, or write that character anew".into(),
                ),
                UnreadFile::System(_) => (
                    format!("`{name}` cannot be read"),
                    "check that you may read it and that the path is right".into(),
                ),
            };
            Diagnostics::from(Diagnostic::error(Code::UnreadableFile.of(&name), message).help(help))
        })?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut source = Source::new(name, text);
        source.companions = Companions::Folder(folder);
        Ok(source)
    }
}
