//! The program's face: the only room that prints, reads the clock or knows a terminal.

mod args;
mod chart_kinds;
mod check;
mod colour;
mod describe;
mod explain;
#[cfg_attr(not(feature = "study"), allow(dead_code, reason = "only studies are done in parts"))]
mod failure;
mod first_year;
#[cfg(feature = "page")]
mod gallery;
mod growth;
mod list;
mod load;
mod memory;
mod memory_limit;
mod new;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "page")]
mod page_args;
#[cfg(feature = "page")]
mod page_files;
#[cfg(feature = "charts")]
mod pictures;
mod precision;
pub mod render;
mod report;
mod run;
mod say;
mod simulate;
#[cfg_attr(not(feature = "study"), allow(dead_code, reason = "only studies leave before they begin"))]
mod stop;
#[cfg(feature = "study")]
mod study;
mod tables;
mod thin_rates;
mod typed;
mod variants;
mod watch;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use failure::Failure;

/// Does what a command line asks, whose first word is the program's own name, and says on standard error what is wrong. Gives
/// the program's exit code: 0 where all went well, 1 where something failed, 2 where the input is bad, 3 where some of a study
/// is not done yet, 130 where the user stopped it.
pub fn main(words: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    match dispatch(&cli) {
        Ok(()) => 0,
        Err(failure) if failure.is_closed_pipe() => 0,
        Err(failure) => {
            match &failure {
                Failure::Refused(drawn) => say::show(drawn.trim_end()),
                failure => say::say(failure),
            }
            failure.exit_code()
        }
    }
}

/// Says what is wrong with a command line, or the help that it asks for.
fn refuse(error: &clap::Error) -> u8 {
    let plain = error.to_string();
    // Words of a command line may be names of files that somebody else has given them. As a rule they are harmless.
    if say::visible(&plain) == plain {
        // A terminal that is closed has heard enough.
        let _ = error.print();
        return u8::try_from(error.exit_code()).unwrap_or(2);
    }
    say::say(plain.trim_end());
    2
}

fn dispatch(cli: &Cli) -> Result<(), Failure> {
    match &cli.command {
        Command::Run(args) => run::run(args),
        #[cfg(feature = "page")]
        Command::Page(args) => page::page(args),
        #[cfg(feature = "page")]
        Command::Gallery(args) => gallery::gallery(args),
        Command::Check(args) => check::check(args),
        Command::New(args) => new::new(args),
        Command::List(args) => list::list(args),
        #[cfg(feature = "study")]
        Command::Study(args) => study::study(args),
        Command::Explain(args) => explain::explain(args),
        Command::Schema {
            #[cfg(feature = "study")]
            study,
        } => {
            let schema = crate::scenario::schema::schema();
            #[cfg(feature = "study")]
            let schema = if *study { crate::study::schema().clone() } else { schema };
            let text = serde_json::to_string_pretty(&schema)?;
            Ok(writeln!(say::out(), "{text}")?)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "repatria", &mut script);
            Ok(say::out().write_all(&script)?)
        }
    }
}
