//! Promise: what is in a scenario is told in words: everything that has a name, in sentences that somebody can read.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod generated;

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use repatria::internals::model::{Model, Section};
use repatria::internals::output::description::{of_model, of_variant};
use repatria::internals::scenario::{self, ScenarioVariants, Source};

fn read(source: &Source) -> ScenarioVariants {
    scenario::load(source).unwrap_or_else(|problems| panic!("{}: {problems:#?}", source.name)).0
}

/// Everything that is told of a scenario and its variants, as a text.
fn told(scenario: &ScenarioVariants) -> String {
    let mut text = String::new();
    for topic in of_model(&scenario.baseline) {
        text += &format!("\n{}\n", topic.title);
        topic.sentences.iter().for_each(|sentence| text += &format!("- {sentence}\n"));
    }
    for variant in &scenario.variants {
        text += &format!("\nVariant: {}\n", variant.label);
        of_variant(scenario, variant).iter().for_each(|sentence| text += &format!("- {sentence}\n"));
    }
    text
}

fn shipped() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths.iter().map(|path| Source::read(path).unwrap_or_else(|problem| panic!("{problem:?}"))).collect()
}

/// The scenarios of the guide that are whole, with the files that they name.
fn of_the_guide() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide");
    let mut paths: Vec<_> = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let page = fs_err::read_to_string(&path).unwrap();
        let blocks: Vec<(&str, &str)> =
            page.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect();
        let files: Vec<(&str, &str)> =
            blocks.iter().filter_map(|(mark, text)| Some((mark.strip_prefix("csv ")?, *text))).collect();
        for (number, (_, text)) in blocks.iter().filter(|(mark, _)| *mark == "toml").enumerate() {
            let source = Source::new(format!("{}:{number}", path.display()), format!("{text}\n"));
            let with_files = files
                .iter()
                .fold(source, |source, (name, text)| source.with_file(*name, format!("{text}\n")));
            sources.push(with_files);
        }
    }
    sources
}

/// The names for people of everything that a scenario has.
fn named(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for section in Section::ALL {
        names.extend(model.labels(section).into_iter().map(str::to_string));
    }
    for dimension in &model.groups.dimensions {
        names.push(dimension.name.clone());
        names.extend((0..dimension.values.len()).map(|value| {
            dimension.label(value).map_or_else(|| dimension.values[value].clone(), str::to_string)
        }));
    }
    names.extend(model.outcomes.iter().map(|outcome| outcome.label.clone()));
    names
}

/// What no sentence has: addresses, what only a program says, two signs where one is enough.
fn is_readable(sentence: &str) -> Result<(), String> {
    let letters: Vec<char> = sentence.chars().collect();
    let of_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    if letters.windows(3).any(|three| of_name(three[0]) && three[1] == '.' && of_name(three[2])) {
        return Err("an address".into());
    }
    for bad in
        ["None", "NaN", "inf ", "Some(", "  ", "..", " .", " ,", ",,", "()", "::", "_", " ;", ";.", ":."]
    {
        if sentence.contains(bad) {
            return Err(format!("`{bad}`"));
        }
    }
    let first = sentence.chars().next().ok_or("nothing")?;
    if first.is_lowercase() {
        return Err("a small letter".into());
    }
    let ended = sentence.ends_with(['.', '?', '!']);
    if ended { Ok(()) } else { Err("no full stop".into()) }
}

fn all_is_readable(scenario: &ScenarioVariants, place: &str) {
    let of_variants = scenario.variants.iter().flat_map(|variant| {
        let told = of_variant(scenario, variant);
        assert!(!told.is_empty(), "{place}: nothing is told of {}", variant.name);
        told.into_iter().chain(of_model(&variant.model).into_iter().flat_map(|topic| topic.sentences))
    });
    let of_baseline = of_model(&scenario.baseline).into_iter().flat_map(|topic| topic.sentences);
    for sentence in of_baseline.chain(of_variants) {
        if let Err(problem) = is_readable(&sentence) {
            panic!("{place}: {problem}\n{sentence}");
        }
    }
}

#[test]
fn everything_that_has_a_name_is_told_in_readable_sentences() {
    let sources: Vec<Source> = shipped().into_iter().chain(of_the_guide()).collect();
    assert!(sources.len() > 25, "only {} scenarios", sources.len());
    for source in &sources {
        let scenario = read(source);
        let text = told(&scenario).to_lowercase();
        for name in named(&scenario.baseline) {
            let name = name.to_lowercase();
            let spaced = name.replace('_', " ");
            assert!(
                text.contains(&name) || text.contains(&spaced),
                "{}: {name} is not told in\n{text}",
                source.name
            );
        }
        all_is_readable(&scenario, &source.name);
    }
}

/// What small scenarios have that the others do not.
#[test]
fn every_small_scenario_is_told_in_readable_sentences() {
    let mut told = 0;
    for folder in ["tests/cases", "tests/unusual"] {
        for entry in fs_err::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml")
                && let Ok(source) = Source::read(&path)
                && let Ok((scenario, _)) = scenario::load(&source)
            {
                all_is_readable(&scenario, &source.name);
                told += 1;
            }
        }
    }
    assert!(told > 20, "only {told}");
}

/// Read, and as they would be shown to a student.
#[test]
fn two_scenarios_read_well() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/good/two_prisons_and_a_camp.toml");
    let camp = Source::read(&path).unwrap_or_else(|problem| panic!("{problem:?}"));
    insta::assert_snapshot!("two_prisons_and_a_camp", told(&read(&camp)));
    let guide = of_the_guide();
    let flights = guide.iter().find(|source| source.name.contains("programmes.md")).unwrap();
    insta::assert_snapshot!("flights_and_a_court", told(&read(flights)));
}

/// `DESCRIPTIONS=1 cargo test --test description -- --nocapture` shows all, for whoever changes a wording.
#[test]
fn all_may_be_read() {
    if std::env::var_os("DESCRIPTIONS").is_some() {
        for source in shipped().iter().chain(&of_the_guide()) {
            println!("\n{}\n{}", source.name, told(&read(source)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, rng_seed: RngSeed::Fixed(14), ..ProptestConfig::default() })]

    #[test]
    fn generated_scenarios_are_told(choices in prop::collection::vec(any::<u32>(), 64)) {
        let text = generated::scenario(&mut generated::Tape { choices, next: 0 });
        let source = Source::new("generated.toml", text);
        if let Ok((scenario, _)) = scenario::load(&source) {
            all_is_readable(&scenario, "generated");
        }
    }
}
