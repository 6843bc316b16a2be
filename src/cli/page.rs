//! `repatria page`: from a scenario to one HTML file.

use std::path::PathBuf;

use super::args::RunArgs;
use super::failure::Failure;
use super::load::{Loaded, load};
use super::page_args::PageArgs;
use super::page_files::{MadePage, PageMaker, Simulated, may_write, write};
use super::report;
use super::run::{stem, task};
use super::say::say;
use super::stop::listen;
use super::variants::choose;
use super::watch::Progress;
use crate::output::format::thousands;
use crate::page::parts::Beside;

/// Simulates a scenario and writes its page.
pub fn page(args: &PageArgs) -> Result<(), Failure> {
    listen()?;
    let maker = PageMaker::new(&args.look)?;
    let name = stem(&args.scenario);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.html")));
    // Looked at before the work starts.
    may_write(&out, args.force)?;
    let run = RunArgs {
        replicates: args.replicates,
        seed: args.seed,
        threads: args.threads,
        variants: args.variants.clone(),
        memory: args.memory,
        quiet: args.quiet,
        ..RunArgs::of(args.scenario.clone())
    };
    let MadePage { html, .. } = simulated_page(&run, &maker, &name)?;
    write(&out, &html)?;
    if !args.quiet {
        let size = thousands((html.len() as f64 / 1000.0).ceil());
        say(format!("Written to {} ({size} kB): a browser opens it, without a network.", out.display()));
        maker.tell();
    }
    Ok(())
}

/// The page of what a run simulates.
pub fn simulated_page(args: &RunArgs, maker: &PageMaker, name: &str) -> Result<MadePage, Failure> {
    let Loaded { source, scenario, warnings } = load(&args.scenario)?;
    let chosen = choose(&scenario, &args.variants, None)?;
    if !args.quiet {
        report::warnings(warnings.len(), &args.scenario);
    }
    let task = task(args, &scenario, chosen, Vec::new())?;
    if !args.quiet {
        report::before(&task, false);
    }
    let steps: u64 = task.programs.iter().map(|program| u64::from(program.steps())).sum();
    let progress = Progress::new(task.replicates * steps, args.quiet);
    let answer = task.answer(args, &progress);
    progress.finish();
    let answer = answer?;
    Ok(maker.page(&Simulated { task: &task, source: &source, answer: &answer, name }, Beside::Nothing))
}
