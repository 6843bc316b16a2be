//! A model in the making: what is known so far, and what was found wrong.

use std::ops::Range;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::inside_steps::InsideStep;
use super::made::MadeStayChange;
use super::number_book::NumberBook;
use crate::calendar::Calendar;
use crate::model::{Groups, Parameter, PlaceKind, Section};
use crate::scenario::address::AddressBook;
use crate::scenario::code::{Code, Coded};
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::words::Key;
use crate::scenario::kinds::kind;
use crate::scenario::located::Located;
use crate::scenario::source::Source;
use crate::scenario::variants::{Overlay, addresses};
use crate::scenario::words::{label_of, shortened, suggest};
use crate::units::TimeUnit;

/// More errors, and more warnings, than this are counted but not kept.
const MOST_PROBLEMS: usize = 1_000;

/// Names that tables of results use for sums and ends.
const RESERVED: [&str; 3] = ["all", "all_held", "outside"];

/// Characters of a title or a label.
pub const LONGEST_TEXT: usize = 200;

pub(super) struct Draft<'a> {
    pub(super) file: &'a ScenarioFile,
    /// What a variant changes in it.
    pub(super) variant: &'a Overlay<'a>,
    pub(super) source: &'a Source,
    pub(super) problems: Vec<Diagnostic>,
    /// How many errors there are, in `problems` or beyond its bound.
    pub(super) errors: usize,
    warnings: usize,
    pub(super) calendar: Calendar,
    /// Whether `calendar` is the file's: where it is not, dates cannot be judged.
    pub(super) dated: bool,
    pub(super) groups: Groups,
    /// The values of every group, so that they need not be computed again.
    pub(super) group_values: Vec<Vec<usize>>,
    pub(super) place_names: Vec<String>,
    pub(super) place_kinds: Vec<PlaceKind>,
    /// In the order of the model: each uses earlier ones only.
    pub(super) parameters: Vec<Parameter>,
    /// Not a number where a parameter could not be read.
    pub(super) parameter_values: Vec<f64>,
    pub(super) parameter_used: Vec<bool>,
    pub(super) numbers: NumberBook,
    pub(super) addresses: AddressBook,
    /// Ways from a cell to a cell, counted before they are made.
    pub(super) edges: u64,
    /// What variants and policies do to stays, in the order in which they stack.
    pub(super) stay_changes: Vec<MadeStayChange>,
    /// The variant's items that change nothing.
    pub(super) idle: Vec<usize>,
    /// Parameters that nothing uses: the variants may.
    pub(super) unused: Vec<Diagnostic>,
    /// The dates that are inside steps.
    pub(super) inside_steps: Vec<InsideStep>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(variant: &'a Overlay<'a>, source: &'a Source) -> Draft<'a> {
        let start = Date::constant(2025, 1, 1);
        // A stand-in until the header is read, one step long.
        let calendar = Calendar::new(start, TimeUnit::Year, Date::constant(2026, 1, 1));
        Draft {
            file: &variant.file,
            variant,
            source,
            problems: Vec::new(),
            errors: 0,
            warnings: 0,
            calendar: calendar.unwrap_or_else(|_| unreachable!("a year has one step of a year")),
            dated: false,
            groups: Groups::default(),
            group_values: Vec::new(),
            place_names: Vec::new(),
            place_kinds: Vec::new(),
            parameters: Vec::new(),
            parameter_values: Vec::new(),
            parameter_used: Vec::new(),
            numbers: NumberBook::default(),
            addresses: AddressBook::default(),
            edges: 0,
            stay_changes: Vec::new(),
            idle: Vec::new(),
            unused: Vec::new(),
            inside_steps: Vec::new(),
        }
    }

    /// Everything found wrong.
    pub(super) fn refuse(self) -> Diagnostics {
        Diagnostics::new(self.problems)
            .unwrap_or_else(|| Diagnostic::error(Code::WrongType, "the scenario cannot be used").into())
    }

    /// Adds a problem; one without a place of its own has the empty span at the start.
    pub(super) fn report(&mut self, mut problem: Diagnostic) {
        let counter = if problem.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        *counter += 1;
        if *counter <= MOST_PROBLEMS {
            problem.span = problem.span.filter(|span| *span != (0..0));
            self.problems.push(problem);
        }
    }

    pub(super) fn error(
        &mut self,
        kind: impl Into<Coded>,
        span: Range<usize>,
        message: String,
        label: &str,
        help: String,
    ) {
        self.report(Diagnostic::error(kind, message).at(span).label(label).help(help));
    }

    pub(super) fn warning(
        &mut self,
        kind: impl Into<Coded>,
        span: Range<usize>,
        message: String,
        label: &str,
        help: String,
    ) {
        self.report(Diagnostic::warning(kind, message).at(span).label(label).help(help));
    }

    /// The help for an unknown name, as long as there are not too many of them.
    pub(super) fn suggest<'b>(
        &self,
        word: &str,
        known: impl IntoIterator<Item = &'b str> + Clone,
        what: &str,
    ) -> String {
        if self.errors > MOST_PROBLEMS { String::new() } else { suggest(word, known, what) }
    }

    /// Checks the name of something.
    pub(super) fn name(&mut self, name: &str, span: Range<usize>) {
        if let Some(problem) = name_problem(name, span) {
            self.report(problem);
        }
    }

    /// Checks the name of a mechanism and gives the label that people see.
    pub(super) fn named(&mut self, key: &Key, label: Option<&Located<String>>) -> (String, String) {
        self.name(key, key.span());
        let label = match label {
            Some(label) => self.text(label, "label"),
            None => label_of(key),
        };
        (key.to_string(), label)
    }

    /// Checks a title, a label or the like.
    pub(super) fn text(&mut self, text: &Located<String>, what: &str) -> String {
        if let Some(problem) = text_problem(text, what) {
            self.report(problem);
        }
        text.get().clone()
    }

    /// The text of a file that the scenario names, in the folder of whoever names it.
    ///
    /// # Errors
    /// As [`Source::companion`].
    pub(super) fn companion(&self, name: &Located<String>) -> Result<String, Diagnostics> {
        match &self.file.base {
            Some(base) if name.span().start >= base.shift => base.source.companion(name),
            _ => self.source.companion(name),
        }
    }

    /// What the file has at an address, in words: looked up only where a message needs it.
    pub(super) fn is_at(&self, address: &str) -> Option<&'static str> {
        let words: Vec<&str> = address.splitn(3, '.').collect();
        if let [family, name, ..] = words.as_slice()
            && Section::named(family).is_some()
            && !addresses(self.file).contains(&format!("{family}.{name}"))
        {
            // The variant has taken it out.
            return None;
        }
        let texts = [Some(self.source), self.file.base.as_ref().map(|base| &*base.source)];
        let added =
            self.variant.owners.iter().map(|owner| format!("variants.{}.add.{address}", owner.name()));
        let addresses: Vec<String> = std::iter::once(address.to_string()).chain(added).collect();
        texts.into_iter().flatten().find_map(|source| {
            let (document, _) = DeTable::parse_recoverable(&source.text);
            addresses.iter().find_map(|address| value_at(document.get_ref(), address).map(kind))
        })
    }
}

