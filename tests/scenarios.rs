//! Promise: every scenario of the repository is accepted, asks and teaches something, is short, and runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use std::path::Path;

use repatria::internals::engine::compile;
use repatria::internals::ensemble::{Machine, Unwatched, expect, simulate};
use repatria::internals::scenario::{self, Source};
use repatria::internals::study;

#[test]
fn every_scenario_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::read(&path).unwrap_or_else(|problem| panic!("{problem:?}"));
        let (scenario, _) =
            scenario::load(&source).unwrap_or_else(|problems| panic!("{}: {problems:#?}", path.display()));
        for variant in &scenario.variants {
            expect(&compile(&variant.model)).unwrap();
        }
        let model = scenario.baseline;
        assert!(
            model.question.is_some() && model.lesson.is_some(),
            "{} has no question or no lesson",
            path.display()
        );
        assert!(source.text.lines().count() < 200, "{} is long", path.display());
        assert!(
            source.text.starts_with("#:schema ../schemas/scenario.schema.json\n"),
            "{} has no schema line",
            path.display()
        );
        assert!(
            source.text.contains("illustrative"),
            "{} does not say that it is illustrative",
            path.display()
        );
        let program = compile(&model);
        let means = expect(&program).unwrap();
        let summary = simulate(&program, model.seed, 0..50, 2, &Unwatched).unwrap();
        assert_eq!(means.people.len(), summary.people.len());
        count += 1;
    }
    assert!(count >= 4);
}

/// Reads a study as if it stood in `studies/`, and simulates its first and its last point.
fn study_runs(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("studies").join(name);
    let read = study::Inputs::read(Source::new(name, text), &path);
    let (mut inputs, file) = read.unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    let mut study =
        study::read(&mut inputs, &file).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    assert!(study.outcomes().count() > 0, "{name} has no outcome to study");
    study.replicates = 10;
    for point in [0, study.points() - 1] {
        let result = study::cell::simulate(&study, point, Machine::from(1), &Unwatched).unwrap();
        assert_eq!(result.cells.map(|cells| cells.len()), Ok(study.variant_count()), "{name}, point {point}");
    }
}

#[test]
fn every_study_asks_teaches_and_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("studies");
    let mut count = 0;
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs_err::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(text.starts_with("#:schema ../schemas/study.schema.json\n"), "{name} has no schema line");
        for word in ["\nquestion = ", "\nlesson = ", "illustrative"] {
            assert!(text.contains(word), "{name} has no {word:?}");
        }
        study_runs(&name, &text);
        count += 1;
    }
    assert!(count >= 4);
}

#[test]
fn the_study_of_the_readme_runs() {
    let readme = include_str!("../README.md");
    let text = readme.split("```toml\n").nth(2).and_then(|rest| rest.split("```").next()).unwrap();
    study_runs("readme.toml", text);
}

#[test]
fn the_scenario_of_the_readme_runs() {
    let readme = include_str!("../README.md");
    let text = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let summary = support::run(text, 20);
    assert!(summary.rates.iter().any(|rate| rate.counts_as == "repatriation"));
}

#[test]
fn the_mistake_of_the_readme_is_shown_as_it_says() {
    let readme = include_str!("../README.md");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let line = "from = \"river_cmap\"";
    let text = format!(
        "title = \"A camp\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n\
         [places.river_camp]\nkind = \"camp\"\n[places.home]\nkind = \"community\"\n\
         [moves.return]\n{line}\nto = \"home\"\nrate = {{ per_year = 0.1 }}\n"
    );
    let source = Source::new("camp.toml", text);
    let problems = scenario::baseline(&source).unwrap_err();
    assert_eq!(repatria::internals::cli::render::render(&source, &problems, false).trim(), shown.trim());
}
