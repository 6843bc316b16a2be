//! What numbers are computed from, with the names of parameters for people.

use super::names::parameter;
use crate::model::{Expression, Formula, Model};
use crate::wording::list;

/// A formula with more pieces than this is not repeated.
const MOST_PIECES: usize = 9;

/// Longer names of parameters stand in brackets.
const MOST_WORDS: usize = 5;

/// After such words a product goes on without brackets: "6 a year times Willingness".
const OPEN_ENDS: [&str; 6] = [" a day", " a week", " a month", " a quarter", " a year", " of them"];

/// `text`, which is the value of a product of expressions, with the parameters behind it: "6 a year times Willingness", "240 seats
/// (60 × Flights × Rule)", "9 % (depends on A and B)"; itself where there are none.
pub(super) fn with_dependence<'e>(
    text: String,
    model: &Model,
    values: &[f64],
    expressions: impl Iterator<Item = &'e Expression>,
) -> String {
    let formulas: Vec<&Formula> = expressions
        .filter_map(|expression| match expression {
            Expression::Formula(formula) if !formula.uses().is_empty() => Some(&**formula),
            _ => None,
        })
        .collect();
    match formulas.as_slice() {
        [] => text,
        [only] => one(text, model, values, only),
        several => text + &on(model, several.iter().flat_map(|formula| formula.uses().iter().copied())),
    }
}

fn one(text: String, model: &Model, values: &[f64], formula: &Formula) -> String {
    let uses = formula.uses();
    let Some(pieces) = pieces(model, formula) else { return text + &on(model, uses.iter().copied()) };
    // What is multiplied by 1 reads best without the brackets.
    let number = |piece: &String| piece.starts_with(|letter: char| letter.is_ascii_digit());
    if let ([first, times, last], [used]) = (pieces.as_slice(), uses)
        && times == "×"
        && values.get(*used) == Some(&1.0)
        && number(first) != number(last)
        && OPEN_ENDS.iter().any(|end| text.ends_with(end))
        && parameter(model, *used).split(' ').count() <= MOST_WORDS
    {
        return format!("{text} times {}", parameter(model, *used));
    }
    format!("{text} ({})", pieces.join(" "))
}

/// " (depends on A and B)"
fn on(model: &Model, uses: impl Iterator<Item = usize>) -> String {
    let mut uses: Vec<usize> = uses.collect();
    uses.sort_unstable();
    uses.dedup();
    let names: Vec<String> = uses.into_iter().map(|used| parameter(model, used)).collect();
    format!(" (depends on {})", list(&names, names.len()))
}

/// The pieces of a short formula without functions and powers; `None` of others.
fn pieces(model: &Model, formula: &Formula) -> Option<Vec<String>> {
    let mut pieces = Vec::new();
    let mut rest = formula.text();
    while let Some(first) = rest.chars().next() {
        let of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let of_number = |letter: char| letter.is_ascii_digit() || letter == '.';
        let (piece, length) = match first {
            ' ' => {
                rest = &rest[1..];
                continue;
            }
            '*' => ("×".to_string(), 1),
            '/' => ("÷".into(), 1),
            '+' => ("+".into(), 1),
            '-' => ("−".into(), 1),
            digit if of_number(digit) => {
                let end = rest.find(|letter| !of_number(letter)).unwrap_or(rest.len());
                // An exponent, which no sentence has.
                if rest[end..].starts_with(of_word) {
                    return None;
                }
                (rest[..end].to_string(), end)
            }
            letter if of_word(letter) => {
                let end = rest.find(|letter| !of_word(letter)).unwrap_or(rest.len());
                let known = |used: &&usize| model.parameters[**used].name == rest[..end];
                (parameter(model, *formula.uses().iter().find(known)?), end)
            }
            _ => return None,
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    (pieces.len() <= MOST_PIECES).then_some(pieces)
}
