//! The files of a merged study: its tables, the same for other programs, its charts, and the package that describes them.
//!
//! What is merged of a study whose units are not all done has names that begin with [`PARTIAL`], so that neither a script nor
//! a reader takes a part for the whole.

mod archive;
mod ema;
mod package;
mod provenance;
mod salib;
mod spread;
mod tables;

use std::io::{self, Write};

use super::analysis::Analysed;
use super::columns::OutcomeColumns;
use super::merge::Merge;
use super::plan::StudyPlan;
use crate::output::folder::{PACKAGE_FILE, Results};
use crate::output::package::{Resource, Schema};
use crate::output::table_format::TableFormat;
use crate::output::write::{ChartFile, UntilStopped, WriteError};

pub use crate::output::folder::PARTIAL;

/// What there is to write.
#[derive(Clone, Copy, Debug)]
pub struct StudyFindings<'a> {
    /// The study and the units that are done.
    pub merge: &'a Merge<'a>,
    /// Its plan.
    pub plan: &'a StudyPlan,
    /// Its outcomes by column.
    pub columns: &'a OutcomeColumns,
    /// What they owe to which factor.
    pub analysed: &'a [Analysed],
}

impl StudyFindings<'_> {
    /// Whether units are missing.
    pub fn is_partial(&self) -> bool {
        !self.merge.missing().is_empty()
    }
}

/// How the files came about: facts of the clock and of the command line, which are nowhere but in the package.
#[derive(Clone, Debug)]
pub struct StudyFacts {
    /// The command line.
    pub command: String,
    /// When the work started: a date and time as in RFC 3339.
    pub created: String,
    /// How long it took.
    pub seconds: f64,
}

/// Writes all files, the package last: everything but the package is the same bytes for the same study.
///
/// # Errors
/// When asked to stop, and when a unit cannot be read or a file cannot be written.
pub fn write(
    results: &mut Results,
    of: StudyFindings<'_>,
    formats: &[&dyn TableFormat],
    charts: &[ChartFile],
    made: &StudyFacts,
    stopped: &dyn Fn() -> bool,
) -> Result<(), WriteError> {
    let mut folder = Folder { results, partial: of.is_partial(), described: Vec::new(), stopped };
    tables::write(&mut folder, of, formats)?;
    let left_out = salib::write(&mut folder, of)?;
    ema::write(&mut folder, of)?;
    for chart in charts {
        let described = FileDescription::new(&chart.name, &chart.title);
        folder.put(&chart.name, described, &mut |out| out.write_all(&chart.bytes))?;
    }
    let mut package = package::describe(of, folder.resources(), left_out, made);
    let value = package.value().map_err(|error| folder.failed(error.into()))?;
    package.and_those(folder.results.stay(&value));
    let text = package.to_json().map_err(|error| folder.failed(error.into()))?;
    folder.plain(PACKAGE_FILE, &mut |out| out.write_all(text.as_bytes()))
}

/// The folder that is being filled, with what is to be said of each file.
struct Folder<'a> {
    results: &'a mut Results,
    partial: bool,
    described: Vec<(usize, FileDescription)>,
    stopped: &'a dyn Fn() -> bool,
}

/// What is said of a file.
struct FileDescription {
    name: String,
    title: String,
    description: Option<String>,
    schema: Option<Schema>,
}

impl FileDescription {
    fn new(name: &str, title: &str) -> FileDescription {
        FileDescription { name: name.into(), title: title.into(), description: None, schema: None }
    }

    fn description(self, description: impl Into<String>) -> FileDescription {
        FileDescription { description: Some(description.into()), ..self }
    }
}

impl Folder<'_> {
    /// Writes a file that the package is to list.
    fn put(
        &mut self,
        name: &str,
        described: FileDescription,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let name = if self.partial { format!("{PARTIAL}{name}") } else { name.into() };
        self.described.push((self.results.written().len(), described));
        self.plain(&name, fill)
    }

    fn plain(
        &mut self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let stopped = self.stopped;
        let written = self.results.write(name, |out| fill(&mut UntilStopped { out, stopped }));
        if stopped() { Err(WriteError::Stopped) } else { Ok(written?) }
    }

    /// What failed before there was a file.
    fn failed(&self, source: io::Error) -> WriteError {
        WriteError::Folder(crate::output::folder::FolderError::unwritable(self.results.folder(), source))
    }

    fn resources(&mut self) -> Vec<Resource> {
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
