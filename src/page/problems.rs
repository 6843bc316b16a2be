//! Problems of a scenario for the page: as data, and drawn as HTML.

use std::ops::Range;

use maud::{Markup, html};
use serde::Serialize;

use crate::scenario::diagnostic::line_and_column;
use crate::scenario::{Diagnostic, Severity, Source};

/// More problems than this are counted, not shown.
const MOST: usize = 50;
/// Lines drawn of a problem that goes over many.
const MOST_LINES: usize = 3;
/// Characters drawn of a long line on each side of the marked text.
const MOST_CHARS: usize = 160;

/// A problem, with its place in the text as a browser counts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownProblem {
    /// "error" or "warning".
    pub severity: &'static str,
    /// What kind it is.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to say under the marked text; may be empty.
    pub label: String,
    /// What to do about it; may be empty.
    pub help: String,
    /// The file in which it stands, where that is not the scenario's own.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// Where the marked text begins, in the units of JavaScript's strings (UTF-16).
    pub start: Option<usize>,
    /// Where it ends.
    pub end: Option<usize>,
}

/// The first problems as data.
pub fn shown<'d>(source: &Source, problems: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<ShownProblem> {
    let of = |problem: &Diagnostic| {
        let text = &problem.file.as_deref().unwrap_or(source).text;
        let span = problem.span.as_ref().map(|span| within(text, span));
        let place = span.as_ref().map(|span| line_and_column(text, span.start));
        let units = |at: usize| text[..at].encode_utf16().count();
        ShownProblem {
            severity: word(problem.severity),
            code: problem.code().name(),
            message: problem.message.clone(),
            label: problem.label.clone(),
            help: problem.help.clone(),
            file: problem.file.as_ref().map(|file| file.name.clone()),
            line: place.map(|place| place.0),
            column: place.map(|place| place.1),
            start: span.as_ref().map(|span| units(span.start)),
            end: span.as_ref().map(|span| units(span.end)),
        }
    };
    problems.into_iter().take(MOST).map(of).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A span that cuts no character and does not leave the text.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| crate::scenario::diagnostic::floor_boundary(text, at);
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

/// The problems as a list, each with its place, its line and its help; nothing where there are none.
pub fn as_html<'d>(source: &Source, problems: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let problems: Vec<&Diagnostic> = problems.into_iter().collect();
    let more = problems.len().saturating_sub(MOST);
    let list = html! {
        @if !problems.is_empty() {
            ol.problems {
                @for problem in problems.iter().take(MOST) { (one(source, problem)) }
            }
            @if more > 0 { p { "and " (more) " more" } }
        }
    };
    list.into_string()
}

fn one(source: &Source, problem: &Diagnostic) -> Markup {
    let source = problem.file.as_deref().unwrap_or(source);
    let span =
        problem.span.as_ref().filter(|_| !source.text.is_empty()).map(|span| within(&source.text, span));
    html! {
        li.problem.(word(problem.severity)) {
            p.message {
                strong { (word(problem.severity)) } ": " bdi { (problem.message) } " "
                code { "[" (problem.code().name()) "]" }
            }
            @if let Some(span) = &span {
                @let (line, column) = line_and_column(&source.text, span.start);
                p.place { bdi { (source.name) } ":" (line) ":" (column) }
                (lines(&source.text, span))
                @if !problem.label.is_empty() { p.label { bdi { (problem.label) } } }
            }
            @if !problem.help.is_empty() { p.help { "help: " bdi { (problem.help) } } }
        }
    }
}

/// The lines of a problem, with what it is about marked.
fn lines(text: &str, span: &Range<usize>) -> Markup {
    let from = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = |at: usize| text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let mut until = to(span.start);
    for _ in 1..MOST_LINES {
        if until < span.end {
            until = to((until + 1).min(text.len()));
        }
    }
    let marked = span.start..span.end.min(until).max(span.start);
    let before: Vec<char> = text[from..marked.start].chars().collect();
    let cut = before.len() > MOST_CHARS;
    let before: String = before[before.len().saturating_sub(MOST_CHARS)..].iter().collect();
    let inside: String = text[marked.clone()].chars().take(2 * MOST_CHARS).collect();
    let after: String = text[marked.end..until.max(marked.end)].chars().take(MOST_CHARS).collect();
    html! {
        pre.source {
            @if cut { "…" }
            (before)
            mark { @if inside.is_empty() { " " } @else { (inside) } }
            (after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Code;
    use proptest::prelude::*;

    #[test]
    fn places_are_counted_as_scripts_count_them() {
        let source = Source::new("camp.toml", "a = \"𝄞é\"\nb = <1>\n");
        let problem =
            Diagnostic::error(Code::WrongType, "no <b>number</b>").at(16..19).label("here").help("write 1");
        let found = shown(&source, [&problem]);
        assert_eq!((found[0].line, found[0].column), (Some(2), Some(4)));
        assert_eq!((found[0].start, found[0].end), (Some(13), Some(16)));
        let drawn = as_html(&source, [&problem]);
        assert!(drawn.contains("no &lt;b&gt;number&lt;/b&gt;") && !drawn.contains("<b>"), "{drawn}");
        assert!(drawn.contains("camp.toml") && drawn.contains(":2:4"), "{drawn}");
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_can_be_drawn(text in any::<String>(), from in 0usize..80, length in 0usize..80) {
            let source = Source::new("x", text);
            let problem = Diagnostic::error(Code::WrongType, "m").at(from..from + length);
            shown(&source, [&problem]);
            as_html(&source, [&problem]);
        }
    }
}
