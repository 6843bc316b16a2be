//! Draws one panel: what lies within its axes, its axes and its labels.

use super::canvas::{Anchor, Canvas, Face};
use super::flags::Flag;
use super::frame::Frame;
use super::sizes::SMALL;
use super::spec::{Across, ChartLine, MarkKind, Panel};
use super::text::{shorten, width, wrap};
use super::weight::Weight;
use super::{dots, end_labels, level, palette, thin};

/// Font size of a panel's heading.
const HEADING: f64 = 15.0;
/// Height of a row of mark labels.
pub const FLAG_ROW: f64 = 17.0;
/// Height of the heading.
pub const HEADING_ROW: f64 = 24.0;

/// Height of every further line of it.
pub const HEADING_LINE: f64 = 17.0;

/// The name of a row, on lines of `room` pixels.
pub fn row_name(name: &str, room: f64) -> Vec<String> {
    wrap(name, SMALL, Weight::Regular, room, 2)
}

/// Draws `panel` into `frame`.
pub fn draw(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    grid(canvas, panel, frame);
    areas(canvas, panel, frame);
    if let Some(level) = &panel.level {
        level::line(canvas, level, frame);
    }
    marks(canvas, panel, frame);
    lines(canvas, &panel.lines, frame);
    zero(canvas, panel, frame);
    dots::draw(canvas, panel, frame);
    lines(canvas, &panel.over, frame);
    cell_texts(canvas, panel, frame);
    if let Some(level) = &panel.level {
        level::labels(canvas, level, panel, frame);
    }
    axes(canvas, panel, frame);
    heading(canvas, panel, frame);
    let heights: Vec<f64> = frame.labels.iter().map(|label| frame.y(label.at)).collect();
    let ends = (frame.top - 8.0, frame.bottom + 8.0);
    end_labels::draw(canvas, frame.labels, &heights, frame.right, frame.label_room, ends);
}

fn face(colour: palette::Colour, anchor: Anchor) -> Face {
    Face { size: SMALL, weight: Weight::Regular, colour, anchor }
}

fn grid(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    if matches!(panel.across, Across::Numbers { .. }) {
        for tick in &frame.across.ticks {
            let x = frame.x(tick.at);
            canvas.line(&[(x, frame.top), (x, frame.bottom)], palette::GRID, 1.0, &[]);
        }
    }
    for (value, text) in &frame.axis.ticks {
        let y = frame.y(*value);
        if panel.rows.is_empty() {
            canvas.line(&[(frame.left, y), (frame.right, y)], palette::GRID, 1.0, &[]);
            canvas.text(text, frame.left - 7.0, y + 4.5, face(palette::GREY, Anchor::End));
            continue;
        }
        let lines = row_name(text, frame.left - 7.0 - frame.heading_left);
        let mut baseline = y + 4.5 - 7.5 * lines.len().saturating_sub(1) as f64;
        for line in lines {
            canvas.text(&line, frame.left - 7.0, baseline, face(palette::INK, Anchor::End));
            baseline += 15.0;
        }
    }
}

/// No difference, where there are differences to both sides.
fn zero(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    if panel.rows.is_empty() && frame.axis.passes_zero() {
        let y = frame.y(0.0);
        canvas.line(&[(frame.left, y), (frame.right, y)], palette::INK, 1.2, &[]);
    }
    let (from, until) = frame.across.ends;
    let columns = matches!(panel.across, Across::Columns { .. });
    if from < 0.0 && until > 0.0 && !columns {
        let x = frame.x(0.0);
        canvas.line(&[(x, frame.top), (x, frame.bottom)], palette::INK, 1.2, &[]);
    }
}

fn areas(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    for area in &panel.areas {
        for run in &area.runs {
            let run = thin::band(run, frame.right - frame.left);
            let upper: Vec<_> = run.iter().map(|point| (frame.x(point.0), frame.y(point.2))).collect();
            let lower = run.iter().rev().map(|point| (frame.x(point.0), frame.y(point.1)));
            if let ([only], Some(low)) = (upper.as_slice(), run.first()) {
                // A single step has no extent in time: a short bar.
                let (from, to) = ((only.0 - 5.0, only.1), (only.0 + 5.0, frame.y(low.1)));
                canvas.rectangle(from, to, area.colour, area.opacity);
                continue;
            }
            let corners: Vec<_> = upper.iter().copied().chain(lower).collect();
            canvas.polygon(&corners, area.colour, area.opacity);
            if area.edge {
                canvas.line(&upper, palette::PAPER, 1.0, &[]);
            }
        }
    }
}

/// The longer text of every cell where the one with the longest has room, else the shorter one.
fn cell_texts(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    let room = frame.x(1.0) - frame.x(0.0) - 4.0;
    let high = (frame.y(1.0) - frame.y(0.0)).abs();
    let widest = |which: usize| {
        let widths = panel.texts.iter().map(|text| width(&text.words[which], SMALL, Weight::Regular));
        widths.fold(0.0, f64::max)
    };
    let Some(which) = [0, 1].into_iter().find(|which| widest(*which) <= room && high >= 14.0) else { return };
    for text in &panel.texts {
        let colour = if text.light { palette::PAPER } else { palette::INK };
        let (x, y) = (frame.x(text.at.0), frame.y(text.at.1));
        canvas.text(&text.words[which], x, y + 4.5, face(colour, Anchor::Middle));
    }
}

fn lines(canvas: &Canvas, lines: &[ChartLine], frame: &Frame) {
    for line in lines {
        for run in &line.runs {
            let points: Vec<_> = thin::curve(run, frame.right - frame.left)
                .into_iter()
                .map(|(day, value)| (frame.x(day), frame.y(value)))
                .collect();
            match points.as_slice() {
                [only] => canvas.dot(*only, 3.0, line.colour),
                points => canvas.line(points, line.colour, line.thickness, line.dash),
            }
        }
    }
}

