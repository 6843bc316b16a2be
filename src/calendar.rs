//! Dates and steps. Step `k` runs from boundary `k` to boundary `k + 1`; boundary 0 is the start of the scenario.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::units::TimeUnit;

/// More steps than this in one replicate are refused: a hundred years by day.
pub const MOST_STEPS: u32 = 40_000;

/// The steps of a scenario and their dates. Step `k` (from 0) runs from boundary `k` to boundary `k + 1`; boundary 0 is the
/// start of the scenario, and there is one boundary more than there are steps.
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
            let date = add(start, unit, i64::from(k)).ok_or(CalendarError::OutOfRange)?;
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

    /// The months of the year, 1 to 12, that step `k` touches, in order, each with the moment at which it begins there:
    /// for the first the start of the step. Moments are [positions](Calendar::position).
    pub fn months(&self, k: u32) -> Vec<(f64, usize)> {
        let (mut date, end) = (self.date(k), self.date(k + 1));
        let mut months = Vec::new();
        while date < end {
            months.push((self.position(date), date.month().unsigned_abs().into()));
            match date.first_of_month().checked_add(1.month()) {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        months
    }

    /// Where a date lies, in steps since the start: 2.5 is the middle of step 2. Quarters and years are made of months
    /// that are as long as each other, and a month, a week of its days. What lies outside the horizon is at its nearer end.
    pub fn position(&self, date: Date) -> f64 {
        if date >= self.end() {
            return f64::from(self.steps());
        }
        let months_in_a_step = match self.unit {
            TimeUnit::Day => return days(self.start, date).max(0.0),
            TimeUnit::Week => return (days(self.start, date) / 7.0).max(0.0),
            TimeUnit::Month => 1.0,
            TimeUnit::Quarter => 3.0,
            TimeUnit::Year => 12.0,
        };
        let months = 12 * (i64::from(date.year()) - i64::from(self.start.year()))
            + (i64::from(date.month()) - i64::from(self.start.month()));
        // The month that contains it, counted from the start, which need not be the first of a month.
        for n in [months, months - 1] {
            let (Some(from), Some(until)) =
                (add(self.start, TimeUnit::Month, n), add(self.start, TimeUnit::Month, n + 1))
            else {
                // The month after the last of the year 9999 is none.
                continue;
            };
            if from <= date {
                let months = n as f64 + days(from, date) / days(from, until);
                return (months / months_in_a_step).max(0.0);
            }
        }
        0.0
    }

    /// What a date counts as, which cannot be averaged: the boundary nearest to it, of two as near the earlier. So nothing
    /// is off by more than half a step, and nothing is shifted one way. The one rule for every dated event, policy, pause,
    /// switch and whatever else begins or ends on a date. May be [`steps`](Calendar::steps), which never comes.
    pub fn nearest(&self, date: Date) -> u32 {
        let after = self.first_step_from(date);
        let away = |k: u32| days(self.date(k), date).abs();
        if after > 0 && away(after - 1) <= away(after) { after - 1 } else { after }
    }

    /// The first boundary on or after `date`, at most [`steps`](Calendar::steps).
    pub fn first_step_from(&self, date: Date) -> u32 {
        let k = self.boundaries.partition_point(|boundary| *boundary < date);
        u32::try_from(k).unwrap_or(MOST_STEPS).min(self.steps())
    }

    /// The step in which `date` lies: `None` outside the horizon.
    pub fn step_containing(&self, date: Date) -> Option<u32> {
        if date < self.start || date >= self.end() {
            return None;
        }
        let k = self.boundaries.partition_point(|boundary| *boundary <= date) - 1;
        u32::try_from(k).ok()
    }

    /// How many steps make `years`, as a number with a fraction; a whole one where only rounding makes a difference.
    pub fn length_in_steps(&self, years: f64) -> f64 {
        let steps = years / self.step_years();
        if (steps - steps.round()).abs() < 1e-9 * steps.max(1.0) { steps.round() } else { steps }
    }

    /// How many steps make `years`, at least one, to the nearest step.
    pub fn steps_in(&self, years: f64) -> u32 {
        // At most a few times MOST_STEPS: a longer time never ends within the horizon anyway.
        (years / self.step_years()).round().clamp(1.0, f64::from(4 * MOST_STEPS)) as u32
    }
}

/// Days from `from` to `until`.
fn days(from: Date, until: Date) -> f64 {
    f64::from((until - from).get_days())
}

/// `count` units as a calendar span: months and years keep the day of the month. `None` where that is more than calendars know.
fn span(unit: TimeUnit, count: i64) -> Option<Span> {
    let span = Span::new();
    let found = match unit {
        TimeUnit::Day => span.try_days(count),
        TimeUnit::Week => span.try_weeks(count),
        TimeUnit::Month => span.try_months(count),
        TimeUnit::Quarter => span.try_months(count.checked_mul(3)?),
        TimeUnit::Year => span.try_years(count),
    };
    found.ok()
}

/// The date `count` units after `date`; `None` when it is out of range.
pub fn add(date: Date, unit: TimeUnit, count: i64) -> Option<Date> {
    date.checked_add(span(unit, count)?).ok()
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

/// Reads a date as scenarios have it: as [`parse_date`], or a year alone (`"2025"`), which is its first day.
pub fn parse_date_or_year(text: &str) -> Option<Date> {
    parse_date(text).or_else(|| Date::new(digits(text, 4)?, 1, 1).ok())
}

/// A number written with exactly `count` digits.
fn digits(text: &str, count: usize) -> Option<i16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_date_or_length_is_too_much(year in -1i16..=9999, month in 1i8..=12, day in 1i8..=31, until in 0i16..=9999, length in prop_oneof![-3i64..100, any::<i64>(), 9_990i64..20_010], step in 0usize..5, in_units in 0usize..5) {
            let units = [TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Year];
            let Ok(start) = Date::new(year, month, day) else { return Ok(()) };
            let ends = [add(start, units[in_units], length), Date::new(until, month, 1).ok(), Some(Date::MAX)];
            for end in ends.into_iter().flatten() {
                let Ok(calendar) = Calendar::new(start, units[step], end) else { continue };
                prop_assert!(calendar.end() >= end && calendar.steps() >= 1 && calendar.steps() <= MOST_STEPS);
                for k in [0, calendar.steps() / 2, calendar.steps() - 1] {
                    let (from, until) = (calendar.date(k), calendar.date(k + 1));
                    prop_assert!(from < until);
                    prop_assert_eq!(calendar.position(from), f64::from(k));
                    let inside = from.checked_add(((until - from).get_days() / 2).days()).unwrap();
                    let position = calendar.position(inside);
                    prop_assert!((f64::from(k)..f64::from(k + 1)).contains(&position), "{} {}", inside, position);
                    prop_assert_eq!(calendar.step_containing(inside), Some(k));
                    prop_assert!([k, k + 1].contains(&calendar.nearest(inside)));
                    prop_assert!(!calendar.months(k).is_empty());
                }
            }
        }
    }

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
    fn a_date_inside_a_step_counts_as_the_nearest_boundary() {
        let calendar = Calendar::new(date(2025, 1, 1), TimeUnit::Month, date(2026, 1, 1)).unwrap();
        // February has 28 days: the 15th is as near to its start as to its end.
        for (month, day, nearest) in
            [(1, 1, 0), (1, 16, 0), (1, 17, 1), (2, 1, 1), (2, 15, 1), (2, 16, 2), (6, 28, 6), (12, 31, 12)]
        {
            assert_eq!(calendar.nearest(date(2025, month, day)), nearest, "{month}-{day}");
        }
        assert_eq!(calendar.nearest(date(2024, 3, 1)), 0);
        assert_eq!(calendar.nearest(date(2027, 3, 1)), 12);
    }

    #[test]
    fn positions_count_months_as_long_as_each_other_and_their_days() {
        let at = |start: Date, unit, day: Date| {
            Calendar::new(start, unit, add(start, TimeUnit::Year, 2).unwrap()).unwrap().position(day)
        };
        let january = date(2025, 1, 1);
        assert_eq!(at(january, TimeUnit::Quarter, date(2025, 3, 1)), 2.0 / 3.0);
        assert_eq!(at(january, TimeUnit::Year, date(2026, 7, 1)), 1.5);
        assert_eq!(at(january, TimeUnit::Month, date(2025, 2, 15)), 1.5);
        assert_eq!(at(january, TimeUnit::Week, date(2025, 1, 15)), 2.0);
        assert_eq!(at(january, TimeUnit::Day, date(2025, 2, 1)), 31.0);
        assert_eq!(at(january, TimeUnit::Month, date(2024, 2, 15)), 0.0);
        assert_eq!(at(january, TimeUnit::Month, date(2034, 2, 15)), 24.0);
        // From the end of a month to the end of the next.
        assert_eq!(at(date(2025, 1, 31), TimeUnit::Month, date(2025, 2, 27)), 27.0 / 28.0);
        assert_eq!(at(date(2025, 1, 15), TimeUnit::Month, date(2025, 2, 1)), 17.0 / 31.0);
    }

    #[test]
    fn a_step_knows_its_months() {
        let calendar = Calendar::new(date(2025, 1, 15), TimeUnit::Quarter, date(2026, 1, 15)).unwrap();
        let third = 1.0 / 3.0;
        let (february, march, april) =
            (third * 17.0 / 31.0, third + third * 14.0 / 28.0, 2.0 * third + third * 17.0 / 31.0);
        let found = calendar.months(0);
        assert_eq!(found.iter().map(|(_, month)| *month).collect::<Vec<_>>(), [1, 2, 3, 4]);
        for ((at, _), known) in found.iter().zip([0.0, february, march, april]) {
            assert!((at - known).abs() < 1e-15, "{at} {known}");
        }
        let days = Calendar::new(date(2025, 1, 30), TimeUnit::Day, date(2025, 2, 3)).unwrap();
        assert_eq!((days.months(1), days.months(2)), (vec![(1.0, 1)], vec![(2.0, 2)]));
    }

    #[test]
    fn boundaries_and_steps_are_found() {
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
