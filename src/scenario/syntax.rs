//! Problems of syntax, in our words.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use super::diagnostic::{Diagnostic, floor_boundary};
use super::mistake::{Mistake, Wrong, mistakes};
use super::words::shortened;
use crate::scenario::code::Code;

/// More names than this joined by dots are no address of ours, and would nest tables as deeply.
const MOST_DOTS: usize = 64;

/// Refuses keys of very many names before the parser nests a table for each.
pub(super) fn nested_keys(text: &str) -> Option<Diagnostic> {
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with('#')
            && let Some(span) = long_key(line)
        {
            return Some(
                Diagnostic::error(Code::TooMany, format!("a key of more than {MOST_DOTS} names"))
                    .at(line_start + span.start..line_start + span.end)
                    .label("too many names joined by dots")
                    .help("no section of a scenario is nested so deeply: write it anew"),
            );
        }
        line_start += line.len();
    }
    None
}

/// The first run of more than [`MOST_DOTS`] names joined by dots.
fn long_key(line: &str) -> Option<Range<usize>> {
    // A run goes on over names, quoted names, dots and white space around dots.
    let (mut start, mut dots) = (0, 0);
    let mut quote = None;
    let mut after_dot = true;
    // The last of the blanks behind a name: a dot of the same key may follow them.
    let mut gap = None;
    for (at, c) in line.char_indices() {
        if !matches!(c, ' ' | '\t')
            && let Some(blank) = gap.take()
            && c != '.'
        {
            (start, dots) = (blank, 0);
        }
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => (quote, after_dot) = (Some(c), false),
            (None, '.') => {
                dots += 1;
                after_dot = true;
                if dots > MOST_DOTS {
                    return Some(start..at);
                }
            }
            (None, c) if c.is_alphanumeric() || c == '_' || c == '-' => after_dot = false,
            (None, ' ' | '\t') if after_dot => {}
            (None, ' ' | '\t') => gap = Some(at),
            (None, _) => (start, dots) = (at, 0),
        }
    }
    None
}

/// Mistakes as problems, without those that only follow from another; and the byte from which on the rest of the file
/// means nothing, because a bracket was not closed.
fn problems(text: &str, mistakes: &[Wrong], most: usize) -> (Vec<Diagnostic>, usize) {
    let mut found = Vec::new();
    let mut repeated_section = false;
    let mut last_line = None;
    // The line that was looked at last, where its first sign stands, and how far its text was gone through: there may be many
    // errors on a long line.
    let (mut line_start, mut first, mut seen) = (0, text.len() - text.trim_start().len(), 0);
    for wrong in mistakes.iter().take(most) {
        let span = wrong.span.clone().unwrap_or(text.len()..text.len());
        let span = floor_boundary(text, span.start)..floor_boundary(text, span.end);
        let from = if seen <= span.start { seen } else { 0 };
        if let Some(newline) = text[from..span.start].rfind('\n').map(|newline| from + newline) {
            line_start = newline + 1;
            first = text.len() - text[line_start..].trim_start().len();
        } else if from < seen {
            (line_start, first) = (0, text.len() - text.trim_start().len());
        }
        seen = span.start;
        let starts_line = first >= span.start;
        if wrong.within_brackets && starts_line {
            found.push(
                Diagnostic::error(Code::Syntax, "a bracket is not closed before this line")
                    .at(span.clone())
                    .label("still within a list or table in brackets")
                    .help("write the missing `]`, `}` or comma before here"),
            );
            return (found, span.start);
        }
        let header = text[first..].starts_with('[');
        let repeated = wrong.mistake == Mistake::Repeated;
        if header {
            repeated_section = repeated;
        } else if repeated && repeated_section {
            continue;
        }
        // What follows on the same line is a consequence of the first mistake there.
        if last_line == Some(line_start) {
            continue;
        }
        last_line = Some(line_start);
        found.push(problem(text, wrong, span, header));
    }
    (found, text.len() + 1)
}

/// What cannot be read of a text.
pub(super) struct Broken<'t> {
    /// In our words.
    pub(super) problems: Vec<Diagnostic>,
    /// The text, as long as it is, without the values whose brackets are not closed.
    pub(super) text: Cow<'t, str>,
    /// Where the mistakes are.
    pub(super) lines: FaultyLines,
    /// The byte from which on the rest means nothing, because a bracket was not closed.
    pub(super) readable: usize,
}

/// Lines with mistakes of syntax.
#[derive(Default)]
pub(super) struct FaultyLines {
    /// Those that are still in the text.
    pub(super) at_fault: Vec<Range<usize>>,
    /// Those of values that were taken out.
    pub(super) unclosed: Vec<Range<usize>>,
}

