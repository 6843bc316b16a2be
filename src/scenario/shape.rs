//! The shape of a file: its syntax, and whether every key and type is one that the schema knows. All problems at once.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;
use toml::de::DeTable;

use super::diagnostic::Diagnostic;
use super::file_kind::FileKind;
use super::recovery::Recovery;
use super::slips::{self, Slips};
use super::syntax;
use super::walk::{MOST_PROBLEMS, walk};
use crate::scenario::code::Code;

/// What was found of a file's shape.
#[derive(Debug)]
pub(super) struct ShapeReport<'t> {
    /// The problems, none if there are none.
    pub(super) problems: Vec<Diagnostic>,
    /// What its author most likely means, where there are problems and that can be told.
    pub(super) meant: Option<Recovery<'t>>,
}

/// Checks the shape of a file. Of one that cannot be parsed, slips of the pen are reported and the rest is looked at without
/// them.
pub(super) fn check<'t>(text: &'t str, schema: &Value, kind: FileKind) -> ShapeReport<'t> {
    let unreadable = |problem: Diagnostic| ShapeReport { problems: vec![problem], meant: None };
    if let Some(problem) = syntax::nested_keys(text) {
        return unreadable(problem);
    }
    if text.trim().is_empty() {
        return unreadable(
            Diagnostic::error(Code::EmptyFile, format!("the {} is empty", kind.name)).help(kind.least),
        );
    }
    if DeTable::parse(text).is_ok() {
        return check_text(Cow::Borrowed(text), schema, kind);
    }
    let Slips { mut problems, fixed } = slips::find(text);
    if problems.is_empty() {
        return check_text(Cow::Borrowed(text), schema, kind);
    }
    let mut rest = check_text(Cow::Owned(fixed), schema, kind);
    // What is put in the place of a slip is not its author's.
    let places: Vec<Range<usize>> = problems.iter().filter_map(|slip| slip.span.clone()).collect();
    let of_slip =
        |span: &Range<usize>| places.iter().any(|slip| slip.start < span.end && span.start < slip.end);
    rest.problems.retain(|problem| !problem.span.as_ref().is_some_and(of_slip));
    problems.append(&mut rest.problems);
    problems.truncate(MOST_PROBLEMS);
    let meant = rest.meant.map(|meant| Recovery { quiet: [meant.quiet, places].concat(), ..meant });
    ShapeReport { problems, meant }
}

/// Checks the shape of a text that has no slips: where it cannot be read, beside the lines with mistakes of syntax.
fn check_text<'t>(text: Cow<'t, str>, schema: &Value, kind: FileKind) -> ShapeReport<'t> {
    let (document, errors) = DeTable::parse_recoverable(&text);
    if errors.is_empty() {
        let (problems, fixes) = walk(document.get_ref(), schema, kind);
        return ShapeReport { problems, meant: Some(Recovery { text, fixes, quiet: Vec::new() }) };
    }
    let syntax::Broken { mut problems, text: closed, mut lines, readable } =
        syntax::broken(&text, MOST_PROBLEMS);
    let fixed = syntax::without(&closed, &lines.at_fault);
    let others = fixed.as_ref().map_or(&*closed, |(fixed, _)| fixed);
    let (others, fixes) = walk(DeTable::parse_recoverable(others).0.get_ref(), schema, kind);
    // What stands on a line that cannot be read, or within a bracket that was not closed, means nothing.
    lines.at_fault.append(&mut lines.unclosed);
    let broken = lines.at_fault;
    // Keys may be missing that are on lines which cannot be read.
    let complete = fixed.as_ref().is_some_and(|(_, complete)| *complete);
    let (reported, unreported): (Vec<_>, Vec<_>) = others.into_iter().partition(|problem| {
        let stands = |span: &Range<usize>| {
            let readable = fixed.is_some() || span.start < readable;
            readable && !broken.iter().any(|line| line.start <= span.start && span.start <= line.end)
        };
        let there = complete || problem.code() != Code::MissingKey;
        there && problem.span.as_ref().map_or(complete, stands)
    });
    problems.extend(reported);
    let meant = fixed.map(|(fixed, _)| {
        let quiet = unreported.into_iter().filter_map(|problem| problem.span).chain(broken).collect();
        Recovery { text: Cow::Owned(fixed), fixes, quiet }
    });
    ShapeReport { problems, meant }
}
