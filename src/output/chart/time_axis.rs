//! The calendar axis: whole years where there are several, else months or days.

use jiff::civil::Date;

use super::text::width;
use super::weight::Weight;
use crate::calendar::{Calendar, add};
use crate::output::format::month;
use crate::units::TimeUnit;

/// A date on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTick {
    /// Days since the start.
    pub at: f64,
    /// Under the axis: `"2027"`, `"Mar"`, `"3 Mar"`.
    pub label: String,
    /// Under the label: the year of months and days, where it changes.
    pub under: String,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Pixels between the labels of neighbouring ticks.
const GAP: f64 = 8.0;

/// Days from the start of `calendar` to `date`.
pub fn days(calendar: &Calendar, date: Date) -> f64 {
    f64::from((date - calendar.start()).get_days())
}

/// Days from the start to boundary `k`.
pub fn boundary(calendar: &Calendar, k: u32) -> f64 {
    days(calendar, calendar.date(k.min(calendar.steps())))
}

/// A date in words: `"January 2027"`, with the day where it is not the first.
pub fn date_words(date: Date) -> String {
    let month = month(date);
    if date.day() == 1 {
        format!("{month} {}", date.year())
    } else {
        format!("{} {month} {}", date.day(), date.year())
    }
}

/// The ticks of an axis that is `room` pixels wide, with labels of `size` pixels that do not touch.
pub fn ticks(calendar: &Calendar, room: f64, size: f64) -> Vec<TimeTick> {
    let total = days(calendar, calendar.end());
    let ladders: [(f64, TimeUnit, &[i64]); 3] = [
        (3.0 * 365.0, TimeUnit::Year, &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]),
        (70.0, TimeUnit::Month, &[1, 2, 3, 6, 12, 24]),
        (0.0, TimeUnit::Day, &[1, 2, 7, 14, 28, 56]),
    ];
    for (_, unit, every) in ladders.into_iter().filter(|(shortest, _, _)| total >= *shortest) {
        for count in every {
            // Finer than a pixel: not worth listing.
            if *count as f64 * unit.years() * 365.0 * room < total {
                continue;
            }
            let ticks = regular(calendar, unit, *count);
            if !ticks.is_empty() && apart(&ticks, room / total, size) {
                return ticks;
            }
        }
    }
    Vec::new()
}

/// Ticks every `count` units: on years that are multiples, on months from January, on days from the start.
fn regular(calendar: &Calendar, unit: TimeUnit, count: i64) -> Vec<TimeTick> {
    let start = calendar.start();
    let first = match unit {
        TimeUnit::Year => {
            let first = i64::from(start.year()) + i64::from(start.day_of_year() > 1);
            // Every other year counts from the first; rarer ticks are at round years.
            let year = if count <= 2 { first } else { (first + count - 1).div_euclid(count) * count };
            i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1).ok())
        }
        TimeUnit::Month => {
            let since_january = i64::from(start.month()) - 1 + i64::from(start.day() > 1);
            let month = (since_january + count - 1).div_euclid(count) * count;
            Date::new(start.year(), 1, 1).ok().and_then(|january| add(january, TimeUnit::Month, month))
        }
        _ => Some(start),
    };
    let mut ticks: Vec<TimeTick> = Vec::new();
    let mut year = None;
    for k in 0.. {
        let date = first.and_then(|first| add(first, unit, k * count));
        let Some(date) = date.filter(|date| *date <= calendar.end()) else { break };
        let month = MONTHS[(date.month() - 1).unsigned_abs() as usize % 12];
        let (label, under) = match unit {
            TimeUnit::Year => (date.year().to_string(), String::new()),
            TimeUnit::Month => (month.to_string(), date.year().to_string()),
            _ => (format!("{} {month}", date.day()), date.year().to_string()),
        };
        let under = if year == Some(date.year()) { String::new() } else { under };
        year = Some(date.year());
        ticks.push(TimeTick { at: days(calendar, date), label, under });
    }
    ticks
}

fn apart(ticks: &[TimeTick], pixels_per_day: f64, size: f64) -> bool {
    let wide = |tick: &TimeTick| {
        width(&tick.label, size, Weight::Regular).max(width(&tick.under, size, Weight::Regular))
    };
    ticks.windows(2).all(|pair| {
        (pair[1].at - pair[0].at) * pixels_per_day >= (wide(&pair[0]) + wide(&pair[1])) / 2.0 + GAP
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(start: Date, end: Date, room: f64) -> Vec<String> {
        let unit = if days_between(start, end) > 9000 { TimeUnit::Month } else { TimeUnit::Day };
        let calendar = Calendar::new(start, unit, end).unwrap();
        ticks(&calendar, room, 13.0)
            .into_iter()
            .map(|tick| format!("{} {}", tick.label, tick.under))
            .collect()
    }

    fn days_between(start: Date, end: Date) -> i32 {
        (end - start).get_days()
    }

    #[test]
    fn years_months_or_days() {
        let start = date(2025, 1, 1);
        assert_eq!(labels(start, date(2028, 1, 1), 300.0), ["2025 ", "2026 ", "2027 ", "2028 "]);
        assert_eq!(labels(date(2025, 3, 1), date(2040, 3, 1), 200.0), ["2030 ", "2035 ", "2040 "]);
        assert_eq!(labels(start, date(2026, 1, 1), 180.0), ["Jan 2025", "Apr ", "Jul ", "Oct ", "Jan 2026"]);
        assert_eq!(
            labels(date(2025, 12, 31), date(2026, 1, 2), 300.0),
            ["31 Dec 2025", "1 Jan 2026", "2 Jan "]
        );
        assert_eq!(labels(start, date(2025, 1, 2), 20.0), ["1 Jan 2025"]);
    }
}
