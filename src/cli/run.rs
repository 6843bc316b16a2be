//! `repatria run`: from a scenario to tables and charts.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::args::{ChartKinds, RunArgs};
use super::failure::Failure;
use super::load::{Loaded, load};
use super::watch::{Progress, listen, stop_requested};
use crate::engine::{Program, compile};
use crate::ensemble::summary::Summary;
use crate::ensemble::{SimulateError, expect, simulate};
use crate::model::Model;
use crate::output::chart;
use crate::output::folder::{Identity, Results};
use crate::output::format::count;
use crate::output::package::Run;
use crate::output::sentences::sentences;
use crate::output::write::{Chart, WriteError, write};

/// Simulates a scenario and writes its results.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    listen()?;
    let Loaded { source, model, warnings, warning_count } = load(&args.scenario)?;
    if !args.quiet && warning_count > 0 {
        eprintln!("{}", warnings.trim_end());
    }
    let scenario = Identity { name: stem(&args.scenario), title: model.title.clone() };
    let folder = args.out.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    // Opened before the work starts, so that a bad path fails in the first second.
    let results = Results::open(&folder, &scenario, args.force)
        .map_err(|error| Failure::BadInput(format!("error: {error}")))?;

    let program = compile(&model);
    let seed = args.seed.unwrap_or(model.seed);
    let replicates = if args.expected { 1 } else { args.replicates.unwrap_or(model.replicates) };
    if !args.quiet {
        announce(&model, replicates, args.expected);
    }
    let created = jiff::Timestamp::now().to_string();
    let progress = Progress::new(replicates * u64::from(program.steps()), args.quiet);
    let summary = simulate_or_expect(args, &program, seed, replicates, &progress);
    let seconds = progress.finish();
    let summary = summary?;
    let charts = draw(&model, &summary, args.charts)?;
    let run = Run {
        scenario,
        path: args.scenario.display().to_string(),
        sha256: Sha256::digest(source.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        seed,
        fingerprint: program.fingerprint(),
        command: std::env::args_os()
            .map(|word| word.to_string_lossy().into_owned())
            .collect::<Vec<_>>()
            .join(" "),
        created,
        seconds,
    };
    let written = match write(results, &model, &summary, &run, &charts, &stop_requested) {
        Ok(written) => written,
        Err(WriteError::Stopped) => return Err(Failure::Interrupted),
        Err(WriteError::Folder(error)) => return Err(error.into()),
    };
    if !args.quiet {
        report(&folder, &written, &model, &summary, seconds);
    }
    Ok(())
}

/// Says what is about to happen.
fn announce(model: &Model, replicates: u64, expected: bool) {
    let steps = count(model.calendar.steps().into(), model.calendar.unit().name());
    if expected {
        eprintln!("{}: expected values over {steps}, no randomness", model.title);
    } else {
        let histories = if replicates == 1 { "1 history".into() } else { count(replicates, "historie") };
        eprintln!("{}: {histories} of {steps}", model.title);
    }
}

fn simulate_or_expect(
    args: &RunArgs,
    program: &Program,
    seed: u64,
    replicates: u64,
    progress: &Progress,
) -> Result<Summary, Failure> {
    let summary = if args.expected {
        expect(program)
    } else {
        simulate(program, seed, 0..replicates, args.threads.unwrap_or(0).into(), progress)
    };
    summary.map_err(|error| match error {
        SimulateError::Interrupted => Failure::Interrupted,
        other => other.into(),
    })
}

/// Draws the charts in the wanted kinds.
fn draw(model: &Model, summary: &Summary, kinds: ChartKinds) -> Result<Vec<Chart>, Failure> {
    if kinds == ChartKinds::default() {
        return Ok(Vec::new());
    }
    let mut charts = Vec::new();
    for drawn in chart::draw_all(model, summary) {
        if stop_requested() {
            return Err(Failure::Interrupted);
        }
        if kinds.png {
            let bytes = chart::png(&drawn.svg)?;
            charts.push(Chart { name: format!("{}.png", drawn.name), title: drawn.title.clone(), bytes });
        }
        if kinds.svg {
            let bytes = drawn.svg.into_bytes();
            charts.push(Chart { name: format!("{}.svg", drawn.name), title: drawn.title, bytes });
        }
    }
    Ok(charts)
}

/// Says what was written and what came out.
fn report(folder: &Path, written: &[PathBuf], model: &Model, summary: &Summary, seconds: f64) {
    let names: Vec<String> = written
        .iter()
        .filter_map(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    let tables: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| name.ends_with(".csv") || name.ends_with(".json"))
        .collect();
    let charts: Vec<&str> = names.iter().map(String::as_str).filter(|name| !tables.contains(name)).collect();
    eprintln!("Simulated in {seconds:.1} s. Written to {}:", folder.display());
    eprintln!("  {}", tables.join("  "));
    if !charts.is_empty() {
        eprintln!("  {}", charts.join("  "));
    }
    eprintln!();
    for sentence in sentences(model, summary) {
        eprintln!("{sentence}");
    }
    eprintln!("Parameters are illustrative unless a source is stated; this is no forecast.");
}

/// The file's name without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}
