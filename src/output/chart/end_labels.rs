//! The texts at the right edge of a panel, in place of a legend.

use super::canvas::{Anchor, Canvas, Face};
use super::palette;
use super::spec::EndLabel;
use super::text::{width, wrap};
use super::weight::Weight;

/// Font size of names and values.
const SIZE: f64 = 13.5;
/// Font size of notes.
const NOTE_SIZE: f64 = 12.0;
/// From one line to the next.
const LEADING: f64 = 16.0;
/// Between labels.
const GAP: f64 = 3.0;
/// Between the panel and its labels: room for the lines that lead to labels that were moved.
pub const LEADER: f64 = 14.0;

/// A line of a label.
struct TextLine {
    text: String,
    size: f64,
    weight: Weight,
}

/// The lines of a label that has `room` pixels.
fn lines(label: &EndLabel, room: f64) -> Vec<TextLine> {
    let regular = |text: String| TextLine { text, size: SIZE, weight: Weight::Regular };
    let mut lines: Vec<TextLine> =
        wrap(&label.name, SIZE, Weight::Regular, room, 2).into_iter().map(regular).collect();
    match lines.last_mut() {
        None => lines.push(TextLine { text: label.value.clone(), size: SIZE, weight: Weight::Bold }),
        Some(last) => {
            // "2–3: 40" is not "2–3 40".
            let stop = if last.text.ends_with(|letter: char| letter.is_numeric()) { ":" } else { "" };
            let joined = format!("{}{stop} {}", last.text, label.value);
            if width(&joined, SIZE, Weight::Regular) <= room {
                last.text = joined;
            } else {
                lines.push(regular(label.value.clone()));
            }
        }
    }
    if !label.note.is_empty() {
        lines.push(TextLine { text: label.note.clone(), size: NOTE_SIZE, weight: Weight::Regular });
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Ends of lines nearer than this are one point to the eye, in pixels.
const SAME: f64 = 4.0;

/// Leaders to ends nearer than this look as if they led to one point.
const NEAR: f64 = 12.0;

/// More labels of one point than this have no leaders, which would all lead to the same.
const MOST_OF_A_POINT: usize = 3;

/// Labels of a panel at their `heights` in pixels: of those without names that belong to the same point and say the same, or
/// are many, one says all.
pub fn merged(labels: &[EndLabel], height: impl Fn(&EndLabel) -> f64) -> Vec<EndLabel> {
    let mut order: Vec<usize> = (0..labels.len()).filter(|index| labels[*index].name.is_empty()).collect();
    order.sort_by(|a, b| labels[*a].at.total_cmp(&labels[*b].at));
    let mut merged: Vec<EndLabel> = labels.iter().filter(|label| !label.name.is_empty()).cloned().collect();
    for point in order.chunk_by(|a, b| (height(&labels[*a]) - height(&labels[*b])).abs() < SAME) {
        let (Some(first), Some(last)) = (point.first(), point.last()) else { continue };
        let (first, last) = (&labels[*first], &labels[*last]);
        let alike =
            point.iter().all(|it| (&labels[*it].value, &labels[*it].note) == (&first.value, &first.note));
        match point.len() {
            1 => merged.push(first.clone()),
            _ if alike => merged.push(EndLabel { colour: palette::INK, ..first.clone() }),
            many if many > MOST_OF_A_POINT => {
                let all = format!("{} to {}", first.value, last.value);
                merged.push(EndLabel::new((first.at + last.at) / 2.0, all, palette::INK));
            }
            _ => merged.extend(point.iter().map(|index| labels[*index].clone())),
        }
    }
    merged
}

/// How many pixels `labels` take to the right of a panel where at most `room` are to be had.
pub fn room_needed(labels: &[EndLabel], room: f64) -> f64 {
    let widths = labels
        .iter()
        .flat_map(|label| lines(label, room))
        .map(|line| width(&line.text, line.size, line.weight));
    widths.fold(0.0, f64::max)
}

/// Draws `labels`, each wanted at its height in `heights`, right of `x` and between `top` and `bottom`.
pub fn draw(
    canvas: &Canvas,
    labels: &[EndLabel],
    heights: &[f64],
    x: f64,
    room: f64,
    (top, bottom): (f64, f64),
) {
    let texts: Vec<Vec<TextLine>> = labels.iter().map(|label| lines(label, room)).collect();
    let sizes: Vec<f64> = texts.iter().map(|text| text.len() as f64 * LEADING + GAP).collect();
    let centres = super::nudge::apart(heights, &sizes, top, bottom);
    for (index, label) in labels.iter().enumerate() {
        let (centre, wanted) = (centres[index], heights[index]);
        let colour = palette::text(label.colour);
        let of_the_point = heights.iter().filter(|other| (*other - wanted).abs() < NEAR).count();
        if (centre - wanted).abs() > 5.0 && of_the_point <= MOST_OF_A_POINT {
            canvas.line(&[(x + 2.0, wanted), (x + LEADER - 3.0, centre)], label.colour, 0.8, &[]);
        }
        let mut baseline = centre - (sizes[index] - GAP) / 2.0 + LEADING - 4.0;
        for line in &texts[index] {
            let face = Face { size: line.size, weight: line.weight, colour, anchor: Anchor::Start };
            canvas.text(&line.text, x + LEADER, baseline, face);
            baseline += LEADING;
        }
    }
}
