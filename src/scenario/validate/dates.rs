//! Dates and the steps in which they take effect.

use std::ops::Range;

use jiff::civil::Date;

use super::draft::Draft;
use crate::calendar::parse_date_or_year;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::date::DateText;
use crate::scenario::hints;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;
use crate::units::TimeUnit;

/// So many dates inside steps are listed.
const MOST_LISTED: usize = 4;

/// A date inside a step, and what it counts as.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct InsideStep {
    span: Range<usize>,
    what: String,
    date: Date,
    counts_as: Date,
    /// It counts as the end of the horizon, after which nothing happens.
    never: bool,
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

impl Draft<'_> {
    /// Reads a date; `None` when it is none, which is then said.
    pub(super) fn date(&mut self, written: &Located<DateText>) -> Option<Date> {
        let date = parse_date_or_year(&written.get().0);
        if date.is_none() {
            self.error(
                Code::BadDate.of(&written.get().0),
                written.span(),
                format!("`{}` is not a date", shortened(&written.get().0)),
                "expected a year, year-month or year-month-day",
                hints::for_date(&written.get().0),
            );
        }
        date
    }

    /// Reads a date and checks that it lies within the horizon; `end_too`: it may also be its very end.
    pub(super) fn date_within(&mut self, written: &Located<DateText>, end_too: bool) -> Option<Date> {
        let date = self.date(written)?;
        if !self.dated {
            return None;
        }
        let (start, end) = (self.calendar.start(), self.calendar.end());
        if date < start || date > end || (date == end && !end_too) {
            self.error(
                Code::OutsideHorizon,
                written.span(),
                format!("{date} is outside the horizon"),
                "nothing is simulated then",
                format!(
                    "the scenario runs from {start} until {end}: write a date within, or change `horizon`"
                ),
            );
            return None;
        }
        Some(date)
    }

    /// The boundary that a date counts as, by the one rule for dates inside steps ([`Calendar::nearest`]); those are told
    /// together, under the name of `what` has them. `ends`: it may also be the very end of the horizon; else what counts
    /// as the end never happens.
    ///
    /// [`Calendar::nearest`]: crate::calendar::Calendar::nearest
    pub(super) fn boundary(&mut self, what: &str, written: &Located<DateText>, ends: bool) -> Option<u32> {
        let date = self.date_within(written, ends)?;
        let boundary = self.calendar.nearest(date);
        let counts_as = self.calendar.date(boundary);
        if counts_as != date {
            let never = boundary == self.calendar.steps() && !ends;
            let what = shortened(what);
            self.inside_steps.push(InsideStep { span: written.span(), what, date, counts_as, never });
        }
        Some(boundary)
    }

    /// As [`boundary`](Draft::boundary), of what starts with a step: `None` where it never happens.
    pub(super) fn step_of(&mut self, what: &str, written: &Located<DateText>) -> Option<u32> {
        self.boundary(what, written, false).filter(|step| *step < self.calendar.steps())
    }
}
