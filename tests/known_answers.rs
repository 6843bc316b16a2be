//! Promise: scenario files give answers that other people's test suites and closed forms give.
//!
//! A: SBML stochastic test suite (sbmlteam/sbml-test-suite, cases/stochastic), one unit of time read as one month.
//! F: closed forms. G: two scenarios that differ in one number use common random numbers.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::Mechanism;
use support::{Score, at, expected, flow, program, run};

/// Arrivals and exits at a monthly step.
fn arrivals_and_exits(alpha: f64, mu: f64) -> String {
    format!(
        r#"
title = "Arrivals and exits"
start = "2025-01"
horizon = "50 months"
step = "month"
[places.prison]
kind = "prison"
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = {{ per_month = {alpha} }}
[moves.release]
from = "prison"
to = "out"
rate = {{ per_month = {mu} }}
"#
    )
}

#[test]
fn a_arrivals_and_exits_are_exact_at_a_monthly_step() {
    let mut score = Score::default();
    for (case, alpha, points) in [
        ("00020", 1.0, [(10, 6.321206, 2.514201), (25, 9.17915, 3.029711), (50, 9.93262, 3.151606)]),
        ("00021", 10.0, [(10, 63.21206, 7.950601), (25, 91.7915, 9.580788), (50, 99.3262, 9.966253)]),
        ("00023", 1000.0, [(10, 6321.206, 79.50601), (25, 9179.15, 95.80788), (50, 9932.62, 99.66253)]),
    ] {
        let text = arrivals_and_exits(alpha, 0.1);
        let summary = run(&text, 10_000);
        let means = expected(&text);
        for (t, mean, sd) in points {
            score.check(&format!("{case} at {t}"), at(&summary, 0).points[t], mean, sd);
            let fractional = at(&means, 0).points[t].mean;
            assert!((fractional / mean - 1.0).abs() < 1e-6, "{case} at {t}, expected mode: {fractional}");
        }
    }
    score.verdict();
}

#[test]
fn a_cumulative_exits_are_exact_at_a_monthly_step() {
    let summary = run(&arrivals_and_exits(10.0, 0.1), 10_000);
    let exits = &flow(&summary, Mechanism::Move(0)).to_date;
    let mut score = Score::default();
    for (t, mean, sd) in [(10, 36.78794, 6.065307), (25, 158.2085, 12.5781), (50, 400.6738, 20.01684)] {
        score.check(&format!("00025 at {t}"), exits[t - 1], mean, sd);
    }
    score.verdict();
}

/// Where births feed births the step must be short, as the suite's own tau-leaping would have it: by month the births of
/// births of births of one step are missing, 1 % of the mean after 50 months.
#[test]
fn a_births_that_feed_births_by_day() {
    let text = r#"
title = "Births and deaths"
start = "2025-01"
horizon = "51 months"
step = "day"
[places.camp]
kind = "camp"
people = [{ count = 100 }]
[places.died]
kind = "end"
[births.births]
at = "camp"
rate = { per_month = 0.1 }
[moves.death]
from = "camp"
to = "died"
rate = { per_month = 0.11 }
"#;
    let summary = run(text, 10_000);
    let mut score = Score::default();
    for (t, mean, sd) in
        [(10.0f64, 90.48374, 13.44708), (25.0, 77.88008, 19.02018), (50.0, 60.65307, 22.38677)]
    {
        let day = (t * 365.25 / 12.0).round();
        // The known mean, moved to the day's own time: ten months are 304.4 days.
        let mean = mean * libm::exp(-0.01 * (day * 12.0 / 365.25 - t));
        score.check(&format!("00001 at {t}"), at(&summary, 0).points[day as usize], mean, sd);
    }
    score.verdict();
}

