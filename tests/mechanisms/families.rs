//! Programmes: seats that families take together.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;

use crate::support::{expected, flow, run};
use crate::{always, cell, equal, monthly, near, per_step};

const FLIGHTS: Mechanism = Mechanism::Programme(0);

/// A camp with men, women and children; families of 3.5 take seats once a month.
fn camp(horizon: &str, [men, women, children]: [u32; 3], programme: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[dimensions]
category = ["men", "women", "children"]
[places.camp]
kind = "camp"
people = [
  {{ who = {{ category = "men" }}, count = {men} }},
  {{ who = {{ category = "women" }}, count = {women} }},
  {{ who = {{ category = "children" }}, count = {children} }},
]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = {{ every = "1 month" }}
family = {{ head = {{ category = "women" }}, with = {{ category = "children" }}, mean_size = 3.5 }}
{programme}
"#
        ),
    )
}

/// Men, women and children at home after so many months.
fn home(summary: &Summary, months: usize) -> [f64; 3] {
    [0, 1, 2].map(|category| cell(summary, 1, &[category], months).mean)
}

#[test]
fn heads_and_children_leave_in_their_ratio() {
    let text = camp("12 months", [0, 100, 250], "seats = 35");
    for summary in [run(&text, 50), expected(&text)] {
        for months in 1..=10 {
            equal(&home(&summary, months), &[0.0, 10.0 * months as f64, 25.0 * months as f64]);
        }
        equal(&home(&summary, 12), &[0.0, 100.0, 250.0]);
    }
}

#[test]
fn all_seats_of_families_are_used() {
    // Twenty seats are 5.71 families of 3.5: five heads or six, with the others beside them.
    let text = camp("1 month", [0, 100, 250], "seats = 20");
    let summary = run(&text, 3_000);
    let part: f64 = 20.0 / 3.5 - 5.0;
    near("heads", cell(&summary, 1, &[1], 1), 5.0 + part, (part * (1.0 - part)).sqrt(), -1.0);
    always(flow(&summary, FLIGHTS).per_step[0], 20.0);
    equal(&home(&expected(&text), 1), &[0.0, 20.0 / 3.5, 20.0 / 3.5 * 2.5]);
}

#[test]
fn small_vehicles_carry_as_many_as_large_ones() {
    // In twelve months a head for every 2.8 seats, whatever the number of seats; people are never short.
    for seats in [1.0, 2.0, 3.0, 5.0, 10.0, 60.0] {
        let text = camp("12 months", [0, 400, 1500], &format!("seats = {seats}")).replace("3.5", "2.8");
        let (summary, means) = (run(&text, 2_000), expected(&text));
        let heads: f64 = 12.0 * seats / 2.8;
        // Each month draws for itself whether one more than whole families goes.
        let part = (seats / 2.8).fract();
        near("heads", cell(&summary, 1, &[1], 12), heads, (12.0 * part * (1.0 - part)).sqrt(), 0.0);
        always(flow(&summary, FLIGHTS).to_date[11], 12.0 * seats);
        equal(&home(&means, 12), &[0.0, heads, 12.0 * seats - heads]);
    }
}

#[test]
fn where_children_are_few_heads_go_alone() {
    let text = camp("2 months", [0, 10, 5], "seats = 8");
    for summary in [run(&text, 50), expected(&text)] {
        equal(&home(&summary, 1), &[0.0, 3.0, 5.0]);
        equal(&home(&summary, 2), &[0.0, 10.0, 5.0]);
    }
}

#[test]
fn children_go_alone_where_no_head_is_left() {
    let text = camp("3 months", [0, 2, 100], "seats = 50");
    for summary in [run(&text, 50), expected(&text)] {
        equal(&home(&summary, 1), &[0.0, 2.0, 5.0]);
        equal(&home(&summary, 2), &[0.0, 2.0, 55.0]);
    }
}

#[test]
fn families_go_in_the_class_of_their_head() {
    // Children are named first, and wait for their mothers, who come before the men.
    let priority = "seats = 40\npriority = [{ category = \"children\" }, { category = \"women\" }]";
    let text = camp("2 months", [30, 10, 25], priority);
    for summary in [run(&text, 50), expected(&text)] {
        equal(&home(&summary, 1), &[5.0, 10.0, 25.0]);
        equal(&home(&summary, 2), &[30.0, 10.0, 25.0]);
    }
}

#[test]
fn families_and_others_wait_together() {
    // 450 wait, 350 of them in families: men get a hypergeometric share of 90 seats.
    let text = camp("1 month", [100, 100, 250], "seats = 90");
    let summary = run(&text, 3_000);
    let share: f64 = 100.0 / 450.0;
    let variance = 90.0 * share * (1.0 - share) * (360.0 / 449.0);
    near("men", cell(&summary, 1, &[0], 1), 20.0, variance.sqrt(), 0.0);
    equal(&home(&expected(&text), 1), &[20.0, 20.0, 50.0]);
}

#[test]
fn a_policy_changes_the_size_of_families() {
    let policy = "[policies.p]\nfrom = \"2025-02\"\nchanges = [{ field = \"programmes.flights.family.mean_size\", set = 1 }]\n";
    let text = camp("2 months", [0, 100, 250], &format!("seats = 35\n{policy}"));
    equal(&home(&run(&text, 5), 2), &[0.0, 45.0, 25.0]);
}

#[test]
fn heads_consent_for_their_families() {
    let text = camp("1 month", [0, 100, 250], "seats = 1000\nconsent = 0.4");
    let summary = run(&text, 3_000);
    near("heads", cell(&summary, 1, &[1], 1), 40.0, 24f64.sqrt(), 0.0);
    // Each head takes 2.5, whole in all: half a child more or less where the heads are odd.
    near("children", cell(&summary, 1, &[2], 1), 100.0, (2.5f64 * 2.5 * 24.0 + 0.125).sqrt(), 0.0);
    equal(&per_step(&expected(&text), FLIGHTS), &[140.0]);
}

#[test]
fn a_fraction_of_a_head_takes_nobody_along() {
    // In expected mode 0.4 of a woman is nobody: she and the children go alone, each once.
    let shares =
        "{ count = 1, split = { by = \"category\", shares = { men = 0.2, women = 0.4, children = 0.4 } } },";
    let text = camp("2 months", [0, 0, 0], "seats = 0.9")
        .replace("{ who = { category = \"men\" }, count = 0 },", shares);
    let summary = expected(&text);
    equal(&home(&summary, 1), &[0.18, 0.36, 0.36]);
    equal(&home(&summary, 2), &[0.2, 0.4, 0.4]);
}
