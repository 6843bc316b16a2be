//! Promise: cases in which a number was once wrong have the number that their first lines state.
//!
//! A scenario of `tests/cases/` says in its first lines what is right, and why. Here that is asked of the program, at every step
//! that it names, in replicates and in expected mode. Where it is a closed form it is computed here anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

#[path = "cases/doors.rs"]
mod doors;
#[path = "cases/figures.rs"]
mod figures;
#[path = "cases/groups.rs"]
mod groups;
#[path = "cases/lengths.rs"]
mod lengths;
mod support;
#[path = "cases/words.rs"]
mod words;

use std::path::{Path, PathBuf};

use repatria::internals::calendar::Calendar;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::{Stat, Summary};
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::model::Model;
use repatria::internals::scenario::{self, Diagnostic, Source};

/// Where a case stands.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// The text of a case.
fn text(name: &str) -> String {
    fs_err::read_to_string(path(&format!("{name}.toml"))).unwrap()
}

/// A case with other words in the place of some, which must be there.
fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no {old:?} in {text}");
    text.replace(old, new)
}

/// A scenario of `step`s; it must be written by the month or the quarter.
fn by(text: &str, step: &str) -> String {
    let written =
        ["month", "quarter"].into_iter().find(|unit| text.contains(&format!("\nstep = \"{unit}\"")));
    with(text, &format!("\nstep = \"{}\"", written.unwrap()), &format!("\nstep = \"{step}\""))
}

/// A scenario's model, with what was warned about. Files that it names stand beside the cases.
fn read(text: &str) -> (Model, Vec<Diagnostic>) {
    let mut source = Source::new("case.toml", text);
    for file in ["large_stock.csv", "covered_at_the_start.csv"] {
        source = source.with_file(file, fs_err::read_to_string(path(file)).unwrap());
    }
    scenario::baseline(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// Replicates of a scenario, as many as it asks for.
fn replicates(text: &str) -> Summary {
    let model = read(text).0;
    simulate(&compile(&model), model.seed, 0..model.replicates, 2, &Unwatched).unwrap()
}

/// A scenario in expected mode.
fn means(text: &str) -> Summary {
    expect(&compile(&read(text).0)).unwrap()
}

/// The time of a boundary, in years since the start.
fn years(calendar: &Calendar, boundary: usize) -> f64 {
    boundary as f64 * calendar.step_years()
}

/// Checks a number that nothing random touches.
#[track_caller]
fn equal(what: &str, found: f64, known: f64) {
    println!("{what}: {found} (known {known})");
    assert!((found - known).abs() <= 1e-9 * known.abs().max(1e-300), "{what}: {found} for {known}");
}

/// Checks a number that may be off by a part of itself.
#[track_caller]
fn within(what: &str, found: f64, known: f64, part: f64) {
    println!("{what}: {found} (known {known}, {:+.3} %)", 100.0 * (found / known - 1.0));
    assert!((found / known - 1.0).abs() <= part, "{what}: {found} for {known}");
}

/// Checks mean and standard deviation of a nearly normal number, both within 4 standard errors.
#[track_caller]
fn near(what: &str, stat: Stat, mean: f64, sd: f64) {
    let spread = stat.spread.unwrap();
    let n = spread.replicates as f64;
    let z = (stat.mean - mean) / sd * n.sqrt();
    let y = (spread.sd * spread.sd / (sd * sd) - 1.0) / (2.0 / n).sqrt();
    println!("{what}: mean {} (known {mean}), sd {} (known {sd}), Z {z:.2}, Y {y:.2}", stat.mean, spread.sd);
    assert!(z.abs() < 4.0, "{what}: mean {} for {mean}, Z {z:.2}", stat.mean);
    assert!(y.abs() < 5.0, "{what}: sd {} for {sd}, Y {y:.2}", spread.sd);
}

/// Mean and standard deviation of a normal number, rounded, that is `least` at the least.
fn rounded(mean: f64, sd: f64, least: i32) -> (f64, f64) {
    let below = |x: f64| 0.5 * libm::erfc((mean - x) / sd / std::f64::consts::SQRT_2);
    let (mut first, mut second) = (0.0, 0.0);
    for k in least..least + 200 {
        let from = if k == least { 0.0 } else { below(f64::from(k) - 0.5) };
        let part = below(f64::from(k) + 0.5) - from;
        first += f64::from(k) * part;
        second += f64::from(k * k) * part;
    }
    (first, (second - first * first).sqrt())
}
