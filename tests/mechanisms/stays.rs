//! Stays: lengths that are not memoryless, and what competes with them.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{equal, monthly, near, per_step};

/// A prison that people leave by a stay, home, and 100 arrivals a month.
fn prison(horizon: &str, people: u32, stay: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[places.prison]
kind = "prison"
people = [{{ count = {people} }}]
[places.home]
kind = "community"
[places.died]
kind = "end"
[arrivals.intake]
to = "prison"
rate = {{ per_month = 100 }}
[stays.custody]
at = "prison"
to = "home"
{stay}
{more}
"#
        ),
    )
}

/// People in the prison at every boundary, expected.
fn stock(text: &str) -> Vec<f64> {
    at(&expected(text), 0).points.iter().map(|stat| stat.mean).collect()
}

const LENGTHS: [&str; 8] = [
    "length = { fixed = \"12.5 months\" }",
    "length = { exponential = { mean = \"12 months\" } }",
    "length = { gamma = { mean = \"12 months\", shape = 3 } }",
    "length = { weibull = { mean = \"12 months\", shape = 0.7 } }",
    "length = { lognormal = { mean = \"12 months\", cv = 1.5 } }",
    "length = { lognormal = { quantiles = { \"0.5\" = \"8 months\", \"0.9\" = \"30 months\" } } }",
    "length = { table = { \"0 months\" = 0.1, \"3 months\" = 0.6, \"30 months\" = 0.3 } }",
    "length = { gamma = { mean = \"9 months\", cv = 0.8 } }\nminimum = \"6.5 months\"",
];

/// The mean of each, in months, by formulas of their own.
fn means() -> [f64; 8] {
    // A lognormal length by quantiles: the median and the 90 % point give mu and sigma.
    let sigma = libm::log(30.0 / 8.0) / 1.281_551_565_544_600_4;
    // Gamma with a minimum m: m P(X < m) + E[X; X > m], the integral of the survival function beyond m added to m.
    let (shape, scale) = (1.0 / 0.64, 9.0 * 0.64);
    let above = |k: f64| statrs::function::gamma::gamma_ur(k, 6.5 / scale);
    let with_minimum = 6.5 + 9.0 * above(shape + 1.0) - 6.5 * above(shape);
    [12.5, 12.0, 12.0, 12.0, 12.0, 8.0 * libm::exp(sigma * sigma / 2.0), 10.8, with_minimum]
}

#[test]
fn a_steady_inflow_keeps_an_equilibrium_for_every_length() {
    for (length, mean) in LENGTHS.into_iter().zip(means()) {
        // A table of whole durations is counted from the end of the step of entry: its stock is its mean exactly.
        let people = (100.0 * mean).round();
        let text = prison("10 years", people as u32, length, "");
        let stock = stock(&text);
        // What rounding the number of people has left dies out.
        for (month, now) in stock.iter().enumerate() {
            assert!(
                (now / (100.0 * mean) - 1.0).abs() < 5e-4,
                "{length}, month {month}: {now} for {}",
                100.0 * mean
            );
        }
        let whole = text.replace("per_month = 100", &format!("per_month = {}", people / mean));
        for (month, now) in self::stock(&whole).into_iter().enumerate() {
            assert!((now / people - 1.0).abs() < 1e-9, "{length}, month {month}: {now} for {people}");
        }
        let new = format!("{length}\nat_start = \"new\"");
        let new = self::stock(&prison("10 years", people as u32, &new, ""));
        if !length.contains("exponential") {
            let off = new.iter().map(|now| (now / people - 1.0).abs()).fold(0.0, f64::max);
            assert!(off > 0.01, "{length}: {off}");
        }
    }
}

#[test]
fn an_equilibrium_is_flat_in_monte_carlo() {
    for length in [LENGTHS[2], LENGTHS[4], "length = { fixed = \"12 months\" }"] {
        let summary = run(&prison("3 years", 1200, length, ""), 600);
        for month in [1, 12, 36] {
            let stat = at(&summary, 0).points[month];
            let sd = stat.spread.unwrap().sd;
            let z = (stat.mean - 1200.0) / (sd / 600f64.sqrt());
            assert!(z.abs() < 4.0, "{length}, month {month}: {} (sd {sd}), Z {z}", stat.mean);
        }
    }
}

#[test]
fn the_stock_from_an_empty_start_is_poisson() {
    let text = prison("24 months", 0, LENGTHS[2], "");
    let (summary, means) = (run(&text, 2_000), stock(&text));
    for month in [3, 12, 24] {
        let mean = means[month];
        near(&format!("month {month}"), at(&summary, 0).points[month], mean, mean.sqrt(), 1.0 / mean);
    }
}

