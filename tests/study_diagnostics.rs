//! Studies that are wrong, each with the exact message that its author reads.
//!
//! `tests/study_bad/` has them by the code of their first problem, told as `support/bad_cases.rs` says; tables and scenarios that they
//! name are in the folder itself.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

#[path = "support/bad_cases.rs"]
mod bad_cases;

use bad_cases::{BadCase, bad_cases};
use proptest::prelude::*;
use repatria::internals::cli::render::render;
use repatria::internals::scenario::{Diagnostics, Source};
use repatria::internals::study::{Inputs, Study, read, warnings};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/study_bad")
}

/// A study's text, as if it stood in the folder of bad ones.
fn study(source: &Source) -> Result<Study, Diagnostics> {
    let (mut inputs, file) = Inputs::read(source.clone(), &folder().join(&source.name))?;
    read(&mut inputs, &file)
}

/// What a user reads of a text; paths are from the study's folder.
fn message(source: &Source) -> Option<String> {
    let drawn = render(source, &study(source).err()?, false);
    Some(drawn.replace(&format!("{}/", folder().display()), ""))
}

#[test]
fn every_bad_study_has_its_message() {
    let cases = bad_cases(&folder());
    assert!(cases.len() >= 90, "only {} bad studies", cases.len());
    let said = |case: &BadCase| message(&Source::new(case.name.clone(), case.text.clone()));
    let wrong: Vec<String> = cases.iter().flat_map(|case| case.judge(said(case))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const GOOD: &str = r#"title = "How fast do they leave?"
scenario = "scenarios/camp.toml"
variants = "all"
replicates = 200
seed = 4
luck = "own"
[design]
kind = "sobol"
points = 8
seed = 3
[factors.speed]
field = "moves.leave.rate"
times = true
range = [0.5, 2]
log = true
[factors.will]
field = "parameters.will"
distribution = { triangular = { low = 0.5, mode = 1, high = 2 } }
[keep]
outcomes = ["left"]
series = "recorded"
dates = "year"
"#;

#[test]
fn the_good_one_is_good() {
    assert!(message(&Source::new("good.toml", GOOD)).is_none_or(|said| panic!("{said}")));
}

/// Texts that nest, repeat or stretch whatever a study has: refused soon, and briefly.
#[test]
fn hostile_studies_are_refused_briefly() {
    let head = "title = \"x\"\nscenario = \"scenarios/camp.toml\"\n[design]\n";
    let factor = |i: usize| format!("[factors.f{i}]\nfield = \"moves.leave.rate\"\nrange = [0.1, 0.2]\n");
    let thousand: String = (0..1_000).map(factor).collect();
    let levels = |n: usize| (0..n).map(|i| format!("{}, ", i as f64 * 1e-9)).collect::<String>();
    let texts = [
        "x = ".to_string() + &"[".repeat(100_000),
        "a.".repeat(100_000) + "b = 1",
        "[factors.a]\n".repeat(50_000),
        format!("{head}kind = \"grid\"\n{thousand}"),
        format!("{head}kind = \"latin_hypercube\"\npoints = 1000000000000\n{}", factor(0)),
        format!("{head}kind = \"sobol\"\npoints = 9223372036854775807\n{}", factor(0)),
        format!("{head}kind = \"morris\"\ntrajectories = 9223372036854775807\n{}", factor(0)),
        format!("{head}kind = \"grid\"\nlevels = 9223372036854775807\n{}", factor(0)),
        format!(
            "{head}kind = \"grid\"\n[factors.a]\nfield = \"moves.leave.rate\"\nlevels = [{}]",
            levels(300_000)
        ),
        format!("{head}kind = \"grid\"\n[factors.a]\nfield = \"{}\"\nlevels = [1]", "a.".repeat(500_000)),
        format!("title = \"x\"\nscenario = \"{}\"\n[design]\nkind = \"grid\"", "x".repeat(100_000)),
        format!("title = \"x\"\nscenario = \"/dev/zero\"\n[design]\nkind = \"grid\"\n{}", factor(0)),
        format!("{head}kind = \"file\"\nfile = \"/dev/zero\"\n{}", factor(0)),
    ];
    for text in texts {
        let shown = text[..text.len().min(200)].to_string();
        let said = message(&Source::new("hostile.toml", text)).unwrap_or_else(|| panic!("accepted: {shown}"));
        assert!(said.len() < 1_200_000, "{} bytes of {shown}", said.len());
    }
}

/// Pieces that mutations put into the example.
const PIECES: [&str; 16] = [
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    "\n",
    "-1",
    "nan",
    "1e308",
    "true",
    "[factors.",
    "é",
    "\0",
    "99999999999",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_a_good_study_panics(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..30, 0usize..PIECES.len()), 1..4)
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, PIECES[piece].chars());
        }
        let _ = message(&Source::new("mutated.toml", text.into_iter().collect::<String>()));
    }
}

