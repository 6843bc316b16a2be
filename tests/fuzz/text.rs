//! Mutations of a text that know nothing of what it says.

use crate::chance::Chance;
use crate::nasty;

/// Pieces that mean something to some reader of texts.
const PIECES: [&str; 34] = [
    "\"",
    "'",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    ";",
    "\n",
    "\r",
    "#",
    "-",
    "+",
    "\"\"\"",
    "'''",
    "nan",
    "1e400",
    "true",
    "[places.",
    "[variants.",
    "é",
    "\0",
    "\u{1b}",
    "\u{202e}",
    "\u{feff}",
    "2025-01-01",
    "otherwise = 1",
    "extends = \"scenario.toml\"\n",
    "9999999999999999999999",
    "\\u0000",
];

/// The text with a few mutations; `others` are texts of the same kind.
pub fn mutated(text: &str, others: &[&str], chance: &mut Chance) -> String {
    let mut text = text.to_string();
    for _ in 0..chance.few() {
        text = match chance.below(10) {
            0..5 => signs(&text, chance),
            5..9 => lines(&text, others, chance),
            _ => number(&text, chance),
        };
    }
    text
}

fn signs(text: &str, chance: &mut Chance) -> String {
    let signs: Vec<char> = text.chars().collect();
    let at = chance.below(signs.len() + 1);
    let most = 1 << chance.below(7);
    let end = (at + chance.below(most)).min(signs.len());
    let middle: String = match chance.below(4) {
        0 => String::new(),
        1 => signs[at..end].iter().chain(&signs[at..end]).collect(),
        2 => (*chance.one(&PIECES)).to_string(),
        _ => nasty::text(chance),
    };
    let before: String = signs[..at].iter().collect();
    let after: String = signs[end..].iter().collect();
    before + &middle + &after
}

fn lines(text: &str, others: &[&str], chance: &mut Chance) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return (*chance.one(&PIECES)).to_string();
    }
    let at = chance.below(lines.len());
    let other = chance.below(lines.len());
    match chance.below(6) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, lines[at]),
        2 => lines.swap(at, other),
        3 => drop(lines.drain(at.min(other)..at.max(other))),
        4 => lines.extend(vec![lines[at]; 1 + chance.below(300)]),
        _ => {
            let donor: Vec<&str> = chance.one(others).lines().collect();
            let from = chance.below(donor.len());
            let piece = &donor[from..(from + 1 + chance.below(12)).min(donor.len())];
            lines.splice(at..at, piece.iter().copied());
        }
    }
    lines.join("\n") + "\n"
}

/// A digit or a run of them becomes another number, in the ways in which people write numbers.
fn number(text: &str, chance: &mut Chance) -> String {
    let digits: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    if digits.is_empty() {
        return text.to_string();
    }
    let at = *chance.one(&digits);
    let length = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
    const WRITTEN: [&str; 14] = [
        "0",
        "-1",
        "1e9",
        "1e308",
        "4,000",
        "0,15",
        "1_000",
        "1__0",
        "nan",
        "inf",
        "0x1F",
        "1.",
        ".5",
        "99999999999999999999",
    ];
    format!("{}{}{}", &text[..at], chance.one(&WRITTEN), &text[at + length..])
}
