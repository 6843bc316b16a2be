//! The formats that tables are written in.

use super::csv::Csv;
#[cfg(feature = "parquet")]
use super::parquet::Parquet;
use super::table_format::TableFormat;

/// A format that this program has, or has where it is built with the feature of its name.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name: `"csv"`.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The format; `None` where this program was built without it.
    pub format: Option<&'static dyn TableFormat>,
}

/// Every format.
pub const KNOWN: [Known; 2] = [
    Known { name: "csv", title: "Comma-separated values", format: Some(&Csv) },
    Known { name: "parquet", title: "Apache Parquet", format: PARQUET },
];

#[cfg(feature = "parquet")]
const PARQUET: Option<&'static dyn TableFormat> = Some(&Parquet);
#[cfg(not(feature = "parquet"))]
const PARQUET: Option<&'static dyn TableFormat> = None;

/// What is written unless something else is asked for.
pub const USUAL: [&dyn TableFormat; 1] = [&Csv];

/// The formats that this program has.
pub fn all() -> impl Iterator<Item = &'static dyn TableFormat> {
    KNOWN.into_iter().filter_map(|known| known.format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_own_names() {
        for known in KNOWN {
            if let Some(format) = known.format {
                assert_eq!((known.name, known.title), (format.name(), format.title()));
            }
        }
    }
}