#[test]
fn f_arrivals_that_switch_with_a_regime() {
    let text = r#"
title = "Arrivals that switch"
start = "2000-01"
horizon = "110 months"
step = "day"
[places.prison]
kind = "prison"
people = [{ count = 733 }]
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = { per_month = 100 }
[moves.release]
from = "prison"
to = "out"
rate = { per_month = 0.1 }
[regimes.context]
states = ["high", "low"]
initial = "high"
switches = [{ from = "high", to = "low", rate = { per_month = 0.05 } }, { from = "low", to = "high", rate = { per_month = 0.1 } }]
[regimes.context.in.low]
changes = [{ field = "arrivals.intake.rate", times = 0.2 }]
"#;
    let summary = run(text, 3_000);
    let mut score = Score::default();
    let points = &at(&summary, 0).points;
    score.check("regime, long run", points[points.len() - 1], 733.333, 240.046);
    score.verdict();
    let means = expected(text);
    let last = at(&means, 0).points.last().unwrap().mean;
    assert!((last / 733.333 - 1.0).abs() < 1e-3, "expected mode: {last}");
}

#[test]
fn f_mass_escape_shocks() {
    let text = r#"
title = "Mass escapes"
start = "2000-01"
horizon = "140 months"
step = "day"
[places.prison]
kind = "prison"
people = [{ count = 625 }]
[places.out]
kind = "at_large"
[arrivals.intake]
to = "prison"
rate = { per_month = 50 }
[moves.release]
from = "prison"
to = "out"
rate = { per_month = 0.05 }
[shocks.escape]
at = "prison"
rate = { per_month = 0.1 }
share = 0.3
to = "out"
"#;
    let summary = run(text, 3_000);
    let mut score = Score::default();
    let points = &at(&summary, 0).points;
    score.check("shocks, long run", points[points.len() - 1], 625.0, 154.620);
    score.verdict();
    // A step of a day: 0.2 % are what a shock at the start of a step, and at most one, make of the mean.
    let mean = at(&expected(text), 0).points.last().unwrap().mean;
    assert!((mean / 625.0 - 1.0).abs() < 2e-3, "expected mode: {mean}");
}

#[test]
fn f_escape_and_recapture() {
    let text = r#"
title = "Escape and recapture"
start = "2000-01"
horizon = "80 months"
step = "day"
[places.prison]
kind = "prison"
people = [{ count = 1000 }]
[places.out]
kind = "at_large"
[moves.recapture]
from = "out"
to = "prison"
rate = { per_month = 0.1 }
[shocks.escape]
at = "prison"
rate = { per_month = 0.02 }
share = 0.5
to = "out"
"#;
    // The published figures (887.752 and 85.967 after 10 months, 833.333 and 83.333 in the long run) do not follow from
    // the published parameters: rate x share is 0.01, so the long-run mean is 1000 x 0.1 / 0.11 = 909.09. A mean of 833.333
    // asks for a product of 0.02, with which the mean after 10 months would be 883.532, not 887.752. The moment
    // equations are what is tested; here, that they have the two means which can be computed by hand.
    let mean = |product: f64, months: f64| {
        1000.0 * (0.1 + product * libm::exp(-(0.1 + product) * months)) / (0.1 + product)
    };
    assert!((escape_moments(10.0)[0] - mean(0.01, 10.0)).abs() < 1e-3);
    assert!((escape_moments(400.0)[0] - 909.0909).abs() < 1e-3);
    assert!((mean(0.02, 10.0) - 883.532).abs() < 1e-3 && (mean(0.02, 400.0) - 833.333).abs() < 1e-3);
    let means = expected(text);
    let summary = run(text, 4_000);
    let points = &at(&summary, 0).points;
    let mut score = Score::default();
    for boundary in [304, points.len() - 1] {
        let months = boundary as f64 * 12.0 / 365.25;
        let found = at(&means, 0).points[boundary].mean;
        // An escape comes at the start of its step, half a day early: half a day's recapture of the 91 or so who are out.
        assert!((found - mean(0.01, months)).abs() < 0.2, "expected mode, day {boundary}: {found}");
        let [mean, variance] = escape_moments(boundary as f64 * 12.0 / 365.25);
        score.check(&format!("escape, day {boundary}"), points[boundary], mean, variance.sqrt());
    }
    score.verdict();
}

