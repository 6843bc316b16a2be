//! Promise: the bytes of every table are the same for any number of threads, any instructions, and any split of the replicates
//! into runs that are merged.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
#![allow(clippy::single_range_in_vec_init, reason = "a list of one part is meant")]

mod support;

use std::ops::Range;
use std::sync::Arc;

use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use repatria::internals::ensemble::shapley::{Shapley, VariantWithParts};
use repatria::internals::ensemble::{Ensemble, Machine, Mode, SimulateError, Track, Unwatched};
use repatria::internals::output::csv;
use repatria::internals::output::table::{
    Attributions, ByVariant, DifferencesTable, Events, FlowsTable, Measures, OutcomesTable, Parameters,
    PeopleTable, Rates, Table,
};
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::scenario::{ScenarioVariants, Source, load};

/// Everything that is counted in its own way: groups, births, ageing, a stay, flights, a shock, a regime, costs, outcomes of
/// every kind, a variant of two parts and one with a place of its own.
const SCENARIO: &str = r#"
title = "Bytes"
start = "2025-01"
horizon = "9 months"
step = "month"
[dimensions]
age = ["adults", "children"]
[parameters.will]
value = 1
distribution = { lognormal = { median = 1, sigma = 0.3 } }
[places.camp]
kind = "camp"
capacity = 900
people = [{ count = 900, split = { by = "age", shares = { adults = 0.4, children = 0.6 } } }]
[places.prison]
kind = "prison"
[places.home]
kind = "community"
[births.camp]
at = "camp"
mothers = { age = "adults" }
newborn = { age = "children" }
rate = { per_year = 0.06 }
[ageing.turning_18]
who = { age = "children" }
becomes = { age = "adults" }
rate = { mean_stay = "12 years" }
[moves.arrest]
from = "camp"
to = "prison"
who = { age = "adults" }
rate = { per_year = 0.1 }
[moves.release]
from = "prison"
to = "home"
rate = { mean_stay = "6 months" }
counts_as = "release"
[programmes.flights]
from = "camp"
to = "home"
occasions = { per_year = "8 * will" }
seats = { mean = 20, sd = 6 }
counts_as = "return"
[shocks.storm]
at = "camp"
rate = { per_year = 0.5 }
share = { beta = { mean = 0.1, sd = 0.05 } }
to = "home"
[costs]
currency = "USD"
[costs.places.camp]
per_person_month = 41.7
[outcomes.low]
label = "Below 840"
people = { at = "camp" }
take = { first_below = 840 }
[outcomes.stormy]
label = "Any storm"
events = "shocks.storm"
above = 0
[outcomes.cost]
label = "Cost"
measure = { of = "costs", name = "cost" }
[variants.quicker]
changes = [
  { field = "moves.release.rate", times = 2, from = "2025-07" },
  { field = "parameters.will", times = 1.5 },
]
[variants.annex]
changes = [{ field = "moves.arrest.rate", times = 0.5 }]
[variants.annex.add.places.annex]
kind = "camp"
[variants.annex.add.moves.to_the_annex]
from = "camp"
to = "annex"
rate = { per_year = 0.3 }
"#;

const SEED: u64 = 11;

