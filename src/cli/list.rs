//! `repatria list`: the scenarios of a folder with their questions.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::ListArgs;
use super::failure::Failure;
use super::load::is_study;
use super::new::TEMPLATES;
use super::say::{out, path_word, say};
use crate::scenario::{self, Source};

/// The folder that is looked into unless another is named.
const FOLDER: &str = "scenarios";

/// Prints file, title and question of every scenario; of one that cannot be read, how to learn why.
pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let mut out = out();
    let folder = args.folder.as_deref().unwrap_or(Path::new(FOLDER));
    if !folder.is_dir() {
        if args.folder.is_some() {
            return Err(Failure::BadInput(format!(
                "error: {} is no folder: name the one that your scenarios are in",
                folder.display()
            )));
        }
        say(format!("There is no folder {FOLDER}/ here. Scenarios to start from:\n"));
        for template in TEMPLATES {
            let source = Source::new(template.name, template.text);
            let command = format!("repatria new NAME --from {}", template.name);
            describe(&mut out, &command, scenario::parse(&source).ok())?;
        }
        return Ok(());
    }
    let files = toml_files(folder)?;
    if files.is_empty() {
        say(format!("No scenarios in {}: `repatria new NAME` writes one.", folder.display()));
    }
    for path in files {
        let source = Source::read(&path).ok();
        let name = path_word(&path);
        match source.as_ref().filter(|source| is_study(&source.text)) {
            Some(_) => writeln!(
                out,
                "{name}\n    a study of a scenario: `repatria study plan {name}` says what it takes\n"
            )?,
            None => describe(&mut out, &name, source.and_then(|source| scenario::parse(&source).ok()))?,
        }
    }
    Ok(())
}

/// The files of a folder that may be scenarios, in the order of their names.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files: Vec<PathBuf> =
        fs_err::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml") && path.is_file());
    files.sort();
    Ok(files)
}

/// Those of them that are no studies.
#[cfg(feature = "page")]
pub fn scenario_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = toml_files(folder)?;
    files.retain(|path| Source::read(path).ok().is_none_or(|source| !is_study(&source.text)));
    Ok(files)
}

fn describe(out: &mut impl Write, name: &str, file: Option<scenario::ScenarioFile>) -> std::io::Result<()> {
    writeln!(out, "{name}")?;
    match file {
        None => writeln!(out, "    cannot be read: `repatria check {name}` says why")?,
        Some(file) => {
            writeln!(out, "    {}", one_line(file.title.get()))?;
            if let Some(question) = &file.question {
                writeln!(out, "    {}", one_line(question.get()))?;
            }
        }
    }
    writeln!(out)
}

/// A text that was not checked yet, in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