/// Mean and variance after `months` of the number inside, from the differential equations of its first two moments:
/// a shock makes x a binomial of x and 1 - s, and each of N - x comes back at rate r.
fn escape_moments(months: f64) -> [f64; 2] {
    let (shock, share, recapture, people) = (0.02, 0.5, 0.1, 1000.0);
    let slope = |[mean, variance]: [f64; 2]| {
        let back = recapture * (people - mean);
        let noise = shock * share * (share * mean * mean + (1.0 - share) * mean) + back;
        let pull = 2.0 * (recapture + shock * share) - shock * share * share;
        [back - shock * share * mean, noise - pull * variance]
    };
    let (mut moments, steps) = ([people, 0.0], 100_000);
    let dt = months / f64::from(steps);
    for _ in 0..steps {
        // The midpoint rule: an error of the order of dt^2.
        let [a, b] = slope(moments);
        let [a, b] = slope([moments[0] + a * dt / 2.0, moments[1] + b * dt / 2.0]);
        moments = [moments[0] + a * dt, moments[1] + b * dt];
    }
    moments
}

#[test]
fn f_one_dated_shock() {
    let text = r#"
title = "One dated shock"
start = "2025-01-01"
horizon = "31 days"
step = "day"
[places.prison]
kind = "prison"
people = [{ count = 3000 }]
[places.out]
kind = "at_large"
[places.lost]
kind = "end"
[moves.recapture]
from = "out"
to = "prison"
rate = { per_day = 0.1 }
[moves.lost]
from = "out"
to = "lost"
rate = { per_day = 0.02 }
[shocks.escape]
at = "prison"
on = "2025-01-01"
share = 0.4
to = "out"
"#;
    let summary = run(text, 10_000);
    let means = expected(text);
    let out = at(&summary, 1);
    for (day, mean) in [(7, 518.053), (14, 223.649), (30, 32.789)] {
        let stat = out.points[day];
        let z = (stat.mean - mean) / stat.spread.unwrap().mc_se;
        assert!(z.abs() < 3.0, "day {day}: {} for {mean}, Z {z}", stat.mean);
        let fractional = at(&means, 1).points[day].mean;
        assert!((fractional - mean).abs() < 1e-3, "day {day}, expected mode: {fractional}");
    }
    let mut score = Score::default();
    score.check("escaped", flow(&summary, Mechanism::Shock(0)).to_date[0], 1200.0, 26.833);
    score.verdict();
}

#[test]
fn f_repatriation_flights_empty_a_camp() {
    for (births, months) in
        [("", 24.78), ("[births.births]\nat = \"camp\"\nrate = { per_month = 0.0025 }", 25.58)]
    {
        let text = format!(
            r#"
title = "Flights"
start = "2025-01-01"
horizon = "30 months"
step = "day"
[places.camp]
kind = "camp"
people = [{{ count = 9912 }}]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = {{ every = "1 day" }}
seats = {{ mean = 13.141683778234086, sd = 0.0 }}
{births}
"#
        );
        let summary = expected(&text);
        let points = &at(&summary, 0).points;
        let empty = points.iter().position(|point| point.mean < 1e-6).unwrap();
        let last = points[empty - 1].mean;
        let days = (empty - 1) as f64 + last / 13.141683778234086;
        let found = days / (365.25 / 12.0);
        assert!((found - months).abs() < 0.006, "empty after {found} months, known {months}");
    }
    // By month, with whole people: after 24 months 312 are left, after 25 nobody.
    let monthly = run(
        r#"
title = "Flights"
start = "2025-01-01"
horizon = "30 months"
step = "month"
[places.camp]
kind = "camp"
people = [{ count = 9912 }]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = 400
"#,
        100,
    );
    let points = &at(&monthly, 0).points;
    assert_eq!((points[24].mean, points[25].mean), (312.0, 0.0));
}

