//! Dates and the steps in which they take effect.

use jiff::civil::Date;

use super::draft::Draft;
use super::inside_steps::InsideStep;
use crate::calendar::parse_date_or_year;
use crate::scenario::code::Code;
use crate::scenario::file::date::DateText;
use crate::scenario::hints;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

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
