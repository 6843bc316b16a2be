//! Shocks: when, how severe, where to, and what follows.

use repatria::internals::ensemble::summary::{Event, EventSeries, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, cell, equal, monthly, near, one_replicate, per_step};

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
    let text = prison("4 months", "on = [\"2025-02-12\", \"2025-04\"]\nshare = 0.3", "");
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
fn whom_several_shocks_would_affect_goes_by_the_one_that_came_first() {
    let more = "[shocks.fire]\nat = \"prison\"\nto = \"died\"\non = \"2025-01\"\nshare = 0.5\n[shocks.raid]\nat = \"out\"\nto = \"prison\"\non = \"2025-01\"\nshare = 1\n";
    let text = prison("1 month", "on = \"2025-01\"\nshare = 0.4", more);
    // Of those whom both would affect, 200, half escape and half die. Nobody who escapes is brought back at once.
    equal(&[0, 1, 2].map(|place| at(&expected(&text), place).points[1].mean), &[300.0, 300.0, 400.0]);
    let summary = run(&text, 2_000);
    near("out", at(&summary, 1).points[1], 300.0, 210f64.sqrt(), 0.0);
    near("died", at(&summary, 2).points[1], 400.0, 240f64.sqrt(), 0.0);
    near("left", at(&summary, 0).points[1], 300.0, 210f64.sqrt(), 0.0);
    // Each sees everybody who was there.
    near("severity", event(&summary).severity[0].unwrap(), 0.3, 210f64.sqrt() / 1000.0, 0.0);
}

#[test]
fn three_shocks_of_certain_effect_share_everybody() {
    let also = |name: &str, to: &str| {
        format!("[shocks.{name}]\nat = \"prison\"\nto = \"{to}\"\non = \"2025-01\"\nshare = 1\n")
    };
    let more = also("fire", "died") + &also("amnesty", "home") + "[places.home]\nkind = \"community\"\n";
    let text = prison("1 month", "on = \"2025-01\"\nshare = 1", &more);
    let summary = run(&text, 2_000);
    always(at(&summary, 0).points[1], 0.0);
    for place in 1..=3 {
        near("a third", at(&summary, place).points[1], 1000.0 / 3.0, (2000.0f64 / 9.0).sqrt(), 0.0);
        equal(&[at(&expected(&text), place).points[1].mean], &[1000.0 / 3.0]);
    }
}

#[test]
fn random_shocks_that_compete_have_the_mean_of_expected_mode() {
    let more = "[shocks.fire]\nat = \"prison\"\nto = \"died\"\nrate = { per_month = 0.4 }\nshare = { beta = { mean = 0.4, sd = 0.2 } }\n[shocks.raid]\nat = [\"prison\", \"out\"]\nhits = \"one\"\nto = \"died\"\nrate = { per_month = 0.7 }\nshare = 0.8\n";
    let text = prison("3 months", "rate = { per_month = 0.5 }\nshare = 0.6", more);
    let (summary, means) = (run(&text, 6_000), expected(&text));
    for place in 0..3 {
        for month in 1..=3 {
            let (found, known) = (at(&summary, place).points[month], at(&means, place).points[month].mean);
            let z = (found.mean - known) / found.spread.unwrap().mc_se;
            assert!(z.abs() < 4.0, "place {place}, month {month}: {} for {known}", found.mean);
        }
    }
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
        // Nobody comes in a stopped month, in any replicate; in another some hundred do.
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

/// Three prisons of 1000, 500 and 100, and a shock at the first two.
fn prisons(horizon: &str, shock: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.a]\nkind = \"prison\"\npeople = [{{ count = 1000 }}]\n[places.b]\nkind = \"prison\"\npeople = [{{ count = 500 }}]\n[places.c]\nkind = \"prison\"\npeople = [{{ count = 100 }}]\n[places.out]\nkind = \"at_large\"\n[shocks.escape]\nat = [\"a\", \"b\"]\nto = \"out\"\n{shock}\n{more}"
        ),
    )
}

/// Who is in each prison at the end of the first step, in each of so many replicates.
fn replicates(text: &str, count: u64) -> Vec<[f64; 3]> {
    (0..count)
        .map(|replicate| {
            let summary = one_replicate(text, replicate);
            [0, 1, 2].map(|place| at(&summary, place).points[1].mean)
        })
        .collect()
}