#[test]
fn g_two_scenarios_that_differ_in_one_number_share_their_luck() {
    let text = |arrivals: f64| {
        format!(
            r#"
title = "Pairing"
start = "2025-01"
horizon = "60 months"
step = "month"
[places.prison]
kind = "prison"
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = {{ per_month = {arrivals} }}
[moves.release]
from = "prison"
to = "out"
rate = {{ mean_stay = "12 months" }}
"#
        )
    };
    let replicates = 1_000u64;
    let [more, fewer] = [100.0, 90.0].map(|arrivals| program(&text(arrivals)));
    let stock = |program, replicate: u64| {
        let summary = simulate(program, 5, replicate..replicate + 1, 1, &Unwatched).unwrap();
        at(&summary, 0).points[60].mean
    };
    let differences: Vec<f64> =
        (0..replicates).map(|replicate| stock(&more, replicate) - stock(&fewer, replicate)).collect();
    let mean = differences.iter().sum::<f64>() / replicates as f64;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (replicates - 1) as f64;
    println!("mean difference {mean}, variance {variance}");
    assert!(variance < 20.0, "variance of the difference: {variance}");
    assert!(
        (mean - 119.2).abs() < 3.0 * (variance / replicates as f64).sqrt() + 0.05,
        "mean difference: {mean}"
    );
}

/// A prison that turns people away when it is full, in steps of a tenth of the mean stay.
fn loss_system(load: f64, capacity: u32, leaving: &str) -> String {
    format!(
        r#"
title = "A full prison"
start = "2000-01"
horizon = "300 months"
step = "month"
[record]
flows = "none"
[places.prison]
kind = "prison"
capacity = {capacity}
when_full = "refuse"
people = [{{ count = {load} }}]
[places.out]
kind = "end"
[arrivals.intake]
to = "prison"
rate = {{ per_year = {rate} }}
{leaving}
"#,
        rate = load * 1.2
    )
}

#[test]
fn e_a_full_place_turns_away_what_erlangs_formula_says() {
    let moves = "[moves.release]\nfrom = \"prison\"\nto = \"out\"\nrate = { mean_stay = \"10 months\" }";
    // The share turned away does not depend on how stays are distributed.
    let gamma = "[stays.release]\nat = \"prison\"\nto = \"out\"\nlength = { gamma = { mean = \"10 months\", shape = 3 } }";
    for (load, capacity, known, leaving, replicates) in [
        (8.0, 10, 0.121661, moves, 3_000),
        (90.0, 100, 0.026957, moves, 2_000),
        (480.0, 500, 0.014326, moves, 2_000),
        (8.0, 10, 0.121661, gamma, 1_000),
        (90.0, 100, 0.026957, gamma, 500),
        (480.0, 500, 0.014326, gamma, 300),
    ] {
        let summary = run(&loss_system(load, capacity, leaving), replicates);
        // After the first eight mean stays.
        let late = |name: &str| {
            let points = support::measure(&summary, "places.prison", name);
            points[points.len() - 1].mean - points[79].mean
        };
        let turned_away = late("refused_to_date") / late("arrived_to_date");
        let error = turned_away / known - 1.0;
        let last = *support::measure(&summary, "places.prison", "refused_to_date").last().unwrap();
        let standard_error = last.spread.unwrap().mc_se / last.mean;
        println!(
            "{load} offered to {capacity}: {turned_away}, known {known}: {error:+.4}, s.e. {standard_error:.4}"
        );
        // Steps of a tenth of the mean stay turn away 1.3 % of them too many at the most.
        assert!(error.abs() < 0.013 + 3.0 * standard_error, "{load} offered to {capacity}: {turned_away}");
    }
}

#[test]
fn a_convoys() {
    let text = arrivals_and_exits(1.0, 0.2).replace("per_month = 1 }", "per_month = 1 }\nconvoy = 5");
    let summary = run(&text, 10_000);
    let means = expected(&text);
    let mut score = Score::default();
    for (t, mean, sd) in [(10, 21.616618, 8.408379), (25, 24.831551, 8.650392), (50, 24.998865, 8.660189)] {
        score.check(&format!("00037 at {t}"), at(&summary, 0).points[t], mean, sd);
        let fractional = at(&means, 0).points[t].mean;
        assert!((fractional / mean - 1.0).abs() < 1e-6, "00037 at {t}, expected mode: {fractional}");
    }
    score.verdict();
}

