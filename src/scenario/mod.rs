//! What people write: scenario files, from text to a valid [`Model`].
//!
//! [`Source`] is text with a name, [`parse`] gives a [`ScenarioFile`] (as written, every piece with its place), [`load`]
//! [`ScenarioVariants`]: the [`Model`] of the scenario and those of its variants (valid, defaults filled in). Each step says all of
//! its problems at once.

mod address;
pub mod code;
pub mod diagnostic;
mod expression;
mod extension;
pub mod file;
mod fix;
#[cfg(feature = "disk")]
mod from_disk;
mod hints;
mod kinds;
pub mod located;
mod mistake;
pub mod paths;
mod placeholder;
mod recovery;
pub mod schema;
mod shape;
pub mod sheet;
mod slips;
pub mod source;
mod syntax;
mod validate;
mod variants;
mod walk;
mod words;

pub use code::Code;
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
    MOST_EDGES_OF_VARIANTS, MOST_PARTS, MOST_VARIANTS, OnDates, ScenarioVariants, Setting, Variant,
    VariantPart,
};
pub use words::{list, suggest};

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::DeTable;

use crate::model::Model;
use extension::placed;
use file::extension::Base;
use file::words::Named;
use recovery::with_further;

/// Reads a scenario's text into the file as it is written. Of a file that extends another it is that other, with the
/// variants of both.
///
/// # Errors
/// Every problem of syntax and shape: unknown and missing keys, wrong types.
pub fn parse(source: &Source) -> Result<ScenarioFile, Diagnostics> {
    read(source).map_err(|unread| unread.problems.each(|problems| placed(unread.base.as_ref(), problems)))
}

/// Why a file could not be read as it is written.
pub struct UnreadScenario<T> {
    problems: Diagnostics,
    /// The file as its author most likely means it, where that can be told.
    meant: Option<Box<T>>,
    /// Places of which nothing more is said.
    quiet: Vec<Range<usize>>,
    /// The file that it extends, where problems may stand in that.
    base: Option<Base>,
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

fn read(source: &Source) -> Result<ScenarioFile, UnreadScenario<ScenarioFile>> {
    if extension::is_extension(&source.text) {
        extension::read(source)
    } else {
        read_as(&source.text, schema::of_scenarios(), shape::SCENARIO)
    }
}

/// A kind of file that can be read: what it is made of.
pub trait Readable: DeserializeOwned {
    /// Its variants, where it can have some. What they write in lists is read when it is known of what these are.
    fn variants(&mut self) -> Option<&mut Named<file::variant::WrittenVariant>> {
        None
    }
}

impl Readable for ScenarioFile {
    fn variants(&mut self) -> Option<&mut Named<file::variant::WrittenVariant>> {
        Some(&mut self.variants)
    }
}

/// Reads a file whose type is `T` and whose schema is `schema` ([`schema::generate`]).
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

/// The file that a document is.
fn of_document<T: Readable>(document: Spanned<DeTable>) -> Result<T, Diagnostics> {
    let variants = document.get_ref().get("variants").cloned();
    let mut file = T::deserialize(toml::Deserializer::from(document)).map_err(|error| unexpected(&error))?;
    if let (Some(written), Some(there)) = (&variants, file.variants()) {
        variants::read_lists(there, written)?;
    }
    Ok(file)
}

/// What the schema cannot say: the shape was right.
fn unexpected(error: &toml::de::Error) -> Diagnostic {
    let problem = Diagnostic::error(Code::WrongType, error.message())
        .help("write it as the scenarios that come with the program do");
    match error.span() {
        Some(span) => problem.at(span).label("not what is expected here"),
        None => problem,
    }
}

/// Reads and checks a scenario with its variants, and gives warnings, which are in the order of the file. A misspelt key
/// does not hide what else is wrong: the rest is checked as if it were fixed.
///
/// # Errors
/// Every problem: those of [`parse`], unknown names, impossible numbers, dates outside the horizon, ... of the scenario
/// and of each variant.
pub fn load(source: &Source) -> Result<(ScenarioVariants, Vec<Diagnostic>), Diagnostics> {
    let unread = match read(source) {
        Ok(file) => {
            let base = file.base.clone();
            return match ScenarioVariants::of(file, source) {
                Ok((scenario, warnings)) => Ok((scenario, placed(base.as_ref(), warnings))),
                Err(problems) => Err(problems.each(|problems| placed(base.as_ref(), problems))),
            };
        }
        Err(unread) => unread,
    };
    let base = unread.base.clone();
    let problems = unread.and(|file| ScenarioVariants::of(file, source));
    Err(problems.each(|problems| placed(base.as_ref(), problems)))
}

/// Reads and checks a scenario with its variants, and gives the scenario alone, with the warnings of all.
///
/// # Errors
/// As [`load`].
pub fn baseline(source: &Source) -> Result<(Model, Vec<Diagnostic>), Diagnostics> {
    load(source).map(|(scenario, warnings)| (scenario.baseline, warnings))
}