fn value_at<'d, 's>(document: &'d DeTable<'s>, address: &str) -> Option<&'d DeValue<'s>> {
    let mut value: Option<&DeValue> = None;
    for word in address.split('.') {
        let next = match value {
            None => document.get(word),
            Some(DeValue::Table(table)) => table.get(word),
            Some(DeValue::Array(items)) => word.parse::<usize>().ok().and_then(|i| items.get(i)),
            Some(_) => None,
        };
        value = Some(next?.get_ref());
    }
    value
}

/// What is wrong with the name of something.
pub fn name_problem(name: &str, span: Range<usize>) -> Option<Diagnostic> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let (label, help) = if name.is_empty() || name.len() > 60 || !name.chars().all(good) {
        (
            "names have 1 to 60 letters, digits, `_` and `-`",
            "shorten it or write `_` for other characters; `label` may say it in full",
        )
    } else if RESERVED.contains(&name) {
        ("tables of results use this word", "write another name; `label` may still say it")
    } else {
        return None;
    };
    Some(
        Diagnostic::error(Code::BadName.of(&name), format!("`{}` cannot be a name", shortened(name)))
            .at(span)
            .label(label)
            .help(help),
    )
}

/// What is wrong with a title, a label or the like.
pub fn text_problem(text: &Located<String>, what: &str) -> Option<Diagnostic> {
    let (problem, help) = if text.trim().is_empty() {
        ("is empty", "write something, or leave the field out if it may be left out")
    } else if text.chars().any(char::is_control) {
        ("has line breaks or other control characters", "write it in one line")
    } else if text.chars().count() > LONGEST_TEXT {
        ("is longer than 200 characters", "shorten it")
    } else {
        return None;
    };
    Some(
        Diagnostic::error(Code::BadText, format!("the {what} {problem}"))
            .at(text.span())
            .label(problem)
            .help(help),
    )
}
