//! Groups of people: convoys, seats, families; and whose turn it is.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;
use repatria::internals::scenario::{self, Source};

use crate::support::at;
use crate::{equal, means, near, replicates, rounded, text, with, within};

#[test]
fn no_convoy_is_of_nobody() {
    let case = text("convoy_size_at_least_one");
    let (mean, sd) = rounded(1.0, 2.0, 1);
    let square = (mean * mean + sd * sd).sqrt();
    within("the head of the case", mean, 1.78951, 1e-5);
    equal("expected", at(&means(&case), 0).points[1].mean, 1000.0 * mean);
    near("people", at(&replicates(&case), 0).points[1], 1000.0 * mean, 1000f64.sqrt() * square);
}

#[test]
fn nor_by_day() {
    let case = with(&text("convoy_size_at_least_one"), "{ per_month = 1000 }", "{ per_day = 0.1 }");
    let (mean, sd) = rounded(5.0, 6.0, 1);
    let square = (mean * mean + sd * sd).sqrt();
    let mut day = with(&case, "mean = 1, sd = 2", "mean = 5, sd = 6");
    // The same convoys by month and by day: 30.4 days, and 31.
    for (step, convoys) in [("month", 36.525 / 12.0), ("day", 3.1)] {
        day = with(&day, "step = \"month\"", &format!("step = \"{step}\""));
        let last = |summary: &Summary| *at(summary, 0).points.last().unwrap();
        within(&format!("expected by {step}"), last(&means(&day)).mean, convoys * mean, 1e-9);
        let stat = last(&replicates(&day));
        let z = (stat.mean - convoys * mean) / (convoys.sqrt() * square / 4000f64.sqrt());
        println!("by {step}: {} for {}, Z {z:.2}", stat.mean, convoys * mean);
        assert!(z.abs() < 4.0, "by {step}: {} for {}", stat.mean, convoys * mean);
    }
}

#[test]
fn seats_of_several_occasions_are_never_below_none() {
    let case = text("seats_of_several_occasions");
    let (mean, sd) = rounded(5.0, 6.0, 0);
    let square = (mean * mean + sd * sd).sqrt();
    within("the head of the case", 36.0 * mean, 204.40, 1e-4);
    equal("expected", at(&means(&case), 1).points[12].mean, 36.0 * mean);
    near("people", at(&replicates(&case), 1).points[12], 36.0 * mean, 6.0 * square);
}

#[test]
fn families_fill_small_vehicles() {
    for seats in ["2", "5", "10", "60"] {
        let case = with(&text("family_seats"), "seats = 5", &format!("seats = {seats}"));
        let all = 12.0 * seats.parse::<f64>().unwrap();
        let (exact, random) = (means(&case), replicates(&case));
        equal(&format!("{seats} seats, expected"), at(&exact, 1).points[12].mean, all);
        let stat = at(&random, 1).points[12];
        let error = stat.spread.unwrap().mc_se;
        println!("{seats} seats: {} for {all}, standard error {error}", stat.mean);
        assert!((stat.mean - all).abs() < 0.01 * all + 4.0 * error, "{seats} seats: {} for {all}", stat.mean);
        let women = cell(&random, 0);
        println!("{seats} seats: {women} women for {}", all / 2.8);
        assert!((women - all / 2.8).abs() < 0.01 * all + 4.0 * error, "{seats} seats: {women} women");
    }
}

/// The mean number of people of a value who are home in the end.
fn cell(summary: &Summary, value: usize) -> f64 {
    let mut flows = summary.flows.iter().filter(|flow| flow.mechanism == Mechanism::Programme(0));
    flows.find(|flow| flow.groups == [Some(value)]).unwrap().to_date.last().unwrap().mean
}

/// A text in which two sections have changed places: each from its header to the next.
fn swapped(text: &str, first: &str, second: &str) -> String {
    let section = |name: &str| {
        let start = text.find(&format!("[{name}]\n")).unwrap();
        let end = text[start + 1..].find("\n[").map_or(text.len(), |at| start + at + 2);
        (start, end)
    };
    let ((a, b), (c, d)) = (section(first), section(second));
    assert!(b <= c, "the first comes first");
    format!("{}{}{}{}{}", &text[..a], &text[c..d], &text[b..c], &text[a..b], &text[d..])
}

