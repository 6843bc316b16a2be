//! Observed data.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::companion::{FileRow, TableColumns};
use super::draft::Draft;
use super::limits::{MOST_OBSERVED, MOST_PEOPLE};
use crate::model::{Observed, ObservedPoint};
use crate::scenario::code::Code;
use crate::scenario::located::Located;
use crate::scenario::sheet::is_gap;
use crate::scenario::words::{count, list, shortened, suggest, thousands};

/// More mistakes than this in one file are not reported: most have one cause.
const MOST_MISTAKES: usize = 10;

/// So many lines with gaps are listed.
const MOST_LINES: usize = 6;

/// The columns of observed data, beside those of dimensions.
const DATE: &str = "date";
const PLACE: &str = "place";
const VALUE: &str = "value";

/// The words that stand for every value of a dimension.
const EVERYBODY: [&str; 2] = ["", "all"];

/// A date among the boundaries of the steps: the last boundary that is not later, and how far it is on the way to the next.
struct ObservedDate {
    boundary: u32,
    part: f64,
}

/// A series of observations: a place and a group.
type ObservedSeries = (Option<usize>, Vec<Option<usize>>);

impl Draft<'_> {
    pub(super) fn observed(&mut self) -> Option<Observed> {
        let file = self.file;
        let written = file.observed.as_ref()?;
        let source = written.source.as_ref().map(|source| self.text(source, "source"));
        let dimensions: Vec<String> =
            self.groups.dimensions.iter().map(|dimension| dimension.name.clone()).collect();
        let dimensions: Vec<&str> = dimensions.iter().map(String::as_str).collect();
        let columns = TableColumns {
            needed: &[DATE, PLACE, VALUE],
            allowed: &dimensions,
            numbers: &[VALUE],
            counts: true,
            dates: &[DATE],
        };
        let table = self.file_table(&written.file, &columns)?;
        let gaps: Vec<u64> =
            table.rows().filter(|row| is_gap(row.text(VALUE))).map(|row| row.line()).collect();
        let figures = table.rows().len() - gaps.len();
        if figures == 0 || figures > MOST_OBSERVED {
            let name = shortened(&written.file);
            let message = match gaps.len() {
                0 => format!("`{name}` has {} rows", thousands(figures as u64)),
                _ if figures > 0 => format!("`{name}` has {} figures", thousands(figures as u64)),
                n => format!("`{name}` has no figure: all of its {} are gaps", count(n as u64, "row")),
            };
            let help = format!("write 1 to {} observed values", thousands(MOST_OBSERVED as u64));
            self.error(Code::TooMany.of(&written.file), written.file.span(), message, "this file", help);
            return None;
        }
        if !gaps.is_empty() {
            self.say_gaps(&written.file, &gaps, figures);
        }
        let mut series: Vec<ObservedSeries> = Vec::new();
        let mut points: BTreeMap<(usize, Date), (u64, ObservedPoint)> = BTreeMap::new();
        let before = self.errors;
        for row in table.rows() {
            if self.errors - before >= MOST_MISTAKES {
                break;
            }
            let Some(point) = self.observed_point(row) else { continue };
            let of = (point.place, point.groups.clone());
            let index = series.iter().position(|known| *known == of).unwrap_or_else(|| {
                series.push(of);
                series.len() - 1
            });
            if let Some((first, _)) = points.get(&(index, point.date)) {
                let message = format!("there is a value of the same people and date on line {first}");
                self.wrong_row(row, &message, "keep one value for each date".into());
                continue;
            }
            points.insert((index, point.date), (row.line(), point));
        }
        let points = points.into_values().map(|(_, point)| point).collect();
        Some(Observed { source, points, gaps: gaps.len() })
    }

    /// Says which rows have no figure.
    fn say_gaps(&mut self, file: &Located<String>, gaps: &[u64], figures: usize) {
        let lines: Vec<String> = gaps.iter().take(MOST_LINES).map(u64::to_string).collect();
        let more = gaps.len().saturating_sub(MOST_LINES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let rows = count((gaps.len() + figures) as u64, "row");
        let (have, are) = if gaps.len() == 1 { ("has", "is") } else { ("have", "are") };
        self.warning(
            Code::Gaps.of(&file),
            file.span(),
            format!(
                "{} of {rows} in `{}` {have} no figure and {are} skipped: line{} {}{more}",
                thousands(gaps.len() as u64),
                shortened(file),
                if gaps.len() == 1 { "" } else { "s" },
                lines.join(", ")
            ),
            "gaps in the figures",
            format!("{} are used; an empty cell, -, NA and n/a are gaps", thousands(figures as u64)),
        );
    }

    /// Reads a row; `None` where something is wrong, which is then said, and where there is no figure.
    fn observed_point(&mut self, row: FileRow) -> Option<ObservedPoint> {
        if is_gap(row.text(VALUE)) {
            return None;
        }
        let date = self.date_in(row, DATE)?;
        let place = match row.text(PLACE) {
            "all_held" => None,
            name => {
                let found = self.place_called(name);
                if found.is_none() {
                    let known = self.place_names.iter().map(String::as_str).chain(["all_held"]);
                    let help = suggest(name, known, "places");
                    let message = format!("no place is called `{}`", shortened(name));
                    self.wrong_cell(row, PLACE, &message, help);
                    return None;
                }
                found
            }
        };
        let mut groups = vec![None; self.groups.dimensions.len()];
        for (dimension, group) in groups.iter_mut().enumerate() {
            let known = &self.groups.dimensions[dimension];
            let value = row.text(&known.name);
            if EVERYBODY.contains(&value) {
                continue;
            }
            *group = known.value_called(value);
            if group.is_none() && self.doubtful(dimension) {
                return None;
            }
            if group.is_none() {
                let message = format!("`{}` is not a value of `{}`", shortened(value), known.name);
                let help = format!(
                    "write one of {}, or leave it empty for everybody",
                    list(known.values.iter().map(String::as_str), 12)
                );
                let column = known.name.clone();
                self.wrong_cell(row, &column, &message, help);
                return None;
            }
        }
        let value = self.number_in(row, VALUE)?;
        if !(0.0..=MOST_PEOPLE).contains(&value) {
            let message = format!("`{}` is not a number of people", shortened(row.text(VALUE)));
            let help = format!("write 0 to {}", thousands(MOST_PEOPLE as u64));
            self.wrong_cell(row, VALUE, &message, help);
            return None;
        }
        let ObservedDate { boundary, part } = self.observed_date(row, date)?;
        Some(ObservedPoint { place, groups, date, boundary, part, value })
    }

    /// The place of a name, or else the only one of that label.
    fn place_called(&self, word: &str) -> Option<usize> {
        let named = self.place_names.iter().position(|name| name == word);
        named.or_else(|| {
            let labels = self.file.places.values().map(|place| place.label.as_ref());
            let mut labelled =
                labels.enumerate().filter(|(_, label)| label.is_some_and(|label| label.get() == word));
            labelled.next().map(|(place, _)| place).filter(|_| labelled.next().is_none())
        })
    }

    /// When a date is among the boundaries of the steps.
    fn observed_date(&mut self, row: FileRow, date: Date) -> Option<ObservedDate> {
        if !self.dated {
            return None;
        }
        let (start, end) = (self.calendar.start(), self.calendar.end());
        let half_a_step = (self.calendar.step_years() * 365.25 / 2.0).ceil();
        let days = |from: Date, to: Date| f64::from((to - from).get_days());
        // A count shortly before the start is taken as that of the start.
        if date < start && days(date, start) <= half_a_step {
            return Some(ObservedDate { boundary: 0, part: 0.0 });
        }
        if date < start || date > end {
            let message = format!("{date} is outside the horizon");
            let help =
                format!("the scenario runs from {start} until {end}: leave the line out, or change it");
            self.wrong_cell(row, DATE, &message, help);
            return None;
        }
        let next = self.calendar.first_step_from(date);
        if self.calendar.date(next) == date {
            return Some(ObservedDate { boundary: next, part: 0.0 });
        }
        let boundary = next.saturating_sub(1);
        let before = self.calendar.date(boundary);
        let part = days(before, date) / days(before, self.calendar.date(next));
        Some(ObservedDate { boundary, part })
    }
}
