//! Bars in rows, and their whiskers.

use crate::output::chart::palette;
use crate::output::chart::spec::{EndLabel, Panel, Whisker};
use crate::study::sensitivity::Estimate;

/// More rows than this are counted in words.
pub const MOST_ROWS: usize = 15;

/// More rows than this on all panels of a sheet are left to the table.
const MOST_ROWS_OF_SHEET: usize = 34;

/// Of panels with so many rows each, how many fit on a sheet.
pub fn panels_that_fit(rows: usize) -> usize {
    (MOST_ROWS_OF_SHEET / (rows + 2)).clamp(1, super::source::MOST_PANELS)
}

/// The 95 % confidence interval of an estimate at a height, `times` as large.
pub fn interval(panel: &mut Panel, estimate: Estimate, times: f64, row: f64) {
    let (low, high) = estimate.interval();
    if low.is_finite() && high.is_finite() && low < high {
        let (from, to) = ((times * low, row), (times * high, row));
        panel.whiskers.push(Whisker { from, to, colour: palette::INK });
    }
}

/// What stands right of a row.
pub fn beside(row: usize, value: String, note: String) -> EndLabel {
    EndLabel::new(row as f64, value, palette::INK).noted(note)
}