/// A prison with 100 arrivals a month, an empty start and this length of stay.
fn stays(length: &str, horizon: &str) -> String {
    format!(
        r#"
title = "A length of stay"
start = "2025-01"
horizon = "{horizon}"
step = "month"
[places.prison]
kind = "prison"
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = {{ per_month = 100 }}
[stays.sentence]
at = "prison"
to = "out"
length = {length}
"#
    )
}

/// Expected people at a place at every boundary.
fn stock(text: &str, place: usize) -> Vec<f64> {
    at(&expected(text), place).points.iter().map(|stat| stat.mean).collect()
}

#[track_caller]
fn close(what: &str, found: f64, known: f64, relative: f64) {
    assert!((found - known).abs() <= relative * (1.0 + known.abs()), "{what}: {found} for {known}");
}

#[test]
fn b_transients_of_lengths_of_stay() {
    let known = [
        ("{ fixed = \"12 months\" }", [600.0, 1200.0, 1200.0, 1200.0]),
        ("{ exponential = { mean = \"12 months\" } }", [472.1632, 758.5447, 1037.5977, 1191.9145]),
        ("{ gamma = { mean = \"12 months\", shape = 3 } }", [564.0790, 931.1498, 1167.2805, 1199.9822]),
        ("{ weibull = { mean = \"12 months\", shape = 0.7 } }", [398.9292, 630.5249, 888.3513, 1131.6194]),
        ("{ lognormal = { mean = \"12 months\", cv = 1.5 } }", [465.3485, 704.6967, 930.6970, 1120.0687]),
    ];
    let mut score = Score::default();
    for (length, known) in known {
        let text = stays(length, "60 months");
        let stock = stock(&text, 0);
        let summary = run(&text, 1_000);
        for (month, known) in [6, 12, 24, 60].into_iter().zip(known) {
            close(length, stock[month], known, 1e-7);
            // Poisson: the variance is the mean.
            score.check(&format!("{length} at {month}"), at(&summary, 0).points[month], known, known.sqrt());
        }
    }
    score.verdict();
}

#[test]
fn b_a_pipeline_and_competing_hazards() {
    let text = r#"
title = "A pipeline"
start = "2025-01"
horizon = "400 months"
step = "month"
[places.custody]
kind = "centre"
[places.prison]
kind = "prison"
[places.queue]
kind = "centre"
[places.out]
kind = "community"
[arrivals.intake]
to = "custody"
rate = { per_month = 50 }
[stays.trial]
at = "custody"
length = { gamma = { mean = "9 months", shape = 2 } }
to = [{ place = "prison", share = 0.45 }, { place = "queue", share = 0.15 }, { place = "out", share = 0.4 }]
[stays.sentence]
at = "prison"
length = { gamma = { mean = "48 months", shape = 4 } }
to = "out"
[stays.flight]
at = "queue"
length = { exponential = { mean = "6 months" } }
to = "out"
"#;
    for (place, known) in [450.0, 1080.0, 45.0].into_iter().enumerate() {
        close("pipeline", stock(text, place)[400], known, 1e-3);
    }
    let exits = [("a", 0.02), ("b", 0.01), ("c", 0.0005)];
    let moves: String = exits
        .iter()
        .map(|(name, rate)| {
            format!("[moves.{name}]\nfrom = \"prison\"\nto = \"out\"\nrate = {{ per_month = {rate} }}\n")
        })
        .collect();
    let text = arrivals_and_exits(1.0, 0.0).replace("50 months", "100 years");
    let text = text.split("[moves.release]").next().unwrap().to_string() + &moves;
    let means = expected(&text);
    for (index, share) in [0.655738, 0.327869, 0.016393].into_iter().enumerate() {
        close("share", flow(&means, Mechanism::Move(index)).per_step[1199].mean, share, 1e-6);
    }
    close("mean stay", at(&means, 0).points[1200].mean, 32.786885, 1e-6);
}

