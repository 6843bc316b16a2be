//! Shocks: when, how severe, where to, and what follows.

use repatria::ensemble::summary::{Event, EventSeries, Summary};
use repatria::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, cell, equal, monthly, near, per_step};

fn prison(horizon: &str, shock: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.prison]\nkind = \"prison\"\npeople = [{{ count = 1000 }}]\n[places.out]\nkind = \"at_large\"\n[places.died]\nkind = \"end\"\n[shocks.escape]\nat = \"prison\"\nto = \"out\"\n{shock}\n{more}"
        ),
    )
}

fn event(summary: &Summary) -> &EventSeries {
    summary.events.iter().find(|series| series.event == Event::Shock(0)).unwrap()
}

#[test]
fn a_random_shock_comes_at_most_once_in_a_step() {
    let text = prison("6 months", "rate = { per_month = 0.5 }\nshare = 0", "");
    let known = -libm::expm1(-0.5);
    let (summary, means) = (run(&text, 4_000), expected(&text));
    for step in 0..6 {
        let z = (event(&summary).probability[step] - known) / (known * (1.0 - known) / 4_000.0).sqrt();
        assert!(z.abs() < 4.0, "step {step}: Z {z}");
    }
    equal(&event(&means).probability, &[known; 6]);
}

#[test]
fn a_fixed_share_is_a_binomial_on_each_of_its_dates() {
    let text = prison("4 months", "on = [\"2025-02-17\", \"2025-04\"]\nshare = 0.3", "");
    let summary = run(&text, 3_000);
    let flows = flow(&summary, Mechanism::Shock(0));
    always(flows.per_step[0], 0.0);
    near("first", flows.per_step[1], 300.0, 210f64.sqrt(), 0.0);
    always(flows.per_step[2], 0.0);
    // The second one meets who is left: each of 1000 with 0.7 x 0.3.
    near("second", flows.per_step[3], 210.0, (210.0 * 0.79f64).sqrt(), 0.0);
    equal(&per_step(&expected(&text), Mechanism::Shock(0)), &[0.0, 300.0, 0.0, 210.0]);
    assert_eq!(event(&summary).probability, [0.0, 1.0, 0.0, 1.0]);
}

#[test]
fn a_drawn_share_is_beta() {
    let text = prison("1 month", "on = \"2025-01\"\nshare = { beta = { mean = 0.2, sd = 0.1 } }", "");
    let summary = run(&text, 4_000);
    // Binomial given a beta share: n m (1 - m) + n (n - 1) sd^2. This beta has an excess kurtosis of about 0.1.
    let variance = 1000.0 * (0.2 * 0.8 - 0.01) + 1e6 * 0.01;
    near("affected", flow(&summary, Mechanism::Shock(0)).per_step[0], 200.0, f64::sqrt(variance), 0.1);
    let severity = event(&summary).severity[0].unwrap();
    near("severity", severity, 0.2, variance.sqrt() / 1000.0, 0.1);
    equal(&per_step(&expected(&text), Mechanism::Shock(0)), &[200.0]);
}

#[test]
fn the_mean_over_random_shocks_is_the_expected_mode() {
    let text =
        prison("12 months", "rate = { per_month = 0.2 }\nshare = { beta = { mean = 0.3, sd = 0.2 } }", "");
    let (summary, means) = (run(&text, 4_000), expected(&text));
    for month in [1, 6, 12] {
        let found = at(&summary, 0).points[month];
        let known = 1000.0 * (1.0 + 0.3 * libm::expm1(-0.2)).powi(month as i32);
        equal(&[at(&means, 0).points[month].mean], &[known]);
        let z = (found.mean - known) / found.spread.unwrap().mc_se;
        assert!(z.abs() < 4.0, "month {month}: {} for {known}", found.mean);
    }
    equal(&event(&means).severity.iter().map(|stat| stat.unwrap().mean).collect::<Vec<_>>(), &[0.3; 12]);
}

#[test]
fn several_shocks_in_one_step_follow_each_other() {
    let more = "[shocks.fire]\nat = \"prison\"\nto = \"died\"\non = \"2025-01\"\nshare = 0.5\n[shocks.raid]\nat = \"out\"\nto = \"prison\"\non = \"2025-01\"\nshare = 1\n";
    let text = prison("1 month", "on = \"2025-01\"\nshare = 0.4", more);
    // 400 escape, 300 of the 600 left die, the 400 are brought back.
    equal(&[0, 1, 2].map(|place| at(&expected(&text), place).points[1].mean), &[700.0, 0.0, 300.0]);
    near("died", at(&run(&text, 2_000), 2).points[1], 300.0, 210f64.sqrt(), 0.0);
}

