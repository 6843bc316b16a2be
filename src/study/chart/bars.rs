//! Bars in rows, and their whiskers.

use plotters::style::RGBColor;

use crate::output::chart::palette;
use crate::output::chart::spec::{Area, EndLabel, KeyEntry, Line, Panel, Whisker};
use crate::study::sensitivity::Estimate;

/// More rows than this are counted in words.
pub const MOST_ROWS: usize = 15;

/// More rows than this on all panels of a sheet are left to the table.
const MOST_ROWS_OF_SHEET: usize = 34;

/// Of panels with so many rows each, how many fit on a sheet.
pub fn panels_that_fit(rows: usize) -> usize {
    (MOST_ROWS_OF_SHEET / (rows + 2)).clamp(1, super::source::MOST_PANELS)
}

/// A bar from one number to another between two heights in rows.
pub fn bar((from, to): (f64, f64), (top, bottom): (f64, f64), colour: RGBColor) -> Area {
    let run = [from.min(to), from.max(to)].map(|x| (x, top, bottom)).to_vec();
    Area { runs: vec![run], colour, opacity: 1.0, edge: false }
}

/// The 95 % confidence interval of an estimate at a height, `times` as large.
pub fn interval(panel: &mut Panel, estimate: Estimate, times: f64, row: f64) {
    let (low, high) = estimate.interval();
    if low.is_finite() && high.is_finite() && low < high {
        let (from, to) = ((times * low, row), (times * high, row));
        panel.whiskers.push(Whisker { from, to, colour: palette::INK });
    }
}

/// An upright line through all of `rows` rows.
pub fn upright(x: f64, rows: usize) -> Line {
    let run = vec![(x, -0.5), (x, rows as f64 - 0.5)];
    Line { runs: vec![run], colour: palette::INK, dash: &[], thickness: 1.2 }
}

/// What stands right of a row.
pub fn beside(row: usize, value: String, note: String) -> EndLabel {
    EndLabel { at: row as f64, name: String::new(), value, note, colour: palette::INK }
}

/// What a bar's colour means.
pub fn entry(name: &str, colour: RGBColor) -> KeyEntry {
    KeyEntry { name: name.to_string(), colour, dash: &[], thickness: 11.0 }
}
