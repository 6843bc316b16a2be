//! `repatria run`: from a scenario to tables and charts.

use std::path::Path;

use super::args::RunArgs;
use super::failure::Failure;
use super::load::{Loaded, load};
use super::memory::{Limit, programs};
#[cfg(feature = "page")]
use super::page_files::{Simulated, index};
#[cfg(feature = "charts")]
use super::pictures::pictures;
use super::precision::targets;
use super::report;
use super::simulate::{AT_MOST, Task};
use super::stop::{listen, stop_requested};
use super::tables::wanted;
use super::typed::command_line;
use super::variants::{ChosenVariants, choose};
use super::watch::Progress;
use crate::ensemble::SeriesPlan;
use crate::ensemble::precision::PrecisionTarget;
#[cfg(feature = "charts")]
use crate::output::chart;
use crate::output::folder::{Identity, Results};
use crate::output::package::{RunFacts, Text};
use crate::output::write::{WriteError, write};
#[cfg(feature = "page")]
use crate::page::parts::Beside;
use crate::scenario::{ScenarioVariants, Source};

/// Simulates a scenario and writes its results.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    listen()?;
    let formats = wanted(&args.tables)?;
    let Loaded { source, scenario, warnings } = load(&args.scenario)?;
    let chosen = choose(&scenario, &args.variants, args.against.as_deref())?;
    let targets = targets(&args.precision, &scenario, &chosen)?;
    if !args.quiet {
        report::warnings(warnings.len(), &args.scenario);
    }
    let identity = Identity { name: stem(&args.scenario), title: scenario.baseline.title.clone() };
    let task = task(args, &scenario, chosen, targets)?;
    let folder = args.out.clone().unwrap_or_else(|| Path::new("output").join(&identity.name));
    // Opened before the work starts, so that a bad path fails in the first second.
    let results = Results::open(&folder, &identity, args.force)?;
    if !args.quiet {
        report::before(&task, args.expected);
    }
    let created = jiff::Timestamp::now().to_string();
    let steps: u64 = task.programs.iter().map(|program| u64::from(program.steps())).sum();
    let progress = Progress::new(task.replicates * steps, args.quiet);
    let answer = task.answer(args, &progress);
    let seconds = progress.finish();
    let answer = answer?;
    #[cfg(not(feature = "charts"))]
    let charts = Vec::new();
    #[cfg(feature = "charts")]
    #[cfg_attr(not(feature = "page"), expect(unused_mut, reason = "the page is shown beside them"))]
    let mut charts = pictures(args.charts, || chart::draw_all(&answer))?;
    #[cfg(feature = "page")]
    if !args.no_page {
        let beside = if args.charts.svg { Beside::Charts } else { Beside::Nothing };
        let simulated = Simulated { task: &task, source: &source, answer: &answer, name: &identity.name };
        charts.push(index(&simulated, beside));
    }
    let run = RunFacts {
        scenario: identity,
        texts: texts(&source),
        extends: scenario.sources().nth(1).map(Source::place),
        seed: task.seed,
        fingerprints: task.programs.iter().map(|program| program.fingerprint()).collect(),
        command: command_line(Some(&args.scenario)),
        created,
        seconds,
    };
    let written = match write(results, &answer, &run, &formats, &charts, &stop_requested) {
        Ok(written) => written,
        Err(WriteError::Stopped) => return Err(Failure::Interrupted),
        Err(WriteError::Folder(error)) => return Err(error.into()),
    };
    if !args.quiet {
        report::written(&folder, &written, seconds);
        report::after(&task, &answer);
    }
    Ok(())
}

/// What is simulated: as the arguments say, and where they do not, the scenario. Refused where there is nothing to attribute, or not
/// enough memory.
pub(super) fn task<'s>(
    args: &RunArgs,
    scenario: &'s ScenarioVariants,
    chosen: ChosenVariants<'s>,
    targets: Vec<PrecisionTarget>,
) -> Result<Task<'s>, Failure> {
    let model = &scenario.baseline;
    let replicates = args.replicates.unwrap_or(model.replicates);
    let limit = if targets.is_empty() { u64::MAX } else { args.at_most.unwrap_or(AT_MOST) };
    let models: Vec<_> =
        std::iter::once(model).chain(chosen.variants.iter().map(|variant| &variant.model)).collect();
    let task = Task {
        programs: programs(Limit::of(args.memory), "this run", &models, &SeriesPlan::new, args.expected)?,
        scenario,
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
    task.fits(args)?;
    Ok(task)
}

/// The scenario and the files that it names, by their paths from its folder.
fn texts(source: &Source) -> Vec<Text> {
    let own = Text { path: source.place(), text: source.text.clone() };
    let named = source.files_read().into_iter().map(|(path, text)| Text { path, text });
    let named: Vec<Text> = named.filter(|text| text.path != own.path).collect();
    std::iter::once(own).chain(named).collect()
}

/// The file's name without its ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}
