//! What the program promises on the command line, asked of the built program in an empty folder.

#![expect(
    clippy::disallowed_methods,
    reason = "how long the program takes to stop or to refuse is a promise"
)]

mod check;
mod folder;
mod help;
mod house;
mod run;
mod start;
#[cfg(unix)]
mod stop;