/// Everything that cannot be read of a text that has errors.
pub(super) fn broken(text: &str, most: usize) -> Broken<'_> {
    let mut found = Vec::new();
    let mut text = Cow::Borrowed(text);
    let mut lines = FaultyLines::default();
    loop {
        let (_, errors) = DeTable::parse_recoverable(&text);
        let mistakes = mistakes(&text, &errors);
        let (mut problems, readable) = problems(&text, &mistakes, most);
        if readable <= text.len()
            && lines.unclosed.len() < MOST_UNCLOSED
            && let Some((closed, value)) = closed(&text, readable)
        {
            // What is before it is found again, and so is what comes behind.
            let bracket = problems.pop().map(|problem| problem.at(value.end..value.end + 1));
            let within =
                |problem: &Diagnostic| problem.span.as_ref().is_some_and(|it| value.contains(&it.start));
            found.extend(problems.into_iter().filter(within).chain(bracket));
            lines.unclosed.push(value);
            text = Cow::Owned(closed);
            continue;
        }
        found.append(&mut problems);
        for place in mistakes.iter().take(most).filter_map(|wrong| wrong.span.clone()) {
            let known =
                lines.at_fault.last().is_some_and(|line| (line.start..=line.end).contains(&place.start));
            if !known {
                lines.at_fault.push(line_at(&text, place.start));
            }
        }
        return Broken { problems: found, text, lines, readable };
    }
}

/// More brackets than this are not closed one after the other.
const MOST_UNCLOSED: usize = 10;

/// The text without the last value before `end`, whose bracket is not closed, and where that stands.
fn closed(text: &str, end: usize) -> Option<(String, Range<usize>)> {
    let before = text.get(..end)?;
    let starts = before.rmatch_indices('\n').map(|(newline, _)| newline + 1).chain([0]);
    let name = |c: char| c.is_alphanumeric() || "_-. \"'".contains(c);
    let starts = starts.filter(|start| *start < end).take(MOST_LINES);
    let (start, equals) = starts.into_iter().find_map(|start| {
        let line = &text[line_at(text, start)];
        let (key, _) =
            line.split_once('=').filter(|(key, _)| !key.trim().is_empty() && key.chars().all(name))?;
        Some((start, start + key.len()))
    })?;
    let mut closed = text.to_string();
    let first = line_at(text, start);
    let mut at = first.end + 1;
    // A section may have been read as a list in the list.
    let header = |line: &str| {
        let name = line.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || "_-.[]".contains(c)))
    };
    while at < end {
        let line = line_at(text, at);
        if header(&text[line.clone()]) {
            break;
        }
        at = line.end + 1;
        comment(&mut closed, line);
    }
    let end = at.min(end);
    let value = equals + 1..first.end;
    let marks = "?".repeat(value.len().checked_sub(2)?);
    closed.replace_range(value, &format!("\"{marks}\""));
    Some((closed, start..end))
}

/// A value in brackets does not go on for so many lines.
const MOST_LINES: usize = 1_000;

/// The line in which a byte stands, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = floor_boundary(text, at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// The text as long as it is, without the values of `lines` that cannot be read, or without these lines, and whether no key
/// is missing then; `None` where even then it cannot be read: the name of a section, a bracket over several lines.
pub(super) fn without(text: &str, lines: &[Range<usize>]) -> Option<(String, bool)> {
    let mut attempt = text.to_string();
    let mut complete = true;
    for line in lines {
        if text[line.clone()].trim_start().starts_with('[') {
            // Most likely a section that is there already: under another name it can be read.
            let name = &text[line.clone()][..text[line.clone()].rfind(']')?];
            let last = name.rfind(|c: char| c.is_ascii_alphanumeric())? + line.start;
            attempt.replace_range(last..=last, "_");
            continue;
        }
        let written = text[line.clone()].trim_end_matches('\r');
        let value = written.find('=').map(|equals| line.start + equals + 1..line.start + written.len());
        match value.filter(|value| value.len() > 2) {
            Some(value) => {
                // What follows on the same line may be a key of its own.
                let shown = text[value.clone()].trim_start();
                complete &= shown.starts_with('{') || !shown.contains('=');
                let marks = "?".repeat(value.len() - 2);
                attempt.replace_range(value, &format!("\"{marks}\""));
            }
            None => {
                comment(&mut attempt, line.clone());
                complete = false;
            }
        }
    }
    // Where not the value is at fault, or the key is written twice.
    let (_, errors) = DeTable::parse_recoverable(&attempt);
    let mut last = None;
    for error in &errors {
        let at = floor_boundary(&attempt, error.span()?.start);
        let line = lines.iter().find(|line| line.start <= at && at <= line.end)?;
        if last.replace(line) != Some(line) {
            comment(&mut attempt, line.clone());
            complete = false;
        }
    }
    DeTable::parse(&attempt).is_ok().then_some((attempt, complete))
}

/// Makes a comment of a line.
fn comment(text: &mut String, line: Range<usize>) {
    let marks = "#".repeat(line.len());
    text.replace_range(line, &marks);
}