#[test]
fn one_event_hits_all_its_places_unless_it_says_otherwise() {
    for hits in ["", "hits = \"all\""] {
        let text = prisons("1 month", &format!("on = \"2025-01\"\nshare = 0.3\n{hits}"), "");
        let means = expected(&text);
        equal(&[0, 1, 2].map(|place| at(&means, place).points[1].mean), &[700.0, 350.0, 100.0]);
        let summary = run(&text, 2_000);
        near("a", at(&summary, 0).points[1], 700.0, 210f64.sqrt(), 0.0);
        near("b", at(&summary, 1).points[1], 350.0, 105f64.sqrt(), 0.0);
        // Over all places: 450 of 1500.
        near("severity", event(&summary).severity[0].unwrap(), 0.3, 315f64.sqrt() / 1500.0, 0.0);
    }
    // At random: all or none.
    let text = prisons("1 month", "rate = { per_month = 0.5 }\nshare = 1", "");
    let found = replicates(&text, 400);
    assert!(found.iter().all(|now| *now == [0.0, 0.0, 100.0] || *now == [1000.0, 500.0, 100.0]));
    let hit = found.iter().filter(|now| now[0] == 0.0).count() as f64 / 400.0;
    let known = -libm::expm1(-0.5);
    assert!((hit - known).abs() < 4.0 * (known * (1.0 - known) / 400.0).sqrt(), "{hit}");
}

#[test]
fn an_event_may_hit_one_of_its_places_each_with_the_same_chance() {
    let text = prisons("1 month", "on = \"2025-01\"\nshare = 1\nhits = \"one\"", "");
    let found = replicates(&text, 400);
    assert!(found.iter().all(|now| *now == [0.0, 500.0, 100.0] || *now == [1000.0, 0.0, 100.0]));
    let first = found.iter().filter(|now| now[0] == 0.0).count() as f64;
    assert!((first - 200.0).abs() < 4.0 * 10.0, "{first}");
    let means = expected(&text);
    equal(&[0, 1].map(|place| at(&means, place).points[1].mean), &[500.0, 250.0]);
    equal(&[event(&means).severity[0].unwrap().mean], &[1.0]);
    assert_eq!(event(&means).probability, [1.0]);
    // Three places: a third each.
    let text = text.replace("at = [\"a\", \"b\"]", "at = [\"a\", \"b\", \"c\"]");
    equal(
        &[0, 1, 2].map(|place| at(&expected(&text), place).points[1].mean),
        &[2000.0 / 3.0, 1000.0 / 3.0, 200.0 / 3.0],
    );
    let found = replicates(&text, 600);
    for place in 0..3 {
        let hit = found.iter().filter(|now| now[place] == 0.0).count() as f64;
        assert!((hit - 200.0).abs() < 4.0 * (600.0f64 * 2.0 / 9.0).sqrt(), "place {place}: {hit}");
    }
}

#[test]
fn an_event_may_hit_each_of_its_places_with_a_probability() {
    let text = prisons("1 month", "rate = { per_month = 1 }\nshare = 1\nhits = 0.4", "");
    let found = replicates(&text, 1_000);
    let event_comes = -libm::expm1(-1.0);
    // One event: to be hit together is likelier than of two apart.
    for (what, is, known) in [
        ("a", [true, false], 0.4 * event_comes),
        ("b", [false, true], 0.4 * event_comes),
        ("both", [true, true], 0.16 * event_comes),
    ] {
        let hit = |now: &[f64; 3]| (0..2).all(|place| !is[place] || now[place] == 0.0);
        let share = found.iter().filter(|now| hit(now)).count() as f64 / 1_000.0;
        let z = (share - known) / (known * (1.0 - known) / 1_000.0).sqrt();
        assert!(z.abs() < 4.0, "{what}: {share} for {known}, Z {z}");
    }
    let means = expected(&text);
    let known = 1.0 - 0.4 * event_comes;
    equal(&[0, 1].map(|place| at(&means, place).points[1].mean), &[1000.0 * known, 500.0 * known]);
    equal(&[event(&means).severity[0].unwrap().mean], &[1.0]);
    // The probability is a number that changes can name.
    let more = "[policies.p]\nchanges = [{ field = \"shocks.escape.hits\", set = 1 }]";
    let text = prisons("1 month", "on = \"2025-01\"\nshare = 1\nhits = 0.4", more);
    equal(&[at(&expected(&text), 0).points[1].mean], &[0.0]);
}

#[test]
fn a_drawn_share_is_that_of_the_event_or_of_each_place() {
    let beta = "on = \"2025-01\"\nshare = { beta = { mean = 0.2, sd = 0.1 } }";
    // Of each place: binomial given a beta share; of both together: with the share's variance once or twice.
    let of = |n: f64| n * (0.2 * 0.8 - 0.01) + n * n * 0.01;
    let shared = run(&prisons("1 month", beta, ""), 4_000);
    let apart = run(&prisons("1 month", &format!("{beta}\nsame_share = false"), ""), 4_000);
    for (what, summary, variance) in
        [("one share", &shared, of(1500.0)), ("a share each", &apart, of(1000.0) + of(500.0))]
    {
        near(what, flow_all(summary), 300.0, variance.sqrt(), 0.1);
        near("a", at(summary, 0).points[1], 800.0, of(1000.0).sqrt(), 0.1);
        near("b", at(summary, 1).points[1], 400.0, of(500.0).sqrt(), 0.1);
    }
}

