//! Shocks and programmes of one step are decided from the same state, and share whom they want.

use repatria::internals::ensemble::summary::Summary;
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, equal, measured, monthly, near};

/// Places, each with so many people; one that ends in `!` holds 50 and refuses more.
fn places(list: &[(&str, u32)]) -> String {
    let one = |(name, count): &(&str, u32)| {
        let limit =
            if name.ends_with('!') { "capacity = 50\nwhen_full = \"refuse\"\n" } else { "capacity = 50\n" };
        let name = name.trim_end_matches('!');
        format!("[places.{name}]\nkind = \"camp\"\n{limit}people = [{{ count = {count} }}]\n")
    };
    list.iter().map(one).collect()
}

/// A programme of every month.
fn programme(name: &str, from: &str, to: &str, more: &str) -> String {
    format!(
        "[programmes.{name}]\nfrom = {from}\nto = \"{to}\"\noccasions = {{ every = \"1 month\" }}\n{more}\n"
    )
}

/// A shock in January.
fn shock(name: &str, from: &str, to: &str) -> String {
    format!("[shocks.{name}]\nat = \"{from}\"\nto = \"{to}\"\non = \"2025-01\"\nshare = 1\n")
}

/// The text of sections in both orders.
fn both(horizon: &str, places: &str, [one, other]: [&str; 2]) -> [String; 2] {
    [format!("{places}{one}{other}"), format!("{places}{other}{one}")].map(|body| monthly(horizon, &body))
}

/// People at each place after a month.
fn people<const N: usize>(summary: &Summary) -> [f64; N] {
    std::array::from_fn(|place| at(summary, place).points[1].mean)
}

#[test]
fn nobody_passes_through_a_place_in_no_time() {
    let places = places(&[("camp", 100), ("centre", 0), ("home", 0)]);
    let intake = programme("intake", "\"camp\"", "centre", "seats = 10");
    let onward = programme("onward", "\"centre\"", "home", "seats = 10");
    for text in both("2 months", &places, [&intake, &onward]) {
        for summary in [run(&text, 10), expected(&text)] {
            equal(&people::<3>(&summary), &[90.0, 10.0, 0.0]);
            equal(&[0, 1, 2].map(|place| at(&summary, place).points[2].mean), &[80.0, 10.0, 10.0]);
        }
    }
}

#[test]
fn shocks_see_who_was_there() {
    let places = places(&[("camp", 30), ("reserve", 20), ("home", 0)]);
    let (clear, fill) = (shock("clear", "camp", "home"), shock("fill", "reserve", "camp"));
    let flight = programme("flight", "[\"camp\", \"home\"]", "reserve", "seats = 100");
    for text in both("1 month", &places, [&format!("{clear}{flight}"), &fill]) {
        for summary in [run(&text, 10), expected(&text)] {
            // Nobody whom a shock has brought takes a seat in the same step.
            equal(&people::<3>(&summary), &[20.0, 0.0, 30.0]);
        }
    }
}

#[test]
fn people_who_are_short_are_shared_in_proportion_to_seats() {
    let places = places(&[("camp", 80), ("a", 0), ("b", 0)]);
    for (seats, known) in [([60, 60], [40.0, 40.0]), ([60, 180], [20.0, 60.0]), ([10, 200], [10.0, 70.0])] {
        let [a, b] = [("x", "a", seats[0]), ("c", "b", seats[1])]
            .map(|(name, to, seats)| programme(name, "\"camp\"", to, &format!("seats = {seats}")));
        let [one, other] = both("1 month", &places, [&a, &b]);
        if seats[0] > 10 {
            equal(&people::<3>(&expected(&one))[1..], &known);
            // Each seat is as likely as any other to be filled: a hypergeometric number.
            let (all, share) = (f64::from(seats[0] + seats[1]), known[0] / 80.0);
            let variance = 80.0 * share * (1.0 - share) * (all - 80.0) / (all - 1.0);
            near("a", at(&run(&one, 3_000), 1).points[1], known[0], variance.sqrt(), 0.0);
        }
        let (one, other) = (run(&one, 500), run(&other, 500));
        for place in 0..3 {
            assert_eq!(at(&one, place).points, at(&other, place).points);
        }
        always(at(&one, 0).points[1], 0.0);
    }
}

