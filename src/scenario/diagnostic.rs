//! What is wrong with a scenario, as plain data: the faces of the program draw it.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::code::{Code, Coded};
use super::source::Source;

/// How bad a [`Diagnostic`] is: whether the scenario can be used in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// The scenario can be used, but its author should look.
    Warning,
}

/// One problem of a scenario, as plain data: what is wrong, where in the text, and what to write instead. Drawing it is for who
/// shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem it is, and what it is about.
    pub kind: Box<Coded>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as a fragment that starts in lower case.
    pub message: String,
    /// The bytes of the file it is about; `None` where it is about the whole file or about what is not there.
    pub span: Option<Range<usize>>,
    /// The file in which it stands, where that is not the scenario's own but the one that it extends.
    pub file: Option<Arc<Source>>,
    /// What to say under the marked text; may be empty.
    pub label: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl Diagnostic {
    /// An error about the whole file.
    pub fn error(kind: impl Into<Coded>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            kind: Box::new(kind.into()),
            severity: Severity::Error,
            message: message.into(),
            span: None,
            file: None,
            label: String::new(),
            help: String::new(),
        }
    }

    /// A warning about the whole file.
    pub fn warning(kind: impl Into<Coded>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(kind, message) }
    }

    /// What kind of problem it is.
    pub fn code(&self) -> Code {
        self.kind.code
    }

    /// The names, addresses and words that it is about.
    pub fn about(&self) -> &[String] {
        &self.kind.about
    }

    /// The same, about the bytes of `span`.
    pub fn at(mut self, span: Range<usize>) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// The same, with words under the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// The same, with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }
}

/// The problems of a scenario, at least one, in the order of the text, each once. Shown as text it has a line for each, the
/// message with what to do about it in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// The problems in the order of the file; `None` when there are none.
    pub fn new(mut problems: Vec<Diagnostic>) -> Option<Diagnostics> {
        if problems.is_empty() {
            return None;
        }
        sort(&mut problems);
        Some(Diagnostics(problems))
    }

    /// The same problems, each as `change` makes it, in the same order.
    pub(super) fn each(self, change: impl FnOnce(Vec<Diagnostic>) -> Vec<Diagnostic>) -> Diagnostics {
        Diagnostics(change(self.0))
    }

    /// The problems, at least one.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

/// Puts problems in the order of the file, each once, those about the whole file first.
pub(super) fn sort(problems: &mut Vec<Diagnostic>) {
    let place = |problem: &Diagnostic| problem.span.as_ref().map(|span| (span.start, span.end));
    let mut seen = BTreeSet::new();
    problems.retain(|problem| seen.insert((place(problem), problem.message.clone())));
    problems.sort_by_key(place);
}

/// Every message and what to do about it, without the text of the file.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, problem) in self.iter().enumerate() {
            let line_break = if i == 0 { "" } else { "\n" };
            write!(f, "{line_break}{} ({})", problem.message, problem.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

impl From<Diagnostic> for Diagnostics {
    fn from(problem: Diagnostic) -> Diagnostics {
        Diagnostics(vec![problem])
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What the schema cannot say: the shape was right.
pub(super) fn unexpected(error: &toml::de::Error) -> Diagnostic {
    let problem = Diagnostic::error(Code::WrongType, error.message())
        .help("write it as the scenarios that come with the program do");
    match error.span() {
        Some(span) => problem.at(span).label("not what is expected here"),
        None => problem,
    }
}

/// The line and the column, both from 1 and the column in characters, at which byte `at` of `text` stands.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let at = floor_boundary(text, at);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The last character boundary of `text` that is not after byte `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a = 1\nö = 2\n";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, 8), (2, 2));
        assert_eq!(line_and_column(text, 999), (3, 1));
    }
}
