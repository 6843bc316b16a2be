//! Amounts of any size: prices in any unit give the same answer in that unit.

use proptest::prelude::*;
use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::comparison::{Comparison, PairedSpread};
use repatria::internals::ensemble::summary::{Stat, Summary};
use repatria::internals::ensemble::{Ensemble, SimulateError, Track, Unwatched, expect};
use repatria::internals::scenario::{Source, load};
use std::sync::Arc;

use crate::support::{expected, measure, run};
use crate::{equal, monthly};

/// A camp that empties, flights, a storm, and a variant with more seats; with these prices in this unit.
#[derive(Clone, Debug)]
struct Priced {
    people: u32,
    exits: f64,
    seats: u32,
    storms: f64,
    prices: [f64; 5],
    discounted: bool,
}

impl Priced {
    fn text(&self, times: f64) -> String {
        let Priced { people, exits, seats, storms, .. } = self;
        let [month, fixed, flight, person, storm] = self.prices.map(|price| price * times);
        let discount = if self.discounted { "discount_rate = 0.05\n" } else { "" };
        // No number of person-months comes to just that: whether a tie is above is rounding, which differs with the unit.
        let least = 2.8182818 * month * f64::from(*people);
        monthly(
            "4 months",
            &format!(
                r#"[places.camp]
kind = "camp"
capacity = 400
people = [{{ count = {people} }}]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = {{ per_year = {exits:e} }}
[programmes.flights]
from = "camp"
to = "home"
occasions = {{ per_year = 9 }}
seats = {seats}
[shocks.storm]
at = "camp"
rate = {{ per_year = {storms:e} }}
share = 0.2
to = "home"
[costs]
currency = "USD"
{discount}[costs.places.camp]
per_person_month = {month:e}
fixed_per_month = {fixed:e}
[costs.programmes.flights]
per_occasion = {flight:e}
per_person = {person:e}
[costs.shocks.storm]
per_person = {storm:e}
[outcomes.cost]
label = "Cost"
measure = {{ of = "costs", name = "cost" }}
[outcomes.moved]
label = "Moved"
flow = {{ by = "programmes.flights" }}
[outcomes.each]
label = "Cost for each"
share = {{ of = "cost", over = "moved" }}
[outcomes.dear]
label = "When it grew dear"
measure = {{ of = "costs", name = "cost" }}
take = {{ first_above = {least:e} }}
[variants.more]
changes = [{{ field = "programmes.flights.seats", times = 2 }}]
"#
            ),
        )
    }
}

fn priced() -> impl Strategy<Value = Priced> {
    let prices = prop::array::uniform5(prop_oneof![Just(0.0), 0.01..9.0, 1e-6..1e-3, 100.0..1e5]);
    (50u32..400, 0.1..2.0, 3u32..30, prop_oneof![Just(0.02), 0.1..2.0], prices, any::<bool>()).prop_map(
        |(people, exits, seats, storms, prices, discounted)| Priced {
            people,
            exits,
            seats,
            storms,
            prices,
            discounted,
        },
    )
}

fn both(text: &str, replicates: u64) -> (Vec<Summary>, Comparison) {
    let (scenario, _) =
        load(&Source::new("test.toml", text.to_string())).unwrap_or_else(|it| panic!("{it:#?}\n{text}"));
    let programs: Vec<Arc<Program>> =
        [&scenario.baseline, &scenario.variants[0].model].map(compile).into_iter().collect();
    let tracks = [Track::new("baseline", &programs[0]), Track::new("more", &programs[1])];
    let mut ensemble = Ensemble::new(&tracks, 0, 5, 2).unwrap();
    ensemble.add(0..replicates, &Unwatched).unwrap();
    (ensemble.summaries(), ensemble.comparisons().remove(0))
}

/// Whether two numbers are the same to 1e-9 of themselves, or to what rounding leaves of numbers of this size.
fn same(what: &str, one: f64, other: f64, size: f64) {
    let near = one == other || (one - other).abs() <= 1e-9 * one.abs() + 1e-13 * size;
    assert!(near || (one.is_nan() && other.is_nan()), "{what}: {one} and {other}");
}

fn same_stats(what: &str, one: Stat, other: Stat, times: f64) {
    let size =
        one.spread.map_or(one.mean, |it| it.quantiles.iter().fold(one.mean, |most, q| most.max(q.abs())))
            * times;
    same(what, one.mean * times, other.mean, size);
    let Some((one, other)) = one.spread.zip(other.spread) else { return };
    assert_eq!(one.replicates, other.replicates, "{what}");
    same(what, one.sd * times, other.sd, size);
    same(what, one.mc_se * times, other.mc_se, size);
    same_quantiles(what, (one.replicates, times), &one.quantiles, &other.quantiles, size);
}

