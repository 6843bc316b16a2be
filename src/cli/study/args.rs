//! The command line of studies.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::chart_kinds::ChartKinds;
use crate::cli::failure::Failure;
use crate::cli::memory::Bytes;
use crate::cli::tables::table_formats;
use crate::ensemble::Machine;
use crate::output::known_formats::Known;
use crate::random::lanes::InstructionLevel;
use crate::study::Shard;
use crate::study::script::LONGEST_ARRAY;

/// What to type, one after the other.
const STEPS: &str = "\
In this order:
  repatria study plan my_study.toml --out my_study     what it takes, and a folder for it
  repatria study run my_study                          simulates; stopped, it goes on where it was
  repatria study merge my_study                        tables and charts in my_study/merged/";

/// Options of `study`.
#[derive(Debug, Args)]
#[command(after_help = STEPS)]
pub struct StudyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: StudyCommand,
}

/// What can be done with a study.
#[derive(Debug, Subcommand)]
pub enum StudyCommand {
    /// Say what a study takes, and make a folder in which it can be run.
    Plan(PlanArgs),
    /// Simulate what is not done yet, or one shard of it.
    Run(StudyRunArgs),
    /// Say what is done and what is missing.
    Status(StatusArgs),
    /// Write tables and charts of what was simulated.
    Merge(MergeArgs),
    /// Print a script that runs the study on a cluster, to be edited; nothing is submitted.
    Script(ScriptArgs),
}

/// Options of `study plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The study file.
    pub study: PathBuf,
    /// The folder to make; without it the plan is only said.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many points a unit of work has [default: as many as take two minutes].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub unit_points: Option<u64>,
    /// Refuse to plan what would take more memory than this on this machine, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
    /// Replace the plan of another study in the folder; units that are the same in both are kept.
    #[arg(long, requires = "out")]
    pub replan: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `study run`.
#[derive(Debug, Args)]
pub struct StudyRunArgs {
    /// The study's folder.
    pub folder: PathBuf,
    /// Work on every n-th unit only: 2/8 is the second of eight processes.
    #[arg(long, value_name = "I/N", default_value_t = Shard::WHOLE)]
    pub shard: Shard,
    /// Take up no new point after this time, such as 55m or 1h30m: shortly before a cluster ends the job.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Option<Duration>,
    /// How many threads to work with [default: SLURM_CPUS_PER_TASK, or the machine's].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_THREADS)))]
    pub threads: Option<u16>,
    /// Refuse to begin what would take more memory than this, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
    /// Which vector instructions to work with; the results are the same with any [default: the best that the machine has].
    #[arg(long, value_name = "LEVEL")]
    pub instructions: Option<InstructionLevel>,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `study status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The study's folder.
    pub folder: PathBuf,
    /// Print the numbers of those of n shards that are not done, with commas and nothing else: for `sbatch --array`.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::study::MOST_SHARDS))]
    pub missing_shards: Option<u64>,
}

/// Options of `study merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The study's folder.
    pub folder: PathBuf,
    /// Where to write [default: merged/ in the study's folder].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Which charts to draw: svg, png, both with a comma, or none.
    #[arg(long, value_name = "KINDS", default_value = ChartKinds::ALL)]
    pub charts: ChartKinds,
    /// Which tables to write: csv, or csv,parquet where the program was built with `--features parquet`.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', default_value = "csv", value_parser = table_formats())]
    pub tables: Vec<Known>,
    /// Refuse to merge what would take more memory than this, such as 4GB [default: half of what the process may have].
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Bytes>,
    /// Merge what there is, though units are missing; what is written says so.
    #[arg(long)]
    pub partial: bool,
    /// Compute so many units again, drawn by chance, and compare every byte.
    #[arg(long, value_name = "K", default_value_t = 0)]
    pub verify: u64,
    /// How many threads to verify with [default: SLURM_CPUS_PER_TASK, or the machine's].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_THREADS)))]
    pub threads: Option<u16>,
    /// Write even where other files are.
    #[arg(long)]
    pub force: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `study script`.
#[derive(Debug, Args)]
pub struct ScriptArgs {
    /// The study's folder.
    pub folder: PathBuf,
    /// For what: a Slurm job array, HyperQueue, Dask, or GNU parallel.
    #[arg(long, value_name = "ENGINE")]
    pub engine: Engine,
    /// Into how many shards the work is cut [default: as many as make an hour each, at most one for each unit].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::study::MOST_SHARDS))]
    pub shards: Option<u64>,
    /// The largest index that an array of Slurm may have: one less than MaxArraySize. More shards are several arrays.
    #[arg(long, value_name = "N", default_value_t = LONGEST_ARRAY, value_parser = clap::value_parser!(u64).range(1..=crate::study::MOST_SHARDS))]
    pub longest_array: u64,
}

/// What runs shards on many machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Slurm, a job array.
    Slurm,
    /// HyperQueue.
    Hyperqueue,
    /// Dask, from Python.
    Dask,
    /// GNU parallel.
    Parallel,
}

/// A length of time as people write it: "55m", "1h 30m".
fn time(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no length of time: write 55m, 90s or 1h30m");
    let time: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(time).map_err(|_| wrong())
}

/// So many threads at most.
const MOST_THREADS: u16 = 4096;

/// What says how many processors a job of Slurm has.
const GIVEN: &str = "SLURM_CPUS_PER_TASK";

/// How many threads to work with: as asked for, else what a job on a cluster was given, else what the machine has.
///
/// # Errors
/// When a job was given what no machine has.
pub fn threads(asked: Option<u16>) -> Result<usize, Failure> {
    let given = std::env::var(GIVEN).ok().filter(|given| !given.trim().is_empty());
    match (asked, given) {
        (Some(asked), _) => Ok(asked.into()),
        (None, Some(given)) => in_words(&given).map_err(Failure::BadInput),
        (None, None) => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}

fn in_words(given: &str) -> Result<usize, String> {
    let number = given.trim().parse().ok().filter(|number| (1..=MOST_THREADS).contains(number));
    number.map(usize::from).ok_or_else(|| {
        let short: String = given.chars().take(40).collect();
        format!("error: {GIVEN} is `{short}`, not a whole number from 1 to {MOST_THREADS}: fix it, or write --threads")
    })
}

/// So many threads, with these instructions or the best.
pub fn machine(threads: usize, instructions: Option<InstructionLevel>) -> Machine {
    let machine = Machine::from(threads);
    Machine { level: instructions.unwrap_or(machine.level), ..machine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processors_of_a_job_have_bounds() {
        assert_eq!(in_words("8"), Ok(8));
        assert_eq!(in_words(" 4096 "), Ok(4096));
        for wrong in ["0", "-1", "4097", "100000", "99999999999999999999", "8(x2)"] {
            assert!(in_words(wrong).is_err_and(|said| said.contains("from 1 to 4096")), "{wrong}");
        }
    }

    #[test]
    fn times_are_read() {
        assert_eq!(time("55m"), Ok(Duration::from_secs(55 * 60)));
        assert_eq!(time("1h30m"), Ok(Duration::from_secs(90 * 60)));
        for wrong in ["", "55", "-5m", "soon"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
