//! Morris's elementary effects: how large they are on average, against how much they differ.

use super::bars::MOST_ROWS;
use super::source::{ChartNumbers, ChartWords, MOST_PANELS};
use crate::output::chart::palette;
use crate::output::chart::spec::{
    Across, AxisUnit, ChartLine, Dot, DotShape, KeyEntry, Panel, Spec, Whisker,
};
use crate::study::analysis::AnalysisResult;
use crate::study::sensitivity::morris::Effects;

/// The height of the plot of a sheet of one panel, and of one of several.
const HEIGHTS: (f64, f64) = (400.0, 260.0);

/// Factors below these parts of the largest mu* and of the largest sigma are too near to 0, and to each other, to be named.
const LEAST_NAMED: (f64, f64) = (0.07, 0.3);

/// A panel without a row to itself has room for so many names.
const MOST_NAMES: usize = 8;

/// The chart; `None` of other designs, and where no factor has an effect.
pub fn spec(numbers: &ChartNumbers<'_>) -> Option<Spec> {
    let source = numbers.source;
    let (mut found, mut notes): (Vec<(usize, &[Effects])>, Vec<String>) = Default::default();
    for outcome in 0..source.outcomes() {
        match &numbers.analysed(outcome)?.found {
            Ok(AnalysisResult::Morris(effects)) => {
                if effects.iter().any(|effect| effect.mu_star.value > 0.0) {
                    found.push((outcome, effects));
                } else {
                    notes.push(format!("Not drawn: {}, which no factor changes.", source.label(outcome)));
                }
            }
            Ok(_) => return None,
            Err(reason) if matches!(source.study.design, crate::study::design::Design::Morris(_)) => {
                notes.push(format!("Not drawn: {}, because {reason}.", source.label(outcome)));
            }
            Err(_) => return None,
        }
    }
    let hidden: Vec<usize> = found.iter().skip(MOST_PANELS).map(|(outcome, _)| *outcome).collect();
    found.truncate(MOST_PANELS);
    if found.is_empty() {
        return None;
    }
    let names = if found.len() == 1 { MOST_ROWS } else { MOST_NAMES };
    let title = format!("Which factors matter for {}", numbers.subject("each outcome"));
    let draw = |(outcome, effects): &(usize, &[Effects])| {
        let mut panel = panel(numbers, *outcome, effects, names);
        panel.height = Some(if found.len() == 1 { HEIGHTS.0 } else { HEIGHTS.1 });
        panel
    };
    let panels: Vec<Panel> = found.iter().map(draw).collect();
    notes.insert(0, "An effect is what the outcome changes when one factor moves through all of its spread. To the right: factors that matter. High up: factors that act on others, or not in proportion. Whiskers are 95 % confidence intervals of mu*.".to_string());
    if found.iter().any(|(_, effects)| effects.iter().any(|effect| !effect.is_above_noise())) {
        notes.push("Grey rings: not distinguishable from Monte Carlo noise.".to_string());
    }
    let unnamed = panels.iter().any(|panel| panel.dots.iter().any(|dot| dot.name.is_empty()));
    if unnamed {
        notes.push("Without a name: factors with small effects; see sensitivity.csv.".to_string());
    }
    notes.extend(source.elsewhere(&hidden, "sensitivity.csv"));
    let key = vec![KeyEntry {
        name: "sigma = mu*: above it effects differ more than their mean size".to_string(),
        colour: palette::GREY,
        dash: palette::POLICY_DASH,
        thickness: 1.2,
    }];
    let how = "dots are factors".to_string();
    Some(numbers.spec(ChartWords { kind: "morris", title, how, notes, bands: false }, key, panels))
}

fn panel(numbers: &ChartNumbers<'_>, outcome: usize, effects: &[Effects], names: usize) -> Panel {
    let source = numbers.source;
    let (times, unit) = numbers.way(outcome);
    // An effect is a difference, of a date too.
    let unit = match unit.as_str() {
        "%" | "% of replicates" => "percentage points".to_string(),
        "months since the start" | "months (+ is later)" => "months".to_string(),
        _ => unit,
    };
    let label = source.label(outcome);
    let mut panel = Panel::new(label, AxisUnit::Real, &format!("sigma, {unit}"));
    panel.across = Across::Numbers { words: format!("{unit}, mean size of an effect (mu*)"), signed: false };
    let mut order: Vec<usize> = (0..effects.len()).collect();
    order.sort_by(|a, b| effects[*b].mu_star.value.total_cmp(&effects[*a].mu_star.value));
    let (mut right, mut top) = (0.0f64, 0.0f64);
    let largest = |of: fn(&Effects) -> f64| effects.iter().map(of).fold(0.0, f64::max);
    let size = LEAST_NAMED.0 * largest(|effect| effect.mu_star.value);
    let spread = LEAST_NAMED.1 * largest(|effect| effect.sigma.value);
    for (place, factor) in order.iter().enumerate() {
        let effect = &effects[*factor];
        let at = (times * effect.mu_star.value, times * effect.sigma.value);
        let margin = times * effect.mu_star.margin();
        (right, top) = (right.max(at.0), top.max(at.1));
        let above = effect.is_above_noise();
        let colour = if above { palette::MAIN } else { palette::GREY };
        if margin > 0.0 && margin.is_finite() {
            let (from, to) = (((at.0 - margin).max(0.0), at.1), (at.0 + margin, at.1));
            let colour = if above { palette::MAIN } else { palette::OTHERS };
            panel.whiskers.push(Whisker { from, to, colour });
        }
        let apart = effect.mu_star.value >= size || effect.sigma.value > spread;
        let shape = if above { DotShape::Disc } else { DotShape::Faint };
        let name = if place < names && apart { source.factor(*factor) } else { String::new() };
        panel.dots.push(Dot::new(at, shape, colour).named(name));
    }
    let end = if top > 0.0 { right.min(top) } else { right };
    panel.lines.push(ChartLine {
        runs: vec![vec![(0.0, 0.0), (end, end)]],
        colour: palette::GREY,
        dash: palette::POLICY_DASH,
        thickness: 1.2,
        series: None,
    });
    panel
}