/// The flow of the shock over all its places.
fn flow_all(summary: &Summary) -> repatria::internals::ensemble::summary::Stat {
    flow(summary, Mechanism::Shock(0)).per_step[0]
}

#[test]
fn the_share_may_differ_by_group() {
    let text = |share: &str| {
        monthly(
            "1 month",
            &format!(
                r#"
[dimensions]
sex = ["men", "women"]
[places.prison]
kind = "prison"
people = [{{ who = {{ sex = "men" }}, count = 1000 }}, {{ who = {{ sex = "women" }}, count = 500 }}]
[places.out]
kind = "at_large"
[shocks.escape]
at = "prison"
to = "out"
on = "2025-01"
share = {share}
"#
            ),
        )
    };
    let fixed = text("{ by = \"sex\", values = { men = 0.4 }, otherwise = 0.1 }");
    let means = expected(&fixed);
    equal(&[cell(&means, 1, &[0], 1).mean, cell(&means, 1, &[1], 1).mean], &[400.0, 50.0]);
    near("men", cell(&run(&fixed, 2_000), 1, &[0], 1), 400.0, 240f64.sqrt(), 0.0);
    let drawn = text(
        "{ beta = { mean = 0.3, sd = 0.1 }, times = { by = \"sex\", values = { men = 1, women = 0.5 } } }",
    );
    let means = expected(&drawn);
    equal(&[cell(&means, 1, &[0], 1).mean, cell(&means, 1, &[1], 1).mean], &[300.0, 75.0]);
    // Half of the drawn share: its mean and standard deviation are halved.
    let variance = 500.0 * (0.15 * 0.85 - 0.0025) + 250_000.0 * 0.0025;
    near("women", cell(&run(&drawn, 4_000), 1, &[1], 1), 75.0, f64::sqrt(variance), 0.1);
    // Nobody is affected more than once.
    let all = text(
        "{ beta = { mean = 0.3, sd = 0.1 }, times = { by = \"sex\", values = { men = 9, women = 0 } } }",
    );
    equal(&[cell(&expected(&all), 1, &[0], 1).mean, cell(&expected(&all), 1, &[1], 1).mean], &[1000.0, 0.0]);
}

#[test]
fn an_event_at_several_places_has_one_aftermath() {
    let then = r#"then = [
  { field = "moves.release.rate", times = 0, lasts = "2 months" },
  { field = "places.a.capacity", times = 0.5, lasts = "1 month" },
  { field = "arrivals.intake.rate", times = 3, lasts = "1 month" },
  { field = "programmes.visits.occasions", times = 0, lasts = "2 months" },
]"#;
    let more = r#"
[places.home]
kind = "community"
[moves.release]
from = "c"
to = "home"
rate = { per_month = 0.1 }
[moves.overflow]
from = "a"
to = "home"
rate = { per_month = 0.1, crowding = { elasticity = 1 } }
[arrivals.intake]
to = "c"
rate = { per_month = 10 }
[programmes.visits]
from = "b"
to = "home"
occasions = { every = "1 month" }
seats = 5
"#;
    let more = more.to_string();
    let text = prisons("5 months", &format!("on = \"2025-02\"\nshare = 0\nhits = \"one\"\n{then}"), &more)
        .replace("[places.a]\nkind", "[places.a]\ncapacity = 800\nkind");
    let means = expected(&text);
    let released = per_step(&means, Mechanism::Move(0));
    assert_eq!([released[2], released[3]], [0.0, 0.0]);
    assert!(released[1] > 9.0 && released[4] > 9.0);
    equal(&per_step(&means, Mechanism::Arrival(0)), &[10.0, 10.0, 30.0, 10.0, 10.0]);
    equal(&per_step(&means, Mechanism::Programme(0))[1..4], &[5.0, 0.0, 0.0]);
    // Crowded by its capacity: 800, and 400 in the month after.
    let mut inside = 1000.0;
    let known = [800.0, 800.0, 400.0, 800.0, 800.0].map(|capacity: f64| {
        let left = inside * -libm::expm1(-0.1 * (inside / capacity).max(1.0));
        inside -= left;
        left
    });
    equal(&per_step(&means, Mechanism::Move(1)), &known);
}
