//! Return paths: relapse, return, rehabilitation. They have no words of their own.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{cell, equal, monthly, near};

#[test]
fn release_and_relapse_come_to_rest_in_proportion_to_their_mean_stays() {
    let text = monthly(
        "60 years",
        r#"
[places.prison]
kind = "prison"
people = [{ count = 1000 }]
[places.community]
kind = "community"
[moves.release]
from = "prison"
to = "community"
rate = { mean_stay = "2 years" }
counts_as = "release"
[moves.relapse]
from = "community"
to = "prison"
rate = { mean_stay = "8 years" }
counts_as = "return"
"#,
    );
    let (means, summary) = (expected(&text), run(&text, 2_000));
    // What enters within a step leaves at most once more in it: a part in 10,000 of the monthly step.
    let inside = at(&means, 0).points[720].mean;
    assert!((inside - 200.0).abs() < 0.05, "{inside}");
    // Each of a thousand is inside with probability 1/5, independently of the others.
    near("inside", at(&summary, 0).points[720], 200.0, 160f64.sqrt(), 0.0);
    let of = |word: &str| summary.rates.iter().find(|series| series.counts_as == word).unwrap().points[719];
    for (word, rate) in [("release", 0.5), ("return", 0.125)] {
        let stat = of(word);
        let z = (stat.mean - rate) / stat.spread.unwrap().mc_se;
        // Ratios over a year are not exactly normal, nor unbiased.
        assert!(z.abs() < 5.0, "{word}: {} for {rate}, Z {z}", stat.mean);
    }
}

#[test]
fn people_who_went_home_come_back_to_where_they_were() {
    let text = monthly(
        "2 years",
        r#"
[places.camp]
kind = "camp"
[places.home]
kind = "community"
people = [{ count = 2000 }]
[moves.return]
from = "home"
to = "camp"
rate = { per_year = 0.1 }
counts_as = "return"
"#,
    );
    let p = -libm::expm1(-0.2);
    equal(&[at(&expected(&text), 0).points[24].mean], &[2000.0 * p]);
    near("back", at(&run(&text, 3_000), 0).points[24], 2000.0 * p, (2000.0 * p * (1.0 - p)).sqrt(), 0.0);
}

#[test]
fn a_status_keeps_how_somebody_left_and_how_fast_they_return() {
    // Four in five leave as rehabilitated; who dropped out comes back four times as fast.
    let text = monthly(
        "2 years",
        r#"
[dimensions]
status = ["convicted", "rehabilitated", "dropped_out"]
[places.centre]
kind = "centre"
people = [{ who = { status = "convicted" }, count = 1000 }]
[places.community]
kind = "community"
[places.prison]
kind = "prison"
[moves.end]
from = "centre"
to = "community"
becomes = [{ status = "rehabilitated", share = 0.8 }, { status = "dropped_out", share = 0.2 }]
rate = { per_month = 0.2 }
[moves.return]
from = "community"
to = "prison"
who = { status = ["rehabilitated", "dropped_out"] }
rate = { per_month = 0.01, times = { by = "status", values = { rehabilitated = 1, dropped_out = 4 } } }
counts_as = "return"
"#,
    )
    .replace("step = \"month\"", "step = \"day\"");
    let (means, summary) = (expected(&text), run(&text, 1_000));
    let (leaving, days) = (0.2, 730);
    let months = f64::from(days) * 12.0 / 365.25;
    for (value, share, rate) in [(1, 0.8, 0.01), (2, 0.2, 0.04)] {
        // Out by one rate, then back by the other: 1 - (a e^-bt - b e^-at) / (a - b).
        let still =
            (leaving * libm::exp(-rate * months) - rate * libm::exp(-leaving * months)) / (leaving - rate);
        let known = share * (1.0 - still);
        let returned = cell(&means, 2, &[value], 730).mean;
        assert!((returned - 1000.0 * known).abs() < 0.01, "{value}: {returned} for {}", 1000.0 * known);
        let sd = (1000.0 * known * (1.0 - known)).sqrt();
        near("returned", cell(&summary, 2, &[value], 730), 1000.0 * known, sd, 0.0);
    }
}

#[test]
fn drop_out_goes_back_and_completion_goes_on_in_proportion_to_their_rates() {
    let text = monthly(
        "20 years",
        r#"
[dimensions]
path = ["none", "completed", "dropped_out"]
[places.prison]
kind = "prison"
[places.centre]
kind = "centre"
people = [{ who = { path = "none" }, count = 1000 }]
[places.community]
kind = "community"
[moves.completion]
from = "centre"
to = "community"
becomes = { path = "completed" }
rate = { per_month = 0.2 }
[moves.drop_out]
from = "centre"
to = "prison"
becomes = { path = "dropped_out" }
rate = { per_month = 0.05 }
"#,
    );
    let (means, summary) = (expected(&text), run(&text, 2_000));
    equal(&[cell(&means, 2, &[1], 240).mean, cell(&means, 0, &[2], 240).mean], &[800.0, 200.0]);
    near("completed", flow(&summary, Mechanism::Move(0)).to_date[239], 800.0, 160f64.sqrt(), 0.0);
}
