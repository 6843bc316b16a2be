//! Property: the mean of replicates is that of expected mode wherever a scenario is linear in people.

use proptest::prelude::*;

use crate::cases;
use crate::named::{Numbers, means, replicates};
use crate::scenario::{STEPS, Scenario, Tape, base};

/// Groups that travel together, seats that are drawn, all far below the number of people.
fn groups(tape: &mut Tape, scenario: &mut Scenario) {
    let split = scenario.split();
    let convoy = tape.pick(&[
        "convoy = { mean = 1, sd = 2 }",
        "convoy = { mean = 5, sd = 6 }",
        "convoy = { table = { \"3\" = 0.7, \"20\" = 0.3 } }",
        "dispersion = 4",
    ]);
    let rate = tape.pick(&[
        "{ per_month = 12 }",
        "{ per_year = 9 }",
        "{ per_month = 200, season = { jan = 0, feb = 3 } }",
    ]);
    scenario.add("arrivals.convoys", format!("to = \"camp\"\n{split}\n{convoy}\nrate = {rate}\n"));
    let occasions = tape.pick(&["{ every = \"1 month\" }", "{ per_month = 3 }", "{ every = \"10 days\" }"]);
    let seats = tape.pick(&["2", "7.5", "{ mean = 5, sd = 6 }", "{ mean = 0.5, sd = 2 }"]);
    let family = match scenario.dimensions {
        2 => {
            "family = { head = { category = \"women\" }, with = { category = \"children\" }, mean_size = 2.8 }\n"
        }
        _ => "",
    };
    scenario.add(
        "programmes.vans",
        format!("from = \"camp\"\nto = \"home\"\noccasions = {occasions}\nseats = {seats}\n{family}"),
    );
}

/// Checks the last number of every series of people and flows.
fn check(exact: &Numbers, random: &Numbers) -> Vec<String> {
    let mut off = Vec::new();
    for (name, points) in
        exact.iter().filter(|(name, _)| name.starts_with("people") || name.ends_with("to date"))
    {
        let (known, found) = (points.last().unwrap(), random[name].last().unwrap());
        let error = found.spread.unwrap().mc_se;
        // Numbers of rare events are skewed: six errors, and what 600 replicates tell of a number of which they had few.
        let allowed = 6.0 * error + 0.004 + 1e-6 * known.mean;
        if (found.mean - known.mean).abs() > allowed {
            off.push(format!("{name}: {} for {}, standard error {error}", found.mean, known.mean));
        }
    }
    off
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn replicates_have_the_mean_of_expected_mode(choices in prop::collection::vec(any::<u32>(), 48), step in 0..4usize) {
        let tape = &mut Tape::new(choices);
        let (step, horizon) = STEPS[step];
        let mut scenario = base(tape, step, horizon);
        groups(tape, &mut scenario);
        let text = scenario.text();
        let off = check(&means(&text), &replicates(&text, 600));
        prop_assert!(off.is_empty(), "{off:#?}\n{text}");
    }
}
