//! The folder that is being filled, and what is said of its files.

use std::io::{self, Write};

use crate::output::folder::{PARTIAL, Results};
use crate::output::package::{Resource, Schema};
use crate::output::write::{UntilStopped, WriteError};

/// The folder that is being filled, with what is to be said of each file.
pub(super) struct Folder<'a> {
    pub(super) results: &'a mut Results,
    pub(super) partial: bool,
    pub(super) described: Vec<(usize, FileDescription)>,
    pub(super) stopped: &'a dyn Fn() -> bool,
}

/// What is said of a file.
pub(super) struct FileDescription {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) schema: Option<Schema>,
}

impl FileDescription {
    pub(super) fn new(name: &str, title: &str) -> FileDescription {
        FileDescription { name: name.into(), title: title.into(), description: None, schema: None }
    }

    pub(super) fn description(self, description: impl Into<String>) -> FileDescription {
        FileDescription { description: Some(description.into()), ..self }
    }
}

impl Folder<'_> {
    /// Writes a file that the package is to list.
    pub(super) fn put(
        &mut self,
        name: &str,
        described: FileDescription,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let name = if self.partial { format!("{PARTIAL}{name}") } else { name.into() };
        self.described.push((self.results.written().len(), described));
        self.plain(&name, fill)
    }

    pub(super) fn plain(
        &mut self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let stopped = self.stopped;
        let written = self.results.write(name, |out| fill(&mut UntilStopped { out, stopped }));
        if stopped() { Err(WriteError::Stopped) } else { Ok(written?) }
    }

    /// What failed before there was a file.
    pub(super) fn failed(&self, source: io::Error) -> WriteError {
        WriteError::Folder(crate::output::folder::FolderError::unwritable(self.results.folder(), source))
    }

    pub(super) fn resources(&mut self) -> Vec<Resource> {
        let written = self.results.written();
        let described = std::mem::take(&mut self.described);
        let resource = |(file, described): (usize, FileDescription)| {
            Resource::new(
                &written[file],
                &described.name,
                &described.title,
                described.description,
                described.schema,
            )
        };
        described.into_iter().map(resource).collect()
    }
}
