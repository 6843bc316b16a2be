//! What a chart shows as tables: for who does not see it, and to go on with.

use std::fmt::Write;

use jiff::civil::Date;

use super::data::{DataPoint, DataSeries, NamedNumber, PanelData, PanelNumbers, days, thinned};
use super::format::{change, changes, number};
use super::time_axis::{self, date_words};
use super::written::upwards;
use crate::calendar::{Calendar, add};
use crate::output::format::shortest;
use crate::units::TimeUnit;

/// Steps by which the dates of a table are thinned, where they suffice: the same months or quarters in every year.
const STEPS: [usize; 10] = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120];

/// A table of a panel, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTable {
    /// What it is of: "River camp, people (90 % of the replicates)".
    pub caption: String,
    /// What stands over each column, the first of which has dates or names.
    pub columns: Vec<String>,
    /// The rows: a date or a name, and a text for each further column.
    pub rows: Vec<Vec<String>>,
}

impl PanelData {
    /// The panel as a table of at most `most_rows` dates; names are all there.
    pub fn table(&self, calendar: &Calendar, most_rows: usize) -> DataTable {
        match &self.shown {
            PanelNumbers::OverTime(series) => self.by_date(series, calendar, most_rows),
            PanelNumbers::ByName(numbers) => self.by_name(numbers),
        }
    }

    fn by_date(&self, series: &[DataSeries], calendar: &Calendar, most_rows: usize) -> DataTable {
        let days = days(series);
        let grain = Grain::of(&days, calendar);
        let columns = std::iter::once("Date".to_string()).chain(series.iter().map(|one| self.name(one)));
        let row = |place: &usize| {
            let day = days[*place];
            let cells =
                series.iter().map(|one| one.at(day).map_or_else(String::new, |point| self.cell(point)));
            std::iter::once(grain.words(calendar, day)).chain(cells).collect()
        };
        let rows = thinned(days.len(), most_rows, &STEPS).iter().map(row).collect();
        let holds = series.iter().find_map(|one| one.holds.first());
        DataTable { caption: self.caption(holds.copied()), columns: columns.collect(), rows }
    }

    fn by_name(&self, numbers: &[NamedNumber]) -> DataTable {
        let row = |one: &NamedNumber| {
            let written = |value| if self.signed { change(value) } else { number(value) };
            let range = one.range.map(|(low, high)| match self.signed {
                true => changes(low, high),
                false => format!("{} to {}", number(low), number(high)),
            });
            let unit = if one.unit_words.is_empty() { &self.unit_words } else { &one.unit_words };
            vec![one.name.clone(), unit.clone(), written(one.value), range.unwrap_or_default()]
        };
        let columns = ["", "Unit", "Value", "Range"].map(String::from).to_vec();
        DataTable { caption: self.caption(None), columns, rows: numbers.iter().map(row).collect() }
    }

    fn name(&self, series: &DataSeries) -> String {
        let names = [&series.name, &self.title, &self.unit_words];
        names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
    }

    fn caption(&self, holds: Option<&str>) -> String {
        let parts = [&self.title, &self.unit_words].into_iter().filter(|part| !part.is_empty());
        let caption = parts.cloned().collect::<Vec<_>>().join(", ");
        holds.map_or(caption.clone(), |holds| format!("{caption} (in brackets: {holds})"))
    }

    /// "18,200 (17,100 to 19,300)", with the widest band.
    fn cell(&self, point: &DataPoint) -> String {
        let value = upwards(self.unit, self.signed, point.value);
        let band = point.bands.first().copied().flatten().filter(|(low, high)| low < high);
        band.map_or(value.clone(), |(low, high)| {
            let [low, high] = [low, high].map(|end| upwards(self.unit, self.signed, end));
            format!("{value} ({low} to {high})")
        })
    }
}

/// The numbers of a chart as comma-separated values: a row for each number that is seen.
pub fn csv(panels: &[PanelData], calendar: &Calendar) -> String {
    let mut text =
        String::from("panel,series,unit,date,value,low,high,band,inner_low,inner_high,inner_band\n");
    for panel in panels {
        match &panel.shown {
            PanelNumbers::OverTime(series) => {
                for one in series {
                    let name = panel.name(one);
                    for point in &one.points {
                        let date = date_at(calendar, point.day).to_string();
                        line(
                            &mut text,
                            &[&panel.title, &name, &panel.unit_words, &date, &shortest(point.value)],
                        );
                        bands(&mut text, one, point);
                    }
                }
            }
            PanelNumbers::ByName(numbers) => {
                for one in numbers {
                    let unit = if one.unit_words.is_empty() { &panel.unit_words } else { &one.unit_words };
                    line(&mut text, &[&panel.title, &one.name, unit, "", &shortest(one.value)]);
                    let [low, high] = ends(one.range);
                    let _ = writeln!(text, ",{low},{high},,,,");
                }
            }
        }
    }
    text
}

fn bands(text: &mut String, series: &DataSeries, point: &DataPoint) {
    for place in 0..2 {
        let [low, high] = ends(point.bands.get(place).copied().flatten());
        let holds = if low.is_empty() { "" } else { series.holds.get(place).copied().unwrap_or("") };
        let _ = write!(text, ",{low},{high},{holds}");
    }
    text.push('\n');
}

fn ends(range: Option<(f64, f64)>) -> [String; 2] {
    range.map_or_else(Default::default, |(low, high)| [low, high].map(shortest))
}

/// Fields of a row, without the end of the line.
fn line(text: &mut String, fields: &[&str]) {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        if field.contains(['"', ',', '\n', '\r']) {
            let _ = write!(text, "\"{}\"", field.replace('"', "\"\""));
        } else {
            text.push_str(field);
        }
    }
}

/// What the dates of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Days, or the beginnings of months.
    Date,
    /// Whole months.
    Month,
    /// Whole steps of the calendar.
    Step,
}

impl Grain {
    /// What `days` are: dates on which a step ends, or the middles of steps or months.
    pub fn of(days: &[f64], calendar: &Calendar) -> Grain {
        let boundary = |day: &f64| (0..=calendar.steps()).any(|k| time_axis::boundary(calendar, k) == *day);
        // One is enough: all are ends or all are middles.
        let all_ends = days.iter().take(3).all(boundary);
        let apart = days.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        match calendar.unit() {
            _ if all_ends => Grain::Date,
            TimeUnit::Month => Grain::Month,
            TimeUnit::Day | TimeUnit::Week if apart >= 27.0 => Grain::Month,
            _ => Grain::Step,
        }
    }

    /// A day in words.
    fn words(self, calendar: &Calendar, day: f64) -> String {
        match self {
            Grain::Date => date_words(date_at(calendar, day)),
            Grain::Month => {
                let date = date_at(calendar, day);
                date_words(date.first_of_month())
            }
            Grain::Step => {
                let step = calendar.step_containing(date_at(calendar, day)).unwrap_or(0);
                format!("{} from {}", calendar.unit().name(), date_words(calendar.date(step)))
            }
        }
    }
}

/// The date so many days after the start.
fn date_at(calendar: &Calendar, day: f64) -> Date {
    add(calendar.start(), TimeUnit::Day, day as i64).unwrap_or(calendar.end())
}
