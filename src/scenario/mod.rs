//! What people write: scenario files, from text to a valid [`Model`].
//!
//! [`Source`] is text with a name, [`parse`] gives a [`ScenarioFile`] (as written, every piece with its place), [`load`]
//! [`Worlds`]: the [`Model`] of the scenario and those of its variants (valid, defaults filled in). Each step says all of
//! its problems at once.

mod address;
pub mod diagnostic;
mod expression;
mod extension;
pub mod file;
mod hints;
mod kinds;
pub mod located;
mod mend;
pub mod paths;
pub mod schema;
mod shape;
pub mod sheet;
mod slips;
pub mod source;
mod syntax;
mod validate;
mod variants;
mod words;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use file::ScenarioFile;
pub use shape::FileKind;
pub use source::Source;
pub use validate::{
    LONGEST_TEXT, MOST_AGES, MOST_CELLS, MOST_DIMENSIONS, MOST_EDGES, MOST_MECHANISMS, MOST_OBSERVED,
    MOST_OUTCOMES, MOST_PEOPLE, MOST_RECORDED, MOST_REPLICATES, MOST_VALUES, distribution, label_of,
    name_problem, text_problem,
};
pub use variants::{
    MOST_EDGES_OF_VARIANTS, MOST_PARTS, MOST_VARIANTS, OnDates, Part, Setting, Variant, Worlds,
};
pub use words::{list, suggest};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::DeTable;

use crate::model::Model;
use extension::placed;
use file::extension::Base;

/// Reads a scenario's text into the file as it is written. Of a file that extends another it is that other, with the
/// variants of both.
///
/// # Errors
/// Every problem of syntax and shape: unknown and missing keys, wrong types.
pub fn parse(source: &Source) -> Result<ScenarioFile, Diagnostics> {
    read(source).map_err(|unread| unread.problems.each(|problems| placed(unread.base.as_ref(), problems)))
}

/// Why a file could not be read as it is written.
struct Unread {
    problems: Diagnostics,
    /// The file as its author most likely means it, where that can be told.
    meant: Option<Box<ScenarioFile>>,
    /// The file that it extends, where problems may stand in that.
    base: Option<Base>,
}

impl From<Diagnostics> for Unread {
    fn from(problems: Diagnostics) -> Unread {
        Unread { problems, meant: None, base: None }
    }
}

fn read(source: &Source) -> Result<ScenarioFile, Unread> {
    if extension::is_extension(&source.text) { extension::read(source) } else { read_whole(&source.text) }
}

/// Reads a scenario that stands by itself.
fn read_whole(text: &str) -> Result<ScenarioFile, Unread> {
    let found = shape::check(text, schema::of_scenarios(), shape::SCENARIO);
    if let Some(problems) = Diagnostics::new(found.problems) {
        let meant = found.mends.and_then(|mends| {
            let mut document = DeTable::parse(found.mended.as_deref().unwrap_or(text)).ok()?;
            mend::apply(document.get_mut(), &mends);
            ScenarioFile::deserialize(toml::Deserializer::from(document)).ok().map(Box::new)
        });
        return Err(Unread { problems, meant, base: None });
    }
    let mut file: ScenarioFile =
        toml::from_str(text).map_err(|error| Unread::from(Diagnostics::from(unexpected(&error))))?;
    variants::read_lists(&mut file.variants, text)?;
    Ok(file)
}

/// Reads a file of another kind that is made of the same pieces, whose type is `T` and whose schema is `schema`
/// ([`schema::generate`]).
///
/// # Errors
/// Every problem of syntax and shape.
pub fn read_as<T: DeserializeOwned>(text: &str, schema: &Value, kind: FileKind) -> Result<T, Diagnostics> {
    match Diagnostics::new(shape::check(text, schema, kind).problems) {
        Some(problems) => Err(problems),
        None => toml::from_str(text).map_err(|error| unexpected(&error).into()),
    }
}

/// What the schema cannot say: the shape was right.
fn unexpected(error: &toml::de::Error) -> Diagnostic {
    let problem =
        Diagnostic::error(error.message()).help("write it as the scenarios that come with the program do");
    match error.span() {
        Some(span) => problem.at(span).label("not what is expected here"),
        None => problem,
    }
}

/// Reads and checks a scenario with its variants, and gives warnings, which are in the order of the file. A misspelt key
/// does not hide what else is wrong: the rest is checked as if it were mended.
///
/// # Errors
/// Every problem: those of [`parse`], unknown names, impossible numbers, dates outside the horizon, ... of the scenario
/// and of each variant.
pub fn load(source: &Source) -> Result<(Worlds, Vec<Diagnostic>), Diagnostics> {
    let unread = match read(source) {
        Ok(file) => {
            let base = file.base.clone();
            return match Worlds::of(file, source) {
                Ok((worlds, warnings)) => Ok((worlds, placed(base.as_ref(), warnings))),
                Err(problems) => Err(problems.each(|problems| placed(base.as_ref(), problems))),
            };
        }
        Err(unread) => unread,
    };
    let base = unread.base;
    let problems = match unread.meant.map(|file| Worlds::of(*file, source)) {
        Some(Err(further)) => with_further(unread.problems, &further),
        _ => unread.problems,
    };
    Err(problems.each(|problems| placed(base.as_ref(), problems)))
}

/// Reads and checks a scenario with its variants, and gives the scenario alone, with the warnings of all.
///
/// # Errors
/// As [`load`].
pub fn baseline(source: &Source) -> Result<(Model, Vec<Diagnostic>), Diagnostics> {
    load(source).map(|(worlds, warnings)| (worlds.baseline, warnings))
}

/// Problems of shape with those that the mended file has.
fn with_further(problems: Diagnostics, further: &Diagnostics) -> Diagnostics {
    // Warnings about a file that is not the author's would only confuse, and so would what the mend itself brought about.
    let known = |problem: &Diagnostic| {
        problems.iter().any(|other| match (&problem.span, &other.span) {
            (Some(span), Some(other)) => span.start < other.end && other.start < span.end,
            _ => false,
        })
    };
    let errors =
        further.iter().filter(|problem| problem.severity == Severity::Error && !known(problem)).cloned();
    let all: Vec<Diagnostic> = problems.iter().cloned().chain(errors).collect();
    Diagnostics::new(all).unwrap_or(problems)
}
