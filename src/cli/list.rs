//! `repatria list`: the scenarios of a folder with their questions.

use std::io::Write;
use std::path::PathBuf;

use super::args::ListArgs;
use super::failure::Failure;
use super::new::TEMPLATES;
use crate::scenario::{self, Source};

/// Prints file, title and question of every scenario; one that cannot be read is named with the number of its problems.
pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    if !args.folder.is_dir() {
        eprintln!("There is no folder `{}` here. Scenarios to start from:", args.folder.display());
        for template in TEMPLATES {
            let source = Source { name: template.name.into(), text: template.text.into() };
            let command = format!("repatria new NAME --from {}", template.name);
            describe(&mut out, &command, scenario::parse(&source).ok())?;
        }
        return Ok(());
    }
    let mut files: Vec<PathBuf> = fs_err::read_dir(&args.folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    if files.is_empty() {
        eprintln!("No scenarios in {}: `repatria new NAME` writes one.", args.folder.display());
    }
    for path in files {
        let file = Source::read(&path).ok().and_then(|source| scenario::parse(&source).ok());
        describe(&mut out, &path.display().to_string(), file)?;
    }
    Ok(())
}

fn describe(out: &mut impl Write, name: &str, file: Option<scenario::ScenarioFile>) -> std::io::Result<()> {
    writeln!(out, "{name}")?;
    match file {
        None => writeln!(out, "    cannot be read: `repatria check {name}` says why")?,
        Some(file) => {
            writeln!(out, "    {}", file.title.get())?;
            if let Some(question) = &file.question {
                writeln!(out, "    {}", question.get())?;
            }
        }
    }
    writeln!(out)
}
