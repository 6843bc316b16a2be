//! Reads a scenario and shows its problems.

use std::path::Path;

use super::colour;
use super::failure::Failure;
use super::render::render;
use crate::model::Model;
use crate::scenario::{self, Diagnostic, ScenarioFile, Source};

/// A scenario that can be simulated.
pub struct Loaded {
    /// Its text.
    pub source: Source,
    /// The file as it is written.
    pub file: ScenarioFile,
    /// What it means.
    pub model: Model,
    /// What its author should know.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the scenario at `path`.
pub fn load(path: &Path) -> Result<Loaded, Failure> {
    let source = Source::read(path).map_err(|problem| {
        let nothing = Source { name: path.display().to_string(), text: String::new() };
        Failure::BadInput(render(&nothing, problem.iter(), colour()))
    })?;
    let problems = |problems: scenario::Diagnostics| {
        let number = problems.iter().count();
        let drawn = render(&source, problems.iter(), colour());
        // The first of many has left the screen.
        let many = if number > 1 { format!("{number} errors in {}", source.name) } else { String::new() };
        Failure::BadInput(drawn + &many)
    };
    let file = scenario::parse(&source).map_err(problems)?;
    let (model, warnings) = file.validate(&source).map_err(problems)?;
    Ok(Loaded { source, file, model, warnings })
}
