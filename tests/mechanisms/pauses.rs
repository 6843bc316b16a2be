//! Programmes: pauses that come at random.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;

use crate::support::{expected, flow, run};
use crate::{equal, flow_of, measure, measured, monthly, near, per_step};

const FLIGHTS: Mechanism = Mechanism::Programme(0);

/// Flights of 10 seats from a camp that is never empty.
fn camp(horizon: &str, occasions: &str, pauses: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000000 }}]\n[places.home]\nkind = \"community\"\n[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\nseats = 10\noccasions = {occasions}\nrandom_pauses = {pauses}\n{more}"
        ),
    )
}

/// The mean of a measure from the second year on.
fn later(points: &[f64]) -> f64 {
    points[12..].iter().sum::<f64>() / (points.len() - 12) as f64
}

fn paused(summary: &Summary) -> Vec<f64> {
    measured(summary, "programmes.flights", "paused")
}

/// Two pauses begin in a year without one, each of 3 months: rate x mean = 1/2, so a third of the time.
const LAWS: [&str; 3] =
    ["\"3 months\"", "{ mean = \"3 months\" }", "{ mean = \"3 months\", sd = \"2 months\" }"];

#[test]
fn the_share_of_time_that_is_paused_is_known_for_every_law() {
    for law in LAWS {
        let pauses = format!("{{ rate = {{ per_year = 2 }}, lasts = {law} }}");
        for occasions in ["{ every = \"1 month\" }", "{ per_year = 12 }"] {
            let summary = run(&camp("11 years", occasions, &pauses, ""), 600);
            // Ten years of a process whose memory is some months: the mean of 600 replicates has an error below 0.004.
            let share = later(&paused(&summary));
            assert!((share - 1.0 / 3.0).abs() < 0.015, "{law}: paused for {share}");
            // Seats in proportion: 6.7 of 10 a month; a month of random ones has a standard deviation of about 9.
            let seats = later(&per_step(&summary, FLIGHTS));
            assert!((seats - 20.0 / 3.0).abs() < 0.16, "{law}: {seats} seats a month");
        }
        let means = expected(&camp("11 years", "{ every = \"1 month\" }", &pauses, ""));
        let last = *paused(&means).last().unwrap();
        assert!((last - 1.0 / 3.0).abs() < 1e-9, "{law}: {last}");
        assert!((per_step(&means, FLIGHTS).last().unwrap() - 20.0 / 3.0).abs() < 1e-7);
    }
}

#[test]
fn exponential_pauses_settle_as_a_chain_of_two_states_does() {
    let text = camp(
        "1 year",
        "{ every = \"1 month\" }",
        "{ rate = { per_year = 2 }, lasts = { mean = \"3 months\" } }",
        "",
    );
    // Speed 2 + 4 a year towards a third; the mean over a month.
    let known = |step: usize| {
        let (speed, month) = (6.0, 1.0 / 12.0);
        let from = libm::exp(-speed * month * step as f64);
        (1.0 - from * (1.0 - libm::exp(-speed * month)) / (speed * month)) / 3.0
    };
    let known: Vec<f64> = (0..12).map(known).collect();
    equal(&paused(&expected(&text)), &known);
    let summary = run(&text, 3_000);
    for (step, stat) in measure(&summary, "programmes.flights", "paused").iter().enumerate() {
        let error = stat.spread.unwrap().sd / 3_000f64.sqrt();
        assert!((stat.mean - known[step]).abs() < 4.0 * error, "{step}: {} for {}", stat.mean, known[step]);
    }
}

#[test]
fn the_first_pause_comes_at_its_rate() {
    // It never ends: an occasion in the middle of month k takes place with probability exp(-rate (k + 1/2) / 12).
    let text =
        camp("1 year", "{ every = \"1 month\" }", "{ rate = { per_year = 1.5 }, lasts = \"100 years\" }", "");
    let summary = run(&text, 3_000);
    for step in [0, 3, 11] {
        let p = libm::exp(-1.5 * (step as f64 + 0.5) / 12.0);
        let kurtosis = (1.0 - 6.0 * p * (1.0 - p)) / (p * (1.0 - p));
        near(
            "seats",
            flow(&summary, FLIGHTS).per_step[step],
            10.0 * p,
            10.0 * (p * (1.0 - p)).sqrt(),
            kurtosis,
        );
    }
}

