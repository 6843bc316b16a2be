//! Text in both directions: names that are read from right to left inside of sentences and labels that are not.
//!
//! Such a name is put between a "first strong isolate" and its end (Unicode's bidirectional algorithm, UAX 9): whatever stands
//! around it, its own full stops and numbers are on its own side, and what follows it stays where it belongs. Browsers and the
//! maker of our PNGs know these marks.

/// Begins a text whose direction is that of its first letter.
const FIRST_STRONG: char = '\u{2068}';
/// Ends it.
const POP: char = '\u{2069}';

/// Whether a letter is read from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and others of their blocks.
fn is_right_to_left(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// `text` set apart, where any letter of it is read from right to left.
pub fn isolated(text: String) -> String {
    match text.chars().any(is_right_to_left) {
        true => format!("{FIRST_STRONG}{text}{POP}"),
        false => text,
    }
}

/// How many isolates are open at the end of a line.
fn open(line: &str) -> usize {
    line.chars().fold(0usize, |open, letter| match letter {
        FIRST_STRONG => open + 1,
        POP => open.saturating_sub(1),
        _ => open,
    })
}

/// A text that was cut, with what it has open closed.
pub fn closed(mut text: String) -> String {
    for _ in 0..open(&text) {
        text.push(POP);
    }
    text
}

/// Lines of one text: what is open at the end of one is closed there, and opened again on the next.
pub fn across_lines(lines: Vec<String>) -> Vec<String> {
    let mut before = 0;
    let reopen = |line: String| {
        let line: String = std::iter::repeat_n(FIRST_STRONG, before).chain(line.chars()).collect();
        before = open(&line);
        closed(line)
    };
    lines.into_iter().map(reopen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::chart::text::{clean, shorten, wrap};
    use crate::output::chart::weight::Weight;

    #[test]
    fn only_what_is_read_from_the_right_is_set_apart() {
        assert_eq!(clean("Camp 1, 回国"), "Camp 1, 回国");
        assert_eq!(clean("مخيم"), "\u{2068}مخيم\u{2069}");
        assert_eq!(clean("a\u{202e}b\u{2069}"), "ab");
        assert_eq!(clean(&clean("مخيم")), clean("مخيم"));
    }

    #[test]
    fn every_line_closes_what_it_opens() {
        let long = format!("Title: {}. And more", clean(&"مخيم الهول ".repeat(9)));
        let lines = wrap(&long, 14.0, Weight::Regular, 200.0, 3);
        assert_eq!(lines.len(), 3);
        for line in lines.into_iter().chain([shorten(&long, 14.0, Weight::Regular, 150.0)]) {
            assert_eq!(line.matches(FIRST_STRONG).count(), line.matches(POP).count(), "{line:?}");
        }
    }
}
