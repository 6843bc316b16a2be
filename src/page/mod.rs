//! The page: a scenario's question, its answer and what goes with it, as one HTML file that anybody can open.
//!
//! Everything that is read or seen on it is made here, by the same code in the program and in the browser, where the engine
//! runs as WebAssembly in a worker: [`parts`] renders an answer, [`document`] puts parts and script into one file. What somebody sets on the
//! page is a [`setting`], which becomes a variant of the scenario, in TOML; a [`session`] reads that as any scenario, simulates it and
//! renders the parts again; [`messages`] is how the page's script asks it, through what the engine exports.

mod cells;
mod chart_table;
pub mod compose;
pub mod content;
pub mod document;
pub mod downloads;
#[cfg(feature = "cli")]
pub mod engine;
pub mod engine_file;
#[cfg(target_arch = "wasm32")]
mod exports;
pub mod gallery;
pub mod guard;
pub mod levers;
pub mod messages;
pub mod parts;
pub mod problems;
pub mod script;
pub mod session;
pub mod setting;
mod spoilers;
mod step;
mod toml_text;
pub mod words;
mod written;
