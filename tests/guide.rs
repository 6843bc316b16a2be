//! Promise: what the guide shows runs, and the guide has a page for everything that the language has.
//!
//! A block marked `toml` is a whole scenario. One marked `toml part` goes on from the whole scenario before it, one marked
//! `toml extends` is a file that extends it, one marked `toml study` a study of it. One marked `csv NAME` is a file that the scenarios of its page may name.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use std::path::PathBuf;

use repatria::internals::engine::compile;
use repatria::internals::engine::metric::Keeps;
use repatria::internals::ensemble::{Machine, Unwatched, expect, simulate};
use repatria::internals::model::{MeasureKind, measure_kind};
use repatria::internals::scenario::{self, Source, schema};
use repatria::internals::study::{self, Inputs};

/// A block of a page.
#[derive(Debug)]
struct Block {
    mark: String,
    line: usize,
    text: String,
}

fn pages() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide");
    let mut paths: Vec<PathBuf> =
        fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let pages = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.map(|path| (path.clone(), fs_err::read_to_string(path).unwrap())).collect()
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(mark), None) => {
                open = Some(Block { mark: mark.trim().into(), line: index + 1, text: String::new() });
            }
            (None, Some(block)) => {
                block.text += line;
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

#[test]
fn every_scenario_of_the_guide_runs() {
    let mut ran = 0;
    for (path, page) in pages() {
        let blocks = blocks(&page);
        let files: Vec<(&str, &str)> = blocks
            .iter()
            .filter_map(|block| Some((block.mark.strip_prefix("csv ")?, block.text.as_str())))
            .collect();
        let mut whole = String::new();
        for block in &blocks {
            let text = match block.mark.as_str() {
                "toml" => {
                    whole.clone_from(&block.text);
                    whole.clone()
                }
                "toml part" => format!("{whole}\n{}", block.text),
                "toml extends" => block.text.clone(),
                _ => continue,
            };
            let place = format!("{}:{}", path.display(), block.line);
            let source = files.iter().fold(Source::new(place.clone(), text), |source, (name, text)| {
                source.with_file(*name, *text)
            });
            let extended = block.text.lines().find_map(|line| line.strip_prefix("extends = "));
            let source = match extended {
                Some(name) => source.with_file(name.trim_matches('"'), whole.clone()),
                None => source,
            };
            let (scenario, _) =
                scenario::load(&source).unwrap_or_else(|problems| panic!("{place}: {problems:#?}"));
            for variant in &scenario.variants {
                let program = compile(&variant.model);
                simulate(&program, variant.model.seed, 0..8, 1, &Unwatched)
                    .unwrap_or_else(|error| panic!("{place}: {}: {error}", variant.name));
            }
            let model = &scenario.baseline;
            let program = compile(model);
            simulate(&program, model.seed, 0..8, 1, &Unwatched)
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            expect(&program).unwrap_or_else(|error| panic!("{place}: {error}"));
            // Everything that is measured can be named by an outcome.
            for metric in program.metrics() {
                let known = match metric.keeps {
                    Keeps::Level { .. } => MeasureKind::Level,
                    Keeps::Amount { .. } => MeasureKind::Amount,
                    Keeps::Ratio { .. } => MeasureKind::Ratio,
                    Keeps::Part => continue,
                };
                let kind = measure_kind(&metric.subject, metric.measure);
                assert_eq!(kind, Some(known), "{place}: {} of {}", metric.measure, metric.subject);
            }
            ran += 1;
        }
    }
    assert!(ran >= 15, "only {ran} scenarios were found in the guide");
}

#[test]
fn every_study_of_the_guide_runs() {
    let mut ran = 0;
    for (path, page) in pages() {
        let mut whole = String::new();
        for block in blocks(&page) {
            match block.mark.as_str() {
                "toml" => whole.clone_from(&block.text),
                "toml study" => {}
                _ => continue,
            }
            if block.mark == "toml" {
                continue;
            }
            let place = format!("{}:{}", path.display(), block.line);
            let folder = tempfile::tempdir().unwrap();
            fs_err::write(folder.path().join("camp.toml"), &whole).unwrap();
            let source = Source::new(place.clone(), block.text.clone());
            let read = Inputs::read(source, &folder.path().join("study.toml"));
            let (mut inputs, file) = read.unwrap_or_else(|problems| panic!("{place}: {problems:#?}"));
            let mut study =
                study::read(&mut inputs, &file).unwrap_or_else(|problems| panic!("{place}: {problems:#?}"));
            study.replicates = 10;
            for point in [0, study.points() - 1] {
                let result = study::cell::simulate(&study, point, Machine::from(1), &Unwatched).unwrap();
                assert!(result.cells.is_ok(), "{place}: {:?}", result.cells);
            }
            ran += 1;
        }
    }
    assert!(ran >= 3, "only {ran} studies were found in the guide");
}

#[test]
fn every_key_of_a_study_is_reported() {
    let page = fs_err::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide/study.md")).unwrap();
    let schema = study::schema();
    let tables = [
        schema,
        &schema["definitions"]["WrittenDesign"],
        &schema["definitions"]["WrittenFactor"],
        &schema["definitions"]["WrittenKeep"],
    ];
    for key in tables.iter().flat_map(|table| table["properties"].as_object().unwrap().keys()) {
        let reported = [format!("`{key}`"), format!("`[{key}"), format!("`{key} =")];
        assert!(
            reported.iter().any(|reported| page.contains(reported)),
            "study.md does not speak of `{key}`"
        );
    }
    for word in schema["definitions"]["WrittenDesign"]["properties"]["kind"].to_string().split('"') {
        let kind = ["grid", "latin_hypercube", "sobol", "morris", "file", "uncertainty"].contains(&word);
        assert!(!kind || page.contains(&format!("| `{word}` |")), "study.md has no design `{word}`");
    }
}

#[test]
fn every_section_of_the_language_has_a_page_with_an_example() {
    let schema = schema::schema();
    let pages = pages();
    let page = |name: &str| {
        pages.iter().find(|(path, _)| path.file_stem().is_some_and(|stem| stem == name)).map(|(_, page)| page)
    };
    for (section, of) in schema["properties"].as_object().unwrap() {
        // A family of mechanisms has a page of its own; the head of the file is told of on one page.
        let family = of.get("patternProperties").is_some() && section != "dimensions";
        let own = page(section);
        assert!(own.is_some() || !family, "no page {section}.md");
        let reported = own.or(page("scenario")).unwrap();
        assert!(reported.contains(section.as_str()), "the guide does not speak of `{section}`");
        assert!(blocks(reported).iter().any(|block| block.mark == "toml"), "no example of `{section}`");
    }
}

#[test]
fn every_page_of_the_guide_is_in_the_book() {
    let contents = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide/SUMMARY.md");
    let contents = fs_err::read_to_string(contents).unwrap();
    for (path, _) in pages() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name == "SUMMARY.md" || contents.contains(&format!("({name})")), "SUMMARY.md lacks {name}");
    }
}

#[test]
fn every_link_of_the_guide_leads_somewhere() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide"));
    for (path, page) in pages() {
        for part in page.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            if !target.contains("://") && !target.starts_with('#') {
                let file = target.split('#').next().unwrap();
                assert!(folder.join(file).exists(), "{} links to {target}", path.display());
            }
        }
    }
}
