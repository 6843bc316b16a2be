//! Promise: the house speaks the field's words, and a name means one thing.
//!
//! Words that were ours alone do not come back, neither in names nor in comments and messages; `docs/guide/glossary.md` has the
//! field's. And no two types of the library share a name.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Words that were ours alone, and what the field says.
const RETIRED: [(&str, &str); 31] = [
    ("bag", "due counts"),
    ("bags", "due counts"),
    ("cradle", "birth stream"),
    ("cradles", "birth streams"),
    ("desk", "workspace"),
    ("gauge", "metric"),
    ("gauged", "measured"),
    ("gauges", "metrics"),
    ("histories", "replicates"),
    ("history", "replicate"),
    ("hopeless", "unattainable"),
    ("luck", "common random numbers, or chance"),
    ("lucky", "common random numbers, or chance"),
    ("mend", "fix, or help"),
    ("mended", "fixed"),
    ("mending", "fixing"),
    ("mends", "fixes"),
    ("quits", "exit probabilities"),
    ("ray", "line"),
    ("rays", "lines"),
    ("scratch", "workspace"),
    ("seam", "boundary edge"),
    ("seams", "boundary edges"),
    ("theme", "headline series"),
    ("themes", "headline series"),
    ("torrent", "overload"),
    ("torrents", "overloads"),
    ("twofold", "double-double"),
    ("untold", "unreported"),
    ("world", "variant, of which the baseline is the first"),
    ("worlds", "variants"),
];

/// Sentences that were ours alone.
const RETIRED_PHRASES: [(&str, &str); 2] =
    [("whose time is over", "whose stay is completed"), ("history by history", "replicate by replicate")];

/// Where a word stands all the same, and why.
const KEPT: [(&str, &str); 4] = [
    ("study/file.rs", "luck"),              // the key of a study file
    ("study/read.rs", "luck"),              // reads it
    ("study/output/provenance.rs", "luck"), // repeats it
    ("scenario/hints.rs", "histories"),     // what people write for `replicates`
];

/// Said once where numbers of replicates are first met, so that nobody must know the word.
const EXPLAINED: [&str; 2] = ["(simulated histories)", "(a simulated history)"];

/// The same type for several instruction sets.
const BY_INSTRUCTIONS: [&str; 3] = ["Avx2", "Avx512", "Plain"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source of the library: its path from `src/`, with `/`, and its text.
fn texts() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs_err::read_to_string(path).unwrap())).collect()
}

/// The words of a line in lower case: those of names (`of_world`, `SeamId`) one by one.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in line.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && last.is_lowercase()) {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
        last = c;
    }
    words
}

#[test]
fn words_that_were_ours_alone_do_not_come_back() {
    let mut found = Vec::new();
    for (file, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            let line = EXPLAINED.iter().fold(line.to_string(), |line, said| line.replace(said, ""));
            for word in words(&line) {
                let field = RETIRED.iter().find(|(retired, _)| *retired == word).map(|(_, field)| field);
                let Some(field) = field.filter(|_| !KEPT.contains(&(file.as_str(), word.as_str()))) else {
                    continue;
                };
                found.push(format!("src/{file}:{}: \"{word}\" is {field}", number + 1));
            }
            let lower = line.to_lowercase();
            for (phrase, field) in RETIRED_PHRASES {
                if lower.contains(phrase) {
                    found.push(format!("src/{file}:{}: \"{phrase}\" is {field}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

/// The name of the type that a line declares. Types of traits, which stand inside, are none.
fn declared(line: &str) -> Option<&str> {
    let inside = line.starts_with(' ');
    let line = line.trim_start();
    let line = match line.strip_prefix("pub(") {
        Some(rest) => rest.split_once(") ")?.1,
        None => line.strip_prefix("pub ").unwrap_or(line),
    };
    let line = line.strip_prefix("unsafe ").unwrap_or(line);
    let (keyword, rest) = line.split_once(' ')?;
    let is_type = match keyword {
        "struct" | "enum" | "trait" | "union" => true,
        "type" => !inside,
        _ => false,
    };
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (is_type && name.starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn no_two_types_share_a_name() {
    let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            if let Some(name) = declared(line).filter(|name| !BY_INSTRUCTIONS.contains(name)) {
                types.entry(name.into()).or_default().push(format!("src/{file}:{}", number + 1));
            }
        }
    }
    let twice: Vec<String> = types
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    assert!(twice.is_empty(), "{} names:\n{}", twice.len(), twice.join("\n"));
}
