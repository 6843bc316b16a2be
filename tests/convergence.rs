//! Promise: what `docs/guide/mathematics.md` says of the order of each mechanism in the step is what is measured.
//!
//! Each scenario is run in expected mode by year, quarter, month and week. Its number is held against a closed form or, where there is
//! none, against the same scenario by day. Four years from January 2025 are 1461 days, that is exactly four years, and 208 weeks are
//! 1456 of them, so that all compare the same time.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

#[path = "convergence/known.rs"]
mod known;
mod support;

use known::{before_the_door, chained, crowded_out, died, filled, integral, longer, seasonal};
use repatria::internals::engine::compile;
use repatria::internals::ensemble::expect;
use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;
use support::{at, flow, measure, model};

/// What a number of a scenario does as steps get shorter.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// It does not depend on them.
    Exact,
    /// Its error goes with this power of the step.
    Of(f64),
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Order::Exact => f.write_str("exact"),
            Order::Of(power) => write!(f, "{power}"),
        }
    }
}

/// A mechanism, with the number that is compared.
struct Case {
    name: &'static str,
    body: String,
    number: fn(&Summary) -> f64,
    /// The number after so many years, where it is known.
    known: Option<fn(f64) -> f64>,
    /// What is claimed.
    order: Order,
}

/// Cases in which months are told apart: a month is a twelfth of a year by month, and 28 to 31 days by week.
const BY_MONTH: [&str; 2] = ["a season", "seasons one after the other"];

/// Runs a scenario by a step and gives its number.
fn number(case: &Case, step: &str, horizon: &str) -> f64 {
    let text = format!(
        "title = \"Order\"\nstart = \"2025-01\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n{}",
        case.body
    );
    (case.number)(&expect(&compile(&model(&text))).unwrap())
}

/// The relative errors by year, quarter, month and week.
fn errors(case: &Case) -> [f64; 4] {
    let known = |years: f64, days: &str| match case.known {
        Some(known) => known(years),
        None => number(case, "day", days),
    };
    let by_month = BY_MONTH.contains(&case.name);
    let (four, weeks) = (known(4.0, "1461 days"), known(1456.0 / 365.25, "1456 days"));
    ["year", "quarter", "month", "week"].map(|step| match step {
        "week" if by_month => f64::NAN,
        "week" => number(case, step, "208 weeks") / weeks - 1.0,
        _ => number(case, step, "4 years") / four - 1.0,
    })
}

/// The power of the step between two errors.
fn power(coarse: f64, fine: f64, times: f64) -> f64 {
    libm::log((coarse / fine).abs()) / libm::log(times)
}

/// Measures cases, prints them as a table, and says which are not of the order that is claimed.
fn measured(cases: &[Case]) -> Vec<String> {
    let mut off = Vec::new();
    println!(
        "| mechanism | year | quarter | month | week | order | claimed |\n|---|---|---|---|---|---|---|"
    );
    for case in cases {
        let errors = errors(case);
        let largest = errors.iter().fold(0.0, |most: f64, error| most.max(error.abs()));
        // By month and by week; where a week is nearly exact, digits are lost.
        let by_month = power(errors[1], errors[2], 3.0);
        let by_week = match BY_MONTH.contains(&case.name) {
            true => by_month,
            false => power(errors[2], errors[3], 365.25 / 84.0),
        };
        let exact = largest < 1e-9;
        let found = match exact || errors[2].abs() < 1e-9 {
            true if exact => "exact".into(),
            true => "-".into(),
            false => format!("{by_month:.2}, {by_week:.2}"),
        };
        let percent = errors.map(|error| match error.is_nan() {
            true => "-".into(),
            false if error.abs() < 1e-9 => "0".into(),
            false => format!("{:+.4} %", 100.0 * error),
        });
        println!("| {} | {} | {found} | {} |", case.name, percent.join(" | "), case.order);
        let held = match case.order {
            Order::Exact => exact,
            Order::Of(order) => {
                let tiny = errors[2].abs() < 1e-5;
                exact || tiny || (by_month > order - 0.35 && by_week > order - 0.35)
            }
        };
        if !held {
            off.push(format!("{}: {found}, claimed {} (errors {errors:?})", case.name, case.order));
        }
    }
    off
}

