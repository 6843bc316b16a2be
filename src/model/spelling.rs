//! How formulas are spelt for the parser, which takes a name that begins like a function (`min_seats`) for the
//! function, knows no `1e-3`, and loses count of brackets where `min` and `max` are within each other.

use exmex::MatchLiteral;

use super::number::FUNCTIONS;

/// The two functions of several values.
const OF_SEVERAL: [&str; 2] = ["min", "max"];

/// Plain numbers: `2`, `.5`, `1e-3`.
#[derive(Clone, Debug)]
pub(super) struct Digits;

impl MatchLiteral for Digits {
    fn is_literal(text: &str) -> Option<&str> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(text);
        let mut end = whole;
        if text[end..].starts_with('.') {
            let part = digits(&text[end + 1..]);
            end += if whole + part > 0 { 1 + part } else { 0 };
        }
        if end == 0 {
            return None;
        }
        if text[end..].starts_with(['e', 'E']) {
            let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
            let power = digits(&text[end + 1 + sign..]);
            end += if power > 0 { 1 + sign + power } else { 0 };
        }
        Some(&text[..end])
    }
}

/// The formula with its names in braces, and `min(a, b)` as `((a) min (b))`.
pub(super) fn spelt(text: &str) -> String {
    let mut all = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if first.is_ascii_alphabetic() || first == '_' {
            let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            rest = behind;
            match values_in_brackets(behind).filter(|_| OF_SEVERAL.contains(&word)) {
                Some((values, behind)) if values.len() > 1 => {
                    let values: Vec<String> = values.into_iter().map(|v| format!("({})", spelt(v))).collect();
                    all += &format!("({})", values.join(&format!(" {word} ")));
                    rest = behind;
                }
                _ if FUNCTIONS.contains(&word) => all += word,
                _ => all += &format!("{{{word}}}"),
            }
        } else {
            let length = Digits::is_literal(rest).map_or(first.len_utf8(), str::len);
            let (piece, behind) = rest.split_at(length);
            all += piece;
            rest = behind;
        }
    }
    all
}

/// What stands between the commas of the brackets that `text` begins with, and what is behind them.
fn values_in_brackets(text: &str) -> Option<(Vec<&str>, &str)> {
    let inside = text.trim_start().strip_prefix('(')?;
    let (mut depth, mut start, mut values) = (0, 0, Vec::new());
    for (position, c) in inside.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                values.push(&inside[start..position]);
                return Some((values, &inside[position + 1..]));
            }
            ')' => depth -= 1,
            ',' if depth == 0 => {
                values.push(&inside[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    None
}
