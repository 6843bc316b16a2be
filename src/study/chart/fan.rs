//! An outcome over one factor: means with their errors, the band of the baseline's replicates, variants as further lines.

use super::source::{ChartNumbers, ChartWords, MOST_PANELS, StudyResults};
use crate::output::chart::format::number;
use crate::output::chart::palette::{self, Colour, Dash};
use crate::output::chart::spec::{
    Across, Area, AxisUnit, ChartLine, Dot, DotShape, EndLabel, KeyEntry, Panel, Spec, Whisker,
};
use crate::output::format::count;
use crate::study::valid::Purpose;
/// More points than this are a cloud rather than a line.
const MOST_POINTS: usize = 100;

/// Standard errors to both sides: 95 % of normal values.
const ERRORS: f64 = 1.96;

/// The only factor that varies, and the points in its order; `None` where it is not the only one, or points are many or alike.
pub fn order(source: &StudyResults<'_>) -> Option<(usize, Vec<usize>)> {
    let [factor] = source.varying()[..] else { return None };
    let across = &source.columns.factors[factor];
    let mut order: Vec<usize> = (0..across.len()).collect();
    order.sort_by(|a, b| across[*a].total_cmp(&across[*b]));
    let alike = order.windows(2).any(|pair| across[pair[0]] == across[pair[1]]);
    let cloud = alike || order.len() > MOST_POINTS || source.study.purpose == Purpose::Uncertainty;
    (!cloud).then_some((factor, order))
}

/// The chart; `None` unless exactly one factor varies and every point has a value of its own.
pub fn spec(source: &StudyResults<'_>) -> Option<Spec> {
    let (factor, order) = order(source)?;
    let name = source.factor(factor);
    let variants = source.study.variant_count().min(1 + palette::MOST_LINES);
    let title = format!("Outcomes over “{name}”");
    let bands = holds_its_means(source);
    let (mut panels, mut hidden) = (Vec::new(), Vec::new());
    for outcome in 0..source.outcomes() {
        let reported = (0..variants).any(|variant| {
            source.columns.variants[variant][outcome].mean.iter().any(|value| value.is_finite())
        });
        match reported {
            true if panels.len() == MOST_PANELS => hidden.push(outcome),
            true => panels.push(panel(source, outcome, (factor, &order), variants, bands)),
            false => {}
        }
    }
    if panels.is_empty() {
        return None;
    }
    // Beside each other they have no room for names: the key has them.
    let wide = panels.len() <= 2;
    for panel in &mut panels {
        panel.wide = wide;
        if !wide {
            panel.labels.iter_mut().for_each(|label| label.name.clear());
        }
    }
    let mut notes = Vec::new();
    if bands {
        notes.push("Bands are of the baseline, where an outcome is not a yes or no.".to_string());
    }
    notes.push("Whiskers are 1.96 standard errors of the baseline's mean to both sides.".to_string());
    let more = source.study.variant_count() - variants;
    if more > 0 {
        notes.push(format!("{} are in outcomes.csv.", count(more as u64, "more variant")));
    }
    notes.extend(source.elsewhere(&hidden, "outcomes.csv"));
    let key = if variants == 1 || wide {
        Vec::new()
    } else {
        (0..variants).map(|variant| entry(source, variant)).collect()
    };
    let how = match bands {
        true => "lines are means, bands hold 90 % of them".to_string(),
        false => "lines are means".to_string(),
    };
    Some(source.spec(ChartWords { kind: "fan", title, how, notes, bands }, key, panels))
}

/// Whether nine in ten of the baseline's replicates have every mean among them: those of what comes seldom have not, and then no
/// band is drawn around any.
fn holds_its_means(source: &StudyResults<'_>) -> bool {
    source.columns.variants[0].iter().all(|column| {
        let [low, _, high] = &column.quantiles;
        let ends = low.iter().zip(high);
        column.mean.iter().zip(ends).all(|(mean, (low, high))| {
            let slack = 1e-9 * mean.abs();
            !(*mean < low - slack || *mean > high + slack)
        })
    })
}

fn look(variant: usize) -> (Colour, Dash) {
    variant.checked_sub(1).map_or((palette::INK, &[] as Dash), palette::variant)
}

fn entry(source: &StudyResults<'_>, variant: usize) -> KeyEntry {
    let (colour, dash) = look(variant);
    KeyEntry { name: source.variant(variant), colour, dash, thickness: 2.4 }
}

fn panel(
    source: &StudyResults<'_>,
    outcome: usize,
    (factor, order): (usize, &[usize]),
    variants: usize,
    bands: bool,
) -> Panel {
    let across = &source.columns.factors[factor];
    let (times, unit) = ChartNumbers { source, variant: 0 }.way(outcome);
    let label = source.label(outcome);
    let mut panel = Panel::new(label, AxisUnit::Real, &unit);
    panel.across = Across::Numbers { words: source.factor(factor), signed: false };
    panel.logarithmic = source.is_logarithmic(factor);
    for variant in 0..variants {
        let column = &source.columns.variants[variant][outcome];
        let (colour, dash) = look(variant);
        if variant == 0 && bands {
            let run = |point: &usize| {
                let [low, _, high] = [0, 1, 2].map(|which| times * column.quantiles[which][*point]);
                (across[*point], low, high)
            };
            let band: Vec<(f64, f64, f64)> = order.iter().map(run).collect();
            let runs = band.split(|point| !(point.1.is_finite() && point.2.is_finite()));
            let runs: Vec<Vec<_>> = runs.filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect();
            if !runs.is_empty() {
                let colour = palette::MAIN;
                let (series, holds) = (None, "");
                panel.areas.push(Area { runs, colour, opacity: 0.18, edge: false, series, holds });
            }
        }
        let line: Vec<(f64, f64)> =
            order.iter().map(|point| (across[*point], times * column.mean[*point])).collect();
        let runs = line.split(|point| !point.1.is_finite());
        let runs: Vec<Vec<_>> = runs.filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect();
        let Some(last) = runs.last().and_then(|run| run.last()) else { continue };
        let name = source.variant(variant);
        let name = if variants == 1 { String::new() } else { name };
        panel.labels.push(EndLabel::new(last.1, number(last.1), colour).named(name));
        for point in order {
            let (at, error) = (times * column.mean[*point], ERRORS * times * column.mc_se[*point]);
            if variant == 0 && at.is_finite() && error.is_finite() && error > 0.0 {
                let x = across[*point];
                let (low, high) = source.possible(outcome, variant);
                let (from, to) = ((at - error).max(times * low), (at + error).min(times * high));
                panel.whiskers.push(Whisker { from: (x, from), to: (x, to), colour });
            }
            if at.is_finite() && order.len() <= 20 && variant == 0 {
                let at = (across[*point], at);
                panel.dots.push(Dot::new(at, DotShape::Point, colour));
            }
        }
        panel.lines.push(ChartLine { runs, colour, dash, thickness: 2.4, series: None });
    }
    panel
}
