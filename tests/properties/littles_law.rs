//! Property: who enters at the start of a step is there for the whole step, so that Little's law holds at any step.

use proptest::prelude::*;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::expect;
use repatria::internals::scenario::{self, Source};

use crate::cases;
use crate::named::means;
use crate::scenario::{LENGTHS, Scenario};

/// 600 people of a camp who go to a centre on the first day, for a stay there.
fn cohort(step: &str, length: &str, shock: bool, late: bool) -> String {
    let mut scenario = Scenario::new(step, "10 years");
    if step == "day" || step == "week" {
        scenario = Scenario::new(step, "5 years");
    }
    scenario.place("camp", "camp", 600, "");
    scenario.place("centre", "centre", 0, "");
    scenario.place("home", "community", 0, "");
    let date = if late { "2025-04-01" } else { "2025-01-01" };
    if shock {
        scenario.add("shocks.entry", format!("at = \"camp\"\non = \"{date}\"\nshare = 1\nto = \"centre\"\n"));
    } else {
        scenario.add(
            "programmes.entry",
            format!("from = \"camp\"\nto = \"centre\"\noccasions = {{ every = \"20 years\", first = \"{date}\" }}\nseats = 600\n"),
        );
    }
    scenario.add("stays.there", format!("at = \"centre\"\nto = \"home\"\nlength = {length}\n"));
    scenario.add("costs", "currency = \"USD\"\n");
    scenario.add("costs.places.centre", "per_person_month = 1000\n");
    scenario.add("outcomes.months", "people = { at = \"centre\" }\ntake = \"person_months\"\n");
    scenario.add("outcomes.cost", "measure = { of = \"costs\", name = \"cost\" }\n");
    scenario.text()
}

/// How many months a step has.
fn months(step: &str) -> f64 {
    match step {
        "day" => 12.0 / 365.25,
        "week" => 84.0 / 365.25,
        "month" => 1.0,
        _ => 3.0,
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_cohort_spends_its_mean_stay(length in 0..6usize, step in 0..4usize, shock in any::<bool>(), late in any::<bool>()) {
        let step = ["day", "week", "month", "quarter"][step];
        // Weeks do not fall on the first of April.
        let late = late && step != "week";
        let (law, mean) = LENGTHS[length];
        let text = cohort(step, law, shock, late);
        let numbers = means(&text);
        let part = months(step) / mean;
        // The people of a step are the mean of its two ends: second order, but that a fixed length ends at once, somewhere in a step.
        let allowed = if law.contains("fixed") { part / 2.0 + 1e-9 } else { part * part / 8.0 + 1e-3 };
        for (outcome, times) in [("outcome months", 1.0), ("outcome cost", 1000.0)] {
            let found = numbers[outcome][0].mean / times / 600.0;
            prop_assert!((found / mean - 1.0).abs() < allowed, "{outcome}: {found} months for {mean}, allowed {allowed}\n{text}");
        }
    }
}

#[test]
fn a_fixed_stay_that_ends_in_the_middle_of_a_step_is_exact() {
    for (shock, step) in [(false, "month"), (true, "month")] {
        let text = cohort(step, "{ fixed = \"5.5 months\" }", shock, false);
        let found = means(&text)["outcome months"][0].mean / 600.0;
        assert!((found - 5.5).abs() < 1e-9, "{found} months\n{text}");
    }
}

#[test]
fn so_many_are_left_as_have_not_been_there_their_length() {
    // Gamma with shape 4 and mean 4 months: S(t) = exp(-t) (1 + t + t^2/2 + t^3/6).
    let left = |t: f64| libm::exp(-t) * (1.0 + t + t * t / 2.0 + t * t * t / 6.0);
    for shock in [false, true] {
        for step in ["day", "week", "month", "quarter"] {
            let numbers = means(&cohort(step, LENGTHS[1].0, shock, false));
            for (boundary, stat) in numbers["people at centre"].iter().enumerate().skip(1) {
                let t = boundary as f64 * months(step);
                assert!(
                    (stat.mean / 600.0 - left(t)).abs() < 1e-3,
                    "by {step}, after {t} months: {} of {}",
                    stat.mean / 600.0,
                    left(t)
                );
            }
        }
    }
}

#[test]
fn the_programme_takes_as_many_by_month_as_by_day() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/does_the_programme_work.toml");
    let written = fs_err::read_to_string(path).unwrap();
    let through = |step: &str| {
        let text = written.replace("step = \"month\"", &format!("step = \"{step}\""));
        let (model, _) = scenario::baseline(&Source::new("test.toml", text)).unwrap();
        let summary = expect(&compile(&model)).unwrap();
        let index = model.outcomes.iter().position(|outcome| outcome.name == "through_the_centre").unwrap();
        summary.outcomes[index].stat.unwrap().mean
    };
    let (month, day) = (through("month"), through("day"));
    println!("{month} by month, {day} by day");
    assert!((month / day - 1.0).abs() < 0.01, "{month} by month, {day} by day");
}
