//! Dates inside steps, and the warning of them.

use std::ops::Range;

use jiff::civil::Date;

use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::words::shortened;
use crate::units::TimeUnit;

/// So many dates inside steps are listed.
const MOST_LISTED: usize = 4;

/// A date inside a step, and what it counts as.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct InsideStep {
    pub(super) span: Range<usize>,
    pub(super) what: String,
    pub(super) date: Date,
    pub(super) counts_as: Date,
    /// It counts as the end of the horizon, after which nothing happens.
    pub(super) never: bool,
}

impl InsideStep {
    /// Says whose date it is.
    pub(super) fn of(&mut self, what: &str) {
        self.what = shortened(what);
    }
}

/// The warning of all dates inside steps of a scenario and its variants; `None` where there is none.
pub(in crate::scenario) fn inside_steps(mut dates: Vec<InsideStep>, step: TimeUnit) -> Option<Diagnostic> {
    // What never happens comes first, so that it is in the list however long that is.
    dates.sort_by_key(|it| (!it.never, it.span.start));
    dates.dedup_by(|a, b| a.span == b.span);
    let first = dates.first()?;
    let words = |it: &InsideStep| {
        let never = if it.never { ", the end: it never happens" } else { "" };
        format!("{} {} as {}{never}", it.what, it.date, it.counts_as)
    };
    let listed: Vec<String> = dates.iter().take(MOST_LISTED).map(words).collect();
    let more = match dates.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let lie = match dates.len() {
        1 => "a date lies inside a step".to_string(),
        n => format!("{n} dates lie inside a step"),
    };
    let (unit, listed) = (step.name(), listed.join("; "));
    let counts = if dates.len() == 1 { "counts" } else { "count" };
    let message = format!("{lie} of a {unit} and {counts} as the nearest start of a step: {listed}{more}");
    let label = if first.never { "never happens".into() } else { format!("counts as {}", first.counts_as) };
    let help = "write the first day of a step, or a shorter step: step = \"day\" keeps every date";
    Some(Diagnostic::warning(Code::InsideStep, message).at(first.span.clone()).label(label).help(help))
}