#[test]
fn a_fixed_stay_competes_with_deaths() {
    let (length, hazard) = (12.0, 0.03);
    let deaths =
        format!("[moves.death]\nfrom = \"prison\"\nto = \"died\"\nrate = {{ per_month = {hazard} }}\n");
    let text = prison("60 months", 0, "length = { fixed = \"12 months\" }", &deaths);
    let means = expected(&text);
    let survivors = libm::exp(-hazard * length);
    let stock = 100.0 * (1.0 - survivors) / hazard;
    assert!(
        (at(&means, 0).points[60].mean / stock - 1.0).abs() < 1e-9,
        "{} for {stock}",
        at(&means, 0).points[60].mean
    );
    // Leavers by stay and by death, of 100 a month, in the long run.
    let served = per_step(&means, Mechanism::Stay(0))[59];
    let died = per_step(&means, Mechanism::Move(0))[59];
    assert!((served - 100.0 * survivors).abs() < 0.02, "{served} served, {}", 100.0 * survivors);
    assert!((served + died - 100.0).abs() < 1e-6);
    let monte_carlo = run(&text, 400);
    near("stock", at(&monte_carlo, 0).points[60], stock, stock.sqrt(), 1.0 / stock);
    let served_mean = flow(&monte_carlo, Mechanism::Stay(0)).per_step[59].mean;
    assert!((served_mean - served).abs() < 4.0 * (served / 400.0).sqrt(), "{served_mean} for {served}");
}

#[test]
fn an_exponential_stay_is_a_move() {
    let death = "[moves.death]\nfrom = \"prison\"\nto = \"died\"\nrate = { per_month = 0.05 }\n";
    let stay = prison("24 months", 500, "length = { exponential = { mean = \"10 months\" } }", death);
    let release = "[moves.release]\nfrom = \"prison\"\nto = \"home\"\nrate = { per_month = 0.1 }\n";
    let moves = stay.split("[stays.custody]").next().unwrap().to_string() + release + death;
    let (by_stay, by_move) = (expected(&stay), expected(&moves));
    for month in 0..=24 {
        let [a, b] = [&by_stay, &by_move].map(|summary| at(summary, 0).points[month].mean);
        assert!((a / b - 1.0).abs() < 1e-12, "month {month}: {a}, {b}");
    }
    // Which of two ends comes first within a step is taken as for uniform moments: right to the third order.
    let [a, b] = [per_step(&by_stay, Mechanism::Stay(0)), per_step(&by_move, Mechanism::Move(0))];
    assert!(a.iter().zip(&b).all(|(a, b)| (a / b - 1.0).abs() < 5e-4), "{a:?} {b:?}");
}

#[test]
fn shocks_and_programmes_take_people_of_every_age() {
    // Half of all are taken in month 7: of each month of entry half leave when their stay is completed.
    let shock = "[shocks.escape]\nat = \"prison\"\non = \"2025-07\"\nshare = 0.5\nto = \"home\"\n";
    let text = prison("24 months", 0, "length = { fixed = \"12 months\" }", shock);
    let stock = stock(&text);
    let known = |t: usize| {
        let before = (t.min(6) as f64) - (t.saturating_sub(12).min(6) as f64);
        let after = (t.saturating_sub(6) as f64) - (t.saturating_sub(18) as f64);
        100.0 * (before / if t > 6 { 2.0 } else { 1.0 } + after)
    };
    let known: Vec<f64> = (0..=24).map(known).collect();
    equal(&stock, &known);
    let summary = run(&text, 300);
    for month in [12, 15, 24] {
        let stat = at(&summary, 0).points[month];
        let z = (stat.mean - known[month]) / (stat.spread.unwrap().sd / 300f64.sqrt());
        assert!(z.abs() < 4.0, "month {month}: {} for {}", stat.mean, known[month]);
    }
    let flights = "[programmes.f]\nfrom = \"prison\"\nto = \"home\"\noccasions = { every = \"24 months\", first = \"2025-07\" }\nseats = 300\n";
    equal(&self::stock(&prison("24 months", 0, "length = { fixed = \"12 months\" }", flights)), &known);
}

#[test]
fn some_never_leave() {
    let text = prison("40 months", 0, "length = { table = { \"3 months\" = 0.3, never = 0.7 } }", "");
    let stock = stock(&text);
    equal(&[stock[1], stock[3], stock[4], stock[40]], &[100.0, 300.0, 370.0, 300.0 + 37.0 * 70.0]);
}

