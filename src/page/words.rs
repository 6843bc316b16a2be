//! The words of the page, in one file for each language.

/// The words of a page in one language.
#[derive(Clone, Debug, Default)]
pub struct Words {}
