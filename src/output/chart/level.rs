//! A level across a panel, such as a capacity, and its name where it hides least.

use super::canvas::{Anchor, Canvas, Face};
use super::frame::Frame;
use super::palette;
use super::sizes::SMALL;
use super::spec::{LevelLine, Panel};
use super::text::{shorten, width};
use super::weight::Weight;

/// How far above the frame a name may rise: what is free below the row of the marks' names.
const HEADROOM: f64 = 11.0;

/// Draws the level's line.
pub fn line(canvas: &Canvas, level: &LevelLine, frame: &Frame) {
    let points: Vec<_> = level.run.iter().map(|(day, value)| (frame.x(*day), frame.y(*value))).collect();
    canvas.line(&points, palette::INK, 1.5, palette::LEVEL_DASH);
}

/// Writes the level's names, each above or below its part of the line, at its left, its right or in between.
pub fn labels(canvas: &Canvas, level: &LevelLine, panel: &Panel, frame: &Frame) {
    let mut taken: Vec<PixelRegion> = Vec::new();
    for (from, until, label) in &level.labels {
        let (from, until) = (frame.x(*from), frame.x(*until));
        let part = Part { from, until, row: level_at(level, frame, from) };
        taken.extend(one_label(canvas, panel, frame, &part, label, &taken));
    }
}

/// A part of the level: from one column of pixels to another, and the row in which it begins.
struct Part {
    from: f64,
    until: f64,
    row: f64,
}

/// A part of the sheet: columns and rows of pixels.
type PixelRegion = ((f64, f64), (f64, f64));

/// Writes the name of one part of the level; returns the region it takes.
fn one_label(
    canvas: &Canvas,
    panel: &Panel,
    frame: &Frame,
    part: &Part,
    label: &str,
    taken: &[PixelRegion],
) -> Option<PixelRegion> {
    let text = shorten(label, SMALL, Weight::Regular, frame.right - frame.left - 8.0);
    let wide = width(&text, SMALL, Weight::Regular);
    // A part too short for its label lends the room beside it.
    let left = (part.from + 5.0).min(frame.right - 5.0 - wide);
    let right = (part.until - 5.0 - wide).max(left);
    let mut best: Option<(usize, f64, f64)> = None;
    for start in [left, right, (left + right) / 2.0] {
        for above in [true, false] {
            let baseline = if above { part.row - 5.0 } else { part.row + 14.0 };
            if baseline - 11.0 < frame.top - HEADROOM || baseline > frame.bottom - 3.0 {
                continue;
            }
            let region = ((start - 3.0, start + wide + 3.0), (baseline - 11.0, baseline + 4.0));
            let collides = taken.iter().any(|other| overlap(region.0, other.0) && overlap(region.1, other.1));
            // Where only another label's place is left, the axis must do.
            if collides {
                continue;
            }
            let hidden = covered(panel, frame, region.0, region.1);
            if best.is_none_or(|(least, _, _)| hidden < least) {
                best = Some((hidden, start, baseline));
            }
        }
    }
    let (hidden, start, baseline) = best?;
    if hidden > 0 {
        let corner = (start + wide + 2.0, baseline + 3.0);
        canvas.rectangle((start - 2.0, baseline - 11.0), corner, palette::PAPER, 0.75);
    }
    let face = Face { size: SMALL, weight: Weight::Regular, colour: palette::INK, anchor: Anchor::Start };
    canvas.text(&text, start, baseline, face);
    Some(((start, start + wide), (baseline - 11.0, baseline + 4.0)))
}

fn overlap(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// The pixel row of the level at the pixel column `x`.
fn level_at(level: &LevelLine, frame: &Frame, x: f64) -> f64 {
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
    // Where the level itself rises or falls.
    let stairs = panel
        .level
        .iter()
        .flat_map(|level| level.run.windows(2))
        .filter(|pair| pair[0].0 == pair[1].0 && beside(pair[0].0));
    areas.count() + lines.count() + marks.count() + stairs.count()
}
