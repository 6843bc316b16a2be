//! What a variant sets or adds to a list is what the list could have had from the beginning.

use repatria::internals::scenario::{ScenarioVariants, Source, load};

const SCENARIO: &str = r#"title = "Test"
start = "2025-01"
horizon = "3 years"
step = "month"
[dimensions]
age = ["adults", "children"]
[places.camp]
kind = "camp"
people = [{ who = { age = "adults" }, count = 1000 }]
[places.prison]
kind = "prison"
people = [{ who = { age = "adults" }, count = 100 }]
[places.home]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.1 }
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = 10
pauses = [{ from = "2025-05", until = "2025-07" }]
[shocks.storm]
at = "camp"
on = "2026-03"
share = 0.1
to = "home"
[policies.court]
from = "2026-01"
changes = [{ field = "moves.leave.rate", times = 2 }]
"#;

fn scenario(source: &Source) -> ScenarioVariants {
    load(source).unwrap_or_else(|problems| panic!("{problems:#?}")).0
}

/// A change, what it replaces in the scenario, by what, and its words.
const CHANGES: [(&str, &str, &str, &str); 9] = [
    (
        r#"{ field = "programmes.flights.pauses", set = [{ from = "2026-01", until = "2027-01" }] }"#,
        r#"pauses = [{ from = "2025-05", until = "2025-07" }]"#,
        r#"pauses = [{ from = "2026-01", until = "2027-01" }]"#,
        "Flights: paused from 2026-01 until 2027-01",
    ),
    (
        r#"{ field = "programmes.flights.pauses", add = [{ from = "2026-01", until = "2027-01" }] }"#,
        r#"pauses = [{ from = "2025-05", until = "2025-07" }]"#,
        r#"pauses = [{ from = "2025-05", until = "2025-07" }, { from = "2026-01", until = "2027-01" }]"#,
        "Flights: also paused from 2026-01 until 2027-01",
    ),
    (
        r#"{ field = "programmes.flights.pauses", set = [] }"#,
        r#"pauses = [{ from = "2025-05", until = "2025-07" }]"#,
        "",
        "Flights: without pauses",
    ),
    (
        r#"{ field = "programmes.flights.priority", add = [{ age = "children" }] }"#,
        "seats = 10",
        "seats = 10\npriority = [{ age = \"children\" }]",
        "Flights: with more priority",
    ),
    (
        r#"{ field = "moves.leave.from", add = ["prison"] }"#,
        "[moves.leave]\nfrom = \"camp\"",
        "[moves.leave]\nfrom = [\"camp\", \"prison\"]",
        "Leave: also from Prison",
    ),
    (
        r#"{ field = "shocks.storm.on", add = ["2026-09"] }"#,
        "on = \"2026-03\"",
        "on = [\"2026-03\", \"2026-09\"]",
        "Storm: also on 2026-09",
    ),
    (
        r#"{ field = "shocks.storm.then", set = [{ field = "programmes.flights.seats", times = 0, lasts = "2 months" }] }"#,
        "on = \"2026-03\"",
        "on = \"2026-03\"\nthen = [{ field = \"programmes.flights.seats\", times = 0, lasts = \"2 months\" }]",
        "Storm: with other then",
    ),
    (
        r#"{ field = "places.camp.people", add = [{ who = { age = "children" }, count = 50 }] }"#,
        r#"people = [{ who = { age = "adults" }, count = 1000 }]"#,
        r#"people = [{ who = { age = "adults" }, count = 1000 }, { who = { age = "children" }, count = 50 }]"#,
        "Camp: with more people",
    ),
    (
        r#"{ field = "policies.court.changes", add = [{ field = "programmes.flights.seats", times = 2 }] }"#,
        r#"changes = [{ field = "moves.leave.rate", times = 2 }]"#,
        r#"changes = [{ field = "moves.leave.rate", times = 2 }, { field = "programmes.flights.seats", times = 2 }]"#,
        "Court: with more changes",
    ),
];

#[test]
fn a_list_that_a_variant_changes_is_the_list_as_it_could_have_been() {
    for (change, from, to, words) in CHANGES {
        assert!(SCENARIO.contains(from), "{from}");
        let known = scenario(&Source::new("test.toml", SCENARIO.replacen(from, to, 1))).baseline;
        let variant = format!("[variants.v]\nchanges = [{change}]\n");
        let within = scenario(&Source::new("test.toml", format!("{SCENARIO}{variant}")));
        // As a file of its own beside the scenario.
        let beside = Source::new("beside.toml", format!("extends = \"test.toml\"\n{variant}"));
        let beside = scenario(&beside.with_file("test.toml", SCENARIO));
        for scenario in [within, beside] {
            assert_eq!(format!("{:?}", scenario.variants[0].model), format!("{known:?}"), "{change}");
            let parts: Vec<&str> =
                scenario.variants[0].parts.iter().map(|part| part.label.as_str()).collect();
            assert_eq!(parts, [words], "{change}");
            // Without its only part a variant is the scenario.
            let none = scenario.with_parts(&scenario.variants[0], &[false]).unwrap();
            assert_eq!(format!("{none:?}"), format!("{:?}", scenario.baseline), "{change}");
        }
    }
}

