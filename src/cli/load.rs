//! Reads a scenario and shows its problems.

use std::path::Path;

use super::colour;
use super::failure::Failure;
use super::render::render;
use crate::model::Model;
use crate::scenario::{self, Source};

/// A scenario that can be simulated.
pub struct Loaded {
    /// Its file.
    pub source: Source,
    /// What it means.
    pub model: Model,
    /// What its author should know, ready to be shown; empty if nothing.
    pub warnings: String,
    /// How many warnings there are.
    pub warning_count: usize,
}

/// Reads the scenario at `path`.
pub fn load(path: &Path) -> Result<Loaded, Failure> {
    let source = Source::read(path).map_err(|problem| {
        let nothing = Source { name: path.display().to_string(), text: String::new() };
        Failure::BadInput(render(&nothing, problem.iter(), colour()))
    })?;
    match scenario::load(&source) {
        Ok((model, warnings)) => {
            let warning_count = warnings.len();
            let warnings =
                if warnings.is_empty() { String::new() } else { render(&source, &warnings, colour()) };
            Ok(Loaded { source, model, warnings, warning_count })
        }
        Err(problems) => Err(Failure::BadInput(render(&source, problems.iter(), colour()))),
    }
}
