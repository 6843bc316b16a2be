//! The command lines of `repatria page` and `repatria gallery`.

use std::path::PathBuf;

use clap::Args;

use super::memory::Bytes;
use super::variants::Which;

/// What a page has beside the answer.
#[derive(Debug, Args)]
pub struct PageLook {
    /// The engine that makes the levers of a page work [default: the one in the program, beside it or in the user's data].
    #[arg(long, value_name = "FILE")]
    pub engine: Option<PathBuf>,
    /// Leave out the lesson and the answers of exercises.
    #[arg(long)]
    pub no_lesson: bool,
    /// The language of the page's own words: en, or a file of words.
    #[arg(long, value_name = "CODE|FILE", default_value = "en")]
    pub language: PathBuf,
}

/// Options of `page`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Where to write [default: the scenario's name with .html, in this folder].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: PageLook,
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

/// Options of `gallery`.
#[derive(Debug, Args)]
pub struct GalleryArgs {
    /// The folder of the scenarios [default: scenarios].
    pub folder: Option<PathBuf>,
    /// Where to write [default: output/gallery].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: PageLook,
    /// How many replicates to simulate of each [default: what each scenario says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub replicates: Option<u64>,
    /// Replace files that are no pages of ours.
    #[arg(long)]
    pub force: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}
