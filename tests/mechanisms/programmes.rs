//! Programmes: occasions and seats.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, equal, flow_of, monthly, near, per_step, rounded};

const FLIGHTS: Mechanism = Mechanism::Programme(0);

/// A camp of 100,000 with one programme; `more` is appended.
fn camp(horizon: &str, programme: &str, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 100000 }}]\n[places.home]\nkind = \"community\"\n[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\n{programme}\n{more}"
        ),
    )
}

/// People moved in each step by a programme without chance: the same in Monte Carlo and in expected mode.
#[track_caller]
fn regular(text: &str, known: &[f64]) {
    equal(&per_step(&expected(text), FLIGHTS), known);
    for (step, known) in known.iter().enumerate() {
        always(flow(&run(text, 3), FLIGHTS).per_step[step], *known);
    }
}

#[test]
fn regular_occasions_fall_on_their_dates() {
    regular(&camp("4 months", "occasions = { every = \"1 month\" }\nseats = 7", ""), &[7.0; 4]);
    let other = "occasions = { every = \"2 months\" }\nseats = 7";
    regular(&camp("5 months", other, ""), &[7.0, 0.0, 7.0, 0.0, 7.0]);
    let later = "occasions = { every = \"2 months\", first = \"2025-02-20\" }\nseats = 7";
    regular(&camp("5 months", later, ""), &[0.0, 7.0, 0.0, 7.0, 0.0]);
    // 1, 11, 21 and 31 January; 10 and 20 February; 2, 12 and 22 March.
    let days = "occasions = { every = \"10 days\" }\nseats = 7";
    regular(&camp("3 months", days, ""), &[28.0, 14.0, 21.0]);
    // 31 January, 28 February, 31 March, 30 April: the ends of months do not drift into the next.
    let ends = "occasions = { every = \"1 month\", first = \"2025-01-31\" }\nseats = 7";
    regular(&camp("4 months", ends, ""), &[7.0; 4]);
    let year = "occasions = { every = \"1 year\", first = \"2025-12-31\" }\nseats = 7";
    regular(&camp("12 months", year, ""), &[[0.0; 11].as_slice(), &[7.0]].concat());
}