#[track_caller]
fn check(cases: &[Case]) {
    let off = measured(cases);
    assert!(off.is_empty(), "{off:#?}");
}

const ENDS: &str = "[places.home]\nkind = \"community\"\n[places.died]\nkind = \"end\"\n";

fn place(name: &str, people: u32, more: &str) -> String {
    format!("[places.{name}]\nkind = \"prison\"\npeople = [{{ count = {people} }}]\n{more}\n")
}

fn hazard(name: &str, from: &str, to: &str, rate: &str) -> String {
    format!("[moves.{name}]\nfrom = \"{from}\"\nto = \"{to}\"\nrate = {{ {rate} }}\n")
}

/// People at the first place in the end.
fn first(summary: &Summary) -> f64 {
    at(summary, 0).points.last().unwrap().mean
}

/// People at the second place in the end.
fn second(summary: &Summary) -> f64 {
    at(summary, 1).points.last().unwrap().mean
}

/// People who took the first move.
fn moved(summary: &Summary) -> f64 {
    flow(summary, Mechanism::Move(0)).to_date.last().unwrap().mean
}

const LENGTH: &str = "length = { gamma = { mean = \"24 months\", shape = 4 } }\n";

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is scenarios, which are read whole")]
fn moves_arrivals_and_births() {
    let chain = place("a", 1000, "")
        + &place("b", 0, "")
        + &place("c", 0, "")
        + ENDS
        + &hazard("ab", "a", "b", "per_year = 0.8")
        + &hazard("bc", "b", "c", "per_year = 1.1")
        + &hazard("out", "c", "home", "per_year = 0.5");
    let entrants = place("a", 0, "")
        + ENDS
        + "[arrivals.new]\nto = \"a\"\nrate = { per_year = 1000 }\n"
        + &hazard("out", "a", "home", "per_year = 0.7");
    let born = place("a", 1000, "")
        + ENDS
        + &hazard("death", "a", "died", "per_year = 0.4")
        + "[births.born]\nat = \"a\"\nrate = { per_year = 0.3 }\n";
    let mothers = "[dimensions]\nwho = [\"women\", \"children\"]\n[places.a]\nkind = \"camp\"\npeople = [{ who = { who = \"women\" }, count = 1000 }]\n".to_string()
        + ENDS
        + "[moves.death]\nfrom = \"a\"\nto = \"died\"\nrate = { per_year = 0.4 }\n[births.born]\nat = \"a\"\nmothers = { who = \"women\" }\nnewborn = { who = \"children\" }\nrate = { per_year = 0.3 }\n";
    let seasons = place("a", 1000, "")
        + ENDS
        + &hazard("out", "a", "home", "per_year = 0.5, season = { jan = 3, feb = 3, jul = 0, aug = 0 }");
    let seasonal_chain = place("a", 1000, "")
        + &place("b", 0, "")
        + ENDS
        + &hazard("ab", "a", "b", "per_year = 0.6, season = { jan = 3, feb = 3, jul = 0, aug = 0 }")
        + &hazard("out", "b", "home", "per_year = 0.5, season = { mar = 4, nov = 0 }");
    check(&[
        Case {
            name: "arrivals that leave by a move",
            body: entrants,
            number: first,
            known: Some(|t| 1000.0 * -libm::expm1(-0.7 * t) / 0.7),
            order: Order::Exact,
        },
        Case {
            name: "moves one after the other",
            body: chain,
            number: |summary| at(summary, 2).points.last().unwrap().mean,
            known: Some(chained),
            order: Order::Of(2.0),
        },
        Case {
            name: "births, mothers and children dying",
            body: mothers,
            number: first,
            known: Some(|t| 1000.0 * libm::exp(-0.4 * t) * (1.0 + 0.3 * t)),
            order: Order::Of(2.0),
        },
        Case {
            name: "births of those born",
            body: born,
            number: first,
            known: Some(|t| 1000.0 * libm::exp(-0.1 * t)),
            order: Order::Of(2.0),
        },
        Case {
            name: "a season",
            body: seasons,
            number: first,
            known: Some(|t| 1000.0 * libm::exp(-0.5 * t * 14.0 / 12.0)),
            order: Order::Exact,
        },
        Case {
            name: "seasons one after the other",
            body: seasonal_chain,
            number: second,
            known: Some(seasonal),
            order: Order::Of(2.0),
        },
    ]);
}

