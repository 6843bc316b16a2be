//! Property: a price ten times as high makes ten times the cost, in every digit that a reader sees.

use proptest::prelude::*;
use repatria::internals::ensemble::summary::Stat;

use crate::cases;
use crate::named::{means, replicates};
use crate::scenario::{STEPS, Scenario, Tape, base};

/// Prices of everything that may have one, times a power of ten.
fn priced(scenario: &Scenario, power: i32) -> String {
    let mut scenario = scenario.clone();
    scenario.sections.retain(|(name, _)| !name.starts_with("costs"));
    let price = |amount: f64| format!("{:e}", amount * 10f64.powi(power));
    scenario.add("costs", "currency = \"USD\"\n");
    scenario.add(
        "costs.places.camp",
        format!("per_person_month = {}\nfixed_per_month = {}\n", price(12.5), price(300.0)),
    );
    scenario.add("costs.places.prison", format!("per_person_month = {}\n", price(0.07)));
    scenario.add("costs.moves.death", format!("per_person = {}\n", price(1234.567)));
    if scenario.has("programmes.flights") {
        scenario.add(
            "costs.programmes.flights",
            format!("per_person = {}\nper_occasion = {}\n", price(1500.0), price(6e4)),
        );
    }
    scenario.add("outcomes.cost", "measure = { of = \"costs\", name = \"cost\" }\n");
    scenario.add("outcomes.one_month", "measure = { of = \"costs\", name = \"cost\" }\ntake = \"max\"\n");
    scenario.text()
}

/// All that is told of a number.
fn reported(stat: &Stat) -> Vec<f64> {
    let spread = stat.spread.iter().flat_map(|spread| [spread.sd].into_iter().chain(spread.quantiles));
    [stat.mean].into_iter().chain(spread).collect()
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn costs_scale_with_prices(choices in prop::collection::vec(any::<u32>(), 48), step in 1..4usize, power in -9..10i32) {
        let (step, horizon) = STEPS[step];
        let scenario = base(&mut Tape::new(choices), step, horizon);
        let (one, other) = (priced(&scenario, 0), priced(&scenario, power));
        let scale = 10f64.powi(power);
        for (known, found) in [(means(&one), means(&other)), (replicates(&one, 100), replicates(&other, 100))] {
            for (name, points) in known.iter().filter(|(name, _)| name.contains("cost") || name.contains("one_month")) {
                for (point, (known, found)) in points.iter().zip(&found[name]).enumerate() {
                    for (index, (known, found)) in reported(known).iter().zip(reported(found)).enumerate() {
                        let known = known * scale;
                        // What cancels in a standard deviation is of the size of the mean.
                        let size = if index == 1 { known.abs().max(1e-3 * points[point].mean.abs() * scale) } else { known.abs() };
                        prop_assert!(
                            (found - known).abs() <= 1e-9 * size,
                            "{name}, point {point}, number {index}, prices x 1e{power}: {found} for {known}\n{other}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn costs_of_replicates_are_those_of_expected_mode(choices in prop::collection::vec(any::<u32>(), 48), step in 1..4usize, power in -9..10i32) {
        let (step, horizon) = STEPS[step];
        let text = priced(&base(&mut Tape::new(choices), step, horizon), power);
        let (exact, random) = (means(&text), replicates(&text, 300));
        for (name, points) in exact.iter().filter(|(name, _)| name.contains("cost")) {
            let (Some(known), Some(found)) = (points.last(), random[name].last()) else { continue };
            let error = found.spread.unwrap().mc_se;
            // A place that has emptied costs nothing in any of the replicates, and next to nothing in the mean.
            let most = points.iter().map(|stat| stat.mean).fold(0.0, f64::max);
            prop_assert!(
                (found.mean - known.mean).abs() <= 5.0 * error + 1e-4 * most,
                "{name}: {} for {}, standard error {error}\n{text}", found.mean, known.mean
            );
            let vanishes = known.mean > 0.05 * most && found.mean == 0.0;
            prop_assert!(!vanishes, "{name} vanishes: {} for {}", found.mean, known.mean);
        }
    }
}