/// Twice the flights from a date and a pause, each a part, and both in what is based on them.
#[test]
fn lists_and_numbers_change_side_by_side() {
    let text = format!(
        "{SCENARIO}{}",
        r#"[variants.twice]
changes = [
  { field = "programmes.flights.seats", times = 2, from = "2026-01" },
  { field = "programmes.flights.pauses", set = [{ from = "2026-06", until = "2026-09" }] },
]
[variants.longer]
based_on = "twice"
changes = [{ field = "programmes.flights.pauses", add = [{ from = "2027-01", until = "2027-03" }] }]
[variants.buses]
changes = [{ field = "programmes.buses.pauses", set = [{ from = "2026-01", until = "2026-03" }] }]
[variants.buses.add.programmes.buses]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = 5
"#
    );
    let scenario = scenario(&Source::new("test.toml", text));
    let parts = |variant: usize| {
        let parts = scenario.variants[variant].parts.iter();
        parts.map(|part| part.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(parts(0), ["Flights: seats × 2 from 2026-01", "Flights: paused from 2026-06 until 2026-09"]);
    assert_eq!(parts(1)[2], "Flights: also paused from 2027-01 until 2027-03");
    // What is changed about something that is added belongs to it.
    assert_eq!(parts(2), ["with Buses"]);
}

/// A list that stays what it was is no difference, which is said.
#[test]
fn a_list_that_stays_the_same_is_reported() {
    let text = format!(
        "{SCENARIO}[variants.v]\nchanges = [{{ field = \"programmes.flights.pauses\", set = [{{ from = \"2025-05\", until = \"2025-07\" }}] }}]\n"
    );
    let (_, warnings) = load(&Source::new("test.toml", text)).unwrap();
    assert!(
        warnings.iter().any(|warning| warning.message.contains("is the scenario itself")),
        "{warnings:#?}"
    );
}

#[test]
fn a_year_alone_is_its_first_day() {
    let written = format!(
        "{}[variants.twice]\nchanges = [{{ field = \"programmes.flights.occasions\", times = 2, from = \"2026\" }}, \
         {{ field = \"programmes.flights.pauses\", set = [{{ from = \"2026\", until = \"2027\" }}] }}]\n",
        SCENARIO.replace("\"2025-01\"", "\"2025\"").replace("from = \"2026-01\"", "from = \"2026\"")
    );
    let with_months = written.replace("2026\"", "2026-01\"").replace("2027\"", "2027-01\"");
    let with_months = with_months.replace("start = \"2025\"", "start = \"2025-01\"");
    assert_ne!(written, with_months);
    let models = |text: String| {
        let scenario = scenario(&Source::new("years.toml", text));
        (format!("{:?}", scenario.baseline), format!("{:?}", scenario.variants[0].model))
    };
    assert_eq!(models(written), models(with_months));
}

/// A variant once could multiply flights but not give them another pause.
#[test]
fn variant_cannot_add_a_pause() {
    let text = r#"extends = "two_prisons.toml"
question = "What if there were twice the flights from 2027 and a pause in 2028?"
[variants.twice]
label = "Twice the flights from 2027, pause in 2028"
changes = [
  { field = "programmes.flights.occasions", times = 2, from = "2027" },
  { field = "programmes.flights.pauses", set = [{ from = "2028-01", until = "2029-01" }] },
]
"#;
    let base = include_str!("../../scenarios/two_prisons_and_a_camp.toml");
    let source = Source::new("test.toml", text).with_file("two_prisons.toml", base);
    let scenario = scenario(&source);
    let variant = scenario.variant("twice").unwrap();
    let parts: Vec<&str> = variant.parts.iter().map(|part| part.label.as_str()).collect();
    assert_eq!(
        parts,
        ["Flights home: occasions × 2 from 2027", "Flights home: paused from 2028-01 until 2029-01"]
    );
    let pauses = |model: &repatria::internals::model::Model| {
        let flights = model.programmes.iter().find(|programme| programme.name == "flights").unwrap();
        flights.terms.pauses.clone()
    };
    // By the month, from 2025-01: the pause that was there is gone.
    assert_eq!(pauses(&scenario.baseline), [(14, 20)]);
    assert_eq!(pauses(&variant.model), [(36, 48)]);
}
