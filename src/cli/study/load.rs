//! Reads a study and shows its problems.

use std::path::Path;

use crate::cli::colour::colour;
use crate::cli::failure::Failure;
use crate::cli::load::refused;
use crate::cli::render::render;
use crate::cli::say::{say, show};
use crate::scenario::Source;
use crate::study::{Inputs, Study, read, warnings};

/// Reads the study at `path`; what its author should know goes to stderr.
pub fn load(path: &Path) -> Result<(Inputs, Study), Failure> {
    let source = Source::read(path)
        .map_err(|problems| refused(&Source::new(path.display().to_string(), ""), &problems))?;
    let (mut inputs, file) =
        Inputs::read(source.clone(), path).map_err(|problems| refused(&source, &problems))?;
    let study = read(&mut inputs, &file).map_err(|problems| refused(&source, &problems))?;
    let warnings = warnings(&file, &study);
    if !warnings.is_empty() {
        show(render(&source, &warnings, colour()).trim_end());
        say("");
    }
    Ok((inputs, study))
}
