//! A level across a panel, such as a capacity, and its name where it hides least.

use super::canvas::{Anchor, Canvas, Face};
use super::palette;
use super::panel::{Frame, SMALL};
use super::spec::{Level, Panel};
use super::text::{Weight, shorten, width};

/// Draws the level's line.
pub fn line(canvas: &Canvas, level: &Level, frame: &Frame) {
    let points: Vec<_> = level.run.iter().map(|(day, value)| (frame.x(*day), frame.y(*value))).collect();
    canvas.line(&points, palette::INK, 1.5, palette::LEVEL_DASH);
}

/// Writes the level's names, each above or below its part of the line, at its left, its right or in between.
pub fn labels(canvas: &Canvas, level: &Level, panel: &Panel, frame: &Frame) {
    for (from, until, label) in &level.labels {
        one_label(canvas, level, panel, frame, (frame.x(*from), frame.x(*until)), label);
    }
}

fn one_label(canvas: &Canvas, level: &Level, panel: &Panel, frame: &Frame, part: (f64, f64), label: &str) {
    let text = shorten(label, SMALL, Weight::Regular, frame.right - frame.left - 8.0);
    let wide = width(&text, SMALL, Weight::Regular);
    // A part too short for its label lends the room beside it.
    let left = (part.0 + 5.0).min(frame.right - 5.0 - wide);
    let right = (part.1 - 5.0 - wide).max(left);
    let mut best: Option<(usize, f64, f64)> = None;
    for start in [left, right, (left + right) / 2.0] {
        for above in [true, false] {
            let at = |x: f64| level_at(level, frame, x);
            let (from, to) = (at(start), at(start + wide));
            let baseline = if above { from.min(to) - 5.0 } else { from.max(to) + 14.0 };
            if baseline - 11.0 < frame.top || baseline > frame.bottom - 3.0 {
                continue;
            }
            let hidden =
                covered(panel, frame, (start - 3.0, start + wide + 3.0), (baseline - 11.0, baseline + 4.0));
            if best.is_none_or(|(least, _, _)| hidden < least) {
                best = Some((hidden, start, baseline));
            }
        }
    }
    if let Some((hidden, start, baseline)) = best {
        if hidden > 0 {
            let corner = (start + wide + 2.0, baseline + 3.0);
            canvas.rectangle((start - 2.0, baseline - 11.0), corner, palette::PAPER, 0.75);
        }
        let face = Face { size: SMALL, weight: Weight::Regular, colour: palette::INK, anchor: Anchor::Start };
        canvas.text(&text, start, baseline, face);
    }
}

/// The pixel row of the level at the pixel column `x`.
fn level_at(level: &Level, frame: &Frame, x: f64) -> f64 {
    let before = level.run.iter().rev().find(|(day, _)| frame.x(*day) <= x);
    before.or(level.run.first()).map_or(frame.bottom, |(_, value)| frame.y(*value))
}

/// How many points of the panel's curves, bands and marks lie in a box of pixels.
fn covered(panel: &Panel, frame: &Frame, columns: (f64, f64), rows: (f64, f64)) -> usize {
    let beside = |day: f64| (columns.0..=columns.1).contains(&frame.x(day));
    let areas = panel
        .areas
        .iter()
        .flat_map(|area| area.runs.iter().flatten())
        .filter(|point| beside(point.0) && frame.y(point.2) <= rows.1 && frame.y(point.1) >= rows.0);
    let lines = panel
        .lines
        .iter()
        .flat_map(|line| line.runs.iter().flatten())
        .filter(|point| beside(point.0) && (rows.0..=rows.1).contains(&frame.y(point.1)));
    let marks = panel.marks.iter().filter(|mark| beside(mark.at));
    areas.count() + lines.count() + marks.count()
}
