//! Heat map: an outcome over two factors of a grid, the mean over all others.

use super::heat_scale::{Scale, scale_panel};
use super::source::{ChartNumbers, ChartWords, MOST_PANELS, level};
use crate::output::chart::format::list;
use crate::output::chart::palette;
use crate::output::chart::spec::{Across, Area, AxisUnit, CellText, Panel, Spec};
use crate::output::chart::text;
use crate::study::design::Design;

/// The height of a row; of many rows all together.
const ROW: f64 = 34.0;
const MOST_HEIGHT: f64 = 640.0;

/// With more rows than this only some have a name.
const MOST_NAMES: usize = 30;

/// Half the width and height of a cell.
const HALF: f64 = 0.49;

/// One chart for each of the first outcomes; none unless the design is a grid in which two factors have several levels.
pub fn specs(numbers: &ChartNumbers<'_>) -> Vec<Spec> {
    let source = numbers.source;
    let Design::Grid(grid) = &source.study.design else { return Vec::new() };
    let mut factors = source.varying();
    // Those with most levels; of equally many the first.
    factors.sort_by_key(|factor| std::cmp::Reverse(grid.counts()[*factor]));
    let [across, upright, others @ ..] = factors.as_slice() else { return Vec::new() };
    let drawn =
        (0..source.outcomes()).filter_map(|outcome| spec(numbers, outcome, [*across, *upright], others));
    drawn.take(MOST_PANELS).collect()
}

/// The values of a factor, from low to high.
fn levels(values: &[f64]) -> Vec<f64> {
    let mut levels = values.to_vec();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels
}

fn spec(
    numbers: &ChartNumbers<'_>,
    outcome: usize,
    [across, upright]: [usize; 2],
    others: &[usize],
) -> Option<Spec> {
    let source = numbers.source;
    let [columns, rows] = [across, upright].map(|factor| levels(&source.columns.factors[factor]));
    let unit = numbers.way(outcome).1;
    let means = means(numbers, outcome, [(across, &columns), (upright, &rows)]);
    let scale = Scale::of(&means, numbers.differ())?;

    let label = source.label(outcome);
    let names = [across, upright].map(|factor| source.factor(factor));
    let mut panel = Panel::new(String::new(), AxisUnit::Real, &format!("upwards: {}", names[1]));
    panel.wide = true;
    panel.height = Some((ROW * rows.len() as f64).min(MOST_HEIGHT));
    let words = format!("to the right: {}", names[0]);
    panel.across =
        Across::Columns { names: columns.iter().map(|level_of| level(*level_of)).collect(), words };
    let every = rows.len().div_ceil(MOST_NAMES);
    // The highest is on top.
    let name =
        |(row, level_of): (usize, &f64)| if row % every == 0 { level(*level_of) } else { String::new() };
    panel.rows = rows.iter().enumerate().map(name).rev().collect();
    cells(&mut panel, numbers, &means, &scale);
    let subject = numbers.subject(&text::inside(&label));
    let subject = if numbers.differ() { text::words(&subject) } else { label };
    let title = format!("{subject}, over two factors");
    let mut notes = Vec::new();
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|factor| text::inside(&source.factor(*factor))).collect();
        notes.push(format!("Every cell is the mean over all values of {}.", list(&names, 8)));
    }
    if means.iter().any(|mean| !mean.is_finite()) {
        notes.push("White without a number: there is none.".to_string());
    }
    if numbers.differ() {
        notes.push("Blue is less than in the baseline, orange is more, white is no difference.".to_string());
    }
    let panels = vec![panel, scale_panel(&scale, &unit, numbers.differ())];
    let how = "cells are means over them".to_string();
    Some(numbers.spec_of(
        outcome,
        ChartWords { kind: "heat", title, how, notes, bands: false },
        Vec::new(),
        panels,
    ))
}

/// The mean of every cell, row by row, the lowest first; "not a number" where there is no point.
fn means(
    numbers: &ChartNumbers<'_>,
    outcome: usize,
    [(across, columns), (upright, rows)]: [(usize, &[f64]); 2],
) -> Vec<f64> {
    let (times, _) = numbers.way(outcome);
    let values = numbers.values(outcome);
    let mut sums = vec![(0.0, 0u32); columns.len() * rows.len()];
    for (point, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let place = |factor: usize, levels: &[f64]| {
            levels.iter().position(|level| *level == numbers.source.columns.factors[factor][point])
        };
        let Some((column, row)) = place(across, columns).zip(place(upright, rows)) else { continue };
        let sum = &mut sums[row * columns.len() + column];
        *sum = (sum.0 + times * value, sum.1 + 1);
    }
    sums.iter().map(|(sum, count)| sum / f64::from(*count)).collect()
}

/// Puts the cells on the panel.
fn cells(panel: &mut Panel, numbers: &ChartNumbers<'_>, means: &[f64], scale: &Scale) {
    let Across::Columns { names, .. } = &panel.across else { return };
    let (columns, rows) = (names.len(), panel.rows.len());
    for (index, mean) in means.iter().enumerate().filter(|(_, mean)| mean.is_finite()) {
        let at = ((index % columns) as f64, (rows - 1 - index / columns) as f64);
        let colour = scale.colour(*mean);
        let ends = (at.0 - HALF, at.0 + HALF);
        panel.areas.push(Area::bar(ends, (at.1 - HALF, at.1 + HALF), colour));
        // Where numbers have no room, in grey a sign tells less from more.
        let sign = match numbers.differ() {
            true if *mean < 0.0 => "−",
            true if *mean > 0.0 => "+",
            _ => "",
        };
        let words = [numbers.text(*mean), sign.to_string()];
        panel.texts.push(CellText { at, value: *mean, words, light: palette::is_dark(colour) });
    }
}
