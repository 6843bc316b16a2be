//! `repatria study`: from a study file to merged tables and charts.

pub mod args;
mod calibrate;
mod load;
mod memory;
mod merge;
mod open;
mod plan;
mod run;
mod script;
mod status;

use super::failure::Failure;
use args::{StudyArgs, StudyCommand};

/// Does what the command line asks.
pub fn study(args: &StudyArgs) -> Result<(), Failure> {
    match &args.command {
        StudyCommand::Plan(args) => plan::plan(args),
        StudyCommand::Run(args) => run::run(args),
        StudyCommand::Status(args) => status::status(args),
        StudyCommand::Merge(args) => merge::merge(args),
        StudyCommand::Script(args) => script::script(args),
    }
}
