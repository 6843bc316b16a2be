//! What the program promises on the command line, asked of the built program in an empty folder.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "how fast the program stops or refuses is a promise")]

mod check;
mod folder;
mod help;
mod house;
mod kept;
#[cfg(unix)]
mod kills;
mod memory;
mod merged;
mod others;
mod pages;
mod run;
mod start;
#[cfg(unix)]
mod stop;
mod variants;