/// The bytes of every table of a run of these replicates, each range run by itself and then merged.
fn bytes(
    scenario: &ScenarioVariants,
    machine: Machine,
    ranges: &[Range<u64>],
) -> Vec<(&'static str, Vec<u8>)> {
    let models: Vec<_> =
        std::iter::once(&scenario.baseline).chain(scenario.variants.iter().map(|it| &it.model)).collect();
    let names: Vec<&str> =
        std::iter::once(BASELINE).chain(scenario.variants.iter().map(|it| it.name.as_str())).collect();
    let programs: Vec<Arc<Program>> = models.iter().map(|model| compile(model)).collect();
    let tracks: Vec<Track> =
        names.iter().zip(&programs).map(|(name, program)| Track::new(name, program)).collect();
    let mut whole = Ensemble::new(&tracks, 0, SEED, machine).unwrap();
    for range in ranges {
        let mut one = Ensemble::new(&tracks, 0, SEED, machine).unwrap();
        one.add(range.clone(), &Unwatched).unwrap();
        whole.merge(&one);
    }

    let variant = &scenario.variants[0];
    let labels: Vec<String> = variant.parts.iter().map(|part| part.label.clone()).collect();
    let build = |keep: &[bool]| -> Result<Arc<Program>, SimulateError> {
        Ok(compile(&scenario.with_parts(variant, keep).unwrap()))
    };
    let parted =
        || VariantWithParts { name: &variant.name, label: &variant.label, parts: &labels, build: &build };
    let mut parts = Shapley::new(parted(), SEED, machine, Mode::MonteCarlo).unwrap();
    for range in ranges {
        let mut one = Shapley::new(parted(), SEED, machine, Mode::MonteCarlo).unwrap();
        one.add(range.clone(), &Unwatched).unwrap();
        parts.merge(&one);
    }

    let described = names.iter().zip(&models).zip(whole.summaries());
    let answer = Answer {
        variants: described
            .map(|((name, model), summary)| VariantAnswer {
                name: (*name).into(),
                label: (*name).into(),
                model: (*model).clone(),
                summary,
            })
            .collect(),
        against: 0,
        comparisons: whole.comparisons(),
        attributions: vec![parts.attribution()],
        precision: Vec::new(),
    };
    let tables: [&dyn Table; 9] = [
        &ByVariant(PeopleTable),
        &ByVariant(FlowsTable),
        &ByVariant(Rates),
        &ByVariant(Events),
        &ByVariant(Measures),
        &ByVariant(OutcomesTable),
        &DifferencesTable,
        &Attributions,
        &ByVariant(Parameters),
    ];
    // Tables leave digits out.
    let all_digits = ("all digits", format!("{answer:?}").into_bytes());
    let written = tables.iter().filter(|table| table.applies(&answer)).map(|table| {
        let mut bytes = Vec::new();
        csv::write(&table.columns(&answer), |sink| table.rows(&answer, sink), &mut bytes).unwrap();
        (table.name(), bytes)
    });
    written.chain([all_digits]).collect()
}

#[test]
fn threads_instructions_and_splits_change_no_byte_of_any_table() {
    let (scenario, _) = load(&Source::new("bytes.toml", SCENARIO)).unwrap();
    let best = |threads| Machine { threads, level: InstructionLevel::best() };
    let once = bytes(&scenario, best(1), &[0..10_000]);
    let names: Vec<&str> = once.iter().map(|(name, _)| *name).collect();
    for name in ["people", "flows", "rates", "events", "measures", "outcomes", "differences", "attribution"] {
        assert!(names.contains(&name), "{names:?}");
    }
    // The bytes are those of numbers that vary.
    let (_, differences) = once.iter().find(|(name, _)| *name == "differences").unwrap();
    assert!(String::from_utf8_lossy(differences).lines().count() > 400);

    // Ten parts in another order, at no multiples of anything.
    let ends = [0, 1_003, 2_000, 3_050, 4_001, 4_999, 6_100, 7_007, 8_192, 9_001, 10_000];
    let ten: Vec<Range<u64>> = ends.windows(2).rev().map(|ends| ends[0]..ends[1]).collect();
    let others = InstructionLevel::all().into_iter().map(|level| Machine { threads: 2, level });
    let runs = others.map(|machine| (machine, &[0..10_000][..])).chain([(best(2), &ten[..])]);
    for (machine, ranges) in runs {
        let found = bytes(&scenario, machine, ranges);
        for ((name, one), (_, other)) in once.iter().zip(&found) {
            assert!(one == other, "{name} differs with {machine:?} in {} parts", ranges.len());
        }
        assert_eq!(once.len(), found.len());
    }
}