#[test]
fn a_pause_may_begin_and_end_within_a_step() {
    // By year: four pauses of a month would be a quarter of a year without one; the share is that of any step.
    let pauses = "{ rate = { per_year = 4 }, lasts = \"1 month\" }";
    let yearly =
        camp("60 years", "{ per_year = 100 }", pauses, "").replace("step = \"month\"", "step = \"year\"");
    let summary = run(&yearly, 200);
    let share = paused(&summary)[2..].iter().sum::<f64>() / 58.0;
    assert!((share - 0.25).abs() < 0.01, "paused for {share}");
    let seats = per_step(&summary, FLIGHTS)[2..].iter().sum::<f64>() / 58.0;
    assert!((seats - 750.0).abs() < 12.0, "{seats} seats a year");
}

#[test]
fn a_policy_stops_pauses() {
    let policy = "[policies.p]\nfrom = \"2026-01\"\nchanges = [{ field = \"programmes.flights.random_pauses.rate\", times = 0 }]\n";
    let text = camp(
        "4 years",
        "{ every = \"1 month\" }",
        "{ rate = { per_year = 20 }, lasts = \"2 months\" }",
        policy,
    );
    let summary = run(&text, 50);
    assert!(paused(&summary)[11] > 0.5);
    equal(&paused(&summary)[15..], &[0.0; 33]);
    equal(&per_step(&summary, FLIGHTS)[15..], &[10.0; 33]);
    assert!(paused(&expected(&text))[47] < 1e-6);
}

/// Two countries whose lines pause.
fn lines(horizon: &str, lines: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[dimensions]
origin = ["a", "b"]
[places.camp]
kind = "camp"
people = [{{ who = {{ origin = "a" }}, count = 100000 }}, {{ who = {{ origin = "b" }}, count = 100000 }}]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
by = "origin"
occasions = {{ every = "1 month" }}
{lines}
"#
        ),
    )
}

#[test]
fn each_line_pauses_on_its_own_and_all_with_the_programme() {
    let forever =
        |rate: f64| format!("random_pauses = {{ rate = {{ per_year = {rate} }}, lasts = \"100 years\" }}");
    let text = lines(
        "1 year",
        &format!(
            "{}\nlines = {{ a = {{ seats = 10, {} }}, b = {{ seats = 10 }} }}",
            forever(0.5),
            forever(1.5)
        ),
    );
    let summary = run(&text, 3_000);
    let survives = |rate: f64| libm::exp(-rate * 11.5 / 12.0);
    let check = |what: &str, origin: usize, p: f64| {
        let kurtosis = (1.0 - 6.0 * p * (1.0 - p)) / (p * (1.0 - p));
        near(
            what,
            flow_of(&summary, FLIGHTS, origin).per_step[11],
            10.0 * p,
            10.0 * (p * (1.0 - p)).sqrt(),
            kurtosis,
        );
    };
    check("a", 0, survives(2.0));
    check("b", 1, survives(0.5));
    // a flies only where b does.
    let [a, both] = [survives(2.0), survives(0.5)];
    let mean = 10.0 * (a + both);
    let square = 400.0 * a + 100.0 * (both - a);
    let variance = square - mean * mean;
    let fourth = a * (20.0 - mean).powi(4) + (both - a) * (10.0 - mean).powi(4) + (1.0 - both) * mean.powi(4);
    near(
        "both",
        flow(&summary, FLIGHTS).per_step[11],
        mean,
        variance.sqrt(),
        fourth / variance.powi(2) - 3.0,
    );
}

#[test]
fn a_line_that_pauses_leaves_shared_seats_to_the_others() {
    let text = lines(
        "1 year",
        "seats = 10\nlines = { a = { random_pauses = { rate = { per_year = 1000 }, lasts = \"100 years\" } }, b = {} }",
    );
    let summary = run(&text, 200);
    let b = flow_of(&summary, FLIGHTS, 1).per_step[3];
    equal(&[b.mean, flow_of(&summary, FLIGHTS, 0).per_step[3].mean], &[10.0, 0.0]);
    equal(&[measured(&summary, "programmes.flights.lines.a", "paused")[3], paused(&summary)[3]], &[1.0, 0.0]);
}
