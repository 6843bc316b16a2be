//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::ensemble::Machine;
use crate::output::known_formats::Known;
use crate::random::lanes::InstructionLevel;

use super::chart_kinds::ChartKinds;
use super::memory::Bytes;
#[cfg(feature = "page")]
use super::page_args::{GalleryArgs, PageArgs};
use super::precision::TypedPrecision;
#[cfg(feature = "study")]
use super::study::args::StudyArgs;
use super::tables::table_formats;
use super::variants::Which;

/// What to type first.
const FIRST_STEPS: &str = "\
First steps:
  repatria new my_camp          a commented scenario, my_camp.toml, to change as you like
  repatria check my_camp.toml   what is wrong with it, or what it holds
  repatria run my_camp.toml     tables and charts in output/my_camp/";

/// Simulates the populations of prisons and displacement camps: who is held where, and for how long.
///
/// Aggregate and illustrative: it counts people in cells, never individuals, and its parameters are not sourced unless a
/// scenario says so. Not a forecast, not an operational tool.
#[derive(Debug, Parser)]
#[command(name = "repatria", version, max_term_width = 100, after_help = FIRST_STEPS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate a scenario and write its tables and charts.
    Run(RunArgs),
    /// Simulate a scenario and write one HTML file that anybody can open: its answer, charts and levers.
    #[cfg(feature = "page")]
    Page(PageArgs),
    /// Write the pages of all scenarios of a folder, with an index.
    #[cfg(feature = "page")]
    Gallery(GalleryArgs),
    /// Say everything that is wrong with a scenario, or what it holds.
    Check(CheckArgs),
    /// Write a commented scenario to start from.
    New(NewArgs),
    /// List the scenarios of a folder with their questions.
    List(ListArgs),
    /// Simulate a scenario at many values of its numbers: sweeps, uncertainty, sensitivity; on one machine or a cluster.
    #[cfg(feature = "study")]
    Study(StudyArgs),
    /// Say more about a problem by its code, such as `unknown-name`, or list the codes.
    Explain(ExplainArgs),
    /// Print the JSON Schema (draft-07) of scenario files, or of study files, for editors.
    Schema {
        /// That of study files.
        #[cfg(feature = "study")]
        #[arg(long)]
        study: bool,
    },
    /// Print a script that completes commands for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Options of `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario file.
    pub scenario: PathBuf,
    /// How many replicates to simulate [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub replicates: Option<u64>,
    /// The seed of every random number [default: what the scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// How many threads to work with; the results are the same for any number [default: the machine's].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub threads: Option<u16>,
    /// Which vector instructions to work with: plain, avx2 or avx512; the results are the same with any [default: the best
    /// that the machine has].
    #[arg(long, value_name = "LEVEL")]
    pub instructions: Option<InstructionLevel>,
    /// Where to write [default: output/<scenario's file name>/].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Which charts to draw: svg, png, both with a comma, or none.
    #[arg(long, value_name = "KINDS", default_value = ChartKinds::ALL)]
    pub charts: ChartKinds,
    /// Which tables to write: csv, or csv,parquet where the program was built with `--features parquet`.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', default_value = "csv", value_parser = table_formats())]
    pub tables: Vec<Known>,
    /// Leave out index.html, the page that shows the results to whoever opens it.
    #[cfg(feature = "page")]
    #[arg(long)]
    pub no_page: bool,
    /// Which variants of the scenario to simulate beside it: all, none, or names with commas.
    #[arg(long, value_name = "NAMES", default_value = "all")]
    pub variants: Which,
    /// What the others are compared with: a variant's name instead of the baseline.
    #[arg(long, value_name = "NAME")]
    pub against: Option<String>,
    /// Tell what each part of a variant contributes to what it changes; simulates a variant for every subset of the parts.
    #[arg(long)]
    pub attribution: bool,
    /// Add replicates until standard errors are this small: OUTCOME=0.5% (of its mean), OUTCOME=10 (in its unit),
    /// VARIANT:OUTCOME=5% (of what a variant changes); all_held is everybody who is held in the end.
    #[arg(long, value_name = "TARGETS", value_delimiter = ',', conflicts_with = "expected")]
    pub precision: Vec<TypedPrecision>,
    /// Add no more replicates than this for a precision [default: 1000000].
    #[arg(long, value_name = "N", requires = "precision", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub at_most: Option<u64>,
    /// Run with fractional people and no randomness.
    #[arg(long, conflicts_with = "replicates")]
    pub expected: bool,
    /// Refuse to begin what would take more memory than this, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
    /// Write even where another scenario's results, or other files, are; what is in the way is kept in earlier/ there.
    #[arg(long)]
    pub force: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

impl RunArgs {
    /// Those of a run of all variants, as the scenario says.
    #[cfg(feature = "page")]
    pub fn of(scenario: PathBuf) -> RunArgs {
        RunArgs {
            scenario,
            replicates: None,
            seed: None,
            threads: None,
            instructions: None,
            out: None,
            charts: ChartKinds::default(),
            no_page: false,
            tables: Vec::new(),
            variants: Which::All,
            against: None,
            attribution: false,
            precision: Vec::new(),
            at_most: None,
            expected: false,
            memory: None,
            force: false,
            quiet: false,
        }
    }

    /// What to use of the machine.
    pub fn machine(&self) -> Machine {
        let machine = Machine::from(usize::from(self.threads.unwrap_or(0)));
        Machine { level: self.instructions.unwrap_or(machine.level), ..machine }
    }
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Say so where a run would take more memory than this, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
}

/// Options of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the new file: NAME.toml is written to the current folder.
    pub name: String,
    /// What to start from; without it, a short commented scenario.
    #[arg(long, value_name = "TEMPLATE")]
    pub from: Option<String>,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The folder [default: scenarios].
    pub folder: Option<PathBuf>,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, which stands in brackets before the message: error[unknown-name] [default: all of them, listed].
    pub code: Option<String>,
}