fn marks(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    for ((mark, flag), text) in panel.marks.iter().zip(&frame.marks.flags).zip(&frame.marks.texts) {
        let x = frame.x(mark.at);
        // The line rises to its label.
        let rise = |flag: &Flag| frame.top - 5.0 - FLAG_ROW * flag.row as f64;
        let top = flag.as_ref().map_or(frame.top, rise);
        let colour = if mark.kind == MarkKind::Shock { palette::ALARM } else { palette::GREY };
        if mark.kind != MarkKind::Pause && panel.areas.iter().any(|area| area.edge) {
            canvas.line(&[(x, frame.bottom), (x, frame.top)], palette::PAPER, 2.2, &[]);
        }
        match mark.kind {
            MarkKind::Policy => {
                canvas.line(&[(x, frame.bottom), (x, top)], colour, 1.1, palette::POLICY_DASH)
            }
            MarkKind::Switch => {
                canvas.line(&[(x, frame.bottom), (x, top)], colour, 1.1, palette::SWITCH_DASH)
            }
            MarkKind::Pause => {
                let until = frame.x(mark.until.unwrap_or(mark.at));
                hatch(canvas, (x, frame.top), (until.max(x + 1.0), frame.bottom));
                canvas.line(&[(x, frame.top), (x, top)], colour, 1.1, &[]);
            }
            MarkKind::Shock => {
                canvas.line(&[(x, frame.bottom), (x, top)], colour, 1.1, &[]);
                let tip = frame.top + 9.0;
                canvas.polygon(&[(x - 5.0, tip - 9.0), (x + 5.0, tip - 9.0), (x, tip)], colour, 1.0);
            }
        }
        if let (Some(flag), Some(text)) = (flag, text) {
            // A label that starts at its line leans against it.
            let y = frame.top - 8.0 - FLAG_ROW * flag.row as f64;
            canvas.text(text, flag.start, y, face(colour, Anchor::Start));
        }
    }
}

/// Hatches a rectangle: a plain tint would look like a band.
fn hatch(canvas: &Canvas, from: (f64, f64), to: (f64, f64)) {
    canvas.rectangle(from, to, palette::INK, 0.05);
    let (width, height) = (to.0 - from.0, to.1 - from.1);
    let mut at = 7.0;
    while at < width + height {
        // From the upper or the right edge down to the left or the lower one, at 45 degrees.
        let start = (from.0 + at.min(width), from.1 + (at - width).max(0.0));
        let end = (from.0 + (at - height).max(0.0), from.1 + at.min(height));
        canvas.line(&[start, end], palette::HATCH, 0.7, &[]);
        at += 7.0;
    }
}

fn axes(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    canvas.line(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], palette::GREY, 1.2, &[]);
    for tick in &frame.across.ticks {
        let x = frame.x(tick.at);
        canvas.line(&[(x, frame.bottom), (x, frame.bottom + 4.5)], palette::GREY, 1.0, &[]);
        if frame.tick_texts {
            for (row, text) in [&tick.label, &tick.under].into_iter().enumerate() {
                let y = frame.bottom + 18.0 + 15.0 * row as f64;
                // Those at the ends stay on the sheet.
                let half = width(text, SMALL, Weight::Regular) / 2.0;
                let end = frame.right + end_labels::LEADER + frame.label_room + 16.0;
                let x = x.min(end - half).max(frame.heading_left - 16.0 + half);
                canvas.text(text, x, y, face(palette::GREY, Anchor::Middle));
            }
        }
    }
    if !matches!(panel.across, Across::Dates) {
        let room = frame.right + end_labels::LEADER + frame.label_room - frame.left;
        let words = shorten(&frame.across.words, SMALL, Weight::Regular, room);
        canvas.text(&words, frame.left, frame.bottom + 36.0, face(palette::GREY, Anchor::Start));
    }
}

/// The lines of a panel's title in `room` pixels, and whether what it counts has room behind the last of them.
fn heading_of(panel: &Panel, room: f64) -> (Vec<String>, bool) {
    let title = wrap(&panel.title, HEADING, Weight::Bold, room, 2);
    let last = title.last().map_or(0.0, |last| width(last, HEADING, Weight::Bold) + 8.0);
    let unit = width(&panel.unit_words, SMALL, Weight::Regular);
    let behind = title.is_empty() || last + unit <= room;
    (title, behind)
}

/// How many lines the heading of a panel has in `room` pixels.
pub fn heading_lines(panel: &Panel, room: f64) -> usize {
    let (title, behind) = heading_of(panel, room);
    title.len().max(1) + usize::from(!behind && !panel.unit_words.is_empty())
}

fn heading(canvas: &Canvas, panel: &Panel, frame: &Frame) {
    let end = frame.right + end_labels::LEADER + frame.label_room;
    let room = end - frame.heading_left;
    let (title, behind) = heading_of(panel, room);
    let bold = Face { size: HEADING, weight: Weight::Bold, colour: palette::INK, anchor: Anchor::Start };
    let mut at = (0.0, frame.heading_y - HEADING_LINE);
    for line in &title {
        at = (width(line, HEADING, Weight::Bold) + 8.0, at.1 + HEADING_LINE);
        canvas.text(line, frame.heading_left, at.1, bold);
    }
    if title.is_empty() || !behind {
        at = (0.0, at.1 + HEADING_LINE);
    }
    let unit = shorten(&panel.unit_words, SMALL, Weight::Regular, room - at.0);
    canvas.text(&unit, frame.heading_left + at.0, at.1, face(palette::GREY, Anchor::Start));
}