/// Prison and liberty: a policy from the tenth state on, whose state t is ours after t + 1 steps.
fn prison_and_liberty(policy: &str) -> String {
    format!(
        r#"
title = "Prison and liberty"
start = "2025-01"
horizon = "21 months"
step = "month"
[places.prison]
kind = "prison"
[places.liberty]
kind = "community"
[arrivals.intake]
to = "prison"
rate = {{ per_month = 100 }}
[stays.sentence]
at = "prison"
length = {{ table = {{ "3 months" = 0.6, "5 months" = 0.4 }} }}
to = "liberty"
[stays.relapse]
at = "liberty"
length = {{ table = {{ "3 months" = 0.3, never = 0.7 }} }}
to = "prison"
{policy}
"#
    )
}

#[test]
fn c_whole_durations_and_a_policy_on_a_stay() {
    let times = [0, 2, 5, 9, 10, 11, 12, 20];
    let policy = |applies_to: &str| {
        format!(
            "[policies.p]\nfrom = \"2025-11\"\nchanges = [{{ field = \"stays.sentence\", times = 0.5, share = 0.75{applies_to} }}]"
        )
    };
    let cases = [
        (String::new(), [100.0, 300.0, 380.0, 465.2, 484.4, 489.2, 497.24, 531.116]),
        (policy(""), [100.0, 300.0, 380.0, 465.2, 484.4, 459.95, 389.99, 342.9808]),
        (
            policy(", applies_to = \"everyone\""),
            [100.0, 300.0, 380.0, 465.2, 306.35, 307.55, 311.99, 341.0912],
        ),
    ];
    for (policy, known) in cases {
        let text = prison_and_liberty(&policy);
        let [prison, liberty] = [0, 1].map(|place| stock(&text, place));
        for (t, known) in times.into_iter().zip(known) {
            close(&format!("prison at {t} {policy}"), prison[t + 1], known, 1e-6);
            close(
                &format!("liberty at {t} {policy}"),
                liberty[t + 1],
                100.0 * (t as f64 + 1.0) - known,
                1e-6,
            );
        }
    }
    let long = prison_and_liberty("").replace("21 months", "30 years");
    close("stationary", stock(&long, 0)[360], 542.857, 1e-6);
}

#[test]
fn c_two_policies_on_a_stay_stack() {
    let text = stays("{ table = { \"7 months\" = 0.5, \"8 months\" = 0.5 } }", "12 months")
        + r#"
[policies.a]
from = "2025-04"
changes = [{ field = "stays.sentence", set = { table = { "4 months" = 0.25, "5 months" = 0.75 } } }]
[policies.b]
from = "2025-07"
changes = [{ field = "stays.sentence", set = { table = { "1 month" = 0.125, "2 months" = 0.875 } } }]
"#;
    // Who is there before t = 8 by step of stay, and the hazards .125, 1, 0, .25, 1, 0, .5, 1.
    let there = [100.0, 87.5, 100.0, 100.0, 75.0, 100.0, 100.0, 50.0];
    let hazards = [0.125, 1.0, 0.0, 0.25, 1.0, 0.0, 0.5, 1.0];
    let leavers: f64 = there.iter().zip(hazards).map(|(people, hazard)| people * hazard).sum();
    let means = expected(&text);
    close("leavers", flow(&means, Mechanism::Stay(0)).per_step[8].mean, leavers, 1e-12);
    close("there", at(&means, 0).points[8].mean, there.iter().sum(), 1e-12);
}

