//! The files that a scenario names, each a source of its own.

use std::path::Path;
use std::sync::PoisonError;

use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::paths::{self, Reach};
use super::source::{Companions, Source};
use super::words::shortened;

impl Source {
    /// The text of a file that the scenario names: in its own folder or below.
    ///
    /// # Errors
    /// With what is wrong and what to do, where the name leads elsewhere and where there is no such text of at most
    /// [`LARGEST_FILE`](super::source::LARGEST_FILE).
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
}
