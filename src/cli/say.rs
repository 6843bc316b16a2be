//! Messages for whoever runs the program: on stderr, so that stdout carries nothing but what was asked for.
//!
//! Everything that the program prints leaves here, and nothing of it is taken for a command of the terminal: titles, labels and
//! names come from files that strangers may have written.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use super::colour::colour;
use crate::signs;
use crate::wording::{Shell, shell_word};

/// Lines are filled to this width.
const WIDTH: usize = 100;

/// Says one thing. Nobody may be listening any more (`repatria run ... 2>&1 | head`): no reason to stop the work.
pub fn say(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(&text.to_string()));
}

/// Says what [`render`](super::render::render) has drawn, whose colours are left where there may be any.
pub fn show(drawn: &str) {
    let shown = if colour() { visible_but_colours(drawn) } else { visible(drawn).into_owned() };
    let _ = writeln!(io::stderr().lock(), "{shown}");
}

/// Where what was asked for goes: stdout.
pub fn out() -> impl Write {
    Visible(io::stdout().lock())
}

/// Writes text of which nothing is a command of the terminal.
struct Visible<W>(W);

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        // Whoever writes text hands over whole pieces of it.
        self.0.write_all(visible(&String::from_utf8_lossy(text)).as_bytes())?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether a character commands the terminal or turns the direction of what follows it. Letters that are written from right to
/// left are none of these: they are shown as they are.
fn commands(c: char) -> bool {
    signs::turns(c) || (signs::controls(c) && !matches!(c, '\n' | '\t'))
}

/// A text with such characters spelt out: `\u{1b}`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if commands(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// The same, where sequences that set a colour and no other thing are left.
fn visible_but_colours(drawn: &str) -> String {
    let mut shown = String::with_capacity(drawn.len());
    let mut rest = drawn;
    while let Some(at) = rest.find('\u{1b}') {
        shown.push_str(&visible(&rest[..at]));
        let sequence = &rest[at..];
        let end = sequence.find('m').map_or(0, |end| end + 1);
        let numbers =
            sequence.strip_prefix("\u{1b}[").and_then(|numbers| numbers.get(..end.saturating_sub(3)));
        let length = match numbers {
            Some(numbers) if end > 0 && numbers.chars().all(|c| c.is_ascii_digit() || c == ';') => {
                shown.push_str(&sequence[..end]);
                end
            }
            _ => {
                shown.push_str(&visible(&sequence[..1]));
                1
            }
        };
        rest = &sequence[length..];
    }
    shown.push_str(&visible(rest));
    shown
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
    shell_word(&path.to_string_lossy(), Shell::HERE).into_owned()
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

    #[test]
    fn nothing_commands_the_terminal() {
        assert!(matches!(visible("مخيم, מחנה\n\tcamp"), Cow::Borrowed(_)));
        assert_eq!(visible("\u{1b}]0;x\u{7}\r\u{9b}1m"), r"\u{1b}]0;x\u{7}\u{d}\u{9b}1m");
        assert_eq!(visible("a\u{202e}b\u{2067}\u{200f}"), r"a\u{202e}b\u{2067}\u{200f}");
        let mut written = Vec::new();
        let (command, letter) = ("\u{1b}[2J", 'é');
        write!(Visible(&mut written), "{command}{letter}").unwrap();
        assert_eq!(written, r"\u{1b}[2Jé".as_bytes());
    }

    #[test]
    fn colours_are_left_and_nothing_else() {
        assert_eq!(
            visible_but_colours("\u{1b}[1m\u{1b}[91merror\u{1b}[0m"),
            "\u{1b}[1m\u{1b}[91merror\u{1b}[0m"
        );
        for (drawn, shown) in [
            ("\u{1b}[2J", r"\u{1b}[2J"),
            ("\u{1b}[2Jm", r"\u{1b}[2Jm"),
            ("\u{1b}", r"\u{1b}"),
            ("\u{1b}[", r"\u{1b}["),
            ("\u{1b}m", r"\u{1b}m"),
            ("\u{1b}]8;;m", r"\u{1b}]8;;m"),
            ("é\u{1b}\u{1b}[1mé", "é\\u{1b}\u{1b}[1mé"),
        ] {
            assert_eq!(visible_but_colours(drawn), shown);
        }
    }
}
