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
    LONGEST_TEXT, MOST_CELLS, MOST_DIMENSIONS, MOST_EDGES, MOST_MECHANISMS, MOST_PEOPLE, MOST_RECORDED,
    MOST_REPLICATES, MOST_VALUES,
};

use std::sync::OnceLock;

use serde_json::Value;

use crate::model::Model;

/// Reads a scenario's text into the file as it is written.
///
/// # Errors
/// Every problem of syntax and shape: unknown and missing keys, wrong types.
pub fn parse(source: &Source) -> Result<ScenarioFile, Diagnostics> {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let text = source.text.as_str();
    if let Some(problems) = Diagnostics::new(shape::check(text, SCHEMA.get_or_init(schema::schema))) {
        return Err(problems);
    }
    toml::from_str(text).map_err(|error| {
        // The shape was right, so this is something that the schema cannot say.
        let problem = Diagnostic::error(error.message())
            .help("write it as the scenarios that come with the program do");
        Diagnostics::from(match error.span() {
            Some(span) => problem.at(span).label("not what is expected here"),
            None => problem,
        })
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

/// Reads and checks a scenario.
///
/// # Errors
/// As [`parse`] and [`ScenarioFile::validate`].
pub fn load(source: &Source) -> Result<(Model, Vec<Diagnostic>), Diagnostics> {
    parse(source)?.validate(source)
}