/// Both orders of a file, in replicates and in expected mode.
fn both_orders(case: &str, first: &str, second: &str) -> Vec<Summary> {
    let other = swapped(case, first, second);
    assert_ne!(case, other);
    vec![means(case), means(&other), replicates(case), replicates(&other)]
}

#[test]
fn nobody_takes_two_programmes_in_a_step() {
    for summary in both_orders(&text("order_of_programmes"), "programmes.intake", "programmes.onward") {
        for (place, known) in [(0, [100.0, 90.0, 80.0]), (1, [0.0, 10.0, 10.0]), (2, [0.0, 0.0, 10.0])] {
            let found: Vec<f64> = at(&summary, place).points.iter().map(|stat| stat.mean).collect();
            assert_eq!(found, known, "place {place}");
        }
    }
}

#[test]
fn two_programmes_share_whom_both_want() {
    let case = text("two_programmes_for_the_same");
    for summary in both_orders(&case, "programmes.first", "programmes.second") {
        for (place, known) in [(1, 40.0), (2, 20.0)] {
            let stat = at(&summary, place).points[1];
            println!("place {place}: {}", stat.mean);
            let error = stat.spread.map_or(0.0, |spread| spread.mc_se);
            assert!((stat.mean - known).abs() <= 4.0 * error + 1e-9, "place {place}: {}", stat.mean);
        }
        equal("all go", at(&summary, 0).points[1].mean + 1.0, 1.0);
    }
}

#[test]
fn two_shocks_of_one_date_act_on_the_same_people() {
    for summary in both_orders(&text("two_shocks_on_a_date"), "shocks.clear", "shocks.fill") {
        for (place, known) in [(0, 20.0), (1, 0.0), (2, 100.0)] {
            assert_eq!(at(&summary, place).points[2].mean, known, "place {place}");
        }
    }
}

#[test]
fn a_parameter_may_be_set_below_zero() {
    let text = text("negative_parameter");
    let known = |trend: f64| 1000.0 * libm::exp(-0.1 * libm::exp(trend));
    equal("as it is written", at(&means(&text), 0).points[1].mean, known(-0.2));
    let (scenario, _) = scenario::load(&Source::new("case.toml", text.clone()))
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    for variant in &scenario.variants {
        let summary =
            repatria::internals::ensemble::expect(&repatria::internals::engine::compile(&variant.model))
                .unwrap();
        equal(&variant.name, at(&summary, 0).points[1].mean, known(-0.5));
    }
    let policy =
        "[policies.now]\nfrom = \"2025-01\"\nchanges = [{ field = \"parameters.trend\", set = -1 }]\n";
    equal("by a policy", at(&means(&format!("{text}{policy}")), 0).points[1].mean, known(-1.0));
}

#[test]
fn a_study_reaches_below_zero() {
    use repatria::internals::ensemble::{Machine, Unwatched};
    use repatria::internals::study;
    let path = crate::path("negative_parameter_study.toml");
    let text = fs_err::read_to_string(&path).unwrap();
    let read = study::Inputs::read(Source::new("study.toml", text), &path);
    let (mut inputs, file) = read.unwrap_or_else(|problems| panic!("{problems:#?}"));
    let study = study::read(&mut inputs, &file).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for (point, trend) in [(0, -1.0), (1, 0.0), (2, 1.0)] {
        let result = study::cell::simulate(&study, point, Machine::from(2), &Unwatched).unwrap();
        let left = result.cells.unwrap()[0].outcomes[0].stat[0].unwrap();
        let known = 1000.0 * libm::exp(-0.1 * libm::exp(trend));
        // The sd of a replicate is at most 13, that of the mean of 2,000 at most 0.3.
        println!("{left} for {known}");
        assert!((left - known).abs() < 1.2, "{left} for {known}");
    }
}
