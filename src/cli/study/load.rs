//! Reads a study and shows its problems.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::load::refused;
use crate::scenario::Source;
use crate::study::{Inputs, Study, read};

/// Reads the study at `path`.
pub fn load(path: &Path) -> Result<(Inputs, Study), Failure> {
    let source = Source::read(path)
        .map_err(|problems| refused(&Source::new(path.display().to_string(), ""), &problems))?;
    let (mut inputs, file) =
        Inputs::read(source.clone(), path).map_err(|problems| refused(&source, &problems))?;
    let study = read(&mut inputs, &file).map_err(|problems| refused(&source, &problems))?;
    Ok((inputs, study))
}
