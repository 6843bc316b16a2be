//! Promise: every random number belongs to a name. Threads, other places and later changes leave it alone.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use repatria::internals::ensemble::summary::{PeopleSeries, Summary, Where};
use repatria::internals::ensemble::{Unwatched, simulate};
use support::{program, run};

const EXAMPLE: &str = include_str!("../scenarios/two_prisons_and_a_camp.toml");

fn same_people(left: &Summary, right: &Summary, boundaries: std::ops::RangeInclusive<usize>) {
    for (left, right) in left.people.iter().zip(&right.people) {
        assert_eq!(
            left.points[boundaries.clone()],
            right.points[boundaries.clone()],
            "{:?} {:?}",
            left.place,
            left.groups
        );
    }
    for (left, right) in left.flows.iter().zip(&right.flows) {
        let steps = *boundaries.start()..*boundaries.end();
        assert_eq!(
            left.to_date[steps.clone()],
            right.to_date[steps],
            "{:?} {:?}",
            left.mechanism,
            left.groups
        );
    }
}

#[test]
fn threads_do_not_matter() {
    let program = program(EXAMPLE);
    let one = simulate(&program, 7, 0..300, 1, &Unwatched).unwrap();
    let two = simulate(&program, 7, 0..300, 2, &Unwatched).unwrap();
    let five = simulate(&program, 7, 0..300, 5, &Unwatched).unwrap();
    same_people(&one, &two, 0..=72);
    same_people(&one, &five, 0..=72);
    for (left, right) in one.rates.iter().zip(&two.rates) {
        // Not a number, where there are no person-years, is not equal to itself: compare what is printed.
        assert_eq!(format!("{:?}", left.points), format!("{:?}", right.points));
    }
}

#[test]
fn replicates_do_not_depend_on_where_a_run_starts() {
    let program = program(EXAMPLE);
    let alone = simulate(&program, 7, 130..131, 1, &Unwatched).unwrap();
    // The same replicate as one of the middle lanes of a block: its value is the difference of two sums.
    let with = simulate(&program, 7, 100..131, 1, &Unwatched).unwrap();
    let without = simulate(&program, 7, 100..130, 1, &Unwatched).unwrap();
    for ((alone, with), without) in alone.people.iter().zip(&with.people).zip(&without.people) {
        let value = with.points[72].mean * 31.0 - without.points[72].mean * 30.0;
        assert!((value - alone.points[72].mean).abs() < 1e-6, "{value} {}", alone.points[72].mean);
    }
}

#[test]
fn a_place_that_nobody_enters_changes_nothing_else() {
    let before = run(EXAMPLE, 200);
    // In front of all other places, so that every index moves.
    let wider = EXAMPLE
        .replace("[places.north_prison]", "[places.empty_wing]\nkind = \"prison\"\n\n[places.north_prison]");
    let after = run(&wider, 200);
    let of_place = |series: &&PeopleSeries, place: usize| series.place == Where::Place(place);
    for place in 0..6 {
        let old: Vec<_> = before.people.iter().filter(|series| of_place(series, place)).collect();
        let new: Vec<_> = after.people.iter().filter(|series| of_place(series, place + 1)).collect();
        assert_eq!(old.len(), new.len());
        for (old, new) in old.iter().zip(new) {
            assert_eq!(old.points, new.points, "place {place} {:?}", old.groups);
        }
    }
}

#[test]
fn a_policy_changes_nothing_before_its_date() {
    let before = run(EXAMPLE, 200);
    for policy in [
        r#"changes = [{ field = "moves.death.rate", times = 3 }]"#,
        r#"changes = [{ field = "programmes.flights.seats", set = 200 }]"#,
        r#"changes = [{ field = "shocks.mass_escape.rate", times = 9 }]"#,
        r#"changes = [{ field = "parameters.political_will", times = 2 }]"#,
        r#"changes = [{ field = "births.camp.rate", times = 2 }, { field = "ageing.turning_18.rate", times = 0.5 }]"#,
    ] {
        // Month 30 is July 2027.
        let text = format!("{EXAMPLE}\n[policies.later]\nfrom = \"2027-07\"\n{policy}\n");
        let after = run(&text, 200);
        same_people(&before, &after, 0..=30);
        let differs =
            before.people.iter().zip(&after.people).any(|(left, right)| left.points[72] != right.points[72]);
        assert!(differs, "the policy has no effect at all: {policy}");
    }
}
