//! `repatria run`: from a scenario to tables and charts.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::args::RunArgs;
use super::failure::Failure;
use super::load::{Loaded, load};
use super::pictures::pictures;
use super::precision::targets;
use super::report;
use super::say::word;
use super::simulate::{AT_MOST, Task};
use super::stop::{listen, stop_requested};
use super::variants::choose;
use super::watch::Progress;
use crate::engine::fingerprint::hex;
use crate::engine::{Program, compile};
use crate::output::chart;
use crate::output::folder::{Identity, Results};
use crate::output::package::Run;
use crate::output::write::{WriteError, write};

/// Simulates a scenario and writes its results.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    listen()?;
    let Loaded { source, worlds, warnings } = load(&args.scenario)?;
    let chosen = choose(&worlds, &args.variants, args.against.as_deref())?;
    let targets = targets(&args.precision, &worlds, &chosen)?;
    let model = &worlds.baseline;
    if !args.quiet {
        report::warnings(warnings.len(), &args.scenario);
    }
    let scenario = Identity { name: stem(&args.scenario), title: model.title.clone() };
    let replicates = args.replicates.unwrap_or(model.replicates);
    let limit = if targets.is_empty() { u64::MAX } else { args.at_most.unwrap_or(AT_MOST) };
    let models = std::iter::once(model).chain(chosen.variants.iter().map(|variant| &variant.model));
    let task = Task {
        programs: models.map(compile).collect(),
        worlds: &worlds,
        chosen,
        targets,
        seed: args.seed.unwrap_or(model.seed),
        replicates: if args.expected { 1 } else { replicates.min(limit) },
    };
    if args.attribution && task.parted().next().is_none() {
        return Err(Failure::BadInput(
            "error: --attribution tells what the parts of a variant contribute, and no variant of this run has several: give \
             a variant more than one change, or leave --attribution out"
                .into(),
        ));
    }
    let folder = args.out.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    // Opened before the work starts, so that a bad path fails in the first second.
    let results = Results::open(&folder, &scenario, args.force)?;
    if !args.quiet {
        report::before(&task, args.expected);
    }
    let created = jiff::Timestamp::now().to_string();
    let steps: u64 = task.programs.iter().map(|program| u64::from(program.steps())).sum();
    let progress = Progress::new(task.replicates * steps, args.quiet);
    let answer = task.answer(args, &progress);
    let seconds = progress.finish();
    let answer = answer?;
    let charts = pictures(args.charts, || chart::draw_all(&answer))?;
    let run = Run {
        scenario,
        path: args.scenario.display().to_string(),
        sha256: sha256(&source.text),
        extends: worlds.sources().nth(1).map(|base| (base.name.clone(), sha256(&base.text))),
        seed: task.seed,
        fingerprints: task.programs.iter().map(Program::fingerprint).collect(),
        command: command_line(),
        created,
        seconds,
    };
    let written = match write(results, &answer, &run, &charts, &stop_requested) {
        Ok(written) => written,
        Err(WriteError::Stopped) => return Err(Failure::Interrupted),
        Err(WriteError::Folder(error)) => return Err(error.into()),
    };
    if !args.quiet {
        let names: Vec<String> = (written.iter().filter_map(|path| path.file_name()))
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        report::after(&folder, &names, &task, &answer, seconds);
    }
    Ok(())
}

/// The SHA-256 of a text, in hexadecimal.
fn sha256(text: &str) -> String {
    hex(Sha256::digest(text.as_bytes()))
}

/// The file's name without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}

/// What was typed, without where the program is installed.
pub(super) fn command_line() -> String {
    let words = std::env::args_os().skip(1).map(|text| word(&text.to_string_lossy()).into_owned());
    std::iter::once("repatria".to_string()).chain(words).collect::<Vec<_>>().join(" ")
}
