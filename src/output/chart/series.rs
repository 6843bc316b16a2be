//! From the numbers of a summary to curves and bands.

use super::palette::{self, Dash};
use super::spec::{Area, Line};
use super::time_axis::boundary;
use crate::calendar::Calendar;
use crate::ensemble::summary::Stat;
use plotters::style::RGBColor;

/// What a line shows of many histories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// Half of the histories are below it.
    Median,
    /// Their mean: of what comes seldom the median would be 0.
    Mean,
}

impl Centre {
    /// The value of `stat`; the mean in expected mode.
    pub fn of(self, stat: &Stat) -> f64 {
        match (self, &stat.spread) {
            (Centre::Median, Some(spread)) => spread.quantiles[2],
            _ => stat.mean,
        }
    }
}

/// Days at which a series has its points.
pub type Days = Vec<f64>;

/// Every boundary: people present.
pub fn boundaries(calendar: &Calendar) -> Days {
    (0..=calendar.steps()).map(|k| boundary(calendar, k)).collect()
}

/// The end of every step: sums to date, rates.
pub fn step_ends(calendar: &Calendar) -> Days {
    (1..=calendar.steps()).map(|k| boundary(calendar, k)).collect()
}

/// The middle of every step: flows within it.
pub fn step_middles(calendar: &Calendar) -> Days {
    let ends = boundaries(calendar);
    ends.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect()
}

/// Points in pieces without gaps: what is not finite (a rate without person-years) is a gap.
fn pieces<P: Copy>(points: impl Iterator<Item = P>, finite: impl Fn(&P) -> bool) -> Vec<Vec<P>> {
    let mut runs: Vec<Vec<P>> = vec![Vec::new()];
    for point in points {
        if !finite(&point) {
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(point);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A curve through `values`.
pub fn curve(days: &[f64], values: &[f64], colour: RGBColor, dash: Dash, thickness: f64) -> Line {
    let points = days.iter().copied().zip(values.iter().copied());
    Line { runs: pieces(points, |point| point.1.is_finite()), colour, dash, thickness }
}

/// What lies between `lower` and `upper`.
pub fn between(
    days: &[f64],
    lower: &[f64],
    upper: &[f64],
    colour: RGBColor,
    opacity: f64,
    edge: bool,
) -> Area {
    let points = days.iter().zip(lower).zip(upper).map(|((day, lower), upper)| (*day, *lower, *upper));
    let runs = pieces(points, |point| point.1.is_finite() && point.2.is_finite());
    Area { runs, colour, opacity, edge }
}

/// The centre of every point.
pub fn centres(points: &[Stat], centre: Centre) -> Vec<f64> {
    points.iter().map(|stat| centre.of(stat)).collect()
}

/// The bands that hold 90 % and 50 % of the histories; none in expected mode.
pub fn bands(days: &[f64], points: &[Stat], colour: RGBColor) -> Vec<Area> {
    let quantile = |which: usize| -> Vec<f64> {
        let of = |stat: &Stat| stat.spread.map_or(f64::NAN, |spread| spread.quantiles[which]);
        points.iter().map(of).collect()
    };
    let band = |low, high, opacity| between(days, &quantile(low), &quantile(high), colour, opacity, false);
    let mut bands = vec![band(0, 4, 0.20), band(1, 3, 0.32)];
    bands.retain(|band| !band.runs.is_empty());
    bands
}

/// The line and the bands of the one series of a panel.
pub fn main_line(days: &[f64], points: &[Stat], centre: Centre) -> Line {
    curve(days, &centres(points, centre), palette::MAIN, &[], 2.2)
}

/// The last finite number.
pub fn last(values: &[f64]) -> Option<f64> {
    values.iter().rev().copied().find(|value| value.is_finite())
}

/// The 5 % and 95 % quantiles.
pub fn range_90(stat: &Stat) -> Option<(f64, f64)> {
    stat.spread
        .map(|spread| (spread.quantiles[0], spread.quantiles[4]))
        .filter(|(low, high)| low.is_finite() && high.is_finite())
}
