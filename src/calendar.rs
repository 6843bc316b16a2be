//! Dates and steps. Step `k` runs from boundary `k` to boundary `k + 1`; boundary 0 is the start of the scenario.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::units::TimeUnit;

/// More steps than this in one history are refused: a hundred years by day.
pub const MOST_STEPS: u32 = 40_000;

/// The steps of a scenario and their dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    start: Date,
    unit: TimeUnit,
    /// The date of every boundary, `steps + 1` of them.
    boundaries: Vec<Date>,
}

/// Why a calendar cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The end is not after the start.
    #[error("the horizon ends before the first step does")]
    Empty,
    /// More than [`MOST_STEPS`] steps.
    #[error("the horizon has more than {MOST_STEPS} steps")]
    TooLong,
    /// Dates beyond the year 9999.
    #[error("the horizon ends after the year 9999")]
    OutOfRange,
}

impl Calendar {
    /// A calendar from `start` in steps of `unit` to the first boundary on or after `end`.
    ///
    /// # Errors
    /// When there is no step, when there are too many, or when a date is out of range.
    pub fn new(start: Date, unit: TimeUnit, end: Date) -> Result<Calendar, CalendarError> {
        if end <= start {
            return Err(CalendarError::Empty);
        }
        let mut boundaries = vec![start];
        for k in 1.. {
            if k > MOST_STEPS {
                return Err(CalendarError::TooLong);
            }
            let date = start.checked_add(span(unit, i64::from(k))).map_err(|_| CalendarError::OutOfRange)?;
            boundaries.push(date);
            if date >= end {
                break;
            }
        }
        Ok(Calendar { start, unit, boundaries })
    }

    /// The first date.
    pub fn start(&self) -> Date {
        self.start
    }

    /// The date of the last boundary.
    pub fn end(&self) -> Date {
        self.boundaries[self.boundaries.len() - 1]
    }

    /// The length of a step as a unit.
    pub fn unit(&self) -> TimeUnit {
        self.unit
    }

    /// The length of a step in years.
    pub fn step_years(&self) -> f64 {
        self.unit.years()
    }

    /// How many steps there are.
    pub fn steps(&self) -> u32 {
        u32::try_from(self.boundaries.len() - 1).unwrap_or(MOST_STEPS)
    }

    /// The date of boundary `k`, from 0 to [`steps`](Calendar::steps).
    pub fn date(&self, k: u32) -> Date {
        self.boundaries[k as usize]
    }

    /// The month of the year, 1 to 12, in which step `k` starts.
    pub fn month(&self, k: u32) -> usize {
        self.boundaries[k as usize].month().unsigned_abs().into()
    }

    /// The first step that starts on or after `date`: where a dated change takes effect. May be `steps()`, which never comes.
    pub fn first_step_from(&self, date: Date) -> u32 {
        let k = self.boundaries.partition_point(|boundary| *boundary < date);
        u32::try_from(k).unwrap_or(MOST_STEPS).min(self.steps())
    }

    /// The step in which `date` lies: where a dated event happens. `None` outside the horizon.
    pub fn step_containing(&self, date: Date) -> Option<u32> {
        if date < self.start || date >= self.end() {
            return None;
        }
        let k = self.boundaries.partition_point(|boundary| *boundary <= date) - 1;
        u32::try_from(k).ok()
    }

    /// How many steps make `years`, at least one, to the nearest step.
    pub fn steps_in(&self, years: f64) -> u32 {
        // At most a few times MOST_STEPS: a longer time never ends within the horizon anyway.
        (years / self.step_years()).round().clamp(1.0, f64::from(4 * MOST_STEPS)) as u32
    }
}

/// `count` units as a calendar span: months and years keep the day of the month.
fn span(unit: TimeUnit, count: i64) -> Span {
    match unit {
        TimeUnit::Day => count.days(),
        TimeUnit::Week => count.weeks(),
        TimeUnit::Month => count.months(),
        TimeUnit::Quarter => (3 * count).months(),
        TimeUnit::Year => count.years(),
    }
}

/// The date `count` units after `date`; `None` when it is out of range.
pub fn add(date: Date, unit: TimeUnit, count: i64) -> Option<Date> {
    if count.unsigned_abs() > 4_000_000 {
        return None;
    }
    date.checked_add(span(unit, count)).ok()
}

/// Reads `"2025-01"` (the first of the month) or `"2025-01-15"`; `None` for anything else.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = parts.next().map_or(Some(1), |part| digits(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A number written with exactly `count` digits.
fn digits(text: &str, count: usize) -> Option<i16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_strictly() {
        assert_eq!(parse_date("2025-03"), Some(date(2025, 3, 1)));
        assert_eq!(parse_date("2024-02-29"), Some(date(2024, 2, 29)));
        for wrong in
            ["2025", "2025-13", "2025-02-30", "25-01", "2025-1", "2025-01-01-01", "2025-01-01T00", ""]
        {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn changes_wait_for_a_boundary_and_events_fall_into_a_step() {
        let calendar = Calendar::new(date(2025, 1, 1), TimeUnit::Month, date(2026, 1, 1)).unwrap();
        assert_eq!(calendar.steps(), 12);
        assert_eq!(calendar.first_step_from(date(2025, 3, 1)), 2);
        assert_eq!(calendar.first_step_from(date(2025, 3, 2)), 3);
        assert_eq!(calendar.step_containing(date(2025, 3, 31)), Some(2));
        assert_eq!(calendar.step_containing(date(2026, 1, 1)), None);
    }

    #[test]
    fn month_ends_do_not_drift() {
        let calendar = Calendar::new(date(2025, 1, 31), TimeUnit::Month, date(2025, 6, 1)).unwrap();
        assert_eq!(calendar.date(1), date(2025, 2, 28));
        assert_eq!(calendar.date(2), date(2025, 3, 31));
    }
}
