//! Problems of syntax, in our words.

use std::ops::Range;

use super::diagnostic::{Diagnostic, floor_boundary};

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
                Diagnostic::error(format!("a key of more than {MOST_DOTS} names"))
                    .at(line_start + span.start..line_start + span.end)
                    .label("too many names joined by dots")
                    .help("no section of a scenario is nested so deeply"),
            );
        }
        line_start += line.len();
    }
    None
}

/// The first run of more than [`MOST_DOTS`] names joined by dots.
fn long_key(line: &str) -> Option<Range<usize>> {
    // (start of the run, dots in it); a run goes on over names, quoted names and white space.
    let (mut start, mut dots) = (0, 0);
    let mut quote = None;
    let mut after_dot = true;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '.') => {
                dots += 1;
                after_dot = true;
                if dots > MOST_DOTS {
                    return Some(start..at);
                }
            }
            (None, c) if c.is_alphanumeric() || c == '_' || c == '-' => after_dot = false,
            (None, ' ' | '\t') if after_dot => {}
            (None, ' ' | '\t') => {
                // White space may still be followed by a dot of the same key.
                let rest = line[at..].trim_start_matches([' ', '\t']);
                if !rest.starts_with('.') {
                    (start, dots) = (at, 0);
                }
            }
            (None, _) => (start, dots) = (at, 0),
        }
    }
    None
}

/// A parser's error as a problem.
pub(super) fn problem(text: &str, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    let span = error.span().unwrap_or(text.len()..text.len());
    let span = floor_boundary(text, span.start)..floor_boundary(text, span.end);
    let help = if message.contains("duplicate key") {
        "give it another name, or write everything under the first one"
    } else if message.contains("newline") && message.contains("expected") {
        "one line holds one `key = value`; a table in braces may go over several lines"
    } else if message.contains("string") || message.contains("quote") {
        "text is written between quotation marks: \"like this\""
    } else if message.contains("table") || message.contains("array") || message.contains('`') {
        "check the brackets, the commas and the quotation marks around here"
    } else {
        "the file is TOML 1.0: a line is `key = value` or `[section]`"
    };
    Diagnostic::error(message.to_string()).at(span).label("the file cannot be read here").help(help)
}
