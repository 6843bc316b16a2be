//! Where the numbers of a chart are on it: what a page needs to tell what is under a pointer, without knowing how charts are drawn.

use serde::{Serialize, Serializer};

use super::canvas::UNITS;
use super::data::{DataPoint, DataSeries, PanelNumbers, days, of_panel, thinned};
use super::data_table::Grain;
use super::frame::Frame;
use super::sheet::SheetLayout;
use super::spec::{Across, AxisUnit, Panel, Spec};
use crate::output::format::{Rounding, first_digit, round_to};

/// More dates than this are thinned: a pointer does not tell more apart.
const MOST_DATES: usize = 100;

/// A number below 100 has so many digits.
const DIGITS: i32 = 3;

/// The panels of a chart that have a time axis. Positions are in the units of the drawing's view box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoverMap {
    /// The date of day 0: `"2025-01-01"`.
    pub start: String,
    /// Dates of points, in days since the start: each list is that of one panel or more.
    pub days: Vec<Vec<ShortNumber>>,
    /// The panels, in their order.
    pub panels: Vec<HoverPanel>,
}

/// A panel of dates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoverPanel {
    /// Its heading; empty where the chart's title says it.
    pub title: String,
    /// What its numbers count.
    pub unit: String,
    /// Whether they are shares, from 0 to 1.
    pub share: bool,
    /// Whether they are differences.
    pub signed: bool,
    /// Left, upper, right and lower end of its plot.
    pub plot: [i32; 4],
    /// The days at its left and right end.
    pub across: [ShortNumber; 2],
    /// The values at its lower and upper end.
    pub upwards: [ShortNumber; 2],
    /// What its dates are.
    pub dates: DateGrain,
    /// Which list of dates is that of its points.
    pub days: usize,
    /// Its series.
    pub series: Vec<HoverSeries>,
}

/// What dates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateGrain {
    /// Days: "3 March 2027".
    Day,
    /// Months: "March 2027".
    Month,
}

/// A series and its value on each of the panel's days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoverSeries {
    /// Its name.
    pub name: String,
    /// Its colour as CSS has it: `"#0072b2"`.
    pub colour: String,
    /// What its band holds; empty without one.
    pub holds: &'static str,
    /// Its values; `None` where there is a gap.
    pub values: Vec<Option<ShortNumber>>,
    /// The lower ends of its widest band; empty without one.
    pub low: Vec<Option<ShortNumber>>,
    /// The upper ends.
    pub high: Vec<Option<ShortNumber>>,
}

/// A number with as many digits as a chart writes, short as text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortNumber(pub f64);

impl Serialize for ShortNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.0;
        // Whole numbers without a point.
        if number.fract() == 0.0 && number.abs() < 9e15 {
            serializer.serialize_i64(number as i64)
        } else {
            serializer.serialize_f64(number)
        }
    }
}

/// Where the panels of `spec` are on its drawing, and what is there.
pub fn map(spec: &Spec) -> HoverMap {
    let layout = SheetLayout::of(spec);
    let frames = layout.grid.frames(layout.head);
    let dated = frames.iter().map(|(index, frame)| (&spec.panels[*index], frame));
    let (mut panels, mut all_days): (Vec<HoverPanel>, Vec<Vec<ShortNumber>>) = (Vec::new(), Vec::new());
    for (panel, frame) in dated {
        if let (Across::Dates, PanelNumbers::OverTime(series)) = (&panel.across, of_panel(panel).shown)
            && !series.is_empty()
        {
            panels.push(of_series(spec, panel, frame, &series, &mut all_days));
        }
    }
    HoverMap { start: spec.calendar.start().to_string(), days: all_days, panels }
}

fn of_series(
    spec: &Spec,
    panel: &Panel,
    frame: &Frame<'_>,
    series: &[DataSeries],
    all_days: &mut Vec<Vec<ShortNumber>>,
) -> HoverPanel {
    let all = days(series);
    let kept: Vec<f64> = thinned(all.len(), MOST_DATES, &[]).into_iter().map(|place| all[place]).collect();
    let told: Vec<ShortNumber> = kept.iter().map(|day| ShortNumber(*day)).collect();
    let known = all_days.iter().position(|days| *days == told);
    let place = known.unwrap_or_else(|| {
        all_days.push(told);
        all_days.len() - 1
    });
    HoverPanel {
        title: panel.title.clone(),
        unit: panel.unit_words.clone(),
        share: panel.unit == AxisUnit::Share,
        signed: panel.signed,
        plot: [frame.left, frame.top, frame.right, frame.bottom].map(|end| (end * UNITS).round() as i32),
        across: [frame.across.ends.0, frame.across.ends.1].map(ShortNumber),
        upwards: [frame.axis.from, frame.axis.to].map(ShortNumber),
        dates: grain(spec, &all),
        days: place,
        series: series.iter().map(|one| of_one(panel, one, &kept)).collect(),
    }
}

fn of_one(panel: &Panel, series: &DataSeries, days: &[f64]) -> HoverSeries {
    let at = |of: &dyn Fn(&DataPoint) -> Option<f64>| -> Vec<Option<ShortNumber>> {
        days.iter().map(|day| series.at(*day).and_then(of).map(|value| short(panel.unit, value))).collect()
    };
    let end = |which: fn((f64, f64)) -> f64| {
        if series.holds.is_empty() {
            return Vec::new();
        }
        at(&|point| point.bands.first().copied().flatten().map(which))
    };
    let names = [&series.name, &panel.title, &panel.unit_words];
    HoverSeries {
        name: names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default(),
        colour: series.colour.hex(),
        holds: series.holds.first().copied().unwrap_or(""),
        values: at(&|point| Some(point.value)),
        low: end(|(low, _)| low),
        high: end(|(_, high)| high),
    }
}

/// With the digits that a chart writes: whole from 100 on and of what is counted.
fn short(unit: AxisUnit, value: f64) -> ShortNumber {
    let power = match (unit, first_digit(value.abs())) {
        (AxisUnit::Whole, _) => 0,
        (_, Some(first)) => (first + 1 - DIGITS).min(0),
        (_, None) => 0,
    };
    // What is far below anything that a chart shows is nothing.
    let rounded = if power < -22 { 0.0 } else { round_to(value, power, Rounding::Nearest) };
    ShortNumber(if rounded == 0.0 { 0.0 } else { rounded })
}

/// Months where all dates are the first of one, or the middles of months.
fn grain(spec: &Spec, days: &[f64]) -> DateGrain {
    let calendar = &spec.calendar;
    let whole_months = calendar.unit() >= crate::units::TimeUnit::Month && calendar.start().day() == 1;
    match Grain::of(days, calendar) {
        Grain::Month => DateGrain::Month,
        Grain::Date | Grain::Step if whole_months => DateGrain::Month,
        Grain::Date | Grain::Step => DateGrain::Day,
    }
}