#[test]
fn who_is_affected_where_they_go_and_what_they_become() {
    let text = monthly(
        "1 month",
        r#"
[dimensions]
sex = ["men", "women"]
[places.prison]
kind = "prison"
people = [{ who = { sex = "men" }, count = 1000 }, { who = { sex = "women" }, count = 500 }]
[places.out]
kind = "at_large"
[places.died]
kind = "end"
[shocks.escape]
at = "prison"
who = { sex = "men" }
to = [{ place = "out", share = 0.9 }, { place = "died", share = 0.1 }]
becomes = { sex = "women" }
on = "2025-01"
share = 0.5
"#,
    );
    let (summary, means) = (run(&text, 2_000), expected(&text));
    always(cell(&summary, 0, &[1], 1), 500.0);
    near("out", cell(&summary, 1, &[1], 1), 450.0, (450.0 * 0.55f64).sqrt(), 0.0);
    near("died", cell(&summary, 2, &[1], 1), 50.0, (50.0 * 0.95f64).sqrt(), 0.0);
    equal(
        &[cell(&means, 0, &[0], 1).mean, cell(&means, 1, &[1], 1).mean, cell(&means, 2, &[1], 1).mean],
        &[500.0, 450.0, 50.0],
    );
    near(
        "severity is of those it may affect",
        event(&summary).severity[0].unwrap(),
        0.5,
        250f64.sqrt() / 1000.0,
        0.0,
    );
}

/// Arrivals of 100 a month, which an aftermath of three months stops.
fn aftermath(on: &str) -> Vec<f64> {
    let shock = format!(
        "on = {on}\nshare = 0.1\nthen = [{{ field = \"arrivals.a.rate\", times = 0, lasts = \"3 months\" }}, {{ field = \"arrivals.b.rate.per_month\", set = 7, lasts = \"1 month\" }}]"
    );
    let more = "[arrivals.a]\nto = \"prison\"\nrate = { per_month = 100 }\n[arrivals.b]\nto = \"prison\"\nrate = { per_month = 1 }\n";
    let text = prison("9 months", &shock, more);
    let means = expected(&text);
    let found = per_step(&means, Mechanism::Arrival(0));
    let summary = run(&text, 20);
    for (step, known) in found.iter().enumerate() {
        // Nobody comes in a stopped month, in any history; in another some hundred do.
        assert_eq!(per_step(&summary, Mechanism::Arrival(0))[step] == 0.0, *known == 0.0);
    }
    found.into_iter().chain(per_step(&means, Mechanism::Arrival(1))).collect()
}

#[test]
fn an_aftermath_starts_in_the_next_step_and_lasts_as_long_as_it_says() {
    let once = [
        [100.0, 100.0, 100.0, 0.0, 0.0, 0.0, 100.0, 100.0, 100.0],
        [1.0, 1.0, 1.0, 7.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    ];
    equal(&aftermath("\"2025-03\""), &once.concat());
}

#[test]
fn an_aftermath_is_extended_by_another_hit_and_does_not_compound() {
    let twice = [
        [100.0, 100.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0],
        [1.0, 1.0, 7.0, 1.0, 7.0, 1.0, 1.0, 1.0, 1.0],
    ];
    equal(&aftermath("[\"2025-02\", \"2025-04\"]"), &twice.concat());
}

#[test]
fn an_aftermath_of_random_shocks_holds_as_often_as_there_was_one() {
    let more = "[arrivals.a]\nto = \"prison\"\nrate = { per_month = 100 }\n";
    let shock = "rate = { per_month = 0.3 }\nshare = 0\nthen = [{ field = \"arrivals.a.rate\", times = 3, lasts = \"2 months\" }]";
    let text = prison("6 months", shock, more);
    let known = |quiet: f64| 100.0 * (1.0 + 2.0 * (1.0 - quiet));
    let known = [1.0, libm::exp(-0.3), libm::exp(-0.6), libm::exp(-0.6)].map(known);
    let (summary, means) = (run(&text, 3_000), expected(&text));
    equal(&per_step(&means, Mechanism::Arrival(0))[..4], &known);
    for (step, known) in known.into_iter().enumerate() {
        let stat = flow(&summary, Mechanism::Arrival(0)).per_step[step];
        assert!(
            ((stat.mean - known) / stat.spread.unwrap().mc_se).abs() < 4.0,
            "step {step}: {} for {known}",
            stat.mean
        );
    }
}
