//! Programmes as courts, screening and intake: backlogs, waits, free places; and what `check` says of idle ones.

use repatria::internals::model::Mechanism;
use repatria::internals::scenario::{self, Source};

use crate::support::{expected, run};
use crate::{always, equal, measure, measured, monthly, per_step};

const COURT: Mechanism = Mechanism::Programme(0);

/// People in custody, a court that sits once a month, and a rehabilitation centre.
fn custody(horizon: &str, people: u32, court: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[places.custody]
kind = "prison"
people = [{{ count = {people} }}]
[places.centre]
kind = "centre"
capacity = 50
[places.free]
kind = "community"
[programmes.court]
from = "custody"
occasions = {{ every = "1 month" }}
{court}
{more}
"#
        ),
    )
}

fn of(summary: &repatria::internals::ensemble::summary::Summary, what: &str) -> Vec<f64> {
    measured(summary, "programmes.court", what)
}

const ARRESTS: &str = "[arrivals.arrests]\nto = \"custody\"\nrate = { per_month = 10 }\n";

#[test]
fn a_court_that_is_too_slow_has_a_backlog_that_grows() {
    let text = custody("12 months", 0, "to = \"free\"\nseats = 6", ARRESTS);
    let summary = expected(&text);
    let backlog: Vec<f64> = (0..12).map(|month| 10.0 + 4.0 * f64::from(month)).collect();
    equal(&of(&summary, "backlog"), &backlog);
    equal(&of(&summary, "seats_offered"), &[6.0; 12]);
    equal(&of(&summary, "seats_used")[..2], &[0.0, 6.0]);
    equal(&of(&summary, "occasions_to_date")[11..], &[12.0]);
    equal(&of(&summary, "paused"), &[0.0; 12]);
    // Poisson arrivals, no more than come: the backlog after 12 months has their variance where the court is never idle.
    let often = run(&custody("12 months", 1000, "to = \"free\"\nseats = 6", ARRESTS), 2_000);
    crate::near(
        "backlog",
        measure(&often, "programmes.court", "backlog")[11],
        1048.0,
        120f64.sqrt(),
        1.0 / 120.0,
    );
}

#[test]
fn who_is_served_at_the_next_sitting_waits_for_half_a_month() {
    let text = custody("3 years", 0, "to = \"free\"\nseats = 1000", ARRESTS);
    // By Little's law: 5 wait on average and 10 a month are served.
    equal(&of(&expected(&text), "wait")[12..], &[0.5; 24]);
    let wait = measure(&run(&text, 500), "programmes.court", "wait")[35];
    assert!((wait.mean - 0.5).abs() < 0.01, "{wait:?}");
    // One sitting more late: with two months between sittings who comes waits for one.
    let slow = text.replace("every = \"1 month\"", "every = \"2 months\"");
    equal(&of(&expected(&slow), "wait")[13..14], &[1.0]);
}

#[test]
fn a_backlog_that_is_worked_off_waits_as_its_sum_says() {
    let text = custody("12 months", 1000, "to = \"free\"\nseats = 50", "");
    // 950 wait for a month, then 900, ...: 8,100 person-months over 600 served.
    for summary in [run(&text, 3), expected(&text)] {
        equal(&of(&summary, "wait")[11..], &[13.5]);
        equal(&of(&summary, "backlog")[11..], &[400.0]);
    }
    always(measure(&run(&text, 3), "programmes.court", "seats_used_to_date")[11], 600.0);
}

#[test]
fn planned_pauses_are_measured() {
    let text = custody(
        "3 months",
        1000,
        "to = \"free\"\nseats = 50\npauses = [{ from = \"2025-02\", until = \"2025-03\" }]",
        "",
    );
    for summary in [run(&text, 3), expected(&text)] {
        equal(&of(&summary, "paused"), &[0.0, 1.0, 0.0]);
        equal(&of(&summary, "occasions"), &[1.0, 0.0, 1.0]);
        equal(&of(&summary, "seats_offered_to_date"), &[50.0, 50.0, 100.0]);
    }
}

