//! Programmes: who gets the seats.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;

use crate::support::{expected, flow, run};
use crate::{always, cell, equal, monthly, near};

/// 30 children, 50 women and 70 men in a camp, 20 children in a prison, and one flight.
fn flight(seats: u32, more: &str) -> String {
    monthly(
        "1 month",
        &format!(
            r#"
[dimensions]
category = ["men", "women", "children"]
[places.camp]
kind = "camp"
people = [
  {{ who = {{ category = "men" }}, count = 70 }},
  {{ who = {{ category = "women" }}, count = 50 }},
  {{ who = {{ category = "children" }}, count = 30 }},
]
[places.prison]
kind = "prison"
people = [{{ who = {{ category = "children" }}, count = 20 }}]
[places.home]
kind = "community"
[programmes.flight]
from = "camp"
to = "home"
occasions = {{ every = "1 month" }}
seats = {seats}
{more}
"#
        ),
    )
}

/// Men, women and children at home after the flight.
fn home(summary: &Summary) -> [f64; 3] {
    [0, 1, 2].map(|category| cell(summary, 2, &[category], 1).mean)
}

#[test]
fn classes_are_served_in_their_order_and_the_rest_last() {
    let priority = "priority = [{ category = \"children\" }, { category = \"women\" }]";
    for (seats, known) in [
        (20, [0.0, 0.0, 20.0]),
        (30, [0.0, 0.0, 30.0]),
        (45, [0.0, 15.0, 30.0]),
        (80, [0.0, 50.0, 30.0]),
        (100, [20.0, 50.0, 30.0]),
        (1000, [70.0, 50.0, 30.0]),
    ] {
        let text = flight(seats, priority);
        let summary = run(&text, 20);
        for (category, known) in known.into_iter().enumerate() {
            always(cell(&summary, 2, &[category], 1), known);
        }
        equal(&home(&expected(&text)), &known);
    }
}

#[test]
fn a_class_may_be_written_without_a_list_and_name_several() {
    let text = flight(90, "priority = { category = [\"women\", \"children\"] }");
    equal(&home(&run(&text, 10)), &[10.0, 50.0, 30.0]);
}

#[test]
fn only_the_eligible_fly() {
    let text =
        flight(1000, "who = { category = [\"men\", \"women\"] }\npriority = [{ category = \"children\" }]");
    equal(&home(&run(&text, 10)), &[70.0, 50.0, 0.0]);
}

#[test]
fn within_a_class_seats_fall_at_random() {
    // Children in the camp and in the prison, 50 in all: 20 seats are a hypergeometric draw.
    let text = flight(20, "priority = [{ category = \"children\" }]")
        .replace("from = \"camp\"", "from = [\"camp\", \"prison\"]");
    let summary = run(&text, 4_000);
    let variance = 20.0 * 0.6 * 0.4 * (50.0 - 20.0) / 49.0;
    near("children of the camp", cell(&summary, 0, &[2], 1), 18.0, f64::sqrt(variance), -0.1);
    near("children of the prison", cell(&summary, 1, &[2], 1), 12.0, f64::sqrt(variance), -0.1);
    always(flow(&summary, Mechanism::Programme(0)).per_step[0], 20.0);
    equal(&[cell(&expected(&text), 0, &[2], 1).mean], &[18.0]);
    // Three cells of one class: each by itself is hypergeometric too.
    let text = flight(60, "");
    let summary = run(&text, 4_000);
    for (category, people) in [70.0, 50.0, 30.0].into_iter().enumerate() {
        let share = people / 150.0;
        let variance = 60.0 * share * (1.0 - share) * (150.0 - 60.0) / 149.0;
        near("flown", cell(&summary, 2, &[category], 1), 60.0 * share, f64::sqrt(variance), -0.05);
    }
}

#[test]
fn who_flies_may_become_another() {
    let text = flight(40, "becomes = { category = \"men\" }\nwho = { category = \"women\" }");
    let summary = run(&text, 10);
    equal(&home(&summary), &[40.0, 0.0, 0.0]);
    always(cell(&summary, 0, &[1], 1), 10.0);
}
