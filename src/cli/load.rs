//! Reads a scenario and shows its problems.

use std::path::Path;

use super::colour::colour;
use super::failure::Failure;
use super::render::render;
use super::say::{path_word, visible};
use crate::scenario::{self, Diagnostic, Diagnostics, ScenarioVariants, Source};

#[cfg(feature = "study")]
pub use crate::study::is_study;

/// Whether a text is a study's: this program has none.
#[cfg(not(feature = "study"))]
pub fn is_study(_: &str) -> bool {
    false
}

/// A scenario that can be simulated.
pub struct Loaded {
    /// Its text.
    pub source: Source,
    /// What it means: itself and its variants.
    pub scenario: ScenarioVariants,
    /// What its author should know.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the scenario at `path`.
pub fn load(path: &Path) -> Result<Loaded, Failure> {
    let source = Source::read(path)
        .map_err(|problems| refused(&Source::new(path.display().to_string(), ""), &problems))?;
    let (scenario, warnings) = scenario::load(&source).map_err(|problems| {
        if is_study(&source.text) { a_study(path) } else { refused(&source, &problems) }
    })?;
    Ok(Loaded { source, scenario, warnings })
}

/// What to type where a study was named in a scenario's place.
fn a_study(path: &Path) -> Failure {
    let folder = path_word(Path::new(path.file_stem().unwrap_or_default()));
    let path = path_word(path);
    Failure::BadInput(format!(
        "error: {path} is a study of a scenario, not a scenario. To check it, and to run it:\n  \
         repatria study plan {path}\n  \
         repatria study plan {path} --out {folder}\n  \
         repatria study run {folder}"
    ))
}

/// The problems of a scenario, drawn.
pub fn refused(source: &Source, problems: &Diagnostics) -> Failure {
    let drawn = render(source, problems, colour());
    // The first of many has left the screen.
    match problems.iter().count() {
        1 => Failure::Refused(drawn),
        many => Failure::Refused(format!("{drawn}{many} errors in {}", visible(&source.name))),
    }
}
