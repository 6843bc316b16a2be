//! Draws problems of a scenario: where, what, and what to write instead.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::say::visible;
use crate::scenario::diagnostic::line_and_column;
use crate::scenario::{Diagnostic, Severity, Source};

/// More problems than this are counted, not drawn.
const MOST_DRAWN: usize = 50;
/// Lines drawn of a problem that goes over many.
const MOST_LINES: usize = 3;
/// Characters drawn of a long line before and after where the marked text starts. The drawing cuts the line further
/// to the width of a terminal.
const MOST_CHARS: usize = 2_000;

/// The problems as text for people, each with its place, its line and its help; with colours if `colour`.
pub fn render<'a>(
    source: &Source,
    problems: impl IntoIterator<Item = &'a Diagnostic>,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut more = 0;
    for (n, problem) in problems.into_iter().enumerate() {
        if n >= MOST_DRAWN {
            more += 1;
            continue;
        }
        out.push_str(&one(source, problem, &renderer));
        out.push_str("\n\n");
    }
    if more > 0 {
        out.push_str(&format!("and {more} more\n\n"));
    }
    out
}

fn one(source: &Source, problem: &Diagnostic, renderer: &Renderer) -> String {
    let source = problem.file.as_deref().unwrap_or(source);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // Titles, labels and lines are made harmless where they are drawn; paths and help are not.
    let name = visible(&source.name);
    let help = visible(&problem.help);
    let mut group =
        Group::with_title(level.primary_title(problem.message.as_str()).id(problem.code().name()));
    // An empty text has no line to draw.
    let span = problem.span.clone().filter(|_| !source.text.is_empty());
    let window = span.map(|span| (span.start, ShownWindow::around(&source.text, span)));
    match &window {
        Some((at, window)) => {
            let (line, column) = line_and_column(&source.text, *at);
            let annotation =
                AnnotationKind::Primary.span(window.marked.clone()).label(problem.label.as_str());
            let snippet =
                Snippet::source(window.text.as_str()).line_start(line).fold(false).annotation(annotation);
            group = if window.cut {
                // The drawing would count columns from where the line is cut.
                let origin = Origin::path(name.as_ref()).line(line).char_column(column);
                group.element(origin).element(snippet)
            } else {
                group.element(snippet.path(name.as_ref()))
            };
        }
        // What is wrong with the whole file often names it.
        None if problem.about().contains(&source.name) => {}
        None => group = group.element(Origin::path(name.as_ref())),
    }
    if !problem.help.is_empty() {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    renderer.render(&[group])
}

/// The part of a text that is drawn.
struct ShownWindow {
    text: String,
    /// What is underlined, in bytes of `text`.
    marked: Range<usize>,
    /// Whether the start of the line is missing.
    cut: bool,
}

impl ShownWindow {
    /// The line or lines of `span`, cut where they are long or many.
    fn around(text: &str, span: Range<usize>) -> ShownWindow {
        let boundary = |at: usize| crate::scenario::diagnostic::floor_boundary(text, at);
        let (start, end) = (boundary(span.start), boundary(span.end.max(span.start)));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let from = text[line_start..start]
            .char_indices()
            .rev()
            .nth(MOST_CHARS)
            .map_or(line_start, |(at, _)| line_start + at);
        // To the end of the line in which the span ends, but not further than a few lines or many characters.
        let last_line = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        let few_lines = text[start..last_line]
            .match_indices('\n')
            .nth(MOST_LINES - 1)
            .map_or(last_line, |(at, _)| start + at);
        // The return before a line feed is no part of the line.
        let few_lines = if text[start..few_lines].ends_with('\r') { few_lines - 1 } else { few_lines };
        let until =
            text[start..few_lines].char_indices().nth(MOST_CHARS).map_or(few_lines, |(at, _)| start + at);

        let mut drawn = String::new();
        if from > line_start {
            drawn.push('…');
        }
        let shift = drawn.len();
        drawn.push_str(&text[from..until]);
        let marked = start - from + shift..end.clamp(start, until) - from + shift;
        if until < few_lines {
            drawn.push('…');
        }
        ShownWindow { text: drawn, marked, cut: from > line_start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Code;

    fn problem(span: Range<usize>) -> Diagnostic {
        Diagnostic::error(Code::OutOfRange, "this is wrong").at(span).label("here").help("write it right")
    }

    #[test]
    fn a_problem_has_its_place_and_its_fix() {
        let source = Source::new("a.toml", "title = \"x\"\nstep = 3\n");
        let drawn = render(&source, &[problem(19..20)], false);
        assert!(drawn.contains("a.toml:2:8"), "{drawn}");
        assert!(drawn.contains("^ here") && drawn.contains("help: write it right"), "{drawn}");
    }

    #[test]
    fn long_lines_and_many_problems_stay_short() {
        let source = Source::new("a.toml", format!("x = \"{}\"", "é".repeat(1_000_000)));
        let problems = vec![problem(600_000..1_200_000); 1_000];
        let drawn = render(&source, &problems, false);
        assert!(drawn.len() < 100_000, "{}", drawn.len());
        assert!(drawn.ends_with("and 950 more\n\n"));
    }

    #[test]
    fn no_place_is_out_of_bounds() {
        for text in ["", "\n", "é", "a\r\nb"] {
            for start in 0..6 {
                for end in 0..6 {
                    render(&Source::new("a.toml", text), &[problem(start..end)], false);
                }
            }
        }
    }
}
