//! The numbers of a chart, as a table that a spreadsheet opens.

use jiff::ToSpan;

use super::cells::Cells;
use crate::output::chart::spec::{Across, Panel, Spec};
use crate::output::format::shortest;

/// What is drawn on a chart, as comma-separated values: a row for each point of a line, of a band and for each single value.
pub fn csv(spec: &Spec) -> String {
    let mut cells = Cells::new(&["panel", "what", "name", "at", "value", "lower", "upper"]);
    for panel in &spec.panels {
        let name = |colour| {
            let key = spec.key.iter().find(|entry| entry.colour == colour).map(|entry| entry.name.as_str());
            let label = panel.labels.iter().find(|label| label.colour == colour);
            label.map(|label| label.name.as_str()).or(key).unwrap_or_default()
        };
        let mut row = |what: &str, name: &str, at: (f64, f64), between: Option<(f64, f64)>| {
            let value = if at.1.is_nan() { String::new() } else { shortest(at.1) };
            let between = between.map(|(low, high)| [shortest(low), shortest(high)]).unwrap_or_default();
            cells.row(&[
                &panel.title,
                what,
                name,
                &across(spec, panel, at.0),
                &value,
                &between[0],
                &between[1],
            ]);
        };
        for area in &panel.areas {
            for (x, low, high) in area.runs.iter().flatten() {
                row("band", name(area.colour), (*x, f64::NAN), Some((*low, *high)));
            }
        }
        for line in panel.lines.iter().chain(&panel.over) {
            for point in line.runs.iter().flatten() {
                row("line", name(line.colour), *point, None);
            }
        }
        for whisker in &panel.whiskers {
            let middle = (whisker.from.0 + whisker.to.0) / 2.0;
            let (from, to) = (whisker.from.1, whisker.to.1);
            row("whisker", name(whisker.colour), (middle, f64::NAN), Some((from.min(to), from.max(to))));
        }
        for dot in &panel.dots {
            row("dot", if dot.name.is_empty() { name(dot.colour) } else { &dot.name }, dot.at, None);
        }
    }
    cells.text()
}

/// A place of the horizontal axis, in words: a date, a number, or a column's name.
fn across(spec: &Spec, panel: &Panel, x: f64) -> String {
    match &panel.across {
        Across::Dates => {
            let date = spec.calendar.start().checked_add((x.round() as i64).days());
            date.map_or_else(|_| shortest(x), |date| date.to_string())
        }
        Across::Columns { names, .. } => {
            names.get(x.max(0.0) as usize).cloned().unwrap_or_else(|| shortest(x))
        }
        Across::Numbers { .. } => shortest(x),
    }
}
