//! Promise: every feature of the scenario language does what it says.
//!
//! Each test is a tiny scenario whose answer is known in closed form. Where nothing is random the answer is exact. Where
//! it is, mean and variance are within 4 standard errors ([`near`]): a right engine fails one such check in 16,000, and
//! seeds are fixed, so that it then fails always or never.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod ageing;
mod ages;
mod amounts;
mod arrivals;
mod births;
mod corrections;
mod costs;
mod crowding;
mod dates;
mod extremes;
mod families;
mod finer;
mod full;
mod linear;
mod lines;
mod longest;
mod moves;
mod observed;
mod outcomes;
mod parameters;
mod pauses;
mod policies;
mod pools;
mod priority;
mod programmes;
mod quantiles;
mod queues;
mod rates;
mod record;
mod regimes;
mod returns;
mod same_state;
mod seeds;
mod series;
mod shocks;
mod stacking;
mod start;
mod stay_changes;
mod stays;
#[path = "../support/mod.rs"]
mod support;
mod throughput;
mod triggers;
mod wandering;

use repatria::internals::ensemble::summary::{FlowSeries, PeopleSeries, Stat, Summary, Where};
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::Mechanism;
use support::{flow, measure};

/// A scenario by month from January 2025.
fn monthly(horizon: &str, body: &str) -> String {
    format!("title = \"Test\"\nstart = \"2025-01\"\nhorizon = \"{horizon}\"\nstep = \"month\"\n{body}")
}

/// People of one group at a place.
fn cell(summary: &Summary, place: usize, values: &[usize], boundary: usize) -> Stat {
    let groups: Vec<Option<usize>> = values.iter().copied().map(Some).collect();
    let of = |series: &&PeopleSeries| series.place == Where::Place(place) && series.groups == groups;
    summary.people.iter().find(of).unwrap().points[boundary]
}

/// The means of a measure.
fn measured(summary: &Summary, subject: &str, what: &str) -> Vec<f64> {
    measure(summary, subject, what).iter().map(|stat| stat.mean).collect()
}

/// The mean of a mechanism's flow in every step.
fn per_step(summary: &Summary, mechanism: Mechanism) -> Vec<f64> {
    flow(summary, mechanism).per_step.iter().map(|stat| stat.mean).collect()
}

/// The flow of a mechanism among people with one value of the first dimension.
fn flow_of(summary: &Summary, mechanism: Mechanism, value: usize) -> &FlowSeries {
    let of =
        |series: &&FlowSeries| series.mechanism == mechanism && series.groups.first() == Some(&Some(value));
    summary.flows.iter().find(of).unwrap()
}

/// One replicate of a scenario with seed 1.
fn one_replicate(text: &str, replicate: u64) -> Summary {
    simulate(&support::program(text), 1, replicate..replicate + 1, 1, &Unwatched).unwrap()
}

/// Checks numbers that nothing random touches: 1e-9 is what summing a few hundred steps may cost in digits.
#[track_caller]
fn equal(found: &[f64], known: &[f64]) {
    assert_eq!(found.len(), known.len(), "{found:?} for {known:?}");
    let same = |(found, known): (&f64, &f64)| (found - known).abs() <= 1e-9 * (1.0 + known.abs());
    assert!(found.iter().zip(known).all(same), "{found:?} for {known:?}");
}

/// Checks mean and standard deviation of a measure whose distribution has this excess kurtosis (0 for a normal one, 1/mean
/// for Poisson counts): both within 4 standard errors.
#[track_caller]
fn near(what: &str, stat: Stat, mean: f64, sd: f64, excess: f64) {
    let spread = stat.spread.unwrap();
    let n = spread.replicates as f64;
    let z = (stat.mean - mean) / sd * n.sqrt();
    let y = (spread.sd * spread.sd / (sd * sd) - 1.0) / ((2.0 + excess) / n).sqrt();
    println!("{what}: mean {} (known {mean}), sd {} (known {sd}), Z {z:.2}, Y {y:.2}", stat.mean, spread.sd);
    assert!(z.abs() < 4.0, "{what}: mean {} for {mean}, Z {z:.2}", stat.mean);
    assert!(y.abs() < 4.0, "{what}: sd {} for {sd}, Y {y:.2}", spread.sd);
}

/// Checks that a measure is the same in every replicate.
#[track_caller]
fn always(stat: Stat, value: f64) {
    assert_eq!((stat.mean, stat.spread.unwrap().sd), (value, 0.0));
}

/// The mean and the mean square of a normal number that is rounded and at least so much: number by number.
fn rounded(mean: f64, sd: f64, least: f64) -> [f64; 2] {
    let below = |x: f64| 0.5 * libm::erfc((mean - x) / (sd * std::f64::consts::SQRT_2));
    let mut moments = [0.0; 2];
    let mut k = least;
    while k < mean + 12.0 * sd {
        let p = below(k + 0.5) - if k > least { below(k - 0.5) } else { 0.0 };
        moments[0] += k * p;
        moments[1] += k * k * p;
        k += 1.0;
    }
    moments
}
