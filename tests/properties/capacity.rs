//! Property: a limit that is never reached is no limit, and more places let in more and leave less to the other exits.

use proptest::prelude::*;

use crate::cases;
use crate::named::{differences, means};
use crate::scenario::{STEPS, Tape, base};

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn a_capacity_that_is_never_reached_is_none(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        let tape = &mut Tape::new(choices);
        let (step, horizon) = STEPS[step];
        let mut scenario = base(tape, step, horizon);
        let rule = tape.pick(&["\"refuse\"", "\"wait\"", "{ divert = [\"home\"] }"]);
        let rate = tape.pick(&["{ mean_stay = \"1 month\" }", "{ per_year = 0.7 }"]);
        let who = scenario.who(tape);
        scenario.add("moves.to_centre", format!("from = [\"camp\", \"prison\"]\nto = \"centre\"\n{who}rate = {rate}\n"));
        scenario.add("moves.completed", "from = \"centre\"\nto = \"home\"\nrate = { mean_stay = \"3 months\" }\n");
        if tape.yes() {
            scenario.add("stays.sent_on", "at = \"camp\"\nto = \"centre\"\nlength = { gamma = { mean = \"2 months\", shape = 3 } }\n");
        }
        let (mut free, mut limited) = (scenario.clone(), scenario);
        free.place("centre", "centre", 50, "");
        limited.place("centre", "centre", 50, &format!("capacity = 10000000\nwhen_full = {rule}\n"));
        // Of the ways there it is written where they may end: the names of their flows are not the same.
        let other = |name: &str| !["centre", "sent_on"].iter().any(|word| name.contains(word));
        let off = differences(&means(&limited.text()), &means(&free.text()), other);
        prop_assert!(off.is_empty(), "{off:#?}\n{}", limited.text());
    }

    #[test]
    fn more_places_let_in_more_and_leave_less_to_others(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        let tape = &mut Tape::new(choices);
        let (step, horizon) = STEPS[step];
        let scenario = base(tape, step, horizon);
        let rule = tape.pick(&["\"refuse\"", "\"wait\""]);
        let stay = tape.yes();
        let mut before: Option<(f64, f64, String)> = None;
        for places in [0, 7, 300, 2500, 100_000] {
            let mut scenario = scenario.clone();
            scenario.place("centre", "centre", 0, &format!("capacity = {places}\nwhen_full = {rule}\n"));
            let section = if stay { "stays.to_centre" } else { "moves.to_centre" };
            scenario.add(section, if stay {
                "at = \"camp\"\nto = \"centre\"\nlength = { gamma = { mean = \"2 months\", shape = 2 } }\n"
            } else {
                "from = \"camp\"\nto = \"centre\"\nrate = { mean_stay = \"2 months\" }\n"
            });
            let text = scenario.text();
            let numbers = means(&text);
            // The first flow of a mechanism is its total.
            let last = |address: &str| {
                let of = |(name, _): &(&String, _)| name.starts_with(&format!("flow of {address} ")) && name.ends_with("to date") && !name.contains('=');
                numbers.iter().filter(of).map(|(_, points): (_, &Vec<_>)| points.last().unwrap().mean).fold(0.0, f64::max)
            };
            let (admitted, died) = (last(section), last("moves.death"));
            if let Some((fewer, more, of)) = &before {
                prop_assert!(admitted >= fewer - 1e-6, "{admitted} with {places} places, {fewer} before\n{of}\n{text}");
                prop_assert!(died <= more + 1e-6, "{died} died with {places} places, {more} before\n{of}\n{text}");
            }
            before = Some((admitted, died, text));
        }
    }
}
