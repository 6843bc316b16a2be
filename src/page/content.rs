//! What a page tells.

use super::words::Words;
use crate::ensemble::answer::Answer;
use crate::scenario::{ScenarioVariants, Source};

/// What a page tells: a scenario, its answer, and how that came about.
#[derive(Clone, Copy, Debug)]
pub struct PageContent<'a> {
    /// The scenario, with its variants.
    pub scenario: &'a ScenarioVariants,
    /// Its text, with the files that it names.
    pub source: &'a Source,
    /// What was simulated, and what came out.
    pub answer: &'a Answer,
    /// How it came about.
    pub origin: &'a PageOrigin,
    /// The words of the page.
    pub words: &'a Words,
    /// Whether the lesson and the answers of exercises are on it.
    pub lesson: bool,
}

/// How an answer came about, beside what it says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageOrigin {
    /// The scenario's name: that of its file, without the ending.
    pub name: String,
    /// The seed of every random number.
    pub seed: u64,
    /// How many replicates were asked for.
    pub replicates: u64,
    /// What was asked for that is not as the scenario says, as options of `repatria run`; empty, or begins with a space.
    pub options: String,
    /// The fingerprint of the baseline's program.
    pub fingerprint: String,
    /// SHA-256 of the scenario's text.
    pub digest: String,
}

/// What a page tells of a scenario before anything is simulated.
#[derive(Clone, Copy, Debug)]
pub struct PageScenario<'a> {
    /// The scenario, with its variants.
    pub scenario: &'a ScenarioVariants,
    /// Its text, with the files that it names.
    pub source: &'a Source,
    /// How the answer will come about.
    pub origin: &'a PageOrigin,
    /// The words of the page.
    pub words: &'a Words,
    /// Whether the lesson and the answers of exercises are on it.
    pub lesson: bool,
}

impl<'a> PageContent<'a> {
    /// What it tells without its answer.
    pub fn before(&self) -> PageScenario<'a> {
        let PageContent { scenario, source, origin, words, lesson, .. } = *self;
        PageScenario { scenario, source, origin, words, lesson }
    }
}
