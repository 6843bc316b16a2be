//! Dated series: each number holds from its date until the next.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::companion::TableColumns;
use super::draft::Draft;
use crate::model::NumberId;
use crate::scenario::code::Code;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::rate::{DateKey, WrittenSeries};
use crate::scenario::located::Located;
use crate::scenario::sheet::is_gap;
use crate::scenario::words::shortened;

/// The columns of a series in a file.
const DATE: &str = "date";
const VALUE: &str = "value";
const COLUMNS: [&str; 2] = [DATE, VALUE];

impl Draft<'_> {
    /// From which position of the calendar each number of a series holds; the first also before. `read` reads a number.
    pub(super) fn series(
        &mut self,
        address: &str,
        written: &Located<WrittenSeries>,
        read: impl FnMut(&mut Self, String, &Located<WrittenNumber>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        match written.get() {
            WrittenSeries::Points(points) => self.written_series(address, points, read),
            WrittenSeries::File(name) => self.filed_series(address, &written.with(name.clone()), read),
        }
    }

    fn written_series(
        &mut self,
        address: &str,
        written: &IndexMap<Located<DateKey>, Located<WrittenNumber>>,
        mut read: impl FnMut(&mut Self, String, &Located<WrittenNumber>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        let mut points = Vec::new();
        let mut before = None;
        for (key, number) in written {
            let id = read(self, format!("{address}.{}", key.0), number);
            let date = key.with(DateText(key.0.clone()));
            let Some(at) = self.date_within(&date, false) else { continue };
            if before.is_some_and(|before| at <= before) {
                self.error(
                    Code::DateOrder,
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
        mut read: impl FnMut(&mut Self, String, &Located<WrittenNumber>) -> NumberId,
    ) -> Vec<(f64, NumberId)> {
        let columns =
            TableColumns { needed: &COLUMNS, allowed: &[], numbers: &[VALUE], counts: false, dates: &[DATE] };
        let Some(table) = self.file_table(file, &columns) else { return Vec::new() };
        let mut held: Vec<(Date, f64)> = Vec::new();
        let mut before = None;
        for row in table.rows() {
            if is_gap(row.text(VALUE)) {
                let help = "leave the row out: the number before it holds until the next".into();
                self.wrong_cell(row, VALUE, "there is no number", help);
                return Vec::new();
            }
            let (Some(at), Some(number)) = (self.date_in(row, DATE), self.number_in(row, VALUE)) else {
                return Vec::new();
            };
            if before.is_some_and(|before| at <= before) {
                let message = format!("{} does not come after the date before it", shortened(row.text(DATE)));
                self.wrong_cell(row, DATE, &message, "write the dates in their order, each once".into());
                return Vec::new();
            }
            before = Some(at);
            if at <= self.calendar.start() {
                held.clear();
            }
            if at < self.calendar.end() {
                held.push((at, number));
            }
        }
        if held.is_empty() && self.dated {
            let name = shortened(file);
            self.error(
                Code::OutsideHorizon.of(&name),
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
        for (at, number) in held {
            // As the file of a scenario would have it.
            let date = if at.day() == 1 { at.strftime("%Y-%m").to_string() } else { at.to_string() };
            let id = read(self, format!("{address}.{date}"), &file.with(WrittenNumber::Constant(number)));
            points.push((self.calendar.position(at), id));
        }
        points
    }
}
