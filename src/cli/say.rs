//! Messages for whoever runs the program: on stderr, so that stdout carries nothing but what was asked for.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

/// Lines are filled to this width.
const WIDTH: usize = 100;

/// Says one thing. Nobody may be listening any more (`repatria run ... 2>&1 | head`): no reason to stop the work.
pub fn say(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// `"head  one, two, three"`, filled to [`WIDTH`]; further lines are indented to where the first item stands.
pub fn fill<S: AsRef<str>>(head: &str, items: &[S]) -> String {
    let indent = head.chars().count();
    let mut text = head.to_string();
    let mut width = indent;
    for (index, item) in items.iter().enumerate() {
        let item = item.as_ref();
        let comma = if index + 1 < items.len() { "," } else { "" };
        let needed = item.chars().count() + comma.len();
        if index > 0 && width + 1 + needed > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            width = indent;
        } else if index > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(item);
        text.push_str(comma);
        width += needed;
    }
    text
}

/// A sentence, filled to [`WIDTH`].
pub fn paragraph(text: &str) -> String {
    let mut filled = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let needed = word.chars().count();
        if width > 0 && width + 1 + needed > WIDTH {
            filled.push('\n');
            width = 0;
        } else if width > 0 {
            filled.push(' ');
            width += 1;
        }
        filled.push_str(word);
        width += needed;
    }
    filled
}

/// A path as a word of a command that can be copied into a shell.
pub fn path_word(path: &Path) -> String {
    word(&path.to_string_lossy()).into_owned()
}

/// A word of a command, in quotation marks where a shell needs them.
pub fn word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "_-./,:=+@%".contains(c);
    // A path of Windows needs no more.
    let plain = |c: char| plain(c) || (cfg!(windows) && c == '\\');
    if !text.is_empty() && text.chars().all(plain) {
        Cow::Borrowed(text)
    } else if cfg!(windows) {
        Cow::Owned(format!("\"{text}\""))
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_filled() {
        assert_eq!(fill("a  ", &["b"]), "a  b");
        let filled = fill("head  ", &vec!["123456789"; 20]);
        assert!(filled.lines().all(|line| line.chars().count() <= WIDTH), "{filled}");
        assert!(filled.lines().skip(1).all(|line| line.starts_with("      1")), "{filled}");
        assert_eq!(filled.matches(',').count(), 19);
        let long = "x".repeat(300);
        assert_eq!(fill("", &[&long, &long]), format!("{long},\n{long}"));
    }

    #[test]
    fn sentences_are_filled() {
        let filled = paragraph(&"word ".repeat(50));
        assert!(filled.lines().all(|line| line.len() <= WIDTH), "{filled}");
        assert_eq!(filled.split_whitespace().count(), 50);
    }

    #[cfg(unix)]
    #[test]
    fn words_survive_a_shell() {
        assert_eq!(word("scenarios/a.toml"), "scenarios/a.toml");
        assert_eq!(word("a b"), "'a b'");
        assert_eq!(word("it's"), r"'it'\''s'");
        assert_eq!(word(""), "''");
    }
}
