//! Promise: every scenario of the repository answers its question, can be tried out, and tells no number that it does not have.
//!
//! `tests/lessons/NAME.toml` says of each number in the lesson of `scenarios/NAME.toml`, and in the answer of each of its exercises, where it
//! comes from. The scenario is simulated with its own seed and replicates, its variants and the settings of its exercises with it, and each
//! number must be what comes out, rounded as it is written. A number of which the file does not know fails. In the order of the text:
//!
//! ```text
//! { says = "310", is = [{ outcome = "released", of = "no_break", value = "difference" }], round = 10 }
//! { says = "third", is = [...], over = [...], round = 0.05 }
//! { says = "120", is = [{ written = "exercises.files.setting.changes.0.set" }], round = 1 }
//! { says = "ten", quote = 'horizon = "10 years"' }
//! ```
//!
//! `is` and `over` are sums of terms: an outcome, or a number that is written in the scenario; their quotient is what is said. `of` is a variant,
//! `setting` for what an exercise sets, or the baseline unless written; `value` is the `mean` unless written, `difference` from the baseline,
//! `relative` (to it), `probability`, or a quantile such as `p95`; `times` turns a share into percent, and with a minus fewer into more. A
//! `constant` is arithmetic, such as months in a year. `round` is to what it is rounded. A `quote` stands in the scenario, with the number in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use repatria::internals::engine::compile;
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::Model;
use repatria::internals::scenario::{self, ScenarioVariants, Source};
use said::{Outcome, Outcomes, Simulated, Sources};

/// The same simulation, of which nothing but outcomes is kept.
const NO_SERIES: &str = "\n[record]\ncells = false\nplaces = false\ndimensions = []\nflows = \"none\"\n";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(folder_name: &str) -> BTreeSet<String> {
    let entries = fs_err::read_dir(folder(folder_name)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn simulated(model: &Model) -> Outcomes {
    let summary = simulate(&compile(model), model.seed, 0..model.replicates, 1, &Unwatched).unwrap();
    let results = model.outcomes.iter().zip(&summary.outcomes);
    let of = |result: &repatria::internals::ensemble::summary::OutcomeResult| Outcome {
        mean: result.stat.map_or(f64::NAN, |stat| stat.mean),
        probability: result.probability,
        quantiles: result.stat.and_then(|stat| stat.spread).map(|spread| spread.quantiles),
    };
    results.map(|(outcome, result)| (outcome.name.clone(), of(result))).collect()
}

/// Everything that texts may speak of: the baseline, every variant, and `setting NAME` of every exercise that sets something of its own.
fn all_simulated(scenario: &ScenarioVariants) -> BTreeMap<String, Outcomes> {
    let mut all: BTreeMap<String, Outcomes> = BTreeMap::new();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let settings = scenario.exercises.iter().filter_map(|exercise| {
        exercise.setting.as_ref().map(|setting| (format!("setting {}", exercise.name), &setting.model))
    });
    let models = std::iter::once(("baseline".to_string(), &scenario.baseline))
        .chain(scenario.variants.iter().map(|variant| (variant.name.clone(), &variant.model)))
        .chain(settings);
    for (name, model) in models {
        // The setting of an exercise is often a variant as it is.
        let fingerprint = compile(model).fingerprint();
        let outcomes = match known.get(&fingerprint) {
            Some(same) => all[same].clone(),
            None => simulated(model),
        };
        known.entry(fingerprint).or_insert_with(|| name.clone());
        all.insert(name, outcomes);
    }
    all
}

/// Looks at the lesson and the answers of a scenario.
fn look_at(name: &str) {
    let text = fs_err::read_to_string(folder("scenarios").join(format!("{name}.toml"))).unwrap();
    let document: toml::Table = text.parse().unwrap();
    let source = Source::new(format!("{name}.toml"), format!("{text}{NO_SERIES}"));
    let (scenario, _) = scenario::load(&source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let sources = fs_err::read_to_string(folder("tests/lessons").join(format!("{name}.toml"))).unwrap();
    let sources: Sources = toml::from_str(&sources).unwrap_or_else(|error| panic!("{name}: {error}"));
    let by_name = all_simulated(&scenario);
    let of = |exercise| Simulated { text: &text, document: &document, exercise, by_name: &by_name };
    let mut problems =
        of(None).problems("lesson", scenario.baseline.lesson.as_deref().unwrap(), &sources.lesson);
    for exercise in &scenario.exercises {
        let said = sources.exercises.get(&exercise.name);
        let said =
            said.unwrap_or_else(|| panic!("{name}: nothing is known of the answer of {}", exercise.name));
        let setting = of(Some(exercise.name.as_str()));
        problems.extend(setting.problems(&exercise.name, &exercise.answer, said));
        let unspoken = sources.unspoken.get(&exercise.name);
        problems.extend(setting.wrong(&exercise.name, unspoken.map_or(&[], Vec::as_slice)));
    }
    assert_eq!(sources.exercises.len(), scenario.exercises.len(), "{name} has other exercises");
    assert!(problems.is_empty(), "{name}:\n{}", problems.join("\n"));
}

macro_rules! lessons {
    ($($name:ident)+) => {
        $(#[test] fn $name() { look_at(stringify!($name)); })+

        #[test]
        fn every_lesson_is_looked_at() {
            let listed: BTreeSet<String> = [$(stringify!($name).to_string()),+].into();
            assert_eq!(listed, names("scenarios"));
            assert_eq!(listed, names("tests/lessons"));
        }
    };
}

lessons! {
    births_against_seats
    children_after_a_break
    closing_a_camp
    countries_come_back
    courts_of_origin
    does_the_programme_work
    external_support_ends
    handover_of_custody
    intake_shock
    overcrowding_loop
    pandemic_pause
    prison_break
    try_them_here_or_at_home
    two_prisons_and_a_camp
}

#[test]
fn every_scenario_asks_can_be_tried_out_and_is_for_class() {
    for name in names("scenarios") {
        let text = fs_err::read_to_string(folder("scenarios").join(format!("{name}.toml"))).unwrap();
        let (scenario, _) = scenario::load(&Source::new(format!("{name}.toml"), text.clone())).unwrap();
        let model = &scenario.baseline;
        let question = model.question.as_deref().unwrap_or_default();
        assert!(question.ends_with('?'), "{name} asks {question:?}");
        assert!(model.lesson.is_some(), "{name} has no lesson");
        assert!(
            (2..=4).contains(&scenario.variants.len()),
            "{name} has {} variants",
            scenario.variants.len()
        );
        assert!(!model.outcomes.is_empty(), "{name} measures nothing");
        assert!(scenario.exercises.len() >= 2, "{name} has no two exercises");
        let document: toml::Table = text.parse().unwrap();
        let parameters = document["parameters"].as_table().unwrap();
        let lever = |of: &toml::Value| of.get("label").is_some() && of.get("range").is_some();
        assert!(parameters.values().all(lever), "{name} has a parameter that is no lever");
        assert!((3..=6).contains(&parameters.len()), "{name} has {} levers", parameters.len());
        for exercise in &scenario.exercises {
            assert!(exercise.question.ends_with('?'), "{name} asks {:?}", exercise.question);
        }
    }
}
