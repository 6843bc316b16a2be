//! What leaves the program: tables, charts, the package that describes them, the folder they are in, and what is said
//! about them in the end.
//!
//! A table ([`table::Table`]) says what its columns are and yields its rows; a format
//! ([`table_format::TableFormat`]) writes any table. A new table is one file, and so is a new format. A chart is a spec of plain data; one path draws any spec.

#[cfg(feature = "charts")]
pub mod chart;
#[cfg(feature = "csv")]
pub mod csv;
pub mod description;
#[cfg(feature = "disk")]
pub mod folder;
pub mod format;
pub mod full_stops;
#[cfg(feature = "csv")]
pub mod known_formats;
#[cfg(any(feature = "disk", feature = "page"))]
pub(crate) mod limits;
pub mod outcomes;
#[cfg(feature = "disk")]
pub mod package;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod scores;
pub mod sentences;
pub mod table;
#[cfg(feature = "csv")]
pub mod table_format;
#[cfg(feature = "disk")]
pub mod write;
