//! Dates and the steps in which they take effect.

use jiff::civil::Date;

use super::draft::Draft;
use crate::calendar::parse_date;
use crate::scenario::file::date::DateText;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

impl Draft<'_> {
    /// Reads a date; `None` when it is none, which is then said.
    pub(super) fn date(&mut self, written: &Located<DateText>) -> Option<Date> {
        let date = parse_date(&written.get().0);
        if date.is_none() {
            self.error(
                written.span(),
                format!("`{}` is not a date", shortened(&written.get().0)),
                "expected year-month or year-month-day",
                "write \"2025-01\" or \"2025-01-15\"".into(),
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

    /// The step from which a dated change holds, with a warning where that is later than its date.
    pub(super) fn step_from(&mut self, written: &Located<DateText>, end_too: bool) -> Option<u32> {
        let date = self.date_within(written, end_too)?;
        let step = self.calendar.first_step_from(date);
        let boundary = self.calendar.date(step);
        if step == self.calendar.steps() && !end_too {
            let last = self.calendar.date(step - 1);
            self.error(
                written.span(),
                format!("{date} is within the last step, which starts on {last}"),
                "too late to take effect",
                format!("write {last} or an earlier date, or change `horizon`"),
            );
            return None;
        }
        if boundary != date {
            let unit = self.calendar.unit().name();
            self.warning(
                written.span(),
                format!("{date} is within a step: it takes effect on {boundary}"),
                "not the first day of a step",
                format!("write {boundary}, or use a step shorter than a {unit}"),
            );
        }
        Some(step)
    }
}
