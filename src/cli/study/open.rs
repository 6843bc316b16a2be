//! Opens the folder of a study.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::say::path_word;
use crate::scenario::Source;
use crate::study::plan::StudyPlan;
use crate::study::store::Store;
use crate::study::{Study, is_scenario, is_study};

/// Opens the folder of a study for `command`. Where a file was named in its place, says what to type.
pub fn open(folder: &Path, command: &str) -> Result<(Store, StudyPlan, Study), Failure> {
    match Store::open(folder) {
        Err(_) if folder.is_file() => Err(Failure::BadInput(a_file(folder, command))),
        opened => Ok(opened?),
    }
}

fn a_file(path: &Path, command: &str) -> String {
    let folder = path.with_extension("");
    let (word, planned) = (path_word(path), path_word(&folder));
    match Source::read(path) {
        Ok(source) if is_study(&source.text) => {
            let plan = format!("  repatria study plan {word} --out {planned}\n");
            let plan = if Store::open(&folder).is_ok() { "" } else { &plan };
            format!(
                "error: {word} is a study, and `study {command}` works in the folder that was planned for it. Type:\n\
                 {plan}  repatria study {command} {planned}"
            )
        }
        Ok(source) if is_scenario(&source.text) => format!(
            "error: {word} is a scenario, and `study {command}` works in the folder that was planned for a study. To simulate \
             the scenario itself:\n  repatria run {word}"
        ),
        _ => format!(
            "error: {word} is a file, and `study {command}` works in a folder: the one that `repatria study plan STUDY --out DIR` makes"
        ),
    }
}
