//! A scenario's text without what only a teacher should see: the lesson and the answers of exercises.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What stands in the place of what is left out; a text, so that the scenario can still be read and simulates the same.
const LEFT_OUT: &str = "\"Left out of this page.\"";

/// The text of the file of this path as the page has it: with or without the lesson. Only scenarios have one.
pub fn shown(path: &str, text: &str, lesson: bool) -> String {
    if lesson || !path.ends_with(".toml") { text.into() } else { without(text) }
}

/// The same text, with other words for the lesson and for every answer. What is no TOML is left out altogether: nobody can say what is in it.
/// Comments stay, so a text whose comments give the answer away gives it away here.
pub fn without(text: &str) -> String {
    let Ok(document) = DeTable::parse(text) else { return String::new() };
    let mut spans = Vec::new();
    let table = document.get_ref();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "lesson" => spans.push(value.span()),
            "exercises" => answers(value, &mut spans),
            _ => {}
        }
    }
    spans.sort_by_key(|span| span.start);
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    for Range { start, end } in spans {
        kept.push_str(text.get(from..start).unwrap_or_default());
        kept.push_str(LEFT_OUT);
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// The places of all answers in the exercises.
fn answers(value: &Spanned<DeValue<'_>>, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                if key.get_ref() == "answer" { spans.push(value.span()) } else { answers(value, spans) }
            }
        }
        DeValue::Array(items) => items.iter().for_each(|item| answers(item, spans)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn lessons_and_answers_are_left_out_wherever_they_are_written() {
        let text = "title = \"A\"\nlesson = '''\nSeats\ncount.'''\n[exercises.one]\nquestion = \"Q\"\nanswer = \"Twelve\"\n\
                    [outcomes.answer]\nlabel = \"kept\"\n";
        let plain = without(text);
        assert!(!plain.contains("Seats") && !plain.contains("Twelve"), "{plain}");
        assert!(plain.contains("[outcomes.answer]") && plain.contains("question = \"Q\""), "{plain}");
        assert_eq!(
            without("exercises = [{ question = \"Q\", answer = \"é 12\" }] # é"),
            "exercises = [{ question = \"Q\", answer = \"Left out of this page.\" }] # é"
        );
        assert_eq!(without("lesson = 'a"), "");
    }
}
