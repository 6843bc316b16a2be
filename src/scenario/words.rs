//! Words for messages: did you mean, lists, numbers.

use crate::wording;

pub(super) use crate::wording::{count, whole as thousands};

/// A longer word is compared with nothing: it is a mistake of another kind.
const LONGEST_WORD: usize = 300;

/// So many pairs of letters are compared for one word: thousands of names as people write them.
const MOST_COMPARED: usize = 1 << 20;

/// The candidate nearest to `word`, if it is near enough to be what was meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    // A long address may have more slips than a short word.
    let length = word.chars().count();
    let most = (length / 3).clamp(1, 6).min(length.saturating_sub(1));
    let mut left = MOST_COMPARED;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * most)
        .map_while(|candidate| {
            left = left.checked_sub(word.len() * candidate.len())?;
            let distance = if candidate.eq_ignore_ascii_case(word) {
                0
            } else {
                strsim::damerau_levenshtein(word, candidate)
            };
            Some((distance, candidate))
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `a`, `b` and `c`: at most `most` of them by name.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let mut words = words.into_iter();
    let named: Vec<String> = words.by_ref().take(most).map(|word| format!("`{}`", shortened(word))).collect();
    if named.is_empty() { "nothing".into() } else { wording::list_and_more(&named, words.count()) }
}

/// The help for a name that is not among `known`: what was meant, or what there is.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone, what: &str) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("did you mean `{}`?", shortened(near)),
        None if known.clone().into_iter().next().is_none() => format!("the scenario has no {what}"),
        None => format!("the {what} are {}", list(known, 12)),
    }
}

/// A word as messages repeat it: cut where it is very long, without control characters.
pub(super) fn shortened(word: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = word.chars().take(100).map(clean).collect();
    if word.chars().nth(100).is_some() {
        short.push('…');
    }
    short
}

/// A number as a person writes it: no more digits than it needs.
pub(super) fn number(value: f64) -> String {
    if value != 0.0 && (value.abs() >= 1e15 || value.abs() < 1e-6) {
        return format!("{value:e}");
    }
    let rounded = format!("{value:.9}");
    let short = rounded.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".into() } else { short.into() }
}

/// A label from a name: `river_camp` becomes `River camp`.
pub fn label_of(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let trimmed = spaced.trim();
    let mut chars = if trimmed.is_empty() { name.chars() } else { trimmed.chars() };
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found() {
        assert_eq!(nearest("capcity", ["kind", "capacity"]), Some("capacity"));
        assert_eq!(nearest("xyz", ["kind", "capacity"]), None);
        assert_eq!(suggest("x", ["a", "b"], "places"), "the places are `a` and `b`");
        assert_eq!(suggest("x", [], "places"), "the scenario has no places");
    }

    #[test]
    fn lists_are_cut() {
        assert_eq!(list([], 2), "nothing");
        assert_eq!(list(["a", "b"], 2), "`a` and `b`");
        assert_eq!(list(["a", "b", "c", "d"], 2), "`a`, `b` and 2 more");
    }

    /// Compared with all of them, each word would take hours.
    #[test]
    fn long_words_among_many_are_compared_with_few() {
        let names: Vec<String> = (0..100_000).map(|i| format!("{i:0290}")).collect();
        let known = || names.iter().map(String::as_str);
        assert_eq!(nearest(&"x".repeat(300), known()), None);
        assert_eq!(nearest(&"x".repeat(1 << 20), known()), None);
        // Of names as people write them, with thousands.
        let short: Vec<String> = (0..5_000).map(|i| format!("camp_{i:04}")).collect();
        assert_eq!(nearest("kamp_4321", short.iter().map(String::as_str)), Some("camp_4321"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(1e-12), "1e-12");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(count(1, "step"), "1 step");
    }

    #[test]
    fn names_become_labels() {
        assert_eq!(label_of("river_camp"), "River camp");
        assert_eq!(label_of("_"), "_");
    }
}