#[test]
fn a_policy_speeds_regular_occasions_up_and_down() {
    let flights = "occasions = { every = \"1 month\" }\nseats = 6";
    let times = |times: &str| {
        let policy = format!(
            "[policies.p]\nfrom = \"2025-03\"\nchanges = [{{ field = \"programmes.flights.occasions\", times = {times} }}]\n"
        );
        camp("8 months", flights, &policy)
    };
    regular(&times("2"), &[6.0, 6.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0]);
    regular(&times("0"), &[6.0, 6.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    // In parts, whole occasions wait until they are due; expected mode has the parts.
    let flown = |text: &str| per_step(&run(text, 3), FLIGHTS);
    equal(&flown(&times("0.5")), &[6.0, 6.0, 0.0, 6.0, 0.0, 6.0, 0.0, 6.0]);
    equal(&flown(&times("\"1 / 3\"")), &[6.0, 6.0, 0.0, 0.0, 6.0, 0.0, 0.0, 6.0]);
    equal(&per_step(&expected(&times("0.5")), FLIGHTS), &[6.0, 6.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]);
}

#[test]
fn random_occasions_are_poisson() {
    // One a month on average, of 10 seats: mean 10, variance 100, excess kurtosis 1.
    let text = camp("12 months", "occasions = { per_year = 12 }\nseats = 10", "");
    let summary = run(&text, 3_000);
    near("in a month", flow(&summary, FLIGHTS).per_step[5], 10.0, 10.0, 1.0);
    near("in a year", flow(&summary, FLIGHTS).to_date[11], 120.0, 1200f64.sqrt(), 1.0 / 12.0);
    equal(&per_step(&expected(&text), FLIGHTS), &[10.0; 12]);
}

#[test]
fn random_occasions_have_a_season() {
    let text = camp("3 months", "occasions = { per_month = 2, season = { feb = 0 } }\nseats = 10", "");
    equal(&per_step(&expected(&text), FLIGHTS), &[20.0, 0.0, 20.0]);
}

#[test]
fn drawn_seats_have_their_mean_and_spread() {
    // Five standard deviations from 0: nothing is cut. Rounding adds 1/12 to the variance of 100.
    let text = camp("2 months", "occasions = { every = \"1 month\" }\nseats = { mean = 50, sd = 10 }", "");
    near("seats", flow(&run(&text, 4_000), FLIGHTS).per_step[1], 50.0, (100.0 + 1.0 / 12.0f64).sqrt(), 0.0);
    // Two occasions in a step draw apart: 100 +- 14.1.
    let twice = text.replace("1 month\"", "2 weeks\"");
    near("twice", flow(&run(&twice, 4_000), FLIGHTS).per_step[1], 100.0, (200.0 + 2.0 / 12.0f64).sqrt(), 0.0);
    // Random occasions: variance rate (mean^2 + sd^2), excess kurtosis (m^4 + 6 m^2 s^2 + 3 s^4) / (rate (m^2 + s^2)^2).
    let random = camp("1 month", "occasions = { per_month = 4 }\nseats = { mean = 50, sd = 10 }", "");
    near("random", flow(&run(&random, 4_000), FLIGHTS).per_step[0], 200.0, 10_400f64.sqrt(), 0.29);
}

#[test]
fn each_occasion_has_no_fewer_than_no_seats() {
    // Five seats, give or take six: 5.678 on average, as less than none is none. Of a Poisson number of occasions.
    let [mean, square] = rounded(5.0, 6.0, 0.0);
    assert!((36.0 * mean - 204.40).abs() < 0.005);
    let text = camp("12 months", "occasions = { per_month = 3 }\nseats = { mean = 5, sd = 6 }", "");
    near("a year", flow(&run(&text, 4_000), FLIGHTS).to_date[11], 36.0 * mean, (36.0 * square).sqrt(), 0.1);
    equal(&[flow(&expected(&text), FLIGHTS).to_date[11].mean], &[36.0 * mean]);
    // Whatever the step: 36 occasions in a year, and one in each month.
    let once = camp("12 months", "occasions = { every = \"1 month\" }\nseats = { mean = 5, sd = 6 }", "");
    for text in [&text, &once] {
        for step in ["week", "quarter", "year"] {
            let text = text.replace("step = \"month\"", &format!("step = \"{step}\""));
            let (found, known) = (run(&text, 2_000), expected(&text));
            let (found, known) = (
                flow(&found, FLIGHTS).to_date.last().unwrap(),
                flow(&known, FLIGHTS).to_date.last().unwrap(),
            );
            assert!(
                (found.mean - known.mean).abs() < 4.0 * found.spread.unwrap().mc_se,
                "{step}: {}",
                found.mean
            );
        }
    }
}

#[test]
fn parts_of_seats_are_seats_now_and_then() {
    let text = camp("1 month", "occasions = { every = \"1 month\" }\nseats = 2.25", "");
    // 2 or 3: the excess kurtosis of one in four is -2/3.
    near("seats", flow(&run(&text, 4_000), FLIGHTS).per_step[0], 2.25, (0.25 * 0.75f64).sqrt(), -0.66);
    equal(&per_step(&expected(&text), FLIGHTS), &[2.25]);
}

/// Two countries whose seats are a table, with these occasions.
fn two_countries(occasions: &str, seats: &str) -> String {
    monthly(
        "1 month",
        &format!(
            r#"
[dimensions]
origin = ["a", "b"]
[places.camp]
kind = "camp"
people = [{{ who = {{ origin = "a" }}, count = 100000 }}, {{ who = {{ origin = "b" }}, count = 100000 }}]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = {occasions}
seats = {seats}
"#
        ),
    )
}

#[test]
fn lines_share_an_occasion_where_there_is_one_rate() {
    let seats = "{ by = \"origin\", values = { a = 10, b = 20 } }";
    let n = 3_000;
    // Common: 30 people each time, variance 2 x 30^2. Excess kurtosis 1/2.
    let common = run(&two_countries("{ per_month = 2 }", seats), n);
    near("a", flow_of(&common, FLIGHTS, 0).per_step[0], 20.0, 200f64.sqrt(), 0.5);
    near("b", flow_of(&common, FLIGHTS, 1).per_step[0], 40.0, 800f64.sqrt(), 0.5);
    near("both, common", flow(&common, FLIGHTS).per_step[0], 60.0, 1_800f64.sqrt(), 0.5);
    // Tabled: each country has its own, variance 2 x 10^2 + 2 x 20^2. Excess kurtosis 0.34.
    let rates = "{ per_month = { by = \"origin\", values = { a = 2, b = 2 } } }";
    let apart = run(&two_countries(rates, seats), n);
    near("both, apart", flow(&apart, FLIGHTS).per_step[0], 60.0, 1_000f64.sqrt(), 0.34);
    // A table of occasions with one number of seats for each.
    let one = "{ per_month = { by = \"origin\", values = { a = 1, b = 3 } } }";
    let means = expected(&two_countries(one, "10"));
    equal(&[0, 1].map(|origin| flow_of(&means, FLIGHTS, origin).per_step[0].mean), &[10.0, 30.0]);
}

#[test]
fn drawn_seats_by_country() {
    let seats = "{ mean = { by = \"origin\", values = { a = 50 }, otherwise = 200 }, sd = { by = \"origin\", values = { a = 5, b = 20 } } }";
    let summary = run(&two_countries("{ every = \"1 month\" }", seats), 3_000);
    near("a", flow_of(&summary, FLIGHTS, 0).per_step[0], 50.0, 25.08f64.sqrt(), 0.0);
    near("b", flow_of(&summary, FLIGHTS, 1).per_step[0], 200.0, 400.08f64.sqrt(), 0.0);
    near("both draw apart", flow(&summary, FLIGHTS).per_step[0], 250.0, 425.16f64.sqrt(), 0.0);
}

#[test]
fn never_more_than_are_there() {
    let text = camp("3 months", "occasions = { every = \"1 month\" }\nseats = 70000", "");
    regular(&text, &[70_000.0, 30_000.0, 0.0]);
}

#[test]
fn pauses_are_exact_and_end_on_their_date() {
    let pauses = "occasions = { every = \"1 month\" }\nseats = 5\npauses = [{ from = \"2025-02\", until = \"2025-04\" }, { from = \"2025-05\", until = \"2025-06\" }]";
    regular(&camp("6 months", pauses, ""), &[5.0, 0.0, 0.0, 5.0, 0.0, 5.0]);
    let random = pauses.replace("every = \"1 month\"", "per_month = 50");
    let summary = run(&camp("6 months", &random, ""), 50);
    for (step, paused) in [false, true, true, false, true, false].into_iter().enumerate() {
        // Fifty on average: a month without one is not seen.
        assert_eq!(flow(&summary, FLIGHTS).per_step[step].mean == 0.0, paused);
    }
}

#[test]
fn seats_lead_to_destinations_by_shares() {
    let programme = "occasions = { every = \"1 month\" }\nseats = 1000\n";
    let text = camp("1 month", programme, "[places.centre]\nkind = \"centre\"\n").replace(
        "to = \"home\"",
        "to = [{ place = \"home\", share = 0.3 }, { place = \"centre\", share = 0.7 }]",
    );
    let summary = run(&text, 2_000);
    near("home", at(&summary, 1).points[1], 300.0, 210f64.sqrt(), 0.0);
    near("centre", at(&summary, 2).points[1], 700.0, 210f64.sqrt(), 0.0);
    always(flow(&summary, FLIGHTS).per_step[0], 1000.0);
    equal(&[1, 2].map(|place| at(&expected(&text), place).points[1].mean), &[300.0, 700.0]);
}

#[test]
fn a_cap_holds_for_a_calendar_year() {
    let monthly = "occasions = { every = \"1 month\" }\nseats = 50\ncap_per_year = 120";
    let year = [&[50.0, 50.0, 20.0][..], &[0.0; 9]].concat();
    regular(&camp("2 years", monthly, ""), &[year.clone(), year].concat());
    // From November: the rest of the year has the whole cap.
    let late = camp("7 months", monthly, "").replace("start = \"2025-01\"", "start = \"2025-11\"");
    regular(&late, &[50.0, 50.0, 50.0, 50.0, 20.0, 0.0, 0.0]);
    // A policy raises it in the course of a year.
    let policy = "[policies.p]\nfrom = \"2025-06\"\nchanges = [{ field = \"programmes.flights.cap_per_year\", times = 1.25 }]\n";
    let raised = [50.0, 50.0, 20.0, 0.0, 0.0, 30.0, 0.0];
    regular(&camp("7 months", monthly, policy), &raised);
}

#[test]
fn a_cap_cuts_random_occasions() {
    // Twelve occasions a year on average, of 10 seats: the year has min(10 K, 120).
    let text = camp("12 months", "occasions = { per_year = 12 }\nseats = 10\ncap_per_year = 120", "");
    let mut probability = libm::exp(-12.0);
    let (mut mean, mut square, mut fourth) = (0.0, 0.0, 0.0);
    let values: Vec<(f64, f64)> = (0..80)
        .map(|k| {
            let here = (probability, (10.0 * f64::from(k)).min(120.0));
            probability *= 12.0 / f64::from(k + 1);
            here
        })
        .collect();
    values.iter().for_each(|(p, x)| mean += p * x);
    values.iter().for_each(|(p, x)| square += p * (x - mean).powi(2));
    values.iter().for_each(|(p, x)| fourth += p * (x - mean).powi(4));
    let year = flow(&run(&text, 4_000), FLIGHTS).to_date[11];
    near("capped", year, mean, square.sqrt(), fourth / (square * square) - 3.0);
}

#[test]
fn who_does_not_consent_stays() {
    let text = |every: &str| {
        camp("2 months", &format!("occasions = {{ every = \"{every}\" }}\nseats = 100000\nconsent = 0.3"), "")
            .replace("count = 100000", "count = 1000")
    };
    let summary = run(&text("1 month"), 4_000);
    near("at once", flow(&summary, FLIGHTS).per_step[0], 300.0, 210f64.sqrt(), 0.0);
    // Asked anew: 0.7 x 0.3 of all.
    near("later", flow(&summary, FLIGHTS).per_step[1], 210.0, (1000.0 * 0.21 * 0.79f64).sqrt(), 0.0);
    equal(&per_step(&expected(&text("1 month")), FLIGHTS), &[300.0, 210.0]);
    // 1, 15 and 29 January: who is asked three times consents with probability 1 - 0.7^3.
    equal(&per_step(&expected(&text("2 weeks")), FLIGHTS)[..1], &[657.0]);
}

#[test]
fn seats_fall_among_those_who_consent() {
    regular(
        &camp("2 months", "occasions = { every = \"1 month\" }\nseats = 100\nconsent = 0.3", ""),
        &[100.0, 100.0],
    );
    let none =
        "[policies.p]\nfrom = \"2025-02\"\nchanges = [{ field = \"programmes.flights.consent\", set = 0 }]\n";
    let text = camp("3 months", "occasions = { every = \"1 month\" }\nseats = 100\nconsent = 0.3", none);
    regular(&text, &[100.0, 0.0, 0.0]);
}

#[test]
fn it_starts_and_ends_on_its_dates() {
    let dates = "seats = 7\nstarts = \"2025-02\"\nends = \"2025-05\"\noccasions = ";
    let monthly = format!("{dates}{{ every = \"1 month\" }}");
    regular(&camp("6 months", &monthly, ""), &[0.0, 7.0, 7.0, 7.0, 0.0, 0.0]);
    // Regular occasions are counted from there, unless they say otherwise.
    let second = format!("{dates}{{ every = \"2 months\" }}");
    regular(&camp("6 months", &second, ""), &[0.0, 7.0, 0.0, 7.0, 0.0, 0.0]);
    let first = format!("{dates}{{ every = \"2 months\", first = \"2025-01\" }}");
    regular(&camp("6 months", &first, ""), &[0.0, 0.0, 7.0, 0.0, 0.0, 0.0]);
}