/// A study of a scenario beside it, written for the occasion.
fn study_of(scenario: &str, study: &str) -> (Study, Vec<repatria::internals::scenario::Diagnostic>) {
    let directory = tempfile::tempdir().unwrap();
    fs_err::write(directory.path().join("scenario.toml"), scenario).unwrap();
    let path = directory.path().join("study.toml");
    let text = format!("title = \"A study\"\nscenario = \"scenario.toml\"\nreplicates = 5\n{study}");
    let (mut inputs, file) = Inputs::read(Source::new("study.toml", text), &path).unwrap();
    let study = read(&mut inputs, &file).unwrap_or_else(|problems| panic!("{problems}"));
    let reported = warnings(&file, &study);
    (study, reported)
}

const CAMP: &str = r#"title = "A number below zero"
start = "2025-01"
horizon = "1 month"
step = "month"
[parameters.trend]
value = -0.2
range = [-1, 1]
distribution = { normal = { mean = 0, sd = 0.3 } }
[parameters.speed]
value = 1
[places.camp]
kind = "camp"
people = [{ count = 1000 }]
[places.home]
kind = "community"
[moves.m]
from = "camp"
to = "home"
rate = { per_month = "0.1 * exp(trend) * speed" }
[variants.down]
changes = [{ field = "parameters.trend", set = -1 }]
[variants.reversed]
changes = [{ field = "parameters.trend.value", times = -1 }]
[variants.later]
changes = [{ field = "parameters.speed", set = 2, from = "2025-01-01" }]
"#;

/// What may be negative may be so for a study, a variant and a policy.
#[test]
fn a_parameter_may_be_set_below_zero() {
    let (study, _) = study_of(
        CAMP,
        "[design]\nkind = \"grid\"\nlevels = 3\n[factors.trend]\nfield = \"parameters.trend\"\nrange = [-1, 1]\n",
    );
    let left = |model: &repatria::internals::model::Model| {
        let mut model = model.clone();
        // The values of the parameters, not draws of them.
        model.parameters.iter_mut().for_each(|parameter| parameter.distribution = None);
        let summary =
            repatria::internals::ensemble::expect(&repatria::internals::engine::compile(&model)).unwrap();
        let camp = |series: &&repatria::internals::ensemble::summary::PeopleSeries| {
            series.place == repatria::internals::ensemble::summary::Where::Place(0)
        };
        summary.people.iter().find(camp).unwrap().points[1].mean
    };
    let known = |trend: f64| 1000.0 * libm::exp(-0.1 * libm::exp(trend));
    for trend in [-1.0, 0.0, 1.0] {
        let setting = repatria::internals::scenario::Setting {
            field: "parameters.trend",
            effect: repatria::internals::model::Effect::Set,
            amount: trend,
        };
        let found = left(&study.scenario.with_settings(None, &[setting]).unwrap());
        assert!((found - known(trend)).abs() < 1e-9, "{trend}: {found} for {}", known(trend));
    }
    let variant = |name: &str| left(&study.scenario.variant(name).unwrap().model);
    assert!((variant("down") - known(-1.0)).abs() < 1e-9);
    assert!((variant("reversed") - known(0.2)).abs() < 1e-9);
    let policy = "[policies.down]\nchanges = [{ field = \"parameters.trend\", set = \"-0.5 * 2\" }]\n";
    let (study, _) = study_of(
        &format!("{CAMP}{policy}"),
        "[design]\nkind = \"grid\"\nlevels = 2\n[factors.trend]\nfield = \"parameters.trend\"\nrange = [-1, 1]\n",
    );
    assert!((left(&study.scenario.baseline) - known(-1.0)).abs() < 1e-9);
}

#[test]
fn a_variant_that_sets_what_a_study_varies_is_reported() {
    let design = "[design]\nkind = \"grid\"\nlevels = 2\n[factors.trend]\nfield = \"parameters.trend\"\nrange = [-1, 1]\n[factors.speed]\nfield = \"parameters.speed\"\nlevels = [1, 2]\n";
    let reported = |variants: &str| {
        let (_, reported) = study_of(CAMP, &format!("variants = {variants}\n{design}"));
        reported.into_iter().map(|warning| warning.message).collect::<Vec<_>>()
    };
    assert_eq!(
        reported("\"all\""),
        [
            "the variant `down` sets `parameters.trend`: there `trend` makes no difference",
            "the variant `later` sets `parameters.speed`: there `speed` makes no difference while it does",
        ]
    );
    assert!(reported("[\"reversed\"]").is_empty());
    assert!(reported("\"none\"").is_empty());
}
