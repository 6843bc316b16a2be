//! What people write: scenario files, from text to a valid [`Model`].
//!
//! [`Source`] is text with a name, [`parse`] gives a [`ScenarioFile`] (as written, every piece with its place), [`load`]
//! [`ScenarioVariants`]: the [`Model`] of the scenario and those of its variants (valid, defaults filled in). Each step says all of
//! its problems at once.

mod address;
pub mod code;
mod companions;
pub mod diagnostic;
mod document;
mod expression;
mod extension;
pub mod file;
mod file_kind;
mod fix;
#[cfg(feature = "disk")]
mod from_disk;
mod hints;
mod kinds;
pub mod located;
mod mistake;
pub mod paths;
mod placed;
mod placeholder;
#[cfg(any(test, target_arch = "wasm32"))]
mod published;
mod reading;
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
pub use document::Readable;
pub use file::ScenarioFile;
pub use file_kind::FileKind;
pub use reading::{UnreadScenario, read_as};
pub use source::Source;
pub use validate::{
    LONGEST_TEXT, MOST_AGES, MOST_CELLS, MOST_DIMENSIONS, MOST_EDGES, MOST_MECHANISMS, MOST_OBSERVED,
    MOST_OUTCOMES, MOST_PEOPLE, MOST_RECORDED, MOST_REPLICATES, MOST_VALUES, distribution, name_problem,
    text_problem,
};
pub use variants::{
    Exercise, ExerciseSetting, MOST_EDGES_OF_VARIANTS, MOST_EXERCISES, MOST_PARTS, MOST_VARIANTS, OnDates,
    ScenarioVariants, SettableNumber, Setting, Variant, VariantPart,
};
pub use words::{label_of, list, suggest};

use crate::model::Model;
use placed::placed;

/// Reads a scenario's text into the file as it is written. Of a file that extends another it is that other, with the
/// variants of both.
///
/// # Errors
/// Every problem of syntax and shape: unknown and missing keys, wrong types.
pub fn parse(source: &Source) -> Result<ScenarioFile, Diagnostics> {
    read(source).map_err(|unread| unread.problems.each(|problems| placed(unread.base.as_ref(), problems)))
}

fn read(source: &Source) -> Result<ScenarioFile, UnreadScenario<ScenarioFile>> {
    if extension::is_extension(&source.text) {
        extension::read(source)
    } else {
        read_as(&source.text, schema::of_scenarios(), file_kind::SCENARIO)
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
