//! Every word that a part or the script says is in the file of words, and every word in it is said.

use std::collections::BTreeSet;
use std::path::Path;

use repatria::internals::page::words::Words;

fn texts(folder: &Path, ending: &str, found: &mut String) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push_str(&fs_err::read_to_string(&path).unwrap());
        }
    }
}

/// Texts in quotes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"').skip(1).collect()
}

#[test]
fn every_word_is_said_and_every_saying_has_words() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
    let (mut rust, mut script) = (String::new(), String::new());
    texts(&page, "rs", &mut rust);
    texts(&page.join("assets"), "js", &mut script);
    let (in_rust, in_script) = (quoted(&rust), quoted(&script));
    let english = Words::default();
    // Made of the name of an action or of a kind of file.
    let made = ["levers.", "chart.", "months.", "language."];
    for key in english.all().keys() {
        let of_script = key.strip_prefix("script.").is_some_and(|key| in_script.contains(key));
        let said =
            in_rust.contains(key.as_str()) || of_script || made.iter().any(|part| key.starts_with(part));
        assert!(said, "nothing says `{key}`");
    }
    let parts: BTreeSet<&str> = english.all().keys().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    let is_key = |text: &&&str| {
        let plain = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !part.is_empty();
        text.split_once('.').is_some_and(|(part, key)| parts.contains(part) && plain(key))
    };
    let tested = ["answer.haeding", "outcomes.answer"];
    for key in in_rust.iter().filter(is_key).filter(|key| !tested.contains(*key)) {
        assert!(english.all().contains_key(*key), "`{key}` has no words");
    }
}
