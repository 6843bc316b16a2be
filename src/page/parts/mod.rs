//! The parts of a page, each rendered from what it tells.

use super::content::{PageContent, PageScenario};

/// A part of the page, with the `id` of the element that it is put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `part-answer`, ...
    pub id: &'static str,
    /// What is in the element.
    pub html: String,
}

/// All parts.
pub fn all(content: &PageContent<'_>) -> Vec<Part> {
    live(content, &[])
}

/// The parts that change with what is set; further charts as far as they are `open`, by their names.
pub fn live(_content: &PageContent<'_>, _open: &[String]) -> Vec<Part> {
    Vec::new()
}

/// The parts that need no answer.
pub fn before(_content: &PageScenario<'_>) -> Vec<Part> {
    Vec::new()
}
