//! Crowding: how full a place is multiplies a rate.

use repatria::internals::ensemble::summary::{Event, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, run};
use crate::{equal, monthly, near, per_step};

/// A prison for `capacity` with `people` in it, `arrivals` a month and releases at this rate.
fn prison(horizon: &str, (capacity, people, arrivals): (u32, u32, u32), rate: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.prison]\nkind = \"prison\"\ncapacity = {capacity}\npeople = [{{ count = {people} }}]\n\
             [places.out]\nkind = \"community\"\n\
             [arrivals.intake]\nto = \"prison\"\nrate = {{ per_month = {arrivals} }}\n\
             [moves.release]\nfrom = \"prison\"\nto = \"out\"\nrate = {rate}\n{more}\n"
        ),
    )
}

fn people(summary: &Summary) -> Vec<f64> {
    at(summary, 0).points.iter().map(|stat| stat.mean).collect()
}

/// Of those present for a whole step, how many a hazard per month leaves there.
fn stay(people: f64, hazard: f64) -> f64 {
    people * libm::exp(-hazard)
}

#[test]
fn the_stock_settles_where_crowded_releases_are_as_many_as_arrivals() {
    let rate = "{ per_month = 0.05, crowding = { above = 1.2, elasticity = 1.5 } }";
    let means = expected(&prison("40 years", (1000, 1500, 100), rate, ""));
    // 0.05 (s / 1200)^1.5 s = 100; without crowding it would be 2000.
    let known = libm::pow(100.0 / 0.05 * libm::pow(1200.0, 1.5), 0.4);
    equal(&[*people(&means).last().unwrap()], &[known]);
    assert!((known - 1472.0).abs() < 1.0, "{known}");
}

#[test]
fn an_elasticity_of_0_and_a_place_with_room_change_nothing() {
    let plain = prison("3 years", (1000, 900, 20), "{ per_month = 0.05 }", "");
    let [means, summary] = [people(&expected(&plain)), people(&run(&plain, 200))];
    for crowding in [
        "{ above = 0.2, elasticity = 0 }",
        "{ elasticity = 3 }",
        "{ above = 0.1, elasticity = 2, at_most = 1 }",
    ] {
        let text =
            prison("3 years", (1000, 900, 20), &format!("{{ per_month = 0.05, crowding = {crowding} }}"), "");
        assert_eq!(people(&expected(&text)), means, "{crowding}");
        assert_eq!(people(&run(&text, 200)), summary, "{crowding}");
    }
}

#[test]
fn the_factor_is_a_power_of_occupancy_over_the_threshold() {
    let one_step = |rate: &str| {
        per_step(&expected(&prison("1 month", (1000, 1800, 0), rate, "")), Mechanism::Move(0))[0]
    };
    let left = |factor: f64| 1800.0 - stay(1800.0, 0.1 * factor);
    equal(&[one_step("{ per_month = 0.1, crowding = { above = 1.2, elasticity = 2 } }")], &[left(2.25)]);
    equal(&[one_step("{ per_month = 0.1, crowding = { elasticity = 1 } }")], &[left(1.8)]);
    equal(&[one_step("{ per_month = 0.1, crowding = { elasticity = 9, at_most = 3 } }")], &[left(3.0)]);
    // A place without room: the largest factor, 100 unless written, as soon as somebody is there.
    equal(
        &[one_step("{ per_year = 0.1, crowding = { above = 0, elasticity = 1 } }")],
        &[1800.0 - stay(1800.0, 100.0 * 0.1 / 12.0)],
    );
}

#[test]
fn every_replicate_has_its_own_occupancy() {
    let rate = "{ per_month = 0.1, crowding = { elasticity = 1, at_most = 1000 } }";
    let text = prison("1 month", (10, 20, 0), rate, "");
    near(
        "one step",
        at(&run(&text, 4_000), 0).points[1],
        stay(20.0, 0.2),
        {
            let p = libm::exp(-0.2);
            (20.0 * p * (1.0 - p)).sqrt()
        },
        0.0,
    );
    // Two steps: the second hazard is 0.1 x (those left) / 10 where more than 10 are left.
    let text = prison("2 months", (10, 20, 0), rate, "");
    let p = libm::exp(-0.2);
    let mut chance = libm::pow(1.0 - p, 20.0);
    let (mut mean, mut square) = (0.0, 0.0);
    for left in 0..=20 {
        let n = f64::from(left);
        let q = libm::exp(-0.1 * (n / 10.0).max(1.0));
        mean += chance * n * q;
        square += chance * (n * q * (1.0 - q) + n * n * q * q);
        chance *= (20.0 - n) / (n + 1.0) * p / (1.0 - p);
    }
    near("two steps", at(&run(&text, 4_000), 0).points[2], mean, (square - mean * mean).sqrt(), 0.0);
}

