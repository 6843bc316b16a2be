//! How tables are written, of runs as of studies. A format is one file beside this one that has [`TableFormat`], and a line in
//! [`KNOWN`](super::known_formats::KNOWN).

use std::fmt::Debug;
use std::io::{self, Write};

use super::table::{Column, RowSink};

/// A way to write tables.
pub trait TableFormat: Debug + Sync {
    /// Its name, with which its files end too: `"csv"`.
    fn name(&self) -> &'static str;

    /// Its name for people: `"Apache Parquet"`.
    fn title(&self) -> &'static str;

    /// The media type of its files, and the encoding of those that are text.
    fn media_type(&self) -> (&'static str, Option<&'static str>);

    /// Whether its files say themselves what their columns are. Of others the package says it.
    fn has_columns_inside(&self) -> bool {
        false
    }

    /// A file has at most so many rows, where there is a limit: larger tables of a study are several files.
    fn most_rows(&self) -> Option<u64> {
        None
    }

    /// Writes a table to `out`: `rows` hands over the rows, each with a value for every one of the `columns`. The same bytes for
    /// the same rows, always.
    ///
    /// # Errors
    /// Those of `out` and of `rows`, and of a row that the format cannot hold.
    fn write(&self, columns: &[Column], rows: &Rows<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// Hands over the rows of a table.
pub type Rows<'r> = dyn Fn(&mut RowSink<'_>) -> io::Result<()> + 'r;

impl dyn TableFormat + '_ {
    /// The name of the file of a table.
    pub fn file(&self, table: &str) -> String {
        format!("{table}.{}", self.name())
    }

    /// What a package calls the file of a table: no two resources have one name.
    #[cfg(feature = "disk")]
    pub(crate) fn resource(&self, table: &str) -> String {
        if self.has_columns_inside() { format!("{table}-{}", self.name()) } else { table.into() }
    }

    /// What a package says of the file of a table with this description.
    #[cfg(feature = "disk")]
    pub(crate) fn describe(&self, description: &str) -> String {
        match self.has_columns_inside() {
            true => format!("As {}, with the columns of a CSV. {description}", self.title()),
            false => description.into(),
        }
    }
}
