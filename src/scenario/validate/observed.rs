//! Observed data.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::companion::FileTable;
use super::draft::Draft;
use super::limits::{MOST_OBSERVED, MOST_PEOPLE};
use crate::calendar::parse_date;
use crate::model::{Observed, ObservedPoint};
use crate::scenario::words::{list, shortened, suggest, thousands};

/// More mistakes than this in one file are not told: most have one cause.
const MOST_MISTAKES: usize = 10;

/// The words that stand for every value of a dimension.
const EVERYBODY: [&str; 2] = ["", "all"];

/// A date among the boundaries of the steps: the last boundary that is not later, and how far it is on the way to the next.
struct When {
    date: Date,
    boundary: u32,
    part: f64,
}

/// A series of observations: a place and a group.
type Series = (Option<usize>, Vec<Option<usize>>);

impl Draft<'_> {
    pub(super) fn observed(&mut self) -> Option<Observed> {
        let file = self.file;
        let written = file.observed.as_ref()?;
        let source = written.source.as_ref().map(|source| self.text(source, "source"));
        let dimensions: Vec<String> =
            self.groups.dimensions.iter().map(|dimension| dimension.name.clone()).collect();
        let dimensions: Vec<&str> = dimensions.iter().map(String::as_str).collect();
        let table = self.file_table(&written.file, &["date", "place", "value"], &dimensions)?;
        if table.rows.is_empty() || table.rows.len() > MOST_OBSERVED {
            self.error(
                written.file.span(),
                format!("`{}` has {} rows", shortened(&table.name), thousands(table.rows.len() as u64)),
                "this file",
                format!("write 1 to {} observed values", thousands(MOST_OBSERVED as u64)),
            );
            return None;
        }
        let mut series: Vec<Series> = Vec::new();
        let mut points: BTreeMap<(usize, Date), (u64, ObservedPoint)> = BTreeMap::new();
        let before = self.errors;
        for (line, row) in &table.rows {
            if self.errors - before >= MOST_MISTAKES {
                break;
            }
            let Some(point) = self.observed_point(&table, *line, row) else { continue };
            let of = (point.place, point.groups.clone());
            let index = series.iter().position(|known| *known == of).unwrap_or_else(|| {
                series.push(of);
                series.len() - 1
            });
            if let Some((first, _)) = points.get(&(index, point.date)) {
                let message = format!("there is a value of the same people and date on line {first}");
                self.wrong_line(&table, *line, &message, "keep one value for each date".into());
                continue;
            }
            points.insert((index, point.date), (*line, point));
        }
        Some(Observed { source, points: points.into_values().map(|(_, point)| point).collect() })
    }

    /// Reads a row; `None` where something is wrong, which is then said.
    fn observed_point(&mut self, table: &FileTable, line: u64, row: &[String]) -> Option<ObservedPoint> {
        let text = |column: &str| table.column(column).map_or("", |column| row[column].as_str());
        let When { date, boundary, part } = self.observed_date(table, line, text("date"))?;
        let place = match text("place") {
            "all_held" => None,
            name => {
                let found = self.place_names.iter().position(|place| place == name);
                if found.is_none() {
                    let known = self.place_names.iter().map(String::as_str).chain(["all_held"]);
                    let help = suggest(name, known, "places");
                    let message = format!("no place is called `{}`", shortened(name));
                    self.wrong_line(table, line, &message, help);
                    return None;
                }
                found
            }
        };
        let mut groups = vec![None; self.groups.dimensions.len()];
        for (dimension, group) in groups.iter_mut().enumerate() {
            let known = &self.groups.dimensions[dimension];
            let value = text(&known.name);
            if EVERYBODY.contains(&value) {
                continue;
            }
            *group = known.values.iter().position(|name| name == value);
            if group.is_none() {
                let message = format!("`{}` is not a value of `{}`", shortened(value), known.name);
                let help = format!(
                    "write one of {}, or leave it empty for everybody",
                    list(known.values.iter().map(String::as_str), 12)
                );
                self.wrong_line(table, line, &message, help);
                return None;
            }
        }
        let value = text("value");
        let read = value.parse::<f64>().ok().filter(|number| (0.0..=MOST_PEOPLE).contains(number));
        let Some(value) = read else {
            let message = format!("`{}` is not a number of people", shortened(value));
            self.wrong_line(table, line, &message, "write 0 or more, without thousands separators".into());
            return None;
        };
        Some(ObservedPoint { place, groups, date, boundary, part, value })
    }

    /// When a date is among the boundaries of the steps.
    fn observed_date(&mut self, table: &FileTable, line: u64, text: &str) -> Option<When> {
        let Some(date) = parse_date(text) else {
            let message = format!("`{}` is not a date", shortened(text));
            self.wrong_line(table, line, &message, "write 2025-01 or 2025-01-15".into());
            return None;
        };
        if !self.dated {
            return None;
        }
        let (start, end) = (self.calendar.start(), self.calendar.end());
        let half_a_step = (self.calendar.step_years() * 365.25 / 2.0).ceil();
        let days = |from: Date, to: Date| f64::from((to - from).get_days());
        // A count shortly before the start is taken as that of the start.
        if date < start && days(date, start) <= half_a_step {
            return Some(When { date, boundary: 0, part: 0.0 });
        }
        if date < start || date > end {
            let message = format!("{date} is outside the horizon");
            let help =
                format!("the scenario runs from {start} until {end}: leave the line out, or change it");
            self.wrong_line(table, line, &message, help);
            return None;
        }
        let next = self.calendar.first_step_from(date);
        if self.calendar.date(next) == date {
            return Some(When { date, boundary: next, part: 0.0 });
        }
        let boundary = next.saturating_sub(1);
        let before = self.calendar.date(boundary);
        let part = days(before, date) / days(before, self.calendar.date(next));
        Some(When { date, boundary, part })
    }
}
