//! From a text to a file as it is written, or to why it cannot be read.

use std::ops::Range;

use serde_json::Value;
use toml::de::DeTable;

use super::diagnostic::{Diagnostics, unexpected};
use super::document::{Readable, of_document};
use super::file::base::Base;
use super::file_kind::FileKind;
use super::recovery::with_further;
use super::shape;

/// Why a file could not be read as it is written.
pub struct UnreadScenario<T> {
    pub(super) problems: Diagnostics,
    /// The file as its author most likely means it, where that can be told.
    pub(super) meant: Option<Box<T>>,
    /// Places of which nothing more is said.
    pub(super) quiet: Vec<Range<usize>>,
    /// The file that it extends, where problems may stand in that.
    pub(super) base: Option<Base>,
}

impl<T> From<Diagnostics> for UnreadScenario<T> {
    fn from(problems: Diagnostics) -> UnreadScenario<T> {
        UnreadScenario { problems, meant: None, quiet: Vec::new(), base: None }
    }
}

impl<T> UnreadScenario<T> {
    /// Every problem: those of shape, and those that `check` finds in the file as it is meant.
    pub fn and<U>(self, check: impl FnOnce(T) -> Result<U, Diagnostics>) -> Diagnostics {
        match self.meant.map(|file| check(*file)) {
            Some(Err(further)) => with_further(self.problems, &self.quiet, &further),
            _ => self.problems,
        }
    }
}

/// Reads a file whose type is `T` and whose schema is `schema` ([`generate`](super::schema::generate)).
///
/// # Errors
/// Every problem of syntax and shape, with what else can be checked in spite of them.
pub fn read_as<T: Readable>(text: &str, schema: &Value, kind: FileKind) -> Result<T, UnreadScenario<T>> {
    let found = shape::check(text, schema, kind);
    match Diagnostics::new(found.problems) {
        Some(problems) => {
            let meant = found.meant.as_ref().and_then(|meant| meant.read().map(Box::new));
            let quiet = found.meant.map(|meant| meant.quiet).unwrap_or_default();
            Err(UnreadScenario { problems, meant, quiet, base: None })
        }
        None => match DeTable::parse(text) {
            Ok(document) => of_document(document).map_err(UnreadScenario::from),
            Err(error) => Err(Diagnostics::from(unexpected(&error)).into()),
        },
    }
}
