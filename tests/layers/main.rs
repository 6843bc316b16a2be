//! Promise: data flows one way. Every arrow between rooms points down the list of floors.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod circles;

use std::path::{Path, PathBuf};

/// Rooms by floor. The two rooms of floor 2 do not know each other.
const FLOORS: [(&str, u32); 20] = [
    ("calendar", 0),
    ("digest", 0),
    ("disk", 0),
    ("files", 0),
    ("signs", 0),
    ("wording", 0),
    ("units", 0),
    ("random", 0),
    ("survival", 0),
    ("model", 10),
    ("scenario", 20),
    ("engine", 20),
    ("ensemble", 30),
    ("run", 35),
    ("output", 40),
    ("page", 45),
    ("study", 50),
    ("cli", 60),
    ("internals", 70),
    ("main", 70),
];

fn floor(room: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

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

fn read(path: &Path) -> String {
    fs_err::read_to_string(path).unwrap()
}

/// The rooms that a source file names after `crate::`, braces included.
fn rooms_named(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for (position, _) in code.match_indices("crate::") {
        let rest = &code[position + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let room: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            rooms.push(room);
        }
    }
    rooms
}

/// Text reaches a terminal through one place, which lets no text command it.
#[test]
fn what_is_printed_leaves_in_one_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files.into_iter().filter(|file| !file.ends_with("cli/say.rs")) {
        let text = fs_err::read_to_string(&file).unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let asks = line.contains("stderr().is_terminal()") || line.contains("stdout().is_terminal()");
            let prints =
                ["stdout()", "stderr()", "println!(", "print!("].iter().any(|word| line.contains(word));
            assert!(asks || !prints, "{} prints by itself: use cli/say.rs\n{line}", file.display());
        }
    }
}

/// Which signs turn the direction of letters is said once: lists of them soon differ.
#[test]
fn signs_that_turn_letters_are_listed_in_one_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files.into_iter().filter(|file| !file.ends_with("signs.rs")) {
        let text = fs_err::read_to_string(&file).unwrap();
        assert!(!text.contains("{202a}"), "{}: use signs.rs", file.display());
    }
}

#[test]
fn every_arrow_points_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut arrows = 0;
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        if first == "lib" {
            continue;
        }
        let own = floor(&first)
            .unwrap_or_else(|| panic!("{first} is on no floor: add it to this test and to ARCHITECTURE.md"));
        for room in rooms_named(&fs_err::read_to_string(&file).unwrap()) {
            if room == first {
                continue;
            }
            let other =
                floor(&room).unwrap_or_else(|| panic!("{}: what is crate::{room}?", inside.display()));
            arrows += 1;
            assert!(
                other < own || (own == 0 && other == 0),
                "{} names crate::{room}, which is not below it",
                inside.display()
            );
        }
    }
    assert!(arrows > 50, "only {arrows} arrows found: does this test still see the code?");
}
