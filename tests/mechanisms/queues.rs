//! Those who wait for a full place: who gives up, who is next, who has to wait and for how long.

use repatria::internals::ensemble::summary::Summary;

use crate::support::{expected, measure, run};
use crate::{equal, measured, monthly, near, one_replicate};

/// A prison without places, and people who come and wait for it.
fn waiting(step: &str, queue: &str) -> String {
    format!(
        r#"title = "Test"
start = "2025-01"
horizon = "2 years"
step = "{step}"
[dimensions]
sex = ["men", "women"]
[places.prison]
kind = "prison"
capacity = 0
when_full = "wait"
{queue}
[places.home]
kind = "community"
[places.away]
kind = "community"
[arrivals.intake]
to = "prison"
split = {{ by = "sex", shares = {{ men = 0.75, women = 0.25 }} }}
rate = {{ per_year = 120 }}
"#
    )
}

#[test]
fn a_queue_that_nobody_is_served_from_is_left_at_the_rate_of_giving_up_at_any_step() {
    // An M/M/infinity queue: people come at a rate and stay until they give up.
    for (step, years) in [("day", 1.0 / 365.25), ("month", 1.0 / 12.0), ("quarter", 0.25)] {
        let text = waiting(step, r#"queue = { gives_up = { rate = { per_year = 2 }, to = "home" } }"#);
        let means = expected(&text);
        let queue = measured(&means, "places.prison", "queue");
        let gave_up = measured(&means, "places.prison", "gave_up_to_date");
        for k in [0, 1, queue.len() - 1] {
            let t = (k + 1) as f64 * years;
            let due = 60.0 * (1.0 - libm::exp(-2.0 * t));
            assert!((queue[k] - due).abs() < 1e-9 * due, "{step}, step {k}: {} for {due}", queue[k]);
            assert!((gave_up[k] + queue[k] - 120.0 * t).abs() < 1e-9, "{step}, step {k}");
        }
        assert_eq!(measured(&means, "places.prison", "probability_of_waiting")[0], 1.0);
    }
    // Poisson numbers of those who come thin and stay Poisson.
    let text = waiting("month", r#"queue = { gives_up = { rate = { per_year = 2 }, to = "home" } }"#);
    let summary = run(&text, 2_000);
    let due = 60.0 * (1.0 - libm::exp(-4.0));
    near("queue", measure(&summary, "places.prison", "queue")[23], due, due.sqrt(), 1.0 / due);
}

#[test]
fn who_gives_up_goes_where_the_queue_says_by_group() {
    let queue = r#"queue = { gives_up = { rate = { per_year = { by = "sex", values = { men = 0, women = 2 } } }, to = [{ place = "home", share = 0.25 }, { place = "away", share = 0.75 }] } }"#;
    let means = expected(&waiting("month", queue));
    let gave_up = 60.0 - 15.0 * (1.0 - libm::exp(-4.0));
    equal(&[*measured(&means, "places.prison", "gave_up_to_date").last().unwrap()], &[gave_up]);
    let people = |place: usize, sex: usize| crate::cell(&means, place, &[sex], 24).mean;
    equal(&[people(1, 0), people(1, 1), people(2, 1)], &[0.0, 0.25 * gave_up, 0.75 * gave_up]);
    for replicate in 0..100 {
        let one = one_replicate(&waiting("month", queue), replicate);
        let [arrived, queue, gave_up] = ["arrived_to_date", "queue", "gave_up_to_date"]
            .map(|name| *measured(&one, "places.prison", name).last().unwrap());
        assert_eq!(arrived, queue + gave_up);
    }
}

/// Ten places and a load of seven, as in `littles_law_holds`.
fn served(order: &str, step: &str, replicates: u64) -> Summary {
    let text = monthly(
        "600 months",
        &format!(
            r#"
[places.prison]
kind = "prison"
capacity = 10
when_full = "wait"
queue = {{ order = "{order}" }}
[places.out]
kind = "end"
[arrivals.intake]
to = "prison"
rate = {{ per_month = 0.7 }}
[moves.release]
from = "prison"
to = "out"
rate = {{ mean_stay = "10 months" }}
"#
        ),
    );
    run(&text.replace("step = \"month\"", &format!("step = \"{step}\"")), replicates)
}

#[test]
fn the_order_of_a_queue_changes_who_waits_long_and_not_how_many_wait() {
    let [first, random] = ["longest_first", "random"].map(|order| served(order, "month", 1_000));
    let late = |summary: &Summary, what: &str| {
        let values = measured(summary, "places.prison", what);
        let values = &values[values.len() / 3..];
        values.iter().sum::<f64>() / values.len() as f64
    };
    // The number who wait does not depend on who is next: draws differ, so the means agree within their noise.
    assert!((late(&first, "queue") - late(&random, "queue")).abs() < 0.02);
    // Erlang's delay formula: 0.2217 of those who come wait, and of them a part exp(-0.3 t) longer than t months, if in order. (The mean
    // of a year's shares is lower: in years in which few come few wait.)
    let waits = ["month", "week"].map(|step| {
        let summary = served("longest_first", step, 400);
        let [wait, come] = ["had_to_wait_to_date", "arrived_to_date"].map(|what| {
            let values = measured(&summary, "places.prison", what);
            values[values.len() - 1] - values[values.len() / 3]
        });
        println!("by {step} {} wait", wait / come);
        wait / come / 0.2217 - 1.0
    });
    assert!(waits[0].abs() < 0.04 && waits[1].abs() < 0.02, "{waits:?}");
    let long = |summary: &Summary| late(summary, "waited_over_12_months");
    println!("longer than a year: {} in order, {} at random", long(&first), long(&random));
    assert!(long(&random) > 1.5 * long(&first));
    let in_order = late(&first, "waited_over_3_months");
    let due = 0.2217 * libm::exp(-0.9);
    println!("longer than three months: {in_order} for {due}");
    assert!((in_order / due - 1.0).abs() < 0.25);
}

#[test]
fn who_is_diverted_finds_only_the_free_places_of_a_place_that_crowds() {
    let text = monthly(
        "3 months",
        r#"
[places.a]
kind = "prison"
capacity = 10
when_full = { divert = ["b"], otherwise = "refuse" }
people = [{ count = 10 }]
[places.b]
kind = "prison"
capacity = 6
[arrivals.intake]
to = "a"
rate = { per_month = 4 }
"#,
    );
    let means = expected(&text);
    equal(&measured(&means, "places.a", "diverted"), &[4.0, 2.0, 0.0]);
    equal(&measured(&means, "places.a", "refused"), &[0.0, 2.0, 4.0]);
}