#[test]
fn a_centre_takes_as_many_as_it_has_room_for() {
    let policy =
        "[policies.p]\nfrom = \"2025-04\"\nchanges = [{ field = \"places.centre.capacity\", set = 80 }]\n";
    let all = custody("5 months", 1000, "to = \"centre\"\nfree_places_only = true", policy);
    let some = custody("5 months", 1000, "to = \"centre\"\nfree_places_only = true\nseats = 20", policy);
    for (text, known) in [(&all, [50.0, 0.0, 0.0, 30.0, 0.0]), (&some, [20.0, 20.0, 10.0, 20.0, 10.0])] {
        equal(&per_step(&run(text, 3), COURT), &known);
        equal(&per_step(&expected(text), COURT), &known);
    }
    equal(&of(&expected(&some), "seats_offered"), &[20.0, 20.0, 10.0, 20.0, 10.0]);
    // Who leaves makes room: half a month's worth of leavers are replaced at the next intake.
    let leave = "[moves.leave]\nfrom = \"centre\"\nto = \"free\"\nrate = { monthly_probability = 0.2 }\n";
    let turnover = custody("4 months", 1000, "to = \"centre\"\nfree_places_only = true", leave);
    equal(&per_step(&expected(&turnover), COURT), &[50.0, 10.0, 10.0, 10.0]);
}

/// What `check` says of a court and custody.
fn warnings(court: &str, more: &str) -> Vec<String> {
    let dimensions = "[dimensions]\nstatus = [\"held\", \"cleared\", \"barred\"]\n";
    let text = custody("2 years", 0, court, more)
        .replace("[places.custody]", &format!("{dimensions}[places.custody]"));
    let text = text.replace("count = 0", "who = { status = [\"held\"] }, count = 100");
    let (_, warnings) = scenario::baseline(&Source::new("test.toml", text))
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    warnings.into_iter().map(|warning| warning.message).collect()
}

#[test]
fn programmes_that_cannot_do_what_is_written_are_reported() {
    let says = |court: &str, message: &str| {
        let found = warnings(&format!("to = \"free\"\n{court}"), "");
        assert!(found.iter().any(|found| found.contains(message)), "{message}: {found:?}");
    };
    says("seats = 10\nwho = { status = \"cleared\" }", "the seats of `court` can never be filled");
    says("seats = 0", "there are no seats");
    says("seats = 10\ncap_per_year = 8", "the cap is below the 10 seats of one occasion");
    says("seats = 10\nconsent = 0", "nobody consents");
    says(
        "seats = 10\npriority = [{ status = [\"held\", \"cleared\"] }, { status = \"held\" }]",
        "this class never matters",
    );
    says("seats = 10\npriority = [{}, { status = \"held\" }]", "this class never matters");
    says(
        "seats = 10\nwho = { status = \"held\" }\npriority = [{ status = \"cleared\" }]",
        "nobody of this class is eligible",
    );
    says(
        "seats = 10\nrandom_pauses = { rate = { per_month = 3 }, lasts = \"1 year\" }",
        "paused for 97.3 % of the time",
    );
    says("seats = 10\npauses = [{ from = \"2025-01\", until = \"2027-01\" }]", "paused all the time");
    says(
        "who = { status = \"held\" }\nby = \"status\"\nlines = { held = { seats = 1 }, barred = { seats = 1 } }",
        "nobody who is eligible is of the line `barred`",
    );
}

#[test]
fn programmes_that_make_sense_are_not_told_off() {
    let programme = |warning: &String| {
        ["class", "seats", "cap ", "consents", "paused", "line"].iter().any(|word| warning.contains(word))
    };
    let court = "to = \"free\"\nseats = 0\nconsent = 0\ncap_per_year = 12\npriority = [{ status = \"held\" }, { status = \"cleared\" }]\nrandom_pauses = { rate = { per_year = 1 }, lasts = \"1 year\" }";
    let policy = "[policies.p]\nchanges = [{ field = \"programmes.court.seats\", set = 10 }, { field = \"programmes.court.consent\", set = 0.5 }]\n";
    let found = warnings(court, policy);
    assert!(!found.iter().any(programme), "{found:?}");
}
