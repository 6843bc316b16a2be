//! Promise: every code of a problem is explained by an example that has it and one that has not, and is shown by a file of the tests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/bad_cases.rs"]
mod bad_cases;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use repatria::internals::scenario::{Code, Diagnostic, Source, load};
use repatria::internals::study::{Inputs, read};

/// What the examples are laid over: their sections take the place of its own.
const BASE: &str = r#"title = "A camp and a home"
start = "2025-01"
horizon = "3 years"
step = "month"

[dimensions]
age = ["adults", "children"]

[places.camp]
kind = "camp"
capacity = 1200
people = [{ count = 1000, split = { by = "age", shares = { adults = 0.6, children = 0.4 } } }]

[places.home]
kind = "community"

[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.3 }
"#;

/// What `check` says after it has looked at the first year, beyond what a file alone shows: `tests/cli/check.rs` has them.
const OF_A_YEAR: [Code; 2] = [Code::ThinRate, Code::EndlessGrowth];

/// A file of a page.
#[derive(Clone, Debug, Default)]
struct Example {
    /// The text, and how it is meant: laid over [`BASE`], `whole` or a `study`.
    text: String,
    kind: String,
    /// The table beside it.
    table: Option<String>,
}

/// The wrong example of a page and the right one. What the right one does not repeat is as in the wrong one.
fn examples(page: &str) -> Option<[Example; 2]> {
    let (_, both) = page.split_once("\nWrong:\n")?;
    let (wrong, right) = both.split_once("\nRight:\n").expect("what is right instead");
    let wrong = example(wrong, Example::default());
    let right = example(right, wrong.clone());
    Some([wrong, right])
}

fn example(text: &str, mut example: Example) -> Example {
    for block in text.split("```").skip(1).step_by(2) {
        let (mark, text) = block.split_once('\n').unwrap();
        match mark.split_once(' ').unwrap_or((mark, "")) {
            ("csv", _) => example.table = Some(text.to_string()),
            (_, kind) => (example.text, example.kind) = (text.to_string(), kind.to_string()),
        }
    }
    example
}

/// The pieces of a scenario: its keys at the top, each by itself, and its sections.
fn pieces(text: &str) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let in_section = pieces.last().is_some_and(|(name, _)| name.starts_with('['));
        let more = pieces.last_mut().filter(|_| !line.starts_with('[') && (in_section || line.is_empty()));
        match more {
            Some((_, piece)) => *piece += &format!("{line}\n"),
            None => {
                let name = if line.starts_with('[') { line } else { line.split('=').next().unwrap() };
                pieces.push((name.trim().to_string(), format!("{line}\n")));
            }
        }
    }
    pieces
}

/// The scenario of an example.
fn laid_over(text: &str) -> String {
    let mut all = pieces(BASE);
    for (name, piece) in pieces(text) {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, there)) => *there = piece + "\n",
            None => all.push((name, piece + "\n")),
        }
    }
    all.into_iter().map(|(_, piece)| piece).collect()
}

/// What is said of an example.
fn said(example: &Example) -> Vec<Diagnostic> {
    if example.kind == "study" {
        let directory = tempfile::tempdir().unwrap();
        fs_err::write(directory.path().join("base.toml"), BASE).unwrap();
        let source = Source::new("study.toml", example.text.clone());
        let study = Inputs::read(source, &directory.path().join("study.toml"));
        let problems = study.and_then(|(mut inputs, file)| read(&mut inputs, &file)).err();
        return problems.into_iter().flat_map(|all| all.iter().cloned().collect::<Vec<_>>()).collect();
    }
    let text = if example.kind == "whole" { example.text.clone() } else { laid_over(&example.text) };
    let mut source = Source::new("example.toml", text).with_file("base.toml", BASE.to_string());
    if let Some(table) = &example.table {
        source = source.with_file("figures.csv", table.clone());
    }
    match load(&source) {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems.iter().cloned().collect(),
    }
}

#[test]
fn every_page_has_an_example_that_is_wrong_and_one_that_is_right() {
    let mut wrong = Vec::new();
    assert!(said(&Example::default()).is_empty());
    for code in Code::ALL {
        let Some([bad, good]) = examples(code.page()) else {
            if !OF_A_YEAR.contains(code) {
                wrong.push(format!("{code} has no example"));
            }
            continue;
        };
        let problems = said(&bad);
        if problems.first().is_none_or(|problem| problem.code() != *code) {
            wrong.push(format!("the wrong example of {code} has {problems:#?}"));
        }
        let problems = said(&good);
        if !problems.is_empty() {
            wrong.push(format!("the right example of {code} has {problems:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_shown_by_a_file() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut shown: BTreeSet<String> = OF_A_YEAR.iter().map(ToString::to_string).collect();
    for folder in ["bad", "study_bad"] {
        for case in bad_cases::bad_cases(&tests.join(folder)) {
            shown.extend(case.codes().map(str::to_string));
        }
    }
    let files = fs_err::read_dir(tests.join("unusual")).unwrap().map(|entry| entry.unwrap().path());
    for file in files.filter(|path: &PathBuf| path.extension().is_some_and(|extension| extension == "txt")) {
        shown.extend(bad_cases::codes(&fs_err::read_to_string(file).unwrap()).map(str::to_string));
    }
    let hidden: Vec<&str> =
        Code::ALL.iter().map(|code| code.name()).filter(|it| !shown.contains(*it)).collect();
    assert!(hidden.is_empty(), "no file of the tests shows {hidden:?}");
}

fn explain(words: &[&str]) -> (Option<i32>, String, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_repatria")).arg("explain").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[test]
fn the_program_lists_codes_and_explains_one() {
    let (code, list, _) = explain(&[]);
    assert_eq!(code, Some(0));
    assert!(Code::ALL.iter().all(|code| list.contains(&format!("{code} "))), "{list}");
    let (code, page, _) = explain(&["unknown-name"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("unknown-name: ") && page.contains("\n    to = \"cmap\"\n"), "{page}");
    assert!(!page.contains("```"), "{page}");
}

#[test]
fn an_unknown_code_is_refused_with_what_is_meant() {
    let (code, said, reported) = explain(&["unknown-nmae"]);
    assert_eq!((code, said.as_str()), (Some(2), ""));
    assert!(reported.contains("did you mean `unknown-name`?"), "{reported}");
}