#[test]
fn stays() {
    let inflow = "[arrivals.new]\nto = \"a\"\nrate = { per_year = 1000 }\n";
    let stay = format!("[stays.held]\nat = \"a\"\nto = \"home\"\n{LENGTH}");
    let death = hazard("death", "a", "died", "per_year = 0.3");
    let plain = place("a", 0, "") + ENDS + inflow + &stay;
    let dying = plain.clone() + &death;
    let new = place("a", 1000, "") + ENDS + &stay + "at_start = \"new\"\n" + &death;
    check(&[
        Case {
            name: "arrivals into a stay",
            body: plain,
            number: first,
            known: Some(|t| 1000.0 * integral(0.0, t, longer)),
            order: Order::Exact,
        },
        Case {
            name: "a stay with deaths: who is there",
            body: dying.clone(),
            number: first,
            known: Some(|t| 1000.0 * integral(0.0, t, |u| longer(u) * libm::exp(-0.3 * u))),
            order: Order::Of(2.0),
        },
        Case {
            name: "a stay with deaths: who died",
            body: dying,
            number: moved,
            known: Some(|t| 300.0 * integral(0.0, t, |u| (t - u) * longer(u) * libm::exp(-0.3 * u))),
            order: Order::Of(2.0),
        },
        Case {
            name: "a stay new at the start, with deaths: who is there",
            body: new.clone(),
            number: first,
            known: Some(|t| 1000.0 * longer(t) * libm::exp(-0.3 * t)),
            order: Order::Exact,
        },
        Case {
            name: "a stay new at the start, with deaths: who died",
            body: new,
            number: moved,
            known: Some(died),
            order: Order::Of(2.0),
        },
    ]);
}

#[test]
fn who_enters_a_stay_at_the_start_of_a_step() {
    let stay = format!("[stays.held]\nat = \"a\"\nto = \"home\"\n{LENGTH}")
        + &hazard("death", "a", "died", "per_year = 0.3");
    let from = place("a", 0, "") + &place("camp", 1000, "") + ENDS + &stay;
    let programme = from.clone()
        + "[programmes.entry]\nfrom = \"camp\"\nto = \"a\"\noccasions = { every = \"20 years\", first = \"2025-01-01\" }\nseats = 1000\n";
    let shock = from + "[shocks.entry]\nat = \"camp\"\non = \"2025-01-01\"\nshare = 1\nto = \"a\"\n";
    let costs = "[costs]\ncurrency = \"USD\"\n[costs.places.a]\nper_person_month = 1\n";
    let months = |summary: &Summary| measure(summary, "places.a", "cost_to_date").last().unwrap().mean;
    let there = |t: f64| 1000.0 * longer(t) * libm::exp(-0.3 * t);
    check(&[
        Case {
            name: "a programme into a stay: who is there",
            body: programme.clone(),
            number: first,
            known: Some(there),
            order: Order::Exact,
        },
        Case {
            name: "a programme into a stay: who died",
            body: programme.clone(),
            number: moved,
            known: Some(died),
            order: Order::Of(2.0),
        },
        Case {
            name: "a programme into a stay: person-months",
            body: programme + costs,
            number: months,
            known: Some(|t| 40.0 * died(t)),
            order: Order::Of(2.0),
        },
        Case {
            name: "a shock into a stay: who is there",
            body: shock.clone(),
            number: first,
            known: Some(there),
            order: Order::Exact,
        },
        Case {
            name: "a shock into a stay: who died",
            body: shock.clone(),
            number: moved,
            known: Some(died),
            order: Order::Of(2.0),
        },
        Case {
            name: "a shock into a stay: person-months",
            body: shock + costs,
            number: months,
            known: Some(|t| 40.0 * died(t)),
            order: Order::Of(2.0),
        },
    ]);
}

