//! `repatria page`: from a scenario to one HTML file.

use std::path::PathBuf;

use clap::Args;

use super::args::RunArgs;
use super::failure::Failure;
use super::load::{Loaded, load};
use super::memory::Bytes;
use super::page_files::{MadePage, PageLook, PageMaker, Simulated, may_write, write};
use super::report;
use super::run::{stem, task};
use super::say::say;
use super::stop::listen;
use super::variants::{Which, choose};
use super::watch::Progress;
use crate::output::format::thousands;
use crate::page::parts::Beside;

/// Options of `page`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Where to write [default: the scenario's name with .html, in this folder].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    look: PageLook,
    /// How many replicates to simulate [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub replicates: Option<u64>,
    /// The seed of every random number [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// How many threads to work with; the results are the same for any number [default: the machine's].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub threads: Option<u16>,
    /// Which variants of the scenario to simulate beside it: all, none, or names with commas.
    #[arg(long, value_name = "NAMES", default_value = "all")]
    pub variants: Which,
    /// Refuse to begin what would take more memory than this, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
    /// Replace a file that is no page of ours.
    #[arg(long)]
    pub force: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

impl PageArgs {
    /// Those of the run that it shows.
    fn run(&self) -> RunArgs {
        RunArgs {
            replicates: self.replicates,
            seed: self.seed,
            threads: self.threads,
            variants: self.variants.clone(),
            memory: self.memory,
            quiet: self.quiet,
            ..RunArgs::of(self.scenario.clone())
        }
    }
}

/// Simulates a scenario and writes its page.
pub fn page(args: &PageArgs) -> Result<(), Failure> {
    listen()?;
    let maker = PageMaker::new(&args.look)?;
    let name = stem(&args.scenario);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.html")));
    // Looked at before the work starts.
    may_write(&out, args.force)?;
    let MadePage { html, .. } = simulated_page(&args.run(), &maker, &name)?;
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
