//! Files that are wrong, each with the exact message that its author reads.
//!
//! `tests/bad/` has them by the code of their first problem, told as `support/bad_cases.rs` says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

#[path = "support/bad_cases.rs"]
mod bad_cases;

use bad_cases::{BadCase, bad_cases};
use proptest::prelude::*;
use repatria::internals::cli::render::render;
use repatria::internals::scenario::{Diagnostics, Source, load};

const GOOD: &str = include_str!("good/two_prisons_and_a_camp.toml");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

/// What a user reads of a case.
fn message(case: &BadCase) -> Option<String> {
    let mut source = Source::new(case.name.clone(), case.text.clone());
    // A table that it names has its name.
    if let Ok(text) = fs_err::read_to_string(case.table()) {
        source = source.with_file(case.table().file_name().unwrap().to_string_lossy(), text);
    }
    for base in fs_err::read_dir(folder().join("bases")).unwrap() {
        let base = base.unwrap();
        let name = format!("bases/{}", base.file_name().to_string_lossy());
        source = source.with_file(name, fs_err::read_to_string(base.path()).unwrap());
    }
    source = source.with_file(&*case.name, case.text.clone());
    load(&source).err().map(|problems| render(&source, &problems, false))
}

#[test]
fn every_bad_file_has_its_message() {
    let cases = bad_cases(&folder());
    assert!(cases.len() >= 360, "only {} bad files", cases.len());
    let wrong: Vec<String> = cases.iter().flat_map(|case| case.judge(message(case))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files that cases are told over are right, so that what is wrong with a case stands in it.
#[test]
fn what_cases_are_told_over_is_right() {
    for base in fs_err::read_dir(folder().join("over")).unwrap().map(|entry| entry.unwrap().path()) {
        let source = Source::read(&base).unwrap();
        if let Err(problems) = load(&source) {
            panic!("{}", render(&source, &problems, false));
        }
    }
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("not_utf8.toml");
    fs_err::write(&file, b"title = \"A bad example\"\nlesson = \"caf\xe9\"\n").unwrap();
    let said = refused(&file).replace(&file.display().to_string(), "not_utf8.toml");
    assert_eq!(
        said,
        "error[unreadable-file]: `not_utf8.toml` is not UTF-8 text: line 2, byte 14 is 0xe9\n |\n \
         = help: save the file as UTF-8, or write that character anew\n\n"
    );
}

/// Files that can be simulated and are probably not meant: what `check` and `run` say of them, in `tests/unusual/`.
#[test]
fn every_unusual_file_has_its_warning() {
    let bless = std::env::var_os("REPATRIA_BLESS").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unusual");
    let mut wrong = Vec::new();
    for file in fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut source = Source::new(name, fs_err::read_to_string(&file).unwrap());
        let beside = file.with_extension("csv");
        if let Ok(text) = fs_err::read_to_string(&beside) {
            source = source.with_file(beside.file_name().unwrap().to_string_lossy(), text);
        }
        let (_, warnings) = load(&source).expect("accepted");
        let reported = render(&source, &warnings, false);
        let expected = file.with_extension("txt");
        if bless {
            fs_err::write(&expected, &reported).unwrap();
        }
        if warnings.is_empty() || fs_err::read_to_string(&expected).unwrap_or_default() != reported {
            wrong.push(format!("{} now says:\n{reported}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// None of the shipped scenarios is told that it is unusual.
#[test]
fn what_is_usual_is_not_warned_about() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let unusual = [
        "never have a seat",
        "in their first step",
        "within a month",
        "children a year",
        "of this distribution",
    ];
    let mut reported = Vec::new();
    for file in fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let (_, warnings) = load(&Source::read(&file).unwrap()).unwrap();
        let messages = warnings.into_iter().map(|warning| warning.message);
        let found = messages.filter(|message| unusual.iter().any(|words| message.contains(words)));
        reported.extend(found.map(|message| format!("{}: {message}", file.display())));
    }
    assert!(reported.is_empty(), "{}", reported.join("\n"));
}

fn refused(path: &Path) -> String {
    let problems: Diagnostics = Source::read(path).expect_err("refused");
    render(&Source::new(path.display().to_string(), ""), &problems, false)
}

#[test]
fn a_directory_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    assert!(refused(directory.path()).contains("is a directory, not a scenario"));
}

#[test]
fn a_missing_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    assert!(refused(&directory.path().join("none.toml")).contains("there is no file"));
}

#[test]
fn a_file_of_100_mb_is_refused_before_it_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(100 << 20).unwrap();
    assert!(refused(file.path()).contains("has 100.0 MiB; a scenario has at most 4 MiB"));
}

#[test]
fn a_byte_order_mark_and_returns_do_not_matter() {
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert!(load(&Source::new("windows.toml", text.clone())).is_ok());
    let source = Source::new("windows.toml", text.replace("\"camp\"", "\"cmap\""));
    let drawn = render(&source, &load(&source).expect_err("refused"), false);
    assert!(drawn.contains("windows.toml:30:8") && drawn.contains("did you mean `camp`?"), "{drawn}");
    assert!(!drawn.contains('\r') && drawn.contains("   ^^^^^^ expected one of"), "{drawn}");
}

#[test]
fn many_mistakes_are_found_quickly_and_reported_briefly() {
    let changes = "{ field = \"moves.review_relase.rat\", times = 2 },\n".repeat(5_000);
    let source = Source::new("many.toml", format!("{GOOD}\n[policies.p]\nchanges = [\n{changes}]\n"));
    let problems = load(&source).expect_err("refused");
    assert!(render(&source, &problems, false).contains("and 950 more"));
    let keys: String = (0..2_000).map(|i| format!("[moves.m{i}]\nfrm = \"x\"\n")).collect();
    let source = Source::new("many.toml", format!("{GOOD}\n{keys}"));
    assert!(load(&source).is_err());
}

/// Texts that nest, repeat or stretch whatever the language has.
#[test]
fn hostile_texts_are_refused_briefly() {
    let texts = [
        "x = ".to_string() + &"[".repeat(100_000),
        "x = ".to_string() + &"{a=".repeat(100_000),
        "a.".repeat(100_000) + "b = 1",
        format!("[{}b]", "a.".repeat(100_000)),
        "[a]\n".repeat(100_000),
        "[[a.b]]\n".repeat(50_000),
        (0..100_000).map(|i| format!("k{i} = 1\n")).collect(),
        format!("title = \"{}\"", "x".repeat(4_000_000)),
        format!("{GOOD}\n[policies.p]\nchanges = [{{ field = \"{}\", times = 2 }}]", "a.".repeat(100_000)),
        format!("{GOOD}\n[moves.m]\nfrom = \"{}\"\nto = \"home\"\nrate = {{}}", "x".repeat(1_000_000)),
        format!("{GOOD}\n[parameters.p]\nvalue = \"{}1\"", "-".repeat(100_000)),
        "\u{feff}".repeat(1000),
        "\r".repeat(1000),
    ];
    for text in texts {
        let source = Source::new("hostile.toml", text);
        let problems = load(&source).expect_err("refused");
        assert!(render(&source, &problems, false).len() < 100_000);
    }
}

/// Pieces that mutations put into the example.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "-1",
    "nan",
    "1e400",
    "true",
    "[places.",
    "é",
    "\0",
    "2025-01-01",
    "share",
    "otherwise = 1",
    "by = \"origin\"",
    "\"\"\"",
    "9999999999999999999999",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_a_good_file_panics(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..30, 0usize..PIECES.len()), 1..4)
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, PIECES[piece].chars());
        }
        let source = Source::new("mutated.toml", text.into_iter().collect::<String>());
        match load(&source) {
            Ok((_, warnings)) => { render(&source, &warnings, true); }
            Err(problems) => { render(&source, &problems, true); }
        }
    }

    #[test]
    fn no_line_that_moves_or_goes_panics(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), keep in any::<bool>()) {
        let mut lines: Vec<&str> = GOOD.lines().collect();
        let line = lines.remove(from.index(lines.len()));
        if keep {
            lines.insert(to.index(lines.len()), line);
        }
        let source = Source::new("mutated.toml", lines.join("\n"));
        if let Err(problems) = load(&source) {
            render(&source, &problems, true);
        }
    }
}
