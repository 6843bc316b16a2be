//! What people write: scenario files, from text to a valid [`Model`].
//!
//! [`Source`] is text with a name, [`parse`] gives a [`ScenarioFile`] (as written, every piece with its place),
//! [`ScenarioFile::validate`] a [`Model`] (valid, defaults filled in). Each step says all of its problems at once.

mod address;
pub mod diagnostic;
mod expression;
pub mod file;
mod kinds;
pub mod located;
mod mend;
pub mod schema;
mod shape;
pub mod source;
mod syntax;
mod validate;
mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use file::ScenarioFile;
pub use source::Source;
pub use validate::{
    LONGEST_TEXT, MOST_AGES, MOST_CELLS, MOST_DIMENSIONS, MOST_EDGES, MOST_MECHANISMS, MOST_OBSERVED,
    MOST_OUTCOMES, MOST_PEOPLE, MOST_RECORDED, MOST_REPLICATES, MOST_VALUES,
};

use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;
use toml::de::DeTable;

use crate::model::Model;

/// Reads a scenario's text into the file as it is written.
///
/// # Errors
/// Every problem of syntax and shape: unknown and missing keys, wrong types.
pub fn parse(source: &Source) -> Result<ScenarioFile, Diagnostics> {
    read(source).map_err(|unread| unread.problems)
}

/// Why a file could not be read as it is written.
struct Unread {
    problems: Diagnostics,
    /// The file as its author most likely means it, where that can be told.
    meant: Option<Box<ScenarioFile>>,
}

fn read(source: &Source) -> Result<ScenarioFile, Unread> {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let text = source.text.as_str();
    let found = shape::check(text, SCHEMA.get_or_init(schema::schema));
    if let Some(problems) = Diagnostics::new(found.problems) {
        let meant = found.mends.and_then(|mends| {
            let mut document = DeTable::parse(text).ok()?;
            mend::apply(document.get_mut(), &mends);
            ScenarioFile::deserialize(toml::Deserializer::from(document)).ok().map(Box::new)
        });
        return Err(Unread { problems, meant });
    }
    toml::from_str(text).map_err(|error| {
        // The shape was right, so this is something that the schema cannot say.
        let problem = Diagnostic::error(error.message())
            .help("write it as the scenarios that come with the program do");
        let problem = match error.span() {
            Some(span) => problem.at(span).label("not what is expected here"),
            None => problem,
        };
        Unread { problems: problem.into(), meant: None }
    })
}

impl ScenarioFile {
    /// Checks what the file means and gives the model with warnings, which are in the order of the file. `source` is
    /// what the file was read from.
    ///
    /// # Errors
    /// Every problem: unknown names, impossible numbers, dates outside the horizon, ...
    pub fn validate(&self, source: &Source) -> Result<(Model, Vec<Diagnostic>), Diagnostics> {
        validate::validate(self, source)
    }
}

/// Reads and checks a scenario. A misspelt key does not hide what else is wrong: the rest is checked as if it were mended.
///
/// # Errors
/// As [`parse`] and [`ScenarioFile::validate`].
pub fn load(source: &Source) -> Result<(Model, Vec<Diagnostic>), Diagnostics> {
    let unread = match read(source) {
        Ok(file) => return file.validate(source),
        Err(unread) => unread,
    };
    let Some(Err(further)) = unread.meant.map(|file| file.validate(source)) else {
        return Err(unread.problems);
    };
    // Warnings about a file that is not the author's would only confuse, and so would what the mend itself brought about.
    let known = |problem: &Diagnostic| {
        unread.problems.iter().any(|other| match (&problem.span, &other.span) {
            (Some(span), Some(other)) => span.start < other.end && other.start < span.end,
            _ => false,
        })
    };
    let errors =
        further.iter().filter(|problem| problem.severity == Severity::Error && !known(problem)).cloned();
    let all: Vec<Diagnostic> = unread.problems.iter().cloned().chain(errors).collect();
    Err(Diagnostics::new(all).unwrap_or(unread.problems))
}
