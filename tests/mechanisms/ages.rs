//! Ageing after a fixed time.

use repatria::internals::model::Mechanism;

use crate::support::{expected, run};
use crate::{cell, equal, monthly, per_step};

fn text(horizon: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[dimensions]
category = ["children", "adults"]
[places.camp]
kind = "camp"
people = [{{ who = {{ category = "children" }}, count = 2160 }}]
[places.home]
kind = "community"
[ageing.turning_18]
who = {{ category = "children" }}
becomes = {{ category = "adults" }}
after = "18 years"
{more}
"#
        ),
    )
}

/// Children anywhere at some boundaries, expected.
fn children(text: &str, boundaries: &[usize]) -> Vec<f64> {
    let means = expected(text);
    boundaries.iter().map(|k| cell(&means, 0, &[0], *k).mean + cell(&means, 1, &[0], *k).mean).collect()
}

#[test]
fn children_are_spread_evenly_over_their_band() {
    equal(&children(&text("20 years", ""), &[0, 1, 12, 215, 216]), &[2160.0, 2150.0, 2040.0, 10.0, 0.0]);
    equal(
        &children(&text("20 years", "at_start = \"new\""), &[0, 215, 216, 217]),
        &[2160.0, 2160.0, 0.0, 0.0],
    );
    let table = "at_start = { table = { \"10 years\" = 0.5, \"17 years\" = 0.5 } }";
    equal(&children(&text("20 years", table), &[11, 12, 95, 96]), &[2160.0, 1080.0, 1080.0, 0.0]);
}

#[test]
fn the_clock_goes_on_wherever_they_go() {
    let moves = "[moves.home]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_month = 0.05 }\n";
    let known: Vec<f64> = (0..=24).map(|k| 2160.0 - 10.0 * f64::from(k)).collect();
    let found = children(&text("2 years", moves), &(0..=24).collect::<Vec<_>>());
    // Who moves in the step of the birthday has it in what is left of the step.
    assert!(found.iter().zip(&known).all(|(found, known)| (found - known).abs() < 0.3), "{found:?}");
    let flights =
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 100\n";
    equal(&children(&text("2 years", flights), &(0..=24).collect::<Vec<_>>()), &known);
    let summary = run(&text("2 years", moves), 200);
    let mean = cell(&summary, 0, &[0], 24).mean + cell(&summary, 1, &[0], 24).mean;
    assert!((mean - 1920.0).abs() < 6.0, "{mean}");
}

#[test]
fn newborns_begin_at_none_and_who_arrives_is_of_any_age() {
    let none = text("20 years", "").replace("count = 2160", "count = 0");
    let arrivals =
        "[arrivals.a]\nto = \"camp\"\nwho = { category = \"children\" }\nrate = { per_month = 216 }\n";
    let grown = per_step(&expected(&(none.clone() + arrivals)), Mechanism::Ageing(0));
    // One in 216 of those who are there turns 18 in a month.
    equal(&grown[..3], &[0.0, 1.0, 2.0]);
    let births = "[births.b]\nat = \"camp\"\nmothers = { category = \"adults\" }\nnewborn = { category = \"children\" }\nrate = { per_month = 0.1 }\n";
    let mothers = none.replace(
        "{ who = { category = \"children\" }, count = 0 }",
        "{ who = { category = \"adults\" }, count = 100 }",
    );
    let grown = per_step(&expected(&(mothers + births)), Mechanism::Ageing(0));
    // Born in the first month, on average in its middle: half of them turn 18 in month 216, half in the next.
    assert!(grown[..216].iter().all(|grown| *grown < 1e-9), "{:?}", &grown[..216]);
    equal(&grown[216..218], &[10.0, 10.0]);
}

#[test]
fn a_band_ends_for_who_is_in_a_stay() {
    let stay = "[stays.custody]\nat = \"camp\"\nlength = { gamma = { mean = \"30 months\", cv = 0.7 } }\nto = \"home\"\n";
    let known: Vec<f64> = (0..=24).map(|k| 2160.0 - 10.0 * f64::from(k)).collect();
    let found = children(&text("2 years", stay), &(0..=24).collect::<Vec<_>>());
    assert!(found.iter().zip(&known).all(|(found, known)| (found - known).abs() < 1.0), "{found:?}");
}

#[test]
fn who_is_held_back_keeps_the_time_until_they_age() {
    // In the first three months all try to leave and are sent back. A stay leads there, and where they were to go the band does not hold.
    let held = r#"
at = ["camp"]
at_start = "new"
[stays.held]
at = "camp"
who = { category = "children" }
to = "home"
length = { fixed = "10 years" }
at_start = "new"
[moves.away]
from = "camp"
to = "home"
rate = { per_month = 1000 }
[policies.calm]
from = "2025-04"
changes = [{ field = "moves.away.rate", times = 0 }]
"#;
    let full = text("2 years", held)
        .replace("after = \"18 years\"", "after = \"1 year\"")
        .replace("kind = \"community\"", "kind = \"community\"\ncapacity = 0\nwhen_full = \"refuse\"");
    equal(&children(&full, &[0, 3, 11, 12, 24]), &[2160.0, 2160.0, 2160.0, 0.0, 0.0]);
    let summary = run(&full, 20);
    equal(&[11, 12].map(|k| cell(&summary, 0, &[0], k).mean), &[2160.0, 0.0]);
}
