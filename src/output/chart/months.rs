//! Flows of fine steps, added up to the whole months of the calendar.

use jiff::civil::Date;

use super::time_axis::{boundary, days};
use crate::calendar::{Calendar, add};
use crate::ensemble::summary::Stat;
use crate::units::TimeUnit;

/// Fewer whole months than this are shown by step.
const LEAST: usize = 3;

/// The whole months of a calendar.
pub struct Months<'a> {
    calendar: &'a Calendar,
    /// In days since the start.
    ends: Vec<(f64, f64)>,
}

/// The months of a calendar whose steps are finer; `None` of other calendars, and of those with hardly any month.
pub fn full(calendar: &Calendar) -> Option<Months<'_>> {
    if !matches!(calendar.unit(), TimeUnit::Day | TimeUnit::Week) {
        return None;
    }
    let first = Date::new(calendar.start().year(), calendar.start().month(), 1).ok()?;
    let month = |count: i64| add(first, TimeUnit::Month, count);
    let skipped = i64::from(calendar.start() > first);
    let mut ends = Vec::new();
    for count in skipped.. {
        let Some((from, until)) = month(count).zip(month(count + 1)) else { break };
        if until > calendar.end() {
            break;
        }
        ends.push((days(calendar, from), days(calendar, until)));
    }
    (ends.len() >= LEAST).then_some(Months { calendar, ends })
}

impl Months<'_> {
    /// The days in the middle of each.
    pub fn middles(&self) -> Vec<f64> {
        self.ends.iter().map(|(from, until)| (from + until) / 2.0).collect()
    }

    /// The means of each month: a step that two months share counts for both, by its days. Their spread is not known.
    pub fn add_up(&self, points: &[Stat]) -> Vec<Stat> {
        let mut sums = vec![0.0; self.ends.len()];
        let mut first = 0;
        for (step, stat) in (0..).zip(points) {
            let (from, until) = (boundary(self.calendar, step), boundary(self.calendar, step + 1));
            while self.ends.get(first).is_some_and(|month| month.1 <= from) {
                first += 1;
            }
            for (month, sum) in
                self.ends.iter().zip(&mut sums).skip(first).take_while(|(month, _)| month.0 < until)
            {
                let shared = month.1.min(until) - month.0.max(from);
                *sum += stat.mean * shared / (until - from);
            }
        }
        sums.into_iter().map(|mean| Stat { mean, spread: None }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stats(calendar: &Calendar) -> Vec<Stat> {
        vec![Stat { mean: 1.0, spread: None }; calendar.steps() as usize]
    }

    #[test]
    fn one_a_day_is_as_many_as_a_month_has_days() {
        let calendar = Calendar::new(date(2025, 1, 15), TimeUnit::Day, date(2025, 6, 10)).unwrap();
        let months = full(&calendar).unwrap();
        let sums: Vec<f64> = months.add_up(&stats(&calendar)).iter().map(|stat| stat.mean).collect();
        assert_eq!(sums, [28.0, 31.0, 30.0, 31.0]);
    }

    #[test]
    fn a_week_counts_for_both_of_its_months() {
        let calendar = Calendar::new(date(2025, 1, 1), TimeUnit::Week, date(2025, 12, 31)).unwrap();
        let months = full(&calendar).unwrap();
        let sums: Vec<f64> = months.add_up(&stats(&calendar)).iter().map(|stat| 7.0 * stat.mean).collect();
        assert_eq!(sums.len(), 11);
        assert!((sums[0] - 31.0).abs() < 1e-9 && (sums[1] - 28.0).abs() < 1e-9, "{sums:?}");
    }

    #[test]
    fn few_days_and_coarse_steps_have_none() {
        let of = |unit, end| full(&Calendar::new(date(2025, 1, 1), unit, end).unwrap()).is_some();
        assert!(!of(TimeUnit::Day, date(2025, 3, 31)));
        assert!(of(TimeUnit::Day, date(2025, 4, 1)));
        assert!(!of(TimeUnit::Month, date(2027, 1, 1)));
    }
}
