//! Property: a price ten times as high makes ten times the cost, in every digit that a reader sees.

use proptest::prelude::*;
use repatria::internals::ensemble::summary::Stat;

use crate::cases;
use crate::named::{histories, means};
use crate::world::{STEPS, Tape, World, base};

/// Prices of everything that may have one, times a power of ten.
fn priced(world: &World, power: i32) -> String {
    let mut world = world.clone();
    world.sections.retain(|(name, _)| !name.starts_with("costs"));
    let price = |amount: f64| format!("{:e}", amount * 10f64.powi(power));
    world.add("costs", "currency = \"USD\"\n");
    world.add(
        "costs.places.camp",
        format!("per_person_month = {}\nfixed_per_month = {}\n", price(12.5), price(300.0)),
    );
    world.add("costs.places.prison", format!("per_person_month = {}\n", price(0.07)));
    world.add("costs.moves.death", format!("per_person = {}\n", price(1234.567)));
    if world.has("programmes.flights") {
        world.add(
            "costs.programmes.flights",
            format!("per_person = {}\nper_occasion = {}\n", price(1500.0), price(6e4)),
        );
    }
    world.add("outcomes.cost", "measure = { of = \"costs\", name = \"cost\" }\n");
    world.add("outcomes.one_month", "measure = { of = \"costs\", name = \"cost\" }\ntake = \"max\"\n");
    world.text()
}

/// All that is told of a number.
fn told(stat: &Stat) -> Vec<f64> {
    let spread = stat.spread.iter().flat_map(|spread| [spread.sd].into_iter().chain(spread.quantiles));
    [stat.mean].into_iter().chain(spread).collect()
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn costs_scale_with_prices(choices in prop::collection::vec(any::<u32>(), 48), step in 1..4usize, power in -9..10i32) {
        let (step, horizon) = STEPS[step];
        let world = base(&mut Tape::new(choices), step, horizon);
        let (one, other) = (priced(&world, 0), priced(&world, power));
        let scale = 10f64.powi(power);
        for (known, found) in [(means(&one), means(&other)), (histories(&one, 100), histories(&other, 100))] {
            for (name, points) in known.iter().filter(|(name, _)| name.contains("cost") || name.contains("one_month")) {
                for (point, (known, found)) in points.iter().zip(&found[name]).enumerate() {
                    for (index, (known, found)) in told(known).iter().zip(told(found)).enumerate() {
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
    fn costs_of_histories_are_those_of_expected_mode(choices in prop::collection::vec(any::<u32>(), 48), step in 1..4usize, power in -9..10i32) {
        let (step, horizon) = STEPS[step];
        let text = priced(&base(&mut Tape::new(choices), step, horizon), power);
        let (exact, random) = (means(&text), histories(&text, 300));
        for (name, points) in exact.iter().filter(|(name, _)| name.contains("cost")) {
            let (Some(known), Some(found)) = (points.last(), random[name].last()) else { continue };
            let error = found.spread.unwrap().mc_se;
            // A place that has emptied costs nothing in any of the histories, and next to nothing in the mean.
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
