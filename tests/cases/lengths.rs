//! Lengths of stay: at the start, and when they are changed for everybody.

use crate::support::at;
use crate::{by, equal, means, read, text, with, within, years};

/// Checks people in the prison at every boundary against the part of 100,000 that is left after so many months.
fn check(what: &str, text: &str, left: impl Fn(f64) -> f64) {
    let calendar = read(text).0.calendar;
    let summary = means(text);
    for (boundary, stat) in at(&summary, 0).points.iter().enumerate() {
        let months = 12.0 * years(&calendar, boundary);
        let known = 100_000.0 * left(months);
        assert!(
            (stat.mean - known).abs() < 1e-6 * 100_000.0,
            "{what}, {months} months: {} for {known}",
            stat.mean
        );
    }
}

/// The part of lengths, gamma with mean 6 months and shape 3, that is longer than so many months.
fn gamma(months: f64) -> f64 {
    let x = months / 2.0;
    libm::exp(-x) * (1.0 + x + x * x / 2.0)
}

const STEPS: [&str; 4] = ["day", "week", "month", "quarter"];

#[test]
fn who_has_just_come_stays_a_whole_length() {
    let case = text("new_at_the_start");
    for (months, known) in [(1.0, 98_561.0), (3.0, 80_885.0), (6.0, 42_319.0)] {
        equal("the head of the case", (100_000.0 * gamma(months)).round(), known);
    }
    for step in STEPS {
        check(&format!("gamma by {step}"), &by(&case, step), gamma);
    }
}

#[test]
fn nobody_leaves_before_a_fixed_length_is_over() {
    let case = with(
        &text("new_at_the_start"),
        "{ gamma = { mean = \"6 months\", shape = 3 } }",
        "{ fixed = \"5 months\" }",
    );
    for step in STEPS {
        // At five months themselves it is a matter of rounding.
        let text = with(&case, "\"5 months\"", "\"5.01 months\"");
        check(&format!("fixed by {step}"), &by(&text, step), |months| if months < 5.005 { 1.0 } else { 0.0 });
    }
}

#[test]
fn a_table_of_the_time_that_has_passed() {
    let at_start = "at_start = { table = { \"0 months\" = 0.5, \"6 months\" = 0.5 } }";
    let case = with(&text("new_at_the_start"), "at_start = \"new\"", at_start);
    for step in ["month", "quarter"] {
        let left = |months: f64| 0.5 * gamma(months) + 0.5 * gamma(6.0 + months) / gamma(6.0);
        check(&format!("table by {step}"), &by(&case, step), left);
    }
}

/// People there so many months after everybody's stays were doubled, of 1,000 a month.
fn doubled(months: f64) -> f64 {
    let e = libm::exp(-months / 24.0);
    1000.0 * (24.0 * e * (1.0 - e) + 12.0 * e * e) + 24_000.0 * (1.0 - e)
}

/// Checks the months after the change; the first step after it is where nobody was let go.
fn longer(what: &str, text: &str, share: f64, part: f64) {
    let calendar = read(text).0.calendar;
    let summary = means(text);
    let change = calendar.first_step_from(jiff::civil::date(2026, 1, 1)) as usize;
    for (boundary, stat) in at(&summary, 0).points.iter().enumerate().skip(change) {
        let months = 12.0 * years(&calendar, boundary - change);
        let known = share * doubled(months) + (1.0 - share) * 12_000.0;
        assert!(
            (stat.mean / known - 1.0).abs() < part,
            "{what}, {months} months after: {} for {known}",
            stat.mean
        );
        if (months - 3.0).abs() < 0.02 {
            within(&format!("{what}, after 3 months"), stat.mean, known, part);
        }
    }
}

/// What may be missing by how long a step is: of second order, and at most a twentieth of today's error by the quarter.
const PARTS: [(&str, f64); 3] = [("day", 2e-4), ("month", 1e-3), ("quarter", 3e-3)];

#[test]
fn longer_for_a_tenth_of_everyone() {
    let case = text("longer_for_everyone");
    equal("the head of the case", (0.1 * doubled(3.0) + 0.9 * 12_000.0).round(), 12_265.0);
    equal("the head of the case", (0.1 * doubled(12.0) + 0.9 * 12_000.0).round(), 12_759.0);
    for (step, part) in PARTS {
        longer(&format!("a tenth, by {step}"), &by(&case, step), 0.1, part);
    }
}

#[test]
fn longer_for_everyone() {
    let case = with(&text("longer_for_everyone"), "share = 0.1, ", "");
    equal("the head of the case", doubled(3.0).round(), 14_654.0);
    equal("the head of the case", doubled(12.0).round(), 19_585.0);
    let set = with(&case, "times = 2", "set = { exponential = { mean = \"24 months\" } }");
    for (step, part) in PARTS {
        longer(&format!("all, by {step}"), &by(&case, step), 1.0, part);
        longer(&format!("all, set, by {step}"), &by(&set, step), 1.0, part);
    }
}

#[test]
fn who_is_not_concerned_leaves_as_before() {
    // In the first month after the change 0.9 of the 1,000 who would leave do so; of those concerned nobody who is past half of the time
    // that they have been there.
    for (step, part) in [("month", 0.02), ("day", 0.02)] {
        let text = by(&text("longer_for_everyone"), step);
        let calendar = read(&text).0.calendar;
        let summary = means(&text);
        let left = &crate::support::flow(&summary, repatria::internals::model::Mechanism::Stay(0)).per_step;
        let first = calendar.first_step_from(jiff::civil::date(2026, 1, 1)) as usize;
        let all = 12_000.0 * calendar.step_years();
        within(&format!("releases in the first {step}"), left[first].mean / all, 0.9, part);
    }
}