/// A mistake in our words.
fn problem(text: &str, wrong: &Wrong, span: Range<usize>, header: bool) -> Diagnostic {
    let marked = shortened(text[span.clone()].trim());
    let kind =
        if wrong.mistake == Mistake::Repeated { Code::RepeatedKey.of(&marked) } else { Code::Syntax.into() };
    let (said, label, help) = match wrong.mistake {
        Mistake::Repeated => {
            let what = if header { "the section" } else { "the key" };
            (
                format!("{what} `{marked}` is written twice"),
                "here again",
                "write everything under the first one, or give this another name",
            )
        }
        Mistake::NotText if !marked.is_empty() => (
            format!("`{marked}` is neither a number nor text in quotation marks"),
            "cannot be read",
            "write a number, true, false, or text between quotation marks: \"like this\"",
        ),
        Mistake::GoesOn if text[span.start..].starts_with(',') => (
            "this line goes on after its value".to_string(),
            "more than one thing",
            "several things are a list in brackets: [\"one\", \"other\"]",
        ),
        other => {
            let (said, label, help) = in_our_words(other).unwrap_or((
                &wrong.said,
                "the file cannot be read here",
                "check the brackets, commas and quotation marks around here",
            ));
            (said.to_string(), label, help)
        }
    };
    Diagnostic::error(kind, said).at(span).label(label).help(help)
}

/// What is said of a mistake wherever it stands, the label and the help.
fn in_our_words(mistake: Mistake) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match mistake {
        Mistake::NoBraceBefore => (
            "a brace or a comma is missing before this",
            "`}` or `,` expected",
            "close the table with }, or write a comma between its entries",
        ),
        Mistake::ExtraEquals => ("there is an `=` too many", "one is enough", "write key = value"),
        Mistake::NoEquals => {
            ("this line has no `=`", "cannot be read", "a line is `key = value`, a [section] or a # comment")
        }
        Mistake::NoComma => {
            ("a comma is missing before this", "`,` expected", "write a comma between the entries")
        }
        Mistake::ExtraComma => ("there is a comma too many", "nothing stands before it", "take it out"),
        Mistake::OpenSection => {
            ("the name of this section is not closed", "`]` expected", "close it: [section]")
        }
        Mistake::OpenTable => {
            ("a table in braces is not closed", "`}` expected", "close it: { key = value }")
        }
        Mistake::OpenList => ("a list is not closed", "`]` expected", "close it: [ ... ]"),
        Mistake::NoBracket => {
            ("this bracket was never opened", "no `[` before it", "take it out, or write `[`")
        }
        Mistake::NoBrace => ("this brace was never opened", "no `{` before it", "take it out, or write `{`"),
        Mistake::GoesOn => {
            ("this line goes on after its value", "more than one thing", "write it on a line of its own")
        }
        Mistake::NoAssignment => ("`=` is missing here", "`=` expected", "write key = value"),
        Mistake::ExtraAssignment => {
            ("there is an `=` too many", "cannot be read", "one line holds one `key = value`")
        }
        Mistake::NoKey => ("a key is missing here", "nothing before `=`", "write key = value"),
        Mistake::OpenText => (
            "this text is not closed, or has a sign that needs a backslash",
            "cannot be read",
            "end the text with a quotation mark on the same line",
        ),
        Mistake::NoMark => (
            "a quotation mark is missing before this",
            "`\"` expected",
            "write text between quotation marks: \"like this\"",
        ),
        Mistake::NotText => {
            ("there is no value after `=`", "a value is missing", "write a value, or take the line out")
        }
        Mistake::Repeated | Mistake::Other => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_are_found_and_prose_is_not() {
        assert!(nested_keys(&("a.".repeat(65) + "b = 1")).is_some());
        assert!(nested_keys(&("\"a\" . ".repeat(65) + "b = 1")).is_some());
        assert!(nested_keys(&"A sentence. ".repeat(100)).is_none());
        assert!(nested_keys(&("# ".to_string() + &".".repeat(100))).is_none());
        assert!(nested_keys("[0.5, 1.5, 2.5]\n".repeat(100).as_str()).is_none());
        assert!(nested_keys(&format!("x = [{}]", "0.5, ".repeat(100))).is_none());
        assert!(nested_keys(&("a .".repeat(40) + "b c" + &" . d".repeat(40))).is_none());
        assert!(nested_keys(&("a\t . ".repeat(65) + "b = 1")).is_some());
    }

    /// As large as a scenario may be: looked at anew for each of its blanks, it would take hours.
    #[test]
    fn long_runs_of_blanks_are_gone_through_once() {
        for blank in [" ", "\t", " \t"] {
            let blanks = blank.repeat((1 << 22) / blank.len());
            assert!(nested_keys(&format!("a{blanks}= 1")).is_none());
            assert!(nested_keys(&format!("a{blanks}.{}b = 1", "a.".repeat(64))).is_some());
        }
    }

    /// A line is looked at once, however many errors it has.
    #[test]
    fn many_errors_on_one_line_are_one_line_at_fault() {
        let wrong = "a = b c = d ] ".repeat(20_000);
        let text = format!("title = \"x\"\n{wrong}\nkind = 1\n{wrong}");
        let broken = broken(&text, 500);
        assert_eq!(broken.lines.at_fault.iter().map(|line| line.start).collect::<Vec<_>>()[..1], [12]);
        assert!(broken.lines.at_fault.len() <= 2, "{:?}", broken.lines.at_fault);
        assert!(broken.problems.len() <= 2, "{:?}", broken.problems);
    }
}