#[test]
fn lengths_may_differ_between_replicates() {
    let draw = "[parameters.long]\nvalue = 1\nrange = [0.5, 1.5]\ndistribution = { uniform = { low = 0.5, high = 1.5 } }\n";
    let text = prison("40 months", 0, "length = { fixed = \"12 * long months\" }", draw);
    let summary = run(&text, 1_000);
    // 100 a month for a mean of 12 months, of variance 12^2/12, besides Poisson.
    let sd = (1200.0f64 + 100.0 * 100.0 * 12.0).sqrt();
    let stat = at(&summary, 0).points[40];
    let z = (stat.mean - 1200.0) / (sd / 1000f64.sqrt());
    assert!(z.abs() < 4.0 && (stat.spread.unwrap().sd / sd - 1.0).abs() < 0.1, "{stat:?}, sd {sd}");
}

/// Two prisons of one stay of 12 months and two bands of ages; 120 people of 12 ages, and nobody comes.
fn two_prisons(more: &str) -> String {
    monthly(
        "16 months",
        &format!(
            r#"
[dimensions]
age = ["young", "old"]
[places.north]
kind = "prison"
people = [{{ who = {{ age = "young" }}, count = 120 }}]
[places.south]
kind = "prison"
[places.home]
kind = "community"
[stays.sentence]
at = ["north", "south"]
length = {{ fixed = "12 months" }}
to = "home"
{more}
"#
        ),
    )
}

#[test]
fn a_birthday_does_not_restart_a_stay_and_a_transfer_does() {
    let held = |text: &str| -> Vec<f64> {
        let means = expected(text);
        (0..=16).map(|k| at(&means, 0).points[k].mean + at(&means, 1).points[k].mean).collect()
    };
    let known: Vec<f64> = (0..=16).map(|k| (120.0 - 10.0 * f64::from(k)).max(0.0)).collect();
    equal(&held(&two_prisons("")), &known);
    let ageing = "[ageing.older]\nwho = { age = \"young\" }\nbecomes = { age = \"old\" }\nrate = { monthly_probability = 0.3 }\n";
    equal(&held(&two_prisons(ageing))[..13], &known[..13]);
    assert!(run(&two_prisons(ageing), 10).people.iter().all(|series| series.points.len() == 17));
    let transfer = "[shocks.transfer]\nat = \"north\"\non = \"2025-04\"\nshare = 1\nto = \"south\"\n";
    let all = held(&two_prisons(transfer));
    // 90 are moved after three months and stay 12 months from then on.
    equal(&[all[3], all[14], all[15]], &[90.0, 90.0, 0.0]);
}

#[test]
fn whose_time_is_over_and_who_finds_no_room_tries_again_in_every_step() {
    let text = monthly(
        "6 months",
        r#"
[places.remand]
kind = "prison"
people = [{ count = 10 }]
[places.prison]
kind = "prison"
capacity = 0
when_full = "refuse"
[stays.trial]
at = "remand"
length = { fixed = "2 months" }
at_start = "new"
to = "prison"
[policies.opens]
from = "2025-05"
changes = [{ field = "places.prison.capacity", set = 4 }]
"#,
    );
    // They would have left within the second month.
    let known = [10.0, 10.0, 10.0, 10.0, 10.0, 6.0, 6.0];
    for summary in [expected(&text), run(&text, 20)] {
        let found: Vec<f64> = at(&summary, 0).points.iter().map(|stat| stat.mean).collect();
        equal(&found, &known);
    }
}

#[test]
fn who_is_diverted_leaves_nobody_overdue() {
    let text = |full: &str| {
        monthly(
            "12 months",
            &format!(
                r#"
[places.camp]
kind = "camp"
people = [{{ count = 1000 }}]
[places.prison]
kind = "prison"
{full}
[places.annex]
kind = "prison"
[places.home]
kind = "community"
[moves.transfer]
from = "camp"
to = "prison"
rate = {{ monthly_probability = 0.05 }}
[stays.held]
at = "camp"
to = "home"
length = {{ fixed = "10 years" }}
at_start = "new"
"#
            ),
        )
    };
    for full in [
        "capacity = 0\nwhen_full = { divert = [\"annex\"] }",
        "closes = { on = \"2025-01\", to = \"annex\" }",
    ] {
        for summary in [expected(&text(full)), run(&text(full), 20)] {
            equal(&per_step(&summary, Mechanism::Stay(0)), &[0.0; 12]);
        }
    }
}
