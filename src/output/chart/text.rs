//! How wide text is, and how it is made to fit.
//!
//! An SVG leaves its text to the reader's fonts, so nothing can be measured when it is drawn. We measure with the
//! advance widths of Noto Sans: the font of the PNGs, and wider than what browsers put in its place.

use super::weight::Weight;
use super::{bidi, font};
use crate::signs;

/// No text on a chart is longer, in characters; alt text may be.
const LONGEST: usize = 400;

/// The width of `text` in pixels at a font size of `size` pixels.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: f64 = text.chars().map(|letter| advance(letter, weight)).sum();
    thousandths * size / 1000.0
}

/// The width of a letter in thousandths of the font size; a guess where another font will have to have it.
fn advance(letter: char, weight: Weight) -> f64 {
    // What is not seen has no width.
    if is_unseen(letter) {
        return 0.0;
    }
    font::advance(letter, weight).unwrap_or(match u32::from(letter) {
        // What stands upon a letter.
        0x300..=0x36f | 0x64b..=0x65f => 0.0,
        // Other alphabets are a little wider on average, and Asian signs are square.
        0x80..=0x10ff | 0x1e00..=0x20ff => 800.0,
        _ => 1100.0,
    })
}

/// Whether a character only says how others are shown.
pub fn is_unseen(letter: char) -> bool {
    signs::turns(letter)
        || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
}

/// `text` on one line of characters that XML can hold: what cannot be shown becomes a space. Directions are ours to say: marks of
/// direction in it are left out, and a text with letters that are read from right to left is set apart from what is around it.
pub fn clean(text: &str) -> String {
    bidi::isolated(one_line(text))
}

/// The same as it stands: its directions have been said.
pub fn drawn(text: &str) -> String {
    let printable = |letter: char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if printable(letter) { letter } else { ' ' }).collect()
}

fn one_line(text: &str) -> String {
    let printable = |letter: char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(|letter| !signs::turns(*letter)).collect();
    let spaced: String =
        text.chars().take(4 * LONGEST).map(|letter| if printable(letter) { letter } else { ' ' }).collect();
    let mut words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// `text`, or as much of it as fits into `room` pixels before an ellipsis.
pub fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = width("…", size, weight);
    for letter in text.chars() {
        used += width(letter.encode_utf8(&mut [0; 4]), size, weight);
        if used > room {
            break;
        }
        kept.push(letter);
    }
    bidi::closed(format!("{}…", kept.trim_end()))
}

/// `text` on at most `most` lines of `room` pixels, the last one shortened if need be; empty text has no lines.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            // A number and its percent sign stay together.
            Some(number) if word.starts_with('%') => number.push_str(&format!(" {word}")),
            _ => words.push(word.to_string()),
        }
    }
    let mut words = words.into_iter().peekable();
    while let Some(mut line) = words.next() {
        if lines.len() + 1 >= most {
            // The rest, all on the last line.
            for word in words.by_ref() {
                line.push(' ');
                line.push_str(&word);
            }
        }
        while let Some(word) = words.peek() {
            let longer = format!("{line} {word}");
            if width(&longer, size, weight) > room {
                break;
            }
            line = longer;
            words.next();
        }
        lines.push(shorten(&line, size, weight, room));
    }
    bidi::across_lines(lines)
}

/// A name of the file as people would write it: `third_country` is "Third country".
pub fn words(name: &str) -> String {
    let spaced = clean(&name.replace('_', " "));
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The label of a thing, or the words of its name where it has no label of its own.
pub fn label(label: &str, name: &str) -> String {
    if label.is_empty() || label == name { words(name) } else { clean(label) }
}

/// `text` with its first letter small, to stand inside a sentence, unless it looks like an abbreviation.
pub fn inside(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_string(),
    }
}

/// `text` as it stands in XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_lose_nothing_silently() {
        let text = "A long heading that will certainly not fit into the room that it is given here";
        let lines = wrap(text, 14.0, Weight::Regular, 120.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| width(line, 14.0, Weight::Regular) <= 120.0), "{lines:?}");
        assert!(lines[2].ends_with('…'));
        assert_eq!(wrap("short", 14.0, Weight::Regular, 120.0, 3), ["short"]);
        assert!(wrap("", 14.0, Weight::Regular, 120.0, 3).is_empty());
    }

    #[test]
    fn names_become_words() {
        assert_eq!(words("third_country"), "Third country");
        assert_eq!(label("river_camp", "river_camp"), "River camp");
        assert_eq!(label("The camp", "river_camp"), "The camp");
        assert_eq!(inside("Mass escape"), "mass escape");
        assert_eq!(inside("UN flights"), "UN flights");
    }

    #[test]
    fn what_xml_cannot_hold_is_removed() {
        assert_eq!(clean("a\u{0}b\n\tc \u{ffff}"), "a b c");
        assert_eq!(clean(&"x".repeat(5000)).chars().count(), LONGEST + 1);
    }
}