#[test]
fn c_ageing_in_fixed_bands() {
    let bands = ["0-24", "25-29", "30-34", "35-39", "40_up"];
    let mut text = format!(
        r#"
title = "Bands of 60 months"
start = "2025-01"
horizon = "250 months"
step = "month"
[dimensions]
age = {bands:?}
[places.prison]
kind = "prison"
people = [{{ who = {{ age = "0-24" }}, count = 10 }}, {{ who = {{ age = "35-39" }}, count = 5 }}]
"#
    );
    for (band, next) in bands.iter().zip(&bands[1..]) {
        text += &format!(
            "[ageing.from_{band}]\nwho = {{ age = \"{band}\" }}\nbecomes = {{ age = \"{next}\" }}\nafter = \"60 months\"\nat_start = \"new\"\n"
        );
    }
    let means = expected(&text);
    let of = |band: usize, t: usize| {
        let series = means.people.iter().find(|series| series.groups == [Some(band)]);
        series.unwrap().points[t].mean
    };
    let known = [(0, 59, 10.0), (0, 60, 0.0), (1, 59, 0.0), (1, 60, 10.0), (1, 119, 10.0), (1, 120, 0.0)];
    for (band, t, known) in known.into_iter().chain([(3, 59, 5.0), (4, 59, 0.0), (4, 60, 5.0), (4, 119, 5.0)])
    {
        close(&format!("band {band} at {t}"), of(band, t), known, 1e-12);
    }
}

/// People who come by month, stay as a table says, and leave.
fn convolution(inflow: &str, table: &str) -> (Vec<f64>, Vec<f64>) {
    let text = stays(&format!("{{ table = {{ {table} }} }}"), "10 months")
        .replace("per_month = 100", &format!("per_month = {{ series = {{ {inflow} }} }}"));
    let means = expected(&text);
    let out = flow(&means, Mechanism::Stay(0)).per_step.iter().map(|stat| stat.mean).collect();
    (out, stock(&text, 0)[1..].to_vec())
}

#[test]
fn d_convolutions_of_inflow_and_stay() {
    let check = |(out, stock): (Vec<f64>, Vec<f64>), known_out: [f64; 10], known_stock: [f64; 10]| {
        for t in 0..10 {
            close(&format!("outflow at {t}"), out[t], known_out[t], 1e-9);
            close(&format!("stock at {t}"), stock[t], known_stock[t], 1e-9);
        }
    };
    check(
        convolution(
            "\"2025-01\" = 0, \"2025-03\" = 1",
            "\"0 months\" = 0.5, \"1 month\" = 0.25, \"2 months\" = 0.1, \"3 months\" = 0.1, \"4 months\" = 0.05",
        ),
        [0.0, 0.0, 0.5, 0.75, 0.85, 0.95, 1.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 0.5, 0.75, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95],
    );
    check(
        convolution(
            "\"2025-01\" = 0, \"2025-05\" = 1, \"2025-06\" = 0",
            "\"0 months\" = 0.6, \"1 month\" = 0.3, \"2 months\" = 0.08, \"3 months\" = 0.02",
        ),
        [0.0, 0.0, 0.0, 0.0, 0.6, 0.3, 0.08, 0.02, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.4, 0.1, 0.02, 0.0, 0.0, 0.0],
    );
}

#[test]
fn d_rules_of_systems_without_feedback() {
    let text = stays("{ gamma = { mean = \"12 months\", shape = 3 } }", "240 months");
    let base = stock(&text, 0);
    let with = |from: &str, to: &str| stock(&text.replace(from, to), 0);
    let policy = |times: &str| {
        stock(
            &(text.clone()
                + &format!(
                    "[policies.p]\nfrom = \"2027-01\"\nchanges = [{{ field = \"stays.sentence\", times = {times} }}]\n"
                )),
            0,
        )
    };
    let doubled = with("per_month = 100", "per_month = 200");
    assert!(base.iter().zip(&doubled).all(|(base, doubled)| (2.0 * base - doubled).abs() < 1e-9));
    close("inflow + 10 %", with("per_month = 100", "per_month = 110")[240], 1.1 * base[240], 1e-12);
    close("stay x 1.1", policy("1.1")[240], 1.1 * base[240], 1e-9);
    assert_eq!(policy("1"), base);
}