#[test]
fn an_order_gives_the_first_choice() {
    let places = places(&[("camp", 80), ("a", 0), ("b", 0), ("c", 0)]);
    let [a, b, c] =
        [("a", 60, "order = 2"), ("b", 10, "order = 1"), ("c", 60, "")].map(|(to, seats, order)| {
            programme(&format!("to_{to}"), "\"camp\"", to, &format!("seats = {seats}\n{order}"))
        });
    for text in both("1 month", &places, [&format!("{c}{a}"), &b]) {
        for summary in [run(&text, 20), expected(&text)] {
            equal(&people::<4>(&summary), &[0.0, 60.0, 10.0, 10.0]);
        }
    }
}

#[test]
fn seats_that_others_took_people_from_are_filled_elsewhere() {
    // Both could fly the first camp, one of them the second too: nobody is left, no seat stays empty.
    let places = places(&[("first", 100), ("second", 100), ("a", 0), ("b", 0)]);
    let a = programme("one", "[\"first\", \"second\"]", "a", "seats = 150");
    let b = programme("two", "[\"first\", \"second\"]", "b", "seats = 50");
    for text in both("1 month", &places, [&a, &b]) {
        let summary = run(&text, 500);
        for (place, known) in [0.0, 0.0, 150.0, 50.0].into_iter().enumerate() {
            always(at(&summary, place).points[1], known);
        }
        equal(&people::<4>(&expected(&text)), &[0.0, 0.0, 150.0, 50.0]);
    }
}

#[test]
fn who_is_asked_by_two_programmes_consents_to_each_by_themself() {
    // Seats for all: 300 and 200 of 1000 want to go by one of them, 200 by either, whom they share.
    let places = places(&[("camp", 1000), ("a", 0), ("b", 0)]);
    let a = programme("one", "\"camp\"", "a", "seats = 1000\nconsent = 0.5");
    let b = programme("two", "\"camp\"", "b", "seats = 1000\nconsent = 0.4");
    for text in both("1 month", &places, [&a, &b]) {
        let summary = run(&text, 3_000);
        near("left", at(&summary, 0).points[1], 300.0, 210f64.sqrt(), 0.0);
        // Those are shared in proportion to the seats that are left: 700 and 800.
        let known = [300.0, 300.0 + 200.0 * 7.0 / 15.0, 200.0 + 200.0 * 8.0 / 15.0];
        for (place, known) in known.into_iter().enumerate() {
            let found = at(&summary, place).points[1];
            assert!((found.mean - known).abs() < 4.0 * found.spread.unwrap().mc_se + 0.02, "{}", found.mean);
        }
        equal(&people::<3>(&expected(&text)), &known);
    }
}

#[test]
fn free_places_are_shared() {
    let places = places(&[("a", 100), ("b", 100), ("centre", 10)]);
    let from =
        |name: &str, more: &str| programme(&format!("from_{name}"), &format!("\"{name}\""), "centre", more);
    let free = "free_places_only = true";
    for text in both("1 month", &places, [&from("a", free), &from("b", free)]) {
        let summary = run(&text, 2_000);
        always(at(&summary, 2).points[1], 50.0);
        equal(&people::<3>(&expected(&text)), &[80.0, 80.0, 50.0]);
        // Forty of eighty claims are filled.
        near("a", at(&summary, 0).points[1], 80.0, (40.0 * 0.25 * 40.0 / 79.0f64).sqrt(), 0.0);
    }
    // What one does not need is the other's.
    let few = format!("{free}\nseats = 5");
    for text in both("1 month", &places, [&from("a", &few), &from("b", free)]) {
        for summary in [run(&text, 50), expected(&text)] {
            equal(&[at(&summary, 2).points[1].mean], &[50.0]);
        }
    }
}

#[test]
fn seats_towards_a_place_that_refuses_are_not_used() {
    let places = places(&[("camp", 1000), ("centre!", 50), ("home", 0)]);
    let leave = "[moves.completion]\nfrom = \"centre\"\nto = \"home\"\nrate = { per_month = 0.2 }\n";
    let intake = programme("intake", "\"camp\"", "centre", "seats = 500\ncap_per_year = 60");
    let text = monthly("12 months", &format!("{places}{leave}{intake}"));
    for summary in [run(&text, 200), expected(&text)] {
        let went = flow(&summary, Mechanism::Programme(0)).to_date[11].mean;
        equal(&measured(&summary, "programmes.intake", "seats_used_to_date")[11..], &[went]);
        equal(&measured(&summary, "programmes.intake", "seats_used")[..1], &[0.0]);
        // The cap counts those who went: it is reached in the year, and not by those who were sent back in January.
        equal(&[went], &[60.0]);
        // Those sent back wait on.
        let wait = measured(&summary, "programmes.intake", "wait")[11];
        assert!((wait - 12.0 * 970.0 / 60.0).abs() < 4.0, "{wait}");
    }
}