#[test]
fn capacity_threshold_and_elasticity_may_change_on_dates() {
    let rate = "{ per_month = 0.1, crowding = { above = 1, elasticity = 1 } }";
    let steps = |policy: &str| {
        let more = format!("[policies.p]\nfrom = \"2025-02\"\nchanges = [{policy}]");
        per_step(&expected(&prison("2 months", (1000, 2000, 0), rate, &more)), Mechanism::Move(0))
    };
    let first = 2000.0 - stay(2000.0, 0.2);
    let left = 2000.0 - first;
    let known = |factor: f64| [first, left - stay(left, 0.1 * factor)];
    equal(&steps("{ field = \"places.prison.capacity\", set = 3000 }"), &known(1.0));
    equal(&steps("{ field = \"moves.release.rate.crowding.above\", times = 2 }"), &known(1.0));
    equal(
        &steps("{ field = \"moves.release.rate.crowding.elasticity\", set = 2 }"),
        &known((left / 1000.0).powi(2)),
    );
    equal(&steps("{ field = \"moves.release.rate\", times = 2 }"), &known(2.0 * left / 1000.0));
}

#[test]
fn births_feel_the_crowd_of_their_place_or_of_another() {
    let births = |crowding: &str| {
        let body = format!(
            r#"
[dimensions]
category = ["women", "children"]
[places.camp]
kind = "camp"
capacity = 1000
people = [{{ who = {{ category = "women" }}, count = 1500 }}]
[places.prison]
kind = "prison"
capacity = 10
people = [{{ who = {{ category = "women" }}, count = 20 }}]
[births.b]
at = "camp"
mothers = {{ category = "women" }}
newborn = {{ category = "children" }}
rate = {{ per_month = 0.01, crowding = {crowding} }}
"#
        );
        per_step(&expected(&monthly("1 month", &body)), Mechanism::Birth(0))[0]
    };
    equal(&[births("{ elasticity = 2 }")], &[15.0 * 2.25]);
    equal(&[births("{ elasticity = 2, at = \"prison\" }")], &[15.0 * 4.0]);
}

#[test]
fn each_place_of_a_move_has_its_own_crowd_and_a_shock_that_of_all_its_places_together() {
    let body = |crowding: &str| {
        monthly(
            "1 month",
            &format!(
                r#"
[places.a]
kind = "prison"
capacity = 100
people = [{{ count = 150 }}]
[places.b]
kind = "prison"
capacity = 200
people = [{{ count = 300 }}]
[places.c]
kind = "prison"
capacity = 1000
people = [{{ count = 150 }}]
[places.out]
kind = "at_large"
[moves.m]
from = ["a", "b", "c"]
to = "out"
rate = {{ per_month = 0.1, crowding = {{ elasticity = 1 }} }}
[shocks.s]
at = ["a", "c"]
to = "out"
rate = {{ per_month = 0.1, crowding = {crowding} }}
share = 0
"#
            ),
        )
    };
    let summary = expected(&body("{ above = 0.25, elasticity = 2 }"));
    let left = [150.0, 300.0, 150.0].into_iter().zip([1.5, 1.5, 1.0]).map(|(n, f)| stay(n, 0.1 * f));
    equal(&[0, 1, 2].map(|place| at(&summary, place).points[1].mean), &left.collect::<Vec<_>>());
    let hit = |summary: &Summary| {
        summary.events.iter().find(|series| series.event == Event::Shock(0)).unwrap().probability[0]
    };
    // 300 people for 1,100 places.
    let factor = libm::pow(300.0 / 1100.0 / 0.25, 2.0);
    equal(&[hit(&summary)], &[-libm::expm1(-0.1 * factor)]);
    equal(&[hit(&expected(&body("{ elasticity = 2, at = \"b\" }")))], &[-libm::expm1(-0.1 * 2.25)]);
}
