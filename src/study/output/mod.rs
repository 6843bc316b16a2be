//! The files of a merged study: its tables, the same for other programs, its charts, and the package that describes them.
//!
//! What is merged of a study whose units are not all done has names that begin with [`PARTIAL`], so that neither a script nor
//! a reader takes a part for the whole.

mod archive;
mod described;
mod ema;
mod findings;
mod package;
mod provenance;
mod salib;
mod spread;
mod tables;

use crate::output::folder::{PACKAGE_FILE, Results};
use crate::output::table_format::TableFormat;
use crate::output::write::{ChartFile, WriteError};
use described::{FileDescription, Folder};

pub use crate::output::folder::PARTIAL;
pub use findings::{StudyFacts, StudyFindings};

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