/// Of up to 512 different values quantiles are exact; of more they are known to a bin, half a percent of the band, and rounding chooses
/// the bin of what lies on an edge.
fn same_quantiles(what: &str, (replicates, times): (u64, f64), one: &[f64], other: &[f64], size: f64) {
    let band = (one[one.len() - 1] - one[0]) * times;
    let bin = if replicates > 512 { 0.005 * band } else { 0.0 };
    for (one, other) in one.iter().zip(other) {
        if (one * times - other).abs() > bin {
            same(what, one * times, *other, size);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn prices_in_another_unit_give_the_same_in_that_unit(priced in priced(), power in -9i32..=9, many: bool) {
        let times = libm::pow(10.0, f64::from(power));
        // More different values than have their own counts, and fewer.
        let replicates = if many { 900 } else { 150 };
        let (one, other) = (both(&priced.text(1.0), replicates), both(&priced.text(times), replicates));
        for (one, other) in one.0.iter().zip(&other.0) {
            for (one, other) in one.measures.iter().zip(&other.measures) {
                let times = if one.unit == "USD" { times } else { 1.0 };
                for (point, (one_at, other_at)) in one.points.iter().zip(&other.points).enumerate() {
                    same_stats(&format!("{} {} {point}", one.subject, one.measure), *one_at, *other_at, times);
                }
            }
            for (one, other) in one.outcomes.iter().zip(&other.outcomes) {
                let times = if one.unit.words().starts_with("USD") { times } else { 1.0 };
                assert_eq!((one.stat.is_some(), one.probability), (other.stat.is_some(), other.probability));
                if let Some((one, other)) = one.stat.zip(other.stat) {
                    same_stats("outcome", one, other, times);
                }
            }
        }
        for (one, other) in one.1.series.iter().zip(&other.1.series) {
            let times = if one.unit == "USD" { times } else { 1.0 };
            for (one_at, other_at) in one.points.iter().zip(&other.points) {
                let Some((one_at, other_at)) = one_at.zip(*other_at) else { continue };
                let what = format!("{:?}", one.name);
                let (spread, with) = (one_at.spread.unwrap(), other_at.spread.unwrap());
                let size = (one_at.against_mean.abs() + one_at.mean.abs() + spread.sd * 30.0) * times;
                same(&what, one_at.mean * times, other_at.mean, size);
                same(&what, spread.sd * times, with.sd, size);
                same(&what, spread.mc_se * times, with.mc_se, size);
                same_quantiles(&what, (replicates, times), &spread.quantiles, &with.quantiles, size);
                let order = |it: PairedSpread| [it.lower, it.equal, it.higher];
                assert!(order(spread) == order(with), "{what}");
            }
        }
    }

    #[test]
    fn what_does_not_vary_costs_as_in_expected_mode(people in 1u32..1_000_000, price in 1e-12f64..1.0, power in -9i32..=15) {
        let price = price * libm::pow(10.0, f64::from(power));
        let text = monthly("3 months", &format!("[places.camp]\nkind = \"camp\"\npeople = [{{ count = {people} }}]\n[places.home]\nkind = \"community\"\n[costs]\ncurrency = \"USD\"\nplaces.camp = {{ per_person_month = {price:e} }}\n"));
        let known = expected(&text);
        let found = run(&text, 70);
        for what in ["cost", "cost_to_date"] {
            for (found, known) in measure(&found, "costs", what).iter().zip(measure(&known, "costs", what)) {
                same("mean", known.mean, found.mean, 0.0);
                let spread = found.spread.unwrap();
                same("sd", 0.0, spread.sd, found.mean * 1e-3);
                spread.quantiles.iter().for_each(|quantile| same("quantile", known.mean, *quantile, 0.0));
            }
        }
    }
}

#[test]
fn money_in_millions_is_not_lost() {
    let text = "[places.camp]\nkind = \"camp\"\ncapacity = 10\npeople = [{ count = 3 }]\n[places.home]\nkind = \"community\"\n[costs]\ncurrency = \"million USD\"\nplaces.camp = { per_person_month = 0.00012 }\n[outcomes.cost]\nlabel = \"Cost\"\nmeasure = { of = \"costs\", name = \"cost\" }\n";
    let summary = run(&monthly("6 months", text), 50);
    let stat = summary.outcomes[0].stat.unwrap();
    equal(&[stat.mean, stat.spread.unwrap().quantiles[2]], &[0.00216; 2]);
    for point in measure(&summary, "costs", "cost") {
        equal(&[point.mean, point.spread.unwrap().quantiles[0]], &[0.00036; 2]);
    }
}

#[test]
fn weak_currencies_are_not_cut() {
    let mut priced = Priced {
        people: 300,
        exits: 0.5,
        seats: 10,
        storms: 0.1,
        prices: [1e12, 0.0, 0.0, 0.0, 0.0],
        discounted: false,
    };
    let (summaries, comparison) = both(&priced.text(1.0), 200);
    let stat = summaries[0].outcomes[0].stat.unwrap();
    assert!(stat.mean > 1e14 && stat.spread.unwrap().sd > 1e12);
    let difference = comparison.outcome("cost").unwrap().difference.unwrap();
    assert!(difference.mean < 0.0 && difference.spread.unwrap().lower > 0.9);
    // A cost that no replicate of the first block has.
    priced = Priced { storms: 0.002, prices: [0.0, 0.0, 0.0, 0.0, 3e-7], ..priced };
    let (summaries, _) = both(&priced.text(1.0), 2_000);
    let stat = summaries[0].outcomes[0].stat.unwrap();
    assert!(stat.mean > 0.0 && stat.spread.unwrap().sd > stat.mean);
}

#[test]
fn what_does_not_fit_is_an_error_that_names_it() {
    let text = "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[places.home]\nkind = \"community\"\n[costs]\ncurrency = \"USD\"\nplaces.camp = { per_person_month = 1e306 }\n";
    let Ok(loaded) = load(&Source::new("test.toml", monthly("1 month", text))) else { return };
    let program = compile(&loaded.0.baseline);
    let mut ensemble = Ensemble::new(&[Track::new("baseline", &program)], 0, 1, 1).unwrap();
    match ensemble.add(0..10, &Unwatched) {
        Err(SimulateError::TooLarge { number, .. }) => assert!(number.contains("cost"), "{number}"),
        other => panic!("{other:?}"),
    }
    assert!(expect(&program).is_ok());
}
