//! `repatria run`: from a scenario to tables and charts.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::args::{ChartKinds, RunArgs};
use super::failure::Failure;
use super::load::{Loaded, load};
use super::report;
use super::say::word;
use super::stop::{listen, stop_requested};
use super::watch::Progress;
use crate::engine::{Program, compile};
use crate::ensemble::summary::Summary;
use crate::ensemble::{SimulateError, expect_watched, simulate};
use crate::model::Model;
use crate::output::chart;
use crate::output::folder::{Identity, Results};
use crate::output::package::Run;
use crate::output::write::{Chart, WriteError, write};

/// Simulates a scenario and writes its results.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    listen()?;
    let Loaded { source, worlds, warnings } = load(&args.scenario)?;
    let model = worlds.baseline;
    if !args.quiet {
        report::warnings(warnings.len(), &args.scenario);
    }
    let scenario = Identity { name: stem(&args.scenario), title: model.title.clone() };
    let folder = args.out.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    // Opened before the work starts, so that a bad path fails in the first second.
    let results = Results::open(&folder, &scenario, args.force)?;

    let program = compile(&model);
    let seed = args.seed.unwrap_or(model.seed);
    let replicates = if args.expected { 1 } else { args.replicates.unwrap_or(model.replicates) };
    if !args.quiet {
        report::before(&model, replicates, args.expected);
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
        command: command_line(),
        created,
        seconds,
    };
    let written = match write(results, &model, &summary, &run, &charts, &stop_requested) {
        Ok(written) => written,
        Err(WriteError::Stopped) => return Err(Failure::Interrupted),
        Err(WriteError::Folder(error)) => return Err(error.into()),
    };
    if !args.quiet {
        let names: Vec<String> = (written.iter().filter_map(|path| path.file_name()))
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        report::after(&folder, &names, &model, &summary, seconds);
    }
    Ok(())
}

fn simulate_or_expect(
    args: &RunArgs,
    program: &Program,
    seed: u64,
    replicates: u64,
    progress: &Progress,
) -> Result<Summary, Failure> {
    let summary = if args.expected {
        expect_watched(program, progress)
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

/// The file's name without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}

/// What was typed, without where the program is installed.
fn command_line() -> String {
    let words = std::env::args_os().skip(1).map(|text| word(&text.to_string_lossy()).into_owned());
    std::iter::once("repatria".to_string()).chain(words).collect::<Vec<_>>().join(" ")
}
