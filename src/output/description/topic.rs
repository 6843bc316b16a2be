//! A topic of a description.

/// What a scenario holds about one thing, in sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its heading: "Who comes".
    pub title: &'static str,
    /// The sentences, each with its full stop.
    pub sentences: Vec<String>,
}
