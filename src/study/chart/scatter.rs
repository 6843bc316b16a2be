//! All points: an outcome over each factor, and its running mean.

use super::groups::{groups, mean};
use super::source::{ChartNumbers, ChartWords, MOST_PANELS};
use crate::output::chart::palette;
use crate::output::chart::spec::{Across, AxisUnit, ChartLine, Dot, DotShape, KeyEntry, Panel, Spec};
use crate::output::chart::text;
use crate::output::format::{count, thousands};

/// A panel has at most so many dots, and all panels of a sheet.
const MOST_DOTS: usize = 2000;
const MOST_DOTS_OF_SHEET: usize = 6000;

/// The running mean is that of so many equal parts of the points, of about twelve points or more.
const PARTS: (usize, usize) = (4, 16);
const POINTS_OF_PART: usize = 12;

/// Fewer points than this are no cloud.
const LEAST: usize = 5;

/// One chart for each of the first outcomes that differ between points; none where a fan shows the same.
pub fn specs(numbers: &ChartNumbers<'_>) -> Vec<Spec> {
    if super::fan::order(numbers.source).is_some() {
        return Vec::new();
    }
    (0..numbers.source.outcomes()).filter_map(|outcome| spec(numbers, outcome)).take(MOST_PANELS).collect()
}

fn spec(numbers: &ChartNumbers<'_>, outcome: usize) -> Option<Spec> {
    let source = numbers.source;
    let (times, _) = numbers.way(outcome);
    let values = numbers.values(outcome);
    let finite: Vec<usize> = (0..values.len()).filter(|point| values[*point].is_finite()).collect();
    let first = values[*finite.first()?];
    if finite.len() < LEAST || finite.iter().all(|point| values[*point] == first) {
        return None;
    }
    let mut factors: Vec<(f64, usize)> =
        source.varying().into_iter().map(|factor| (moved(numbers, outcome, factor), factor)).collect();
    factors.sort_by(|a, b| b.0.total_cmp(&a.0));
    let left_out = factors.len().saturating_sub(MOST_PANELS);
    factors.truncate(MOST_PANELS);
    if factors.is_empty() {
        return None;
    }
    let most = MOST_DOTS.min(MOST_DOTS_OF_SHEET / factors.len());
    let kept = thinned(&finite, most);
    let shown = || finite.iter().map(|point| times * values[*point]);
    let (low, high) = (shown().fold(f64::INFINITY, f64::min), shown().fold(f64::NEG_INFINITY, f64::max));

    // Zero is shown where it is not far away.
    let bottom = if low > 0.6 * high { low } else { low.min(0.0) };

    let label = source.label(outcome);
    let subject = numbers.subject(&text::inside(&label));
    let subject = if numbers.differ() { text::words(&subject) } else { label };
    let title = format!("{subject}, at every point");
    let cloud = Cloud { numbers, outcome, kept: &kept, reach: (bottom, high) };
    let panels: Vec<Panel> = factors.iter().map(|(_, factor)| cloud.over(*factor)).collect();
    let mut notes = Vec::new();
    if kept.len() < finite.len() {
        notes.push(format!(
            "{} of {} points are drawn; the line is of all.",
            thousands(kept.len() as f64),
            thousands(finite.len() as f64)
        ));
    }
    if left_out > 0 {
        notes.push(format!("{} that move the mean less are left out.", count(left_out as u64, "factor")));
    }
    notes.push("A cloud without a slope may still hide a factor that acts through others.".to_string());
    let key = vec![KeyEntry {
        name: "running mean of the points".to_string(),
        colour: palette::INK,
        dash: &[],
        thickness: 2.2,
    }];
    let how = "dots are means over them".to_string();
    Some(numbers.spec_of(
        outcome,
        ChartWords { kind: "scatter", title, how, notes, bands: false },
        key,
        panels,
    ))
}

/// An outcome at some of the points.
struct Cloud<'a> {
    numbers: &'a ChartNumbers<'a>,
    outcome: usize,
    /// The points that are drawn.
    kept: &'a [usize],
    /// What the vertical axis reaches.
    reach: (f64, f64),
}

impl Cloud<'_> {
    /// The points and their running mean over a factor.
    fn over(&self, factor: usize) -> Panel {
        let source = self.numbers.source;
        let (times, unit) = self.numbers.way(self.outcome);
        let values = self.numbers.values(self.outcome);
        let across = &source.columns.factors[factor];
        let mut panel = Panel::new(String::new(), AxisUnit::Real, &unit);
        panel.signed = self.numbers.differ();
        panel.reach = self.reach;
        panel.across = Across::Numbers { words: source.factor(factor), signed: false };
        panel.logarithmic = source.is_logarithmic(factor);
        let dot = |point: &usize| {
            Dot::new((across[*point], times * values[*point]), DotShape::Point, palette::CLOUD)
        };
        panel.dots = self.kept.iter().map(dot).collect();
        let groups = groups(across, values, parts(values));
        let run = groups.iter().map(|group| (group.at, times * mean(values, &group.points))).collect();
        panel.over.push(ChartLine {
            runs: vec![run],
            colour: palette::INK,
            dash: &[],
            thickness: 2.2,
            series: None,
        });
        panel
    }
}

fn parts(values: &[f64]) -> usize {
    (values.len() / POINTS_OF_PART).clamp(PARTS.0, PARTS.1)
}

/// How far the running mean goes over a factor.
fn moved(numbers: &ChartNumbers<'_>, outcome: usize, factor: usize) -> f64 {
    let values = numbers.values(outcome);
    let groups = groups(&numbers.source.columns.factors[factor], values, parts(values));
    let means = groups.iter().map(|group| mean(values, &group.points));
    let (low, high) =
        means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| (low.min(mean), high.max(mean)));
    high - low
}

/// About `most` of some points. Those whose number times the golden ratio has a small fraction: they are spread evenly over
/// the rows of any design, where every k-th row would meet the same column of a grid again and again.
fn thinned(points: &[usize], most: usize) -> Vec<usize> {
    if points.len() <= most {
        return points.to_vec();
    }
    let part = most as f64 / points.len() as f64;
    let golden = 0.618_033_988_749_894_9;
    points.iter().copied().filter(|point| (*point as f64 * golden).fract() < part).collect()
}
