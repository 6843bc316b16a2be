//! Full stops behind what others wrote: a title that ends with a question mark, in whatever script, gets none.

/// Marks that end a sentence beside those of Latin script: what Unicode calls `Sentence_Terminal`, with the ellipsis and with the
/// question and exclamation marks of Armenian, which stand over a vowel of the last word.
const ENDS: [(char, char); 51] = [
    ('!', '!'),
    ('.', '.'),
    ('?', '?'),
    ('\u{37e}', '\u{37e}'),
    ('\u{55c}', '\u{55c}'),
    ('\u{55e}', '\u{55e}'),
    ('\u{589}', '\u{589}'),
    ('\u{61d}', '\u{61f}'),
    ('\u{6d4}', '\u{6d4}'),
    ('\u{700}', '\u{702}'),
    ('\u{7f9}', '\u{7f9}'),
    ('\u{837}', '\u{839}'),
    ('\u{83d}', '\u{83e}'),
    ('\u{964}', '\u{965}'),
    ('\u{104a}', '\u{104b}'),
    ('\u{1362}', '\u{1362}'),
    ('\u{1367}', '\u{1368}'),
    ('\u{166e}', '\u{166e}'),
    ('\u{1735}', '\u{1736}'),
    ('\u{17d4}', '\u{17d5}'),
    ('\u{1803}', '\u{1803}'),
    ('\u{1809}', '\u{1809}'),
    ('\u{1944}', '\u{1945}'),
    ('\u{1aa8}', '\u{1aab}'),
    ('\u{1b5a}', '\u{1b5b}'),
    ('\u{1b5e}', '\u{1b5f}'),
    ('\u{1b7d}', '\u{1b7f}'),
    ('\u{1c3b}', '\u{1c3c}'),
    ('\u{1c7e}', '\u{1c7f}'),
    ('\u{2026}', '\u{2026}'),
    ('\u{203c}', '\u{203d}'),
    ('\u{2047}', '\u{2049}'),
    ('\u{2cf9}', '\u{2cfb}'),
    ('\u{2e2e}', '\u{2e2e}'),
    ('\u{2e3c}', '\u{2e3c}'),
    ('\u{2e53}', '\u{2e54}'),
    ('\u{3002}', '\u{3002}'),
    ('\u{a4ff}', '\u{a4ff}'),
    ('\u{a60e}', '\u{a60f}'),
    ('\u{a6f3}', '\u{a6f7}'),
    ('\u{a876}', '\u{a877}'),
    ('\u{a8ce}', '\u{a8cf}'),
    ('\u{a9c8}', '\u{a9c9}'),
    ('\u{aa5d}', '\u{aa5f}'),
    ('\u{abeb}', '\u{abeb}'),
    ('\u{fe12}', '\u{fe16}'),
    ('\u{fe52}', '\u{fe57}'),
    ('\u{ff01}', '\u{ff01}'),
    ('\u{ff0e}', '\u{ff0e}'),
    ('\u{ff1f}', '\u{ff1f}'),
    ('\u{ff61}', '\u{ff61}'),
];

/// What may stand between the end of a sentence and its full stop: quotation marks and brackets that close, and the mark by which
/// charts close a name that is read from right to left.
const CLOSING: [char; 14] =
    ['"', '\'', ')', ']', '’', '”', '»', '›', '」', '』', '）', '】', '》', '\u{2069}'];

/// Marks by which Armenian says that the word is asked or called.
const OVER_A_VOWEL: [char; 2] = ['\u{55c}', '\u{55e}'];

/// A text as a sentence: with a full stop, but for the empty text and for one that is ended.
pub fn full_stop(text: &str) -> String {
    if text.is_empty() || is_ended(text) { text.to_string() } else { format!("{text}.") }
}

/// `text` without the full stops that follow the end of a sentence: "Who waits?." is "Who waits?".
pub fn one_stop(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        let last = next == '.' && rest.peek().is_none_or(|after| after.is_whitespace());
        // "..." is an end of its own.
        if !(last && !kept.ends_with("..") && is_ended(&kept)) {
            kept.push(next);
        }
    }
    kept
}

/// Whether a text ends as a sentence does.
fn is_ended(text: &str) -> bool {
    let open = text.trim_end_matches(CLOSING);
    let mut letters = open.chars().rev();
    let Some(last) = letters.next() else { return false };
    // The question mark of Greek as it is typed.
    let greek = last == ';' && letters.next().is_some_and(|before| ('\u{370}'..'\u{400}').contains(&before));
    let word = open.rsplit(char::is_whitespace).next().unwrap_or(open);
    greek
        || ENDS.iter().any(|(first, until)| (*first..=*until).contains(&last))
        || word.contains(OVER_A_VOWEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ended_gets_no_full_stop() {
        for ended in [
            "Who waits?",
            "Stay!",
            "And so on…",
            "كم طفلاً يبقى في المخيم حتى عام 2030؟",
            "多少人在营地？",
            "Ποιος περιμένει;",
            "Ποιος περιμένει\u{37e}",
            "Ո՞վ է սպասում։",
            "Սպասո՞ւմ",
            "कौन इंतज़ार करता है।",
            "ማን ይጠብቃል፧",
            "He asked \"who?\"",
            "Closed (or not?)",
            "\u{2068}من ينتظر؟\u{2069}",
            "",
        ] {
            assert_eq!(full_stop(ended), ended);
            assert_eq!(
                one_stop(&format!("In a table: {ended}. More.")).matches('.').count(),
                if ended.is_empty() { 2 } else { 1 }
            );
        }
        for open in ["A camp", "2030", "Wait; then", "camp (a)", "سجن"] {
            assert_eq!(full_stop(open), format!("{open}."));
            assert_eq!(one_stop(&full_stop(open)), full_stop(open));
        }
    }

    #[test]
    fn numbers_and_abbreviations_keep_their_points() {
        for text in ["1.5 people. And so on...", "3.2 %? No.", "outcomes.csv", "Rings: a report.", "…and .5"]
        {
            assert_eq!(one_stop(text), text);
        }
        assert_eq!(one_stop("Flights, convoys etc.. Then."), "Flights, convoys etc. Then.");
    }
}
