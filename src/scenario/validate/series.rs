//! Dated series: each number holds from its date until the next.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::draft::Draft;
use crate::calendar::parse_date;
use crate::model::NumberId;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::Written;
use crate::scenario::file::rate::{DateKey, Series};
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

/// The columns of a series in a file.
const COLUMNS: [&str; 2] = ["date", "value"];

impl Draft<'_> {
    /// From which position of the calendar each number of a series holds; the first also before. `read` reads a number.
    pub(super) fn series(
        &mut self,
        address: &str,
        written: &Located<Series>,
        read: impl FnMut(&mut Self, String, &Located<Written>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        match written.get() {
            Series::Points(points) => self.written_series(address, points, read),
            Series::File(name) => self.filed_series(address, &written.with(name.clone()), read),
        }
    }

    fn written_series(
        &mut self,
        address: &str,
        written: &IndexMap<Located<DateKey>, Located<Written>>,
        mut read: impl FnMut(&mut Self, String, &Located<Written>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        let mut points = Vec::new();
        let mut before = None;
        for (key, number) in written {
            let id = read(self, format!("{address}.{}", key.0), number);
            let date = key.with(DateText(key.0.clone()));
            let Some(at) = self.date_within(&date, false) else { continue };
            if before.is_some_and(|before| at <= before) {
                self.error(
                    key.span(),
                    format!("{} does not come after the date before it", key.0),
                    "out of order",
                    "write the dates in their order, each once".into(),
                );
            }
            before = Some(at);
            points.push((self.calendar.position(at), id));
        }
        points
    }

    /// A series in a file, which may go beyond the horizon on both sides: what never holds is not read.
    fn filed_series(
        &mut self,
        address: &str,
        file: &Located<String>,
        mut read: impl FnMut(&mut Self, String, &Located<Written>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        let Some(table) = self.file_table(file, &COLUMNS, &[]) else { return Vec::new() };
        let (Some(date), Some(value)) = (table.column(COLUMNS[0]), table.column(COLUMNS[1])) else {
            return Vec::new();
        };
        let mut held: Vec<(Date, &str, f64)> = Vec::new();
        let mut before = None;
        for (line, row) in &table.rows {
            let at = parse_date(&row[date]);
            let Some(at) = at.filter(|at| before.is_none_or(|before| before < *at)) else {
                let message = match at {
                    None => format!("`{}` is not a date", shortened(&row[date])),
                    Some(_) => format!("{} does not come after the date before it", shortened(&row[date])),
                };
                let help = "write dates such as 2025-01 or 2025-01-15 in their order, each once".into();
                self.wrong_line(&table, *line, &message, help);
                return Vec::new();
            };
            before = Some(at);
            let number: f64 = match row[value].parse() {
                Ok(number) if f64::is_finite(number) => number,
                _ => {
                    let message = format!("`{}` is not a number", shortened(&row[value]));
                    self.wrong_line(&table, *line, &message, "write digits, with a point if need be".into());
                    return Vec::new();
                }
            };
            if at <= self.calendar.start() {
                held.clear();
            }
            if at < self.calendar.end() {
                held.push((at, &row[date], number));
            }
        }
        if held.is_empty() && self.dated {
            let name = shortened(file);
            self.error(
                file.span(),
                format!("`{name}` has no number within the horizon"),
                "every date in it comes later, or there is none",
                format!(
                    "the scenario starts on {} and ends on {}",
                    self.calendar.start(),
                    self.calendar.end()
                ),
            );
        }
        let mut points = Vec::new();
        for (at, date, number) in held {
            let id = read(self, format!("{address}.{date}"), &file.with(Written::Constant(number)));
            points.push((self.calendar.position(at), id));
        }
        points
    }
}
