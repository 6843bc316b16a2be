//! Full places: whom they hold back goes on as everybody else.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;

use crate::support::{at, flow, measure};
use crate::{by, equal, means, near, read, replicates, text, with, within, years};

/// How many have died by the end of every step.
fn died(summary: &Summary) -> f64 {
    flow(summary, Mechanism::Move(1)).to_date.last().unwrap().mean
}

/// What the head of the case says for its last boundary.
fn known(text: &str) -> f64 {
    let calendar = read(text).0.calendar;
    -1000.0 * libm::expm1(-0.2 * years(&calendar, calendar.steps() as usize))
}

#[test]
fn deaths_behind_a_full_door_do_not_depend_on_the_door() {
    let case = text("deaths_at_a_full_door");
    equal("the head of the case", (known(&case) * 10.0).round() / 10.0, 181.3);
    for step in ["day", "week", "month", "quarter", "year"] {
        let text = by(&case, step);
        equal(&format!("deaths by {step}"), died(&means(&text)), known(&text));
    }
}

#[test]
fn nor_on_what_the_door_does_with_them() {
    let case = text("deaths_at_a_full_door");
    let rules = ["\"refuse\"", "\"wait\"", "{ divert = [\"full\"], otherwise = \"refuse\" }"];
    for rule in rules {
        let text = with(&case, "\"refuse\"", rule)
            + "[places.full]\nkind = \"prison\"\ncapacity = 5\nwhen_full = \"refuse\"\npeople = [{ count = 5 }]\n";
        equal(&format!("deaths, {rule}"), died(&means(&text)), known(&text));
        let slower = with(&text, "mean_stay = \"1 month\"", "mean_stay = \"3 months\"");
        equal(&format!("deaths, {rule}, 3 months"), died(&means(&slower)), known(&slower));
    }
}

#[test]
fn deaths_behind_a_full_door_in_replicates() {
    let case = text("deaths_at_a_full_door");
    for step in ["week", "month", "quarter"] {
        let text = by(&case, step);
        let deaths = *flow(&replicates(&text), Mechanism::Move(1)).to_date.last().unwrap();
        let p = known(&text) / 1000.0;
        near(&format!("deaths by {step}"), deaths, 1000.0 * p, (1000.0 * p * (1.0 - p)).sqrt());
    }
}

#[test]
fn late_stays_behind_a_full_door_die_as_everybody() {
    // Their time in remand is over within days, and then they stand at the door for the rest of the year.
    let case = with(
        &text("deaths_at_a_full_door"),
        "[moves.sentenced]\nfrom = \"remand\"\nto = \"prison\"\nrate = { mean_stay = \"1 month\" }",
        "[stays.sentenced]\nat = \"remand\"\nto = \"prison\"\nlength = { exponential = { mean = \"3 days\" } }",
    );
    for step in ["day", "week", "month", "quarter"] {
        let text = by(&case, step);
        let deaths = flow(&means(&text), Mechanism::Move(0)).to_date.last().unwrap().mean;
        equal(&format!("deaths by {step}"), deaths, known(&text));
    }
}

#[test]
fn seats_to_a_full_centre_are_used_by_those_who_go() {
    let case = text("seats_to_a_full_centre");
    for (mode, summary) in [("replicates", replicates(&case)), ("expected", means(&case))] {
        let went = flow(&summary, Mechanism::Programme(0)).to_date[11].mean;
        let used = measure(&summary, "programmes.intake", "seats_used_to_date")[11].mean;
        let offered = measure(&summary, "programmes.intake", "seats_offered_to_date")[11].mean;
        let wait = measure(&summary, "programmes.intake", "wait")[11].mean;
        println!("{mode}: {went} went, {used} of {offered} seats used, a wait of {wait}");
        equal(&format!("seats offered, {mode}"), offered, 6000.0);
        equal(&format!("seats used, {mode}"), used, went);
        within(&format!("who went, {mode}"), went, 199.0, 0.02);
        // About 810 wait in the mean of the year.
        let waiting: f64 = (0..12)
            .map(|k| (at(&summary, 0).points[k].mean + at(&summary, 0).points[k + 1].mean) / 2.0)
            .sum();
        within(&format!("the wait, {mode}"), wait, waiting / went, 0.03);
        within(&format!("the wait of the head, {mode}"), wait, 49.0, 0.06);
    }
}
