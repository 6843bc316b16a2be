//! Property: where a destination admits nobody, every other number is that of the scenario without that exit, at any step.

use proptest::prelude::*;

use crate::cases;
use crate::named::{differences, means, replicates, unlike};
use crate::scenario::{STEPS, Scenario, Tape, base};

/// A ward that fills on the way, beside the door that is shut.
fn ward(scenario: &mut Scenario) {
    scenario.place("ward", "centre", 0, "capacity = 300\nwhen_full = \"refuse\"\n");
    scenario
        .add("moves.falls_ill", "from = [\"camp\", \"prison\"]\nto = \"ward\"\nrate = { per_year = 2 }\n");
    scenario.add("moves.cured", "from = \"ward\"\nto = \"home\"\nrate = { mean_stay = \"2 months\" }\n");
}

/// A place that is full, with nobody who leaves it, and perhaps another to which people would be diverted.
fn shut(tape: &mut Tape, scenario: &mut Scenario) {
    let rule = tape.pick(&[
        "\"refuse\"",
        "\"wait\"",
        "{ divert = [\"full\"], otherwise = \"refuse\" }",
        "{ divert = [\"full\"], otherwise = \"wait\" }",
    ]);
    let (capacity, people) = if tape.yes() { (0, 0) } else { (300, 300) };
    scenario.place("shut", "prison", people, &format!("capacity = {capacity}\nwhen_full = {rule}\n"));
    scenario.place("full", "prison", 20, "capacity = 20\nwhen_full = \"refuse\"\n");
}

/// A way to the place that is shut.
fn exit(tape: &mut Tape, scenario: &Scenario, kind: u32) -> (&'static str, String) {
    let from = tape.pick(&["\"camp\"", "\"prison\"", "[\"camp\", \"prison\"]"]);
    let who = scenario.who(tape);
    match kind {
        0 => {
            let rate = tape.pick(&["{ mean_stay = \"1 month\" }", "{ per_year = 0.7 }", "{ per_day = 0.5 }"]);
            ("moves.to_shut", format!("from = {from}\nto = \"shut\"\n{who}rate = {rate}\n"))
        }
        1 => {
            let occasions = tape.pick(&["{ every = \"1 month\" }", "{ per_month = 2 }"]);
            let seats = tape.pick(&["seats = 40", "seats = 100000", "free_places_only = true"]);
            (
                "programmes.to_shut",
                format!("from = {from}\nto = \"shut\"\n{who}occasions = {occasions}\n{seats}\n"),
            )
        }
        // Of a place that has no other stay.
        _ => {
            let length = tape.pick(&[
                "{ exponential = { mean = \"20 days\" } }",
                "{ gamma = { mean = \"2 months\", shape = 3 } }",
                "{ fixed = \"40 days\" }",
                "{ lognormal = { mean = \"3 months\", cv = 1 } }",
            ]);
            ("stays.to_shut", format!("at = \"camp\"\nto = \"shut\"\n{who}length = {length}\n"))
        }
    }
}

/// Series that speak neither of the exit nor of the places that it leads to.
fn other(name: &str) -> bool {
    !["to_shut", "places.shut", "places.full"].iter().any(|word| name.contains(word))
}

/// Scenarios with an exit that leads nowhere, and the same without.
fn pair(tape: &mut Tape, step: usize, kinds: &[u32], limited: bool) -> (String, String) {
    let (step, horizon) = STEPS[step];
    let mut scenario = base(tape, step, horizon);
    if scenario.dimensions < 2 || limited {
        // Newborns who are mothers in the step of their birth are of third order in it, and so is what a door changes of theirs; so are
        // births of those who try several doors in a step, where one of them fills.
        scenario.sections.retain(|(name, _)| name != "births.born");
    }
    shut(tape, &mut scenario);
    if limited {
        ward(&mut scenario);
    }
    let without = scenario.text();
    for kind in kinds {
        let (name, body) = exit(tape, &scenario, *kind);
        scenario.add(name, body);
    }
    (scenario.text(), without)
}

/// Checks in expected mode that an exit to a closed door changes nothing.
fn check(tape: &mut Tape, step: usize, kinds: &[u32], limited: bool) -> Result<(), TestCaseError> {
    let (with, without) = pair(tape, step, kinds, limited);
    let off = differences(&means(&with), &means(&without), other);
    let first: Vec<_> = off.iter().take(5).collect();
    prop_assert!(off.is_empty(), "{} series differ: {first:#?}\n{with}", off.len());
    Ok(())
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_move_to_a_closed_door_changes_nothing_else(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        check(&mut Tape::new(choices), step, &[0], false)?;
    }

    #[test]
    fn a_programme_to_a_closed_door_changes_nothing_else(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        check(&mut Tape::new(choices), step, &[1], false)?;
    }

    #[test]
    fn a_stay_whose_next_place_is_closed_is_as_if_it_never_ended(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        check(&mut Tape::new(choices), step, &[2], false)?;
    }

    #[test]
    fn nor_do_all_of_them_beside_a_place_that_fills(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        check(&mut Tape::new(choices), step, &[0, 1, 2], true)?;
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn replicates_are_as_without_the_exit(choices in prop::collection::vec(any::<u32>(), 48), step in 1..4usize) {
        let (with, without) = pair(&mut Tape::new(choices), step, &[0, 2], false);
        let off = unlike(&replicates(&with, 400), &replicates(&without, 400), other);
        let first: Vec<_> = off.iter().take(5).collect();
        prop_assert!(off.is_empty(), "{} series differ: {first:#?}\n{with}", off.len());
    }
}
