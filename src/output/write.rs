//! A run's results, all of them, into their folder.

use std::io::{self, Write};

use super::folder::{Committed, FolderError, PACKAGE_FILE, Results};
use super::package::{self, ListedPicture, RunFacts, SUMMARY_FILE};
use super::table::RowSink;
use super::table_format::TableFormat;
use super::{page, table};
use crate::ensemble::answer::Answer;

/// A chart that has been drawn, or the page that shows all of them.
#[derive(Clone, Debug)]
pub struct ChartFile {
    /// Its file's name, with the ending `.svg`, `.png` or `.html`.
    pub name: String,
    /// What it shows, in one line.
    pub title: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why results were not written. The folder is then as it was before.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Asked to stop.
    #[error("stopped: nothing was written")]
    Stopped,
    /// The folder, or a file in it.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Writes every table in all `formats`, the charts, the sentences, the scenario as it was run and `datapackage.json`, and makes them the results
/// in the folder. `stopped` is asked all the while.
///
/// # Errors
/// When asked to stop and when a file cannot be written: the folder is then as it was before.
pub fn write(
    mut results: Results,
    answer: &Answer,
    run: &RunFacts,
    formats: &[&dyn TableFormat],
    charts: &[ChartFile],
    stopped: &dyn Fn() -> bool,
) -> Result<Committed, WriteError> {
    let file = |name: &str, fill: &dyn Fn(&mut dyn Write) -> io::Result<()>, results: &mut Results| {
        let written = results.write(name, |out| fill(&mut UntilStopped { out, stopped }));
        if stopped() { Err(WriteError::Stopped) } else { Ok(written?) }
    };
    for table in table::ALL.into_iter().filter(|table| table.applies(answer)) {
        let columns = table.columns(answer);
        for format in formats {
            let rows = |sink: &mut RowSink<'_>| table.rows(answer, sink);
            file(&format.file(table.name()), &|out| format.write(&columns, &rows, out), &mut results)?;
        }
    }
    for chart in charts {
        file(&chart.name, &|out| out.write_all(&chart.bytes), &mut results)?;
    }
    let pictures: Vec<ListedPicture<'_>> =
        charts.iter().map(|chart| ListedPicture { name: &chart.name, title: &chart.title }).collect();
    file(SUMMARY_FILE, &|out| out.write_all(page::page(answer, run.seed).as_bytes()), &mut results)?;
    for text in &run.texts {
        file(&text.kept_as(), &|out| out.write_all(text.text.as_bytes()), &mut results)?;
    }
    let mut package = package::describe(answer, run, results.written(), &pictures);
    let value = package.value().map_err(|error| FolderError::unwritable(results.folder(), error.into()))?;
    package.and_those(results.stay(&value));
    file(PACKAGE_FILE, &|out| out.write_all(package.to_json()?.as_bytes()), &mut results)?;
    Ok(results.commit()?)
}

/// A writer that fails once it is asked to stop.
pub(crate) struct UntilStopped<'a> {
    pub(crate) out: &'a mut dyn Write,
    pub(crate) stopped: &'a dyn Fn() -> bool,
}

impl Write for UntilStopped<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if (self.stopped)() {
            // Not `Interrupted`, which callers take as an invitation to try again.
            return Err(io::Error::other("stopped"));
        }
        self.out.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
