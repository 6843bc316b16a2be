//! Title, dates, replicates, seed.

use jiff::civil::Date;

use super::draft::Draft;
use super::limits::MOST_REPLICATES;
use crate::calendar::{Calendar, CalendarError, MOST_STEPS, add, parse_date};
use crate::scenario::code::Code;
use crate::scenario::expression::whole_length;
use crate::scenario::file::StepWord;
use crate::scenario::hints;
use crate::scenario::words::{shortened, thousands};
use crate::units::TimeUnit;

/// Replicates, unless the file says.
const REPLICATES: u64 = 1_000;
/// The seed, unless the file says.
const SEED: u64 = 1;

pub(super) struct Header {
    pub(super) title: String,
    pub(super) question: Option<String>,
    pub(super) lesson: Option<String>,
    pub(super) replicates: u64,
    pub(super) seed: u64,
}

impl Draft<'_> {
    pub(super) fn header(&mut self) -> Header {
        let file = self.file;
        self.set_calendar();
        let replicates = file.replicates.as_ref().map_or(REPLICATES, |written| {
            if !(1..=MOST_REPLICATES).contains(written.get()) {
                let message = format!("{} replicates cannot be simulated", written.get());
                let bounds = (1.0, MOST_REPLICATES as f64);
                self.out_of_range("", written.span(), message, bounds, "write a whole number, such as 1000");
            }
            written.unsigned_abs()
        });
        let seed = file.seed.as_ref().map_or(SEED, |written| {
            if **written < 0 {
                self.error(
                    Code::OutOfRange,
                    written.span(),
                    "the seed is negative".into(),
                    "below 0",
                    "write 0 or a larger whole number".into(),
                );
            }
            written.unsigned_abs()
        });
        Header {
            title: self.text(&file.title, "title"),
            question: file.question.as_ref().map(|text| self.text(text, "question")),
            lesson: file.lesson.as_ref().map(|text| self.text(text, "lesson")),
            replicates,
            seed,
        }
    }

    fn set_calendar(&mut self) {
        let file = self.file;
        let unit = match file.step.get() {
            StepWord::Day => TimeUnit::Day,
            StepWord::Week => TimeUnit::Week,
            StepWord::Month => TimeUnit::Month,
            StepWord::Quarter => TimeUnit::Quarter,
            StepWord::Year => TimeUnit::Year,
        };
        let start = self.date(&file.start);
        let horizon = &file.horizon.get().0.0;
        let length = whole_length(horizon);
        let end_date = parse_date(horizon);
        if length.is_none() && end_date.is_none() {
            self.error(
                Code::BadLength.of(&horizon),
                file.horizon.span(),
                format!("`{}` is neither a length of time nor a date", shortened(horizon)),
                "expected whole units of time, or the date at which it ends",
                hints::horizon_help(horizon),
            );
            return;
        }
        let Some(start) = start else { return };
        let end = end_date.or_else(|| length.and_then(|(count, unit)| add(start, unit, count.into())));
        let calendar = end.ok_or(CalendarError::OutOfRange).and_then(|end| Calendar::new(start, unit, end));
        match calendar {
            Ok(calendar) => {
                self.calendar = calendar;
                self.dated = true;
                if let Some(date) = end_date {
                    self.end_inside_a_step(date);
                }
            }
            Err(error) => {
                let help = match error {
                    CalendarError::Empty => format!("end it after the start, {start}"),
                    CalendarError::TooLong => {
                        format!(
                            "at most {} steps: shorten it, or use a longer `step`",
                            thousands(MOST_STEPS.into())
                        )
                    }
                    CalendarError::OutOfRange => {
                        format!("shorten it: from {start} it can go on until 9999-12-31")
                    }
                };
                self.error(
                    Code::BadHorizon,
                    file.horizon.span(),
                    error.to_string(),
                    &format!("in steps of a {}", unit.name()),
                    help,
                );
            }
        }
    }

    /// Says what an end within a step means: the only date that is not moved to the nearest start of a step, because nothing
    /// that it is written for may be cut off.
    fn end_inside_a_step(&mut self, date: Date) {
        let end = self.calendar.end();
        if end == date {
            return;
        }
        let steps = self.calendar.steps();
        let before = self.calendar.date(steps - 1);
        let unit = self.calendar.unit().name();
        let shorter =
            if before > self.calendar.start() { format!("\"{before}\" or ") } else { String::new() };
        self.warning(
            Code::InsideStep,
            self.file.horizon.span(),
            format!("the horizon {date} lies inside a step of a {unit}: the last step is simulated whole, until {end}"),
            &format!("ends on {end}"),
            format!("write {shorter}\"{end}\" to say so"),
        );
    }
}
