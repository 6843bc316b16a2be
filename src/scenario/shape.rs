//! The shape of a file: its syntax, and whether every key and type is one that the schema knows. All problems at once.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;
use toml::de::DeTable;

use super::diagnostic::Diagnostic;
use super::meant::Meant;
use super::slips::{self, Slips};
use super::syntax;
use super::walk::{MOST_PROBLEMS, walk};
use crate::scenario::code::Code;

/// What was found of a file's shape.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// The problems, none if there are none.
    pub(super) problems: Vec<Diagnostic>,
    /// What its author most likely means, where there are problems and that can be told.
    pub(super) meant: Option<Meant<'t>>,
}

/// A kind of file, in the words of messages.
#[derive(Clone, Copy, Debug)]
pub struct FileKind {
    /// What it is called: "scenario".
    pub name: &'static str,
    /// What one that is empty should have.
    pub least: &'static str,
}

/// A scenario.
pub(super) const SCENARIO: FileKind =
    FileKind { name: "scenario", least: "write title, start, horizon, step and at least one place" };

/// Checks the shape of a file. Of one that cannot be parsed, slips of the pen are told and the rest is looked at without
/// them.
pub(super) fn check<'t>(text: &'t str, schema: &Value, kind: FileKind) -> Found<'t> {
    let hopeless = |problem: Diagnostic| Found { problems: vec![problem], meant: None };
    if let Some(problem) = syntax::nested_keys(text) {
        return hopeless(problem);
    }
    if text.trim().is_empty() {
        return hopeless(
            Diagnostic::error(Code::EmptyFile, format!("the {} is empty", kind.name)).help(kind.least),
        );
    }
    if DeTable::parse(text).is_ok() {
        return check_text(Cow::Borrowed(text), schema, kind);
    }
    let Slips { mut problems, mended } = slips::find(text);
    if problems.is_empty() {
        return check_text(Cow::Borrowed(text), schema, kind);
    }
    let mut rest = check_text(Cow::Owned(mended), schema, kind);
    // What is put in the place of a slip is not its author's.
    let places: Vec<Range<usize>> = problems.iter().filter_map(|slip| slip.span.clone()).collect();
    let of_slip =
        |span: &Range<usize>| places.iter().any(|slip| slip.start < span.end && span.start < slip.end);
    rest.problems.retain(|problem| !problem.span.as_ref().is_some_and(of_slip));
    problems.append(&mut rest.problems);
    problems.truncate(MOST_PROBLEMS);
    let meant = rest.meant.map(|meant| Meant { quiet: [meant.quiet, places].concat(), ..meant });
    Found { problems, meant }
}

/// Checks the shape of a text that has no slips: where it cannot be read, beside the lines with mistakes of syntax.
fn check_text<'t>(text: Cow<'t, str>, schema: &Value, kind: FileKind) -> Found<'t> {
    let (document, errors) = DeTable::parse_recoverable(&text);
    if errors.is_empty() {
        let (problems, mends) = walk(document.get_ref(), schema, kind);
        return Found { problems, meant: Some(Meant { text, mends, quiet: Vec::new() }) };
    }
    let syntax::Broken { mut problems, text: closed, mut lines, readable } =
        syntax::broken(&text, MOST_PROBLEMS);
    let mended = syntax::without(&closed, &lines.at_fault);
    let others = mended.as_ref().map_or(&*closed, |(mended, _)| mended);
    let (others, mends) = walk(DeTable::parse_recoverable(others).0.get_ref(), schema, kind);
    // What stands on a line that cannot be read, or within a bracket that was not closed, means nothing.
    lines.at_fault.append(&mut lines.unclosed);
    let broken = lines.at_fault;
    // Keys may be missing that are on lines which cannot be read.
    let complete = mended.as_ref().is_some_and(|(_, complete)| *complete);
    let (told, untold): (Vec<_>, Vec<_>) = others.into_iter().partition(|problem| {
        let stands = |span: &Range<usize>| {
            let readable = mended.is_some() || span.start < readable;
            readable && !broken.iter().any(|line| line.start <= span.start && span.start <= line.end)
        };
        let there = complete || problem.code() != Code::MissingKey;
        there && problem.span.as_ref().map_or(complete, stands)
    });
    problems.extend(told);
    let meant = mended.map(|(mended, _)| {
        let quiet = untold.into_iter().filter_map(|problem| problem.span).chain(broken).collect();
        Meant { text: Cow::Owned(mended), mends, quiet }
    });
    Found { problems, meant }
}
