//! Programmes: seats that lines share.

use repatria::internals::model::Mechanism;

use crate::support::{expected, flow, run};
use crate::{always, cell, equal, flow_of, measured, monthly, near};

const FLIGHTS: Mechanism = Mechanism::Programme(0);

/// A camp with so many people of three countries, a third of them children; 100 seats each month.
fn camp(people: [u32; 3], programme: &str) -> String {
    let entries: String = ["a", "b", "c"]
        .iter()
        .zip(people)
        .map(|(origin, count)| {
            format!(
                "{{ who = {{ origin = \"{origin}\", category = \"adults\" }}, count = {} }}, {{ who = {{ origin = \"{origin}\", category = \"children\" }}, count = {} }},",
                count - count / 3,
                count / 3
            )
        })
        .collect();
    monthly(
        "2 months",
        &format!(
            r#"
[dimensions]
origin = ["a", "b", "c"]
category = ["adults", "children"]
[places.camp]
kind = "camp"
people = [{entries}]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
by = "origin"
occasions = {{ every = "1 month" }}
seats = 100
{programme}
"#
        ),
    )
}

#[test]
fn seats_fall_to_lines_as_people_wait() {
    let text = camp([300, 600, 102], "lines = { a = {}, b = {} }");
    let summary = run(&text, 4_000);
    // Who has no line gets no seat; 900 wait: a multivariate hypergeometric draw.
    let variance = 100.0 * (1.0 / 3.0) * (2.0 / 3.0) * (800.0 / 899.0);
    near("a", flow_of(&summary, FLIGHTS, 0).per_step[0], 100.0 / 3.0, f64::sqrt(variance), 0.0);
    near("b", flow_of(&summary, FLIGHTS, 1).per_step[0], 200.0 / 3.0, f64::sqrt(variance), 0.0);
    let children = 100.0 * (2.0 / 9.0) * (7.0 / 9.0) * (800.0 / 899.0);
    near("children of b", cell(&summary, 1, &[1, 1], 1), 200.0 / 9.0, f64::sqrt(children), 0.0);
    always(flow(&summary, FLIGHTS).per_step[0], 100.0);
    equal(
        &[0, 1].map(|origin| flow_of(&expected(&text), FLIGHTS, origin).per_step[0].mean),
        &[100.0 / 3.0, 200.0 / 3.0],
    );
}

#[test]
fn classes_come_before_lines() {
    // 30 children of a and 60 of b: 90 seats; the other 10 fall among 180 adults.
    let text = camp([90, 180, 3], "priority = [{ category = \"children\" }]\nlines = { a = {}, b = {} }");
    let summary = run(&text, 3_000);
    always(cell(&summary, 1, &[0, 1], 1), 30.0);
    always(cell(&summary, 1, &[1, 1], 1), 60.0);
    let variance = 10.0 * (1.0 / 3.0) * (2.0 / 3.0) * (170.0 / 179.0);
    near("adults of a", cell(&summary, 1, &[0, 0], 1), 10.0 / 3.0, f64::sqrt(variance), -0.1);
    always(flow(&summary, FLIGHTS).per_step[0], 100.0);
}

#[test]
fn a_cap_leaves_its_seats_to_others() {
    // a waits for half of the seats and may have 20: the other 80 fall among 501 others.
    let text = camp([501, 300, 201], "lines = { a = { cap_per_year = 20 }, otherwise = {} }");
    let summary = run(&text, 4_000);
    always(flow_of(&summary, FLIGHTS, 0).per_step[0], 20.0);
    always(flow_of(&summary, FLIGHTS, 0).per_step[1], 0.0);
    let share: f64 = 300.0 / 501.0;
    let variance = 80.0 * share * (1.0 - share) * (421.0 / 500.0);
    near("b", flow_of(&summary, FLIGHTS, 1).per_step[0], 80.0 * share, variance.sqrt(), 0.0);
    always(flow(&summary, FLIGHTS).per_step[0], 100.0);
    always(flow(&summary, FLIGHTS).per_step[1], 100.0);
    let means = expected(&text);
    equal(&[0, 1].map(|origin| flow_of(&means, FLIGHTS, origin).per_step[0].mean), &[20.0, 80.0 * share]);
}

#[test]
fn all_caps_together_leave_seats_empty() {
    let text = camp(
        [501, 300, 201],
        "lines = { a = { cap_per_year = 20 }, b = { cap_per_year = 30 }, c = { cap_per_year = 7 } }",
    );
    let summary = run(&text, 50);
    for (origin, most) in [20.0, 30.0, 7.0].into_iter().enumerate() {
        always(flow_of(&summary, FLIGHTS, origin).per_step[0], most);
    }
    equal(&measured(&summary, "programmes.flights", "seats_used_to_date"), &[57.0, 57.0]);
    equal(&measured(&summary, "programmes.flights", "seats_offered"), &[100.0, 100.0]);
}

#[test]
fn who_pauses_leaves_the_seats_to_others() {
    let lines = "lines = { a = { pauses = [{ from = \"2025-01\", until = \"2025-02\" }] }, b = { ends = \"2025-02\" } }";
    let text = camp([300, 600, 102], lines);
    for summary in [run(&text, 20), expected(&text)] {
        equal(&[0, 1].map(|origin| flow_of(&summary, FLIGHTS, origin).per_step[0].mean), &[0.0, 100.0]);
        equal(&[0, 1].map(|origin| flow_of(&summary, FLIGHTS, origin).per_step[1].mean), &[100.0, 0.0]);
    }
}

#[test]
fn each_line_consents_by_itself() {
    // Of 300 and 600 all and a tenth: 300 and 60 wait on average, and all of them go.
    let text = camp([300, 600, 102], "consent = 1\nlines = { a = {}, b = { consent = 0.1 } }")
        .replace("seats = 100", "seats = 1000");
    let summary = run(&text, 3_000);
    always(flow_of(&summary, FLIGHTS, 0).per_step[0], 300.0);
    near("b", flow_of(&summary, FLIGHTS, 1).per_step[0], 60.0, 54f64.sqrt(), 0.0);
}

#[test]
fn a_line_with_seats_of_its_own_takes_none_of_the_others() {
    let text = camp([300, 600, 102], "lines = { a = { seats = 30 }, b = {}, c = { cap_per_year = 0 } }");
    for summary in [run(&text, 20), expected(&text)] {
        let flown = [0, 1, 2].map(|origin| flow_of(&summary, FLIGHTS, origin).per_step[0].mean);
        equal(&flown, &[30.0, 100.0, 0.0]);
        // One occasion, of both.
        equal(&measured(&summary, "programmes.flights", "occasions"), &[1.0, 1.0]);
    }
}
