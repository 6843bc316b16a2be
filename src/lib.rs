//! Repatria simulates the populations of prisons and displacement camps over time: who is held where, how many come in, are born,
//! die, are released, tried, repatriated, escape and are recaptured, under policies that change on dates and shocks that come at
//! random. It counts people in cells (a place x a group), never individuals. Its parameters are illustrative unless a scenario
//! states a source, and its results are no forecast.
//!
//! The program `repatria` reads a scenario file and writes tables and charts; this library is what it is made of. A
//! [`Scenario`] is text, read with all of its problems at once. A [`Run`] simulates it many times over: each time is a replicate,
//! and a [`Summary`] has means and quantiles over replicates. Variants share the replicates' random numbers, so a [`Comparison`]
//! shows what a change does and little of chance.
//!
//! ```
//! let scenario: repatria::Scenario = r#"
//!     title = "A camp and its flights"
//!     start = "2025-01"
//!     horizon = "3 years"
//!     step = "month"
//!     places.camp = { kind = "camp", people = [{ count = 1000 }] }
//!     places.home = { kind = "community" }
//!     moves.leave = { from = "camp", to = "home", rate = { per_year = 0.1 } }
//!     variants.open.changes = [{ field = "moves.leave.rate", times = 2 }]
//! "#.parse()?;
//! let run = repatria::Run::of(&scenario).seed(7).replicates(100);
//! let held = run.simulate()?.held_at_end().expect("people are recorded");
//! let fewer = run.compare(&["open"])?.comparisons[0].held_at_end().expect("in both");
//! println!("{:.0} are held in the end; with an open gate {:.0} fewer", held.mean, -fewer.mean);
//! assert!(700.0 < held.mean && held.mean < 780.0 && fewer.mean < -150.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | what | is |
//! |---|---|
//! | [`Source`], [`Scenario`] | a text with the files that it names; what it means (a [`Model`]), with its [`Variant`]s. Its mistakes are [`Diagnostics`] |
//! | [`Run`] | how it is simulated: seed, replicates, threads, other values of its numbers. A [`Watch`] may stop it |
//! | [`Summary`] | what one scenario says: series of [`Stat`]s by date, and outcomes |
//! | [`Answer`] | several of them with a [`Comparison`] of each variant, replicate by replicate (common random numbers) |
//! | [`sentences`], [`TABLES`], `write_csv`, `charts` | what leaves: words, tables and drawings of an answer |
//!
//! Go on with `examples/`: `run` (people held by month with their band), `compare` (a variant with its scenario), `sweep` (many values
//! of one number). The guide in `docs/guide` has the language of scenarios.
//!
//! # Features
//!
//! The default is the program. Without features (`default-features = false`) the library reads, simulates and summarises with few
//! dependencies, and knows no file system, clock, thread or terminal: it runs in a browser (`wasm32-unknown-unknown`).
//!
//! | feature | adds |
//! |---|---|
//! | `threads` | as many threads as the machine has, to the same bytes |
//! | `disk` | [`Source`]s from files, results into folders |
//! | `csv`, `parquet` | tables in these formats |
//! | `charts`, `png` | charts as SVG, and as PNG |
//! | `page` | results as one HTML file, and what it asks of the engine |
//! | `fingerprint` | hashes that say whether two programs are the same |
//! | `study` | many models on many machines |
//! | `cli` | the program itself, as the function `main` |

mod calendar;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "fingerprint")]
mod digest;
#[cfg(feature = "disk")]
mod disk;
mod engine;
mod ensemble;
#[cfg(feature = "disk")]
mod files;
mod model;
mod output;
#[cfg(feature = "page")]
mod page;
mod random;
mod run;
mod scenario;
mod signs;
#[cfg(feature = "study")]
mod study;
mod survival;
mod units;
mod wording;

#[doc(hidden)]
pub mod internals;

/// A date of the calendar.
pub use jiff::civil::Date;

pub use calendar::Calendar;
pub use model::{Mechanism, Model, OutcomeUnit};
pub use run::{Run, RunError, Scenario};
pub use scenario::{Diagnostic, Diagnostics, Exercise, ExerciseSetting, Severity, Source, Variant};

pub use ensemble::answer::{Answer, VariantAnswer};
pub use ensemble::comparison::{
    Comparison, Difference, DifferenceSeries, OutcomeDifference, PairedSpread, SeriesKind, SeriesName,
};
pub use ensemble::summary::{
    Event, EventSeries, FlowEnd, FlowSeries, GroupFilter, MeasureSeries, OutcomeResult, PeopleSeries,
    QUANTILES, RateSeries, Score, Spread, Stat, Summary, TotalSeries, Where,
};
pub use ensemble::{SimulateError, Unwatched, Watch};

pub use output::sentences::of_answer as sentences;
pub use output::table::{ALL as TABLES, Column, ColumnKind, RowSink, Table, Value};

#[cfg(feature = "cli")]
pub use cli::main;
#[cfg(feature = "charts")]
pub use output::chart::{Chart, draw_all as charts};
#[cfg(feature = "csv")]
pub use output::csv::write as write_csv;
