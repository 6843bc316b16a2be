//! Silently wrong models are warned about, in words that name what is wrong.

use repatria::internals::ensemble::summary::Event;
use repatria::internals::model::Mechanism;
use repatria::internals::scenario::Diagnostic;

use crate::support::flow;
use crate::{means, read, text};

/// All that a warning says.
fn said(warning: &Diagnostic) -> String {
    format!("{} {} {}", warning.message, warning.label, warning.help)
}

/// Checks that one warning of a case says all of these words.
#[track_caller]
fn warned(case: &str, words: &[&str]) -> String {
    let (_, warnings) = read(&text(case));
    let all: Vec<String> = warnings.iter().map(said).collect();
    let found = all.iter().find(|text| words.iter().all(|word| text.contains(word)));
    found.unwrap_or_else(|| panic!("{case}: no warning says {words:?}: {all:#?}")).clone()
}

#[test]
fn births_that_do_not_say_what_newborns_are() {
    warned("births_without_newborn", &["newborn"]);
}

#[test]
fn a_value_whose_line_is_missing() {
    warned("line_missing", &["line", "C"]);
}

#[test]
fn a_rate_of_two_per_month() {
    warned("rate_of_two_per_month", &["0.02"]);
}

#[test]
fn a_shock_within_a_step_is_warned_about_with_the_date_that_it_gets() {
    let (model, warnings) = read(&text("shock_within_a_step"));
    let summary = means(&text("shock_within_a_step"));
    let shock = summary.events.iter().find(|series| series.event == Event::Shock(0)).unwrap();
    let step = shock.probability.iter().position(|probability| *probability > 0.5).unwrap();
    let date = model.calendar.date(step as u32).to_string();
    let all: Vec<String> = warnings.iter().map(said).collect();
    // Either with the whole date, or with its month.
    let says = |text: &&String| text.contains("2025-06-28") && text.contains(&date);
    let about = all.iter().find(says);
    assert!(about.is_some(), "it strikes on {date}: {all:#?}");
    // One rule for all: the policy of the same date begins with the same step.
    let walked = &flow(&summary, Mechanism::Move(0)).per_step;
    let began = walked.iter().position(|stat| stat.mean > 0.0).unwrap();
    assert_eq!(began, step, "the policy begins on {}", model.calendar.date(began as u32));
    let about = all.iter().filter(|text| text.contains("2025-06-28")).count();
    assert!(about <= 2, "once for each: {all:#?}");
}
