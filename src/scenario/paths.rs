//! The one rule for a file that another file names.
//!
//! A path is read from the folder of the file that names it, and is written with `/` on every system. What a scenario names, a base
//! or a table, lies in its folder or below: a scenario with its files can be given away as one folder. What a study names, its
//! scenario or its table, may lie anywhere: a study keeps copies. Names are told apart by upper and lower case on every system, so
//! that a study from a laptop runs on a cluster. A link leads to what it leads to; what is read is a regular file, and of a file
//! that is none of ours no line is ever shown.

#[cfg(feature = "disk")]
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::hints;
use super::schema;
use super::words::shortened;
use crate::scenario::code::Code;

/// Where a file that is named may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In the folder of the file that names it, or below.
    Below,
    /// Anywhere.
    Anywhere,
}

/// A path as it is written in a file, without what leads nowhere (`./`, `//`). `example` is the name of one such file.
///
/// # Errors
/// Where it breaks the rule, with what to write.
pub fn named(path: &str, reach: Reach, example: &str) -> Result<String, Diagnostic> {
    if path.contains('\\') {
        let help =
            format!("write / between folders, on Windows too: \"{}\"", shortened(&path.replace('\\', "/")));
        return Err(Diagnostic::error(
            Code::FileName.of(&path),
            format!("`{}` is written with \\", shortened(path)),
        )
        .help(help));
    }
    let whole = path.starts_with('/') || is_drive(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() {
        let help = format!("name one: \"{example}\"");
        return Err(Diagnostic::error(
            Code::FileName.of(&path),
            format!("`{}` names no file", shortened(path)),
        )
        .help(help));
    }
    if reach == Reach::Below && (whole || parts.contains(&"..") || path.chars().any(char::is_control)) {
        let message = format!("`{}` is not a file in the scenario's folder", shortened(path));
        return Err(Diagnostic::error(Code::FileName, message).help(hints::for_path(path, example)));
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    Ok(format!("{root}{}", parts.join("/")))
}

/// Whether a path begins with a drive of Windows: `C:`.
fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// What is wrong where the file `name` in `folder` is there, or not, with other letters: a name is written as it is, also where the
/// system would find it by another.
#[cfg(feature = "disk")]
pub fn letters(folder: &Path, name: &str) -> Option<Diagnostic> {
    let mut at: PathBuf = if name.starts_with('/') { PathBuf::from("/") } else { folder.into() };
    for part in name.split('/').filter(|part| !part.is_empty()) {
        if is_drive(part) {
            // `C:` alone is the folder where one is on that drive.
            at = PathBuf::from(format!("{part}/"));
            continue;
        }
        if part == ".." {
            at.push(part);
            continue;
        }
        let here = if at.as_os_str().is_empty() { Path::new(".") } else { at.as_path() };
        // A folder that may be gone through and not looked into is believed.
        let entries = fs_err::read_dir(here).ok()?;
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let alike: Vec<String> = names.filter(|there| there.to_lowercase() == part.to_lowercase()).collect();
        if !alike.iter().any(|there| there == part) {
            let there = alike.first()?;
            let message = format!("there is no `{}`, but `{}`", shortened(part), shortened(there));
            return Some(
                Diagnostic::error(Code::FileName, message)
                    .help("write upper and lower case as the file's name has them"),
            );
        }
        at.push(part);
    }
    None
}

/// Whether a text looks like a scenario, or a file that extends one: a line of it begins with a word that they have. Of other files,
/// which were named by mistake or by somebody else, messages show nothing.
pub fn looks_like_a_scenario(text: &str) -> bool {
    let schemas = [schema::of_scenarios(), schema::of_extensions()];
    first_words(text).any(|word| schemas.iter().any(|schema| schema["properties"].get(word).is_some()))
}

/// The keys and sections with which lines of a text begin, at whatever depth: of `[places.camp]` it is `places`. The text may be
/// one that cannot be read.
pub fn first_words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.trim_start_matches(['\u{feff}', ' ', '\t', '[']);
        let word =
            line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(line, |end| &line[..end]);
        line[word.len()..].trim_start().starts_with(['=', '.', ']']).then_some(word)
    })
}

/// The problem of a file that was named as a scenario and is none, without a word of what is in it.
pub fn no_scenario(name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WrongFile.of(&name),
        format!("`{}` is no scenario: it has none of a scenario's words", shortened(name)),
    )
    .help("name a scenario, which has a title, a start, a horizon, a step and places")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_for_all_paths() {
        let of = |path: &str, reach| named(path, reach, "base.toml").map_err(|problem| problem.message);
        for path in ["camp.toml", "a/b.toml", "./camp.toml", "a//b.toml", "a/./b.toml", "مخيم.toml"] {
            let clean = path.replace("./", "").replace("//", "/");
            assert_eq!(of(path, Reach::Below), Ok(clean.clone()));
            assert_eq!(of(path, Reach::Anywhere), Ok(clean));
        }
        for path in ["/etc/passwd", "../camp.toml", "a/../../b.toml", "a/../b.toml", "C:/camp.toml"] {
            assert!(
                of(path, Reach::Below)
                    .is_err_and(|said| said.contains("not a file in the scenario's folder"))
            );
            assert_eq!(of(path, Reach::Anywhere), Ok(path.to_string()));
        }
        for path in ["", ".", "/", "./"] {
            assert!(of(path, Reach::Below).is_err() && of(path, Reach::Anywhere).is_err(), "{path}");
        }
        for reach in [Reach::Below, Reach::Anywhere] {
            let problem = named(r"..\scenarios\camp.toml", reach, "base.toml").unwrap_err();
            assert!(problem.message.contains("is written with \\"), "{}", problem.message);
        }
    }

    #[test]
    fn scenarios_are_known_by_their_words() {
        for text in
            ["title = 3", "x\n[places.camp]\n", "\u{feff}start=1", "[[x]]\n  horizon = ", "extends = \"a\""]
        {
            assert!(looks_like_a_scenario(text), "{text}");
        }
        for text in [
            "",
            "root:x:0:0:root:/root:/bin/bash",
            "-----BEGIN PRIVATE KEY-----",
            "title",
            "a title = 3",
            "{\"title\": 3}",
        ] {
            assert!(!looks_like_a_scenario(text), "{text}");
        }
    }
}
