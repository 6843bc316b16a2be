//! Repatria simulates the populations of prisons and displacement camps over time: who is held where, how many come
//! in, are born, die, are released, tried, repatriated, escape and are recaptured, under policies that change on dates
//! and shocks that come at random.
//!
//! It counts people in cells (a place x a group), never individuals. Its parameters are illustrative unless a scenario
//! states a source, and its results are no forecast. The program `repatria` reads a scenario file and writes tables and
//! charts; this library is what the program is made of.
//!
//! # Five minutes
//!
//! A scenario is text. It is read, checked with all of its problems at once, compiled and simulated:
//!
//! ```
//! use repatria::engine::compile;
//! use repatria::ensemble::summary::Where;
//! use repatria::ensemble::{Unwatched, simulate};
//! use repatria::scenario::{self, Source};
//!
//! let source = Source::new(
//!     "camp.toml",
//!     r#"
//!         title = "A camp and its flights"
//!         start = "2025-01"
//!         horizon = "3 years"
//!         step = "month"
//!
//!         [places.camp]
//!         kind = "camp"
//!         people = [{ count = 1000 }]
//!         [places.home]
//!         kind = "community"
//!
//!         [moves.leave]
//!         from = "camp"
//!         to = "home"
//!         rate = { per_year = 0.1 }
//!
//!         [programmes.flights]
//!         from = "camp"
//!         to = "home"
//!         occasions = { per_year = 4 }
//!         seats = 40
//!     "#,
//! );
//! let (model, warnings) = scenario::baseline(&source).expect("a scenario without mistakes");
//! assert!(warnings.is_empty());
//!
//! // 100 histories with seed 7, on as many threads as there are: the answer is the same for any number.
//! let summary = simulate(&compile(&model), 7, 0..100, 0, &Unwatched)?;
//!
//! // Everybody who is held, one point for the start and one for the end of every step.
//! let held = summary.people.iter().find(|series| series.place == Where::AllHeld).expect("always recorded");
//! let end = held.points.last().expect("a point for every date");
//! let spread = end.spread.expect("histories differ");
//! let [low, _, median, _, high] = spread.quantiles;
//! println!("In 9 of 10 histories {low} to {high} people are still held, in the middle one {median}.");
//!
//! // Some 480 of the 1000 leave by flights, and one in ten of the others every year.
//! assert!(280.0 < end.mean && end.mean < 350.0);
//! assert!(low < median && median < high);
//! # Ok::<(), repatria::ensemble::SimulateError>(())
//! ```
//!
//! A scenario with a mistake says where and what to write instead:
//!
//! ```
//! use repatria::scenario::{self, Source};
//!
//! let problems = scenario::baseline(&Source::new("camp.toml", "titel = \"A camp\"")).unwrap_err();
//! let first = problems.iter().next().expect("at least one");
//! assert!(problems.iter().any(|problem| problem.help.contains("title")), "{first:?}");
//! ```
//!
//! # The rooms
//!
//! Data flows one way, and every room uses only rooms on floors below it (of floor 2, neither room the other):
//!
//! ```text
//! scenario file -> ScenarioFile -> Model -> Program -> histories -> Summary -> tables, charts, package
//!  (as written)      (spanned)    (valid)  (compiled)   (counts)
//! ```
//!
//! | floor | room | what happens there |
//! |---|---|---|
//! | 0 | [`calendar`] | dates, steps and schedules |
//! | 0 | [`files`] | files of others: looked at before they are read |
//! | 0 | [`signs`] | signs that nobody sees: which of them turn letters or command a screen |
//! | 0 | [`units`] | rates, hazards and probabilities: the one place that converts |
//! | 0 | [`random`] | who draws which number: keyed randomness, and draws by inversion |
//! | 0 | [`survival`] | lengths of stay: what remains of those who entered, step by step |
//! | 1 | [`model`] | what is simulated: a valid scenario as plain data |
//! | 2 | [`scenario`] | what people write: from text to a model, with every problem and its place |
//! | 2 | [`engine`] | the machine: from a model to flat arrays, and one step as a pure function |
//! | 3 | [`ensemble`] | many histories: in parallel, tallied exactly, summarised |
//! | 4 | [`output`] | what leaves the program: tables, charts, the data package |
//! | 5 | [`study`] | many models: designs of experiments, and what their outcomes owe to which parameter |
//! | 6 | [`cli`] | the program's face: the only room that prints, reads the clock or knows a terminal |

pub mod calendar;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod ensemble;
#[cfg(feature = "disk")]
pub mod files;
pub mod model;
pub mod output;
pub mod random;
pub mod scenario;
pub mod signs;
#[cfg(feature = "study")]
pub mod study;
pub mod survival;
pub mod units;
mod wording;
