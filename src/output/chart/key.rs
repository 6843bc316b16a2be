//! What lines mean, where their ends have no room for names: entries in rows under the heading.

use super::canvas::{Anchor, Canvas, Face};
use super::palette;
use super::sizes::{MARGIN, WIDTH};
use super::spec::KeyEntry;
use super::text::{shorten, width};
use super::weight::Weight;

/// The length of a line, the gap between entries, and the size of the names.
const LINE: f64 = 48.0;
const GAP: f64 = 22.0;
const SIZE: f64 = 13.5;

/// The height of a row.
pub const ROW: f64 = 20.0;

/// The entries of a key in rows, each with the pixel column at which it starts.
pub fn rows(key: &[KeyEntry]) -> Vec<Vec<(f64, &KeyEntry)>> {
    let mut rows: Vec<Vec<(f64, &KeyEntry)>> = Vec::new();
    let mut at = MARGIN;
    for entry in key {
        let wide = LINE + text(entry).1 + GAP;
        if rows.is_empty() || at + wide - GAP > WIDTH - MARGIN {
            rows.push(Vec::new());
            at = MARGIN;
        }
        if let Some(row) = rows.last_mut() {
            row.push((at, entry));
        }
        at += wide;
    }
    rows
}

/// The name of an entry and its width.
fn text(entry: &KeyEntry) -> (String, f64) {
    let text = shorten(&entry.name, SIZE, Weight::Regular, WIDTH - 2.0 * MARGIN - LINE);
    let wide = width(&text, SIZE, Weight::Regular);
    (text, wide)
}

/// Draws the key below `top`.
pub fn draw(canvas: &Canvas, rows: &[Vec<(f64, &KeyEntry)>], top: f64) {
    for (row, y) in rows.iter().zip(0u32..) {
        let y = top + f64::from(y) * ROW + 12.0;
        for (x, entry) in row {
            let line = [(*x, y - 4.5), (x + LINE - 8.0, y - 4.5)];
            canvas.line(&line, entry.colour, entry.thickness, entry.dash);
            let colour = palette::text(entry.colour);
            let face = Face { size: SIZE, weight: Weight::Regular, colour, anchor: Anchor::Start };
            canvas.text(&text(entry).0, x + LINE, y, face);
        }
    }
}