/// Remand, and a prison of 200 places that is left at 0.6 a year: people wait before its door.
fn door(rule: &str, exit: &str) -> String {
    let limited = format!("capacity = 200\nwhen_full = {rule}");
    let spare = "[places.spare]\nkind = \"prison\"\ncapacity = 150\nwhen_full = \"refuse\"\n";
    place("remand", 1000, "")
        + &place("prison", 100, &limited)
        + spare
        + ENDS
        + &hazard("death", "remand", "died", "per_year = 0.2")
        + &hazard("served", "prison", "home", "per_year = 0.6")
        + exit
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is scenarios, which are read whole")]
fn places_that_fill() {
    let sentenced = hazard("sentenced", "remand", "prison", "per_year = 1.5");
    let divert = "{ divert = [\"spare\"], otherwise = \"refuse\" }";
    let stay = "[stays.trial]\nat = \"remand\"\nto = \"prison\"\nlength = { gamma = { mean = \"9 months\", shape = 3 } }\nat_start = \"new\"\n";
    let arrivals = |rule: &str| {
        place("prison", 0, &format!("capacity = 200\nwhen_full = {rule}"))
            + ENDS
            + &hazard("served", "prison", "home", "per_year = 0.6")
            + "[arrivals.new]\nto = \"prison\"\nrate = { per_year = 300 }\n"
    };
    let shut = door("\"refuse\"", &sentenced).replace("capacity = 200", "capacity = 100").replace("0.6", "0");
    let cases = [
        Case {
            name: "deaths before a door that is shut",
            body: shut,
            number: moved,
            known: Some(|t| 1000.0 * -libm::expm1(-0.2 * t)),
            order: Order::Exact,
        },
        Case {
            name: "deaths before a door that refuses",
            body: door("\"refuse\"", &sentenced),
            number: moved,
            known: Some(|t| before_the_door(t, 0.0, false)),
            order: Order::Of(1.0),
        },
        Case {
            name: "deaths before a door where people wait",
            body: door("\"wait\"", &sentenced),
            number: moved,
            known: Some(|t| before_the_door(t, 0.0, false)),
            order: Order::Of(1.0),
        },
        Case {
            name: "deaths before a door that diverts",
            body: door(divert, &sentenced),
            number: moved,
            known: Some(|t| before_the_door(t, 150.0, false)),
            order: Order::Of(1.0),
        },
        Case {
            name: "late stays before a full door: deaths",
            body: door("\"refuse\"", stay),
            number: moved,
            known: Some(|t| before_the_door(t, 0.0, true)),
            order: Order::Of(1.0),
        },
        Case {
            name: "arrivals to a place that fills and refuses",
            body: arrivals("\"refuse\""),
            number: moved,
            known: Some(filled),
            order: Order::Of(2.0),
        },
        Case {
            name: "arrivals to a place that fills, waiting",
            body: arrivals("\"wait\""),
            number: moved,
            known: Some(filled),
            order: Order::Of(2.0),
        },
    ];
    check(&cases);
    // By month all of them are right to half a per cent.
    for case in &cases {
        let error = errors(case)[2];
        assert!(error.abs() < 5e-3, "{}: {:+.3} % by month", case.name, 100.0 * error);
    }
}

#[test]
fn hazards_that_follow_the_state() {
    let crowded = place("a", 900, "capacity = 300")
        + ENDS
        + &hazard("death", "a", "died", "per_year = 0.2, crowding = { elasticity = 1.5 }");
    let regime = place("a", 1000, "")
        + ENDS
        + &hazard("out", "a", "home", "per_year = 0.3")
        + "[regimes.support]\nstates = [\"steady\", \"gone\"]\ninitial = \"steady\"\nswitches = [{ from = \"steady\", to = \"gone\", rate = { per_year = 0.4 } }]\n\
           [regimes.support.in.gone]\nchanges = [{ field = \"moves.out.rate\", times = 2 }]\n";
    check(&[
        Case {
            name: "crowding",
            body: crowded,
            number: moved,
            known: Some(crowded_out),
            order: Order::Of(1.0),
        },
        Case {
            name: "a regime, in expected mode",
            body: regime,
            number: first,
            known: Some(|t| 1000.0 * libm::exp(-0.3 * (2.0 * t + libm::expm1(-0.4 * t) / 0.4))),
            order: Order::Of(1.0),
        },
    ]);
}
