//! Tornado: how far the mean outcome moves from where a factor is lowest to where it is highest, the widest bar first.

use super::bars::{self, MOST_ROWS};
use super::groups::{groups, mean, squared_error};
use super::source::{ChartNumbers, ChartWords};
use crate::output::chart::format::number;
use crate::output::chart::palette;
use crate::output::chart::spec::{Across, Area, AxisUnit, ChartLine, Dot, DotShape, KeyEntry, Panel, Spec};
use crate::output::format::count;
use crate::study::design::Design;

/// Of a factor with many values, the lowest and the highest of so many equal parts.
const PARTS: usize = 5;

/// Half the height of a bar in rows.
const BAR: f64 = 0.28;

/// A factor and the outcome at its ends.
struct TornadoRow {
    name: String,
    /// The factor's mean value there.
    at: [f64; 2],
    /// The mean outcome there.
    ends: [f64; 2],
    /// Whether the points' own scatter would often make as much of a difference.
    faint: bool,
}

impl TornadoRow {
    fn width(&self) -> f64 {
        (self.ends[1] - self.ends[0]).abs()
    }
}

/// The chart; `None` of trajectories, which have a chart of their own, and where no outcome differs.
pub fn spec(numbers: &ChartNumbers<'_>) -> Option<Spec> {
    let source = numbers.source;
    if matches!(source.study.design, Design::Morris(_)) {
        return None;
    }
    let factors = source.varying();
    let mut most = bars::panels_that_fit(factors.len().min(MOST_ROWS));
    let (mut panels, mut hidden, mut faint) = (Vec::new(), Vec::new(), false);
    let title = format!("Which factor moves {} most", numbers.subject("each outcome"));
    for outcome in 0..source.outcomes() {
        let rows = rows(numbers, outcome, &factors);
        if rows.iter().all(|row| row.width() == 0.0) {
            continue;
        }
        if most == 0 {
            hidden.push(outcome);
            continue;
        }
        most -= 1;
        faint |= rows.iter().take(MOST_ROWS).any(|row| row.faint);
        panels.push(panel(numbers, outcome, &rows));
    }
    if panels.is_empty() {
        return None;
    }
    let mut notes = vec!["The upright line is the mean of all points. Beside each bar: the mean outcome at both ends of the factor, and the factor there (a level, or the mean of the lowest and of the highest fifth of the points).".to_string()];
    if faint {
        notes.push(
            "Pale: the scatter of the points by itself would often make as much (under 2 standard errors)."
                .to_string(),
        );
    }
    if factors.len() > MOST_ROWS {
        let more = count((factors.len() - MOST_ROWS) as u64, "factor");
        notes.push(format!("In each panel {more} with narrower bars are left out."));
    }
    notes.extend(source.elsewhere(&hidden, "outcomes.csv"));
    notes.push("Horizontal axes need not start at zero.".to_string());
    let key = vec![
        KeyEntry::bar("where the factor is lowest", palette::LESS),
        KeyEntry::bar("where it is highest", palette::MORE),
    ];
    let how = "bars lead to means over the points".to_string();
    Some(numbers.spec(ChartWords { kind: "tornado", title, how, notes, bands: false }, key, panels))
}

/// The factors, the one that moves the outcome most first; none where the outcome is never a number.
fn rows(numbers: &ChartNumbers<'_>, outcome: usize, factors: &[usize]) -> Vec<TornadoRow> {
    let source = numbers.source;
    let values = numbers.values(outcome);
    let crossed = matches!(source.study.design, Design::Grid(_));
    let row = |factor: &usize| {
        let groups = groups(&source.columns.factors[*factor], values, PARTS);
        let [first, .., last] = groups.as_slice() else { return None };
        let ends = [first, last].map(|group| mean(values, &group.points));
        let error = squared_error(values, &first.points) + squared_error(values, &last.points);
        // Points of a grid differ in the other factors by design, and not by chance.
        let faint = !crossed && (ends[1] - ends[0]).abs() < 2.0 * error.sqrt();
        Some(TornadoRow { name: source.factor(*factor), at: [first.at, last.at], ends, faint })
    };
    let mut rows: Vec<TornadoRow> = factors.iter().filter_map(row).collect();
    rows.sort_by(|a, b| b.width().total_cmp(&a.width()));
    rows
}

fn panel(numbers: &ChartNumbers<'_>, outcome: usize, rows: &[TornadoRow]) -> Panel {
    let (times, unit) = numbers.way(outcome);
    let values = numbers.values(outcome);
    let all: Vec<usize> = (0..values.len()).filter(|point| values[*point].is_finite()).collect();
    let middle = times * mean(values, &all);
    let label = numbers.source.label(outcome);
    let mut panel = Panel::new(label, AxisUnit::Real, "");
    panel.wide = true;
    panel.across = Across::Numbers { words: unit, signed: numbers.differ() };
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    for (index, row) in shown.iter().enumerate() {
        let place = index as f64;
        let ends = row.ends.map(|end| times * end);
        let apart = (ends[0] - middle) * (ends[1] - middle) <= 0.0;
        for (which, end) in ends.into_iter().enumerate() {
            // Bars to the same side lie over each other, others in line.
            let heights = match (apart, which) {
                (true, _) => (place - BAR, place + BAR),
                (false, 0) => (place - BAR, place),
                (false, _) => (place, place + BAR),
            };
            let colour = match row.faint {
                true => [palette::OTHERS, palette::GRID][which],
                false => [palette::LESS, palette::MORE][which],
            };
            panel.areas.push(Area::bar((middle, end), heights, colour));
        }
        let [low, high] = ends.map(|end| numbers.text(end));
        let at = row.at.map(number);
        let label = bars::beside(index, format!("{low} to {high}"), format!("at {} and {}", at[0], at[1]));
        panel.row(row.name.clone(), label);
    }
    panel.lines.push(ChartLine::upright(middle, shown.len()));
    panel.dots.push(Dot::new((middle, -0.5), DotShape::Square, palette::INK));
    panel
}
