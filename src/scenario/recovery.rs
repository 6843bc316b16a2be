//! A file as its author most likely means it: never used, but checked, so that one mistake does not hide the others.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::document::{Readable, of_document};
use super::fix::{Fix, apply};

/// How to read a file in spite of the problems of its shape.
#[derive(Clone, Debug)]
pub(super) struct Recovery<'t> {
    /// Its text, without what cannot be read: everything else stands where it stood.
    pub(super) text: Cow<'t, str>,
    /// What is done to it.
    pub(super) fixes: Vec<Fix>,
    /// Places of which nothing more is said, beside those of its problems.
    pub(super) quiet: Vec<Range<usize>>,
}

impl Recovery<'_> {
    /// The file as it is meant, where it can be read.
    pub(super) fn read<T: Readable>(&self) -> Option<T> {
        let mut document = DeTable::parse(&self.text).ok()?;
        apply(document.get_mut(), &self.fixes);
        of_document(document).ok()
    }
}

/// Problems of shape with those that the file as it is meant has. Warnings about that would only confuse, and so would what
/// the fixes themselves brought about: what is said of their places.
pub(super) fn with_further(
    problems: Diagnostics,
    quiet: &[Range<usize>],
    further: &Diagnostics,
) -> Diagnostics {
    let whole = problems.iter().any(|problem| problem.span.is_none());
    let places: Vec<Range<usize>> =
        problems.iter().filter_map(|problem| problem.span.clone()).chain(quiet.iter().cloned()).collect();
    let known = |problem: &Diagnostic| match &problem.span {
        // Of another file.
        _ if problem.file.is_some() => false,
        Some(span) if *span != (0..0) => {
            places.iter().any(|place| place.start < span.end && span.start < place.end)
        }
        // What is missing at the top has no place.
        _ => whole || !quiet.is_empty(),
    };
    let errors =
        further.iter().filter(|problem| problem.severity == Severity::Error && !known(problem)).cloned();
    let all: Vec<Diagnostic> = problems.iter().cloned().chain(errors).collect();
    Diagnostics::new(all).unwrap_or(problems)
}
