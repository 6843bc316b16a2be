//! The program `repatria`: reads the command line, hands over, and says how it ended.

use std::process::ExitCode;

use clap::Parser;
use repatria::cli::{self, Cli};

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => cli::main(&cli),
        Err(error) => cli::refuse(&error),
    }
}
