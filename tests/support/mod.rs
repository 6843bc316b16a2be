//! What the promises share: scenarios as text in, summaries out, through the public path.
#![allow(dead_code, reason = "each test file uses its own part")]

use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::summary::{FlowSeries, MeasureSeries, PeopleSeries, Stat, Summary, Where};
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::model::{Mechanism, Model};
use repatria::internals::scenario::{self, Source};
use std::sync::Arc;

/// The model of a scenario; panics with its problems.
pub fn model(text: &str) -> Model {
    let source = Source::new("test.toml", text);
    match scenario::baseline(&source) {
        Ok((model, _)) => model,
        Err(problems) => panic!("{problems:#?}\n{text}"),
    }
}

/// The program of a scenario.
pub fn program(text: &str) -> Arc<Program> {
    compile(&model(text))
}

/// Simulates a scenario with seed 1 on two threads.
pub fn run(text: &str, replicates: u64) -> Summary {
    simulate(&program(text), 1, 0..replicates, 2, &Unwatched).unwrap()
}

/// Runs a scenario in expected mode.
pub fn expected(text: &str) -> Summary {
    expect(&program(text)).unwrap()
}

/// People at a place, everybody.
pub fn at(summary: &Summary, place: usize) -> &PeopleSeries {
    summary
        .people
        .iter()
        .find(|series| series.place == Where::Place(place) && series.groups.iter().all(Option::is_none))
        .or_else(|| summary.people.iter().find(|series| series.place == Where::Place(place)))
        .unwrap()
}

/// A measure of something: of each step, or to date.
pub fn measure<'s>(summary: &'s Summary, subject: &str, measure: &str) -> &'s [Stat] {
    let of = |series: &&MeasureSeries| series.subject == subject && series.measure == measure;
    match summary.measures.iter().find(of) {
        Some(series) => &series.points,
        None => panic!("no measure {measure} of {subject}"),
    }
}

/// The flow of a mechanism in total.
pub fn flow(summary: &Summary, mechanism: Mechanism) -> &FlowSeries {
    summary.flows.iter().find(|series| series.mechanism == mechanism).unwrap()
}

/// How far a result is from a known answer, by the rule of the SBML stochastic test suite (cases/stochastic).
#[derive(Debug, Default)]
pub struct Score {
    checked: usize,
    outside: Vec<String>,
}

impl Score {
    /// Checks a mean and a standard deviation: Z in (-3, 3) and Y in (-5, 5).
    pub fn check(&mut self, what: &str, stat: Stat, mean: f64, sd: f64) {
        let spread = stat.spread.unwrap();
        let n = spread.replicates as f64;
        let z = n.sqrt() * (stat.mean - mean) / sd;
        let y = (n / 2.0).sqrt() * (spread.sd * spread.sd / (sd * sd) - 1.0);
        println!(
            "{what}: mean {} (known {mean}), sd {} (known {sd}), Z {z:.2}, Y {y:.2}",
            stat.mean, spread.sd
        );
        self.checked += 1;
        if z.abs() >= 3.0 || y.abs() >= 5.0 {
            self.outside.push(format!("{what}: Z {z:.2}, Y {y:.2}"));
        }
    }

    /// At most one point in fifty may be outside.
    pub fn verdict(self) {
        assert!(self.checked > 0);
        assert!(
            self.outside.len() <= self.checked / 50,
            "{} of {} outside: {:?}",
            self.outside.len(),
            self.checked,
            self.outside
        );
    }
}
