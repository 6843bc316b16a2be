//! The program `repatria`: reads the command line, hands over, and says how it ended.

use std::process::ExitCode;

use clap::Parser;
use repatria::cli::{self, Cli};

fn main() -> ExitCode {
    cli::main(&Cli::parse())
}
