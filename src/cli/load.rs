//! Reads a scenario and shows its problems.

use std::path::Path;

use super::colour;
use super::failure::Failure;
use super::render::render;
use crate::scenario::{self, Diagnostic, Diagnostics, Source, Worlds};

/// A scenario that can be simulated.
pub struct Loaded {
    /// Its text.
    pub source: Source,
    /// What it means: itself and its variants.
    pub worlds: Worlds,
    /// What its author should know.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the scenario at `path`.
pub fn load(path: &Path) -> Result<Loaded, Failure> {
    let source = Source::read(path)
        .map_err(|problems| refused(&Source::new(path.display().to_string(), ""), &problems))?;
    let (worlds, warnings) = scenario::load(&source).map_err(|problems| refused(&source, &problems))?;
    Ok(Loaded { source, worlds, warnings })
}

/// The problems of a scenario, drawn.
pub fn refused(source: &Source, problems: &Diagnostics) -> Failure {
    let drawn = render(source, problems, colour());
    // The first of many has left the screen.
    match problems.iter().count() {
        1 => Failure::BadInput(drawn),
        many => Failure::BadInput(format!("{drawn}{many} errors in {}", source.name)),
    }
}
