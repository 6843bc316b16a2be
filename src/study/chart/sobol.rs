//! Sobol's indices: what share of the variance would go if a factor were known, and what would stay if all others were.

use super::bars::{self, MOST_ROWS};
use super::source::{ChartNumbers, ChartWords};
use crate::output::chart::format::decimal;
use crate::output::chart::palette;
use crate::output::chart::spec::{Across, Area, AxisUnit, ChartLine, KeyEntry, Panel, Spec};
use crate::output::format::count;
use crate::study::analysis::AnalysisResult;
use crate::study::design::Design;
use crate::study::sensitivity::sobol::Indices;

/// Where the two bars of a row lie, in rows from its middle.
const FIRST: (f64, f64) = (-0.33, -0.02);
const TOTAL: (f64, f64) = (0.02, 0.33);

/// The chart; `None` of other designs, and where no outcome has indices.
pub fn spec(numbers: &ChartNumbers<'_>) -> Option<Spec> {
    let source = numbers.source;
    let Design::Sobol(_) = &source.study.design else { return None };
    let factors = source.study.factors.len();
    let mut most = bars::panels_that_fit(factors.min(MOST_ROWS));
    let (mut panels, mut hidden, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let title = format!("What the spread of {} is due to", numbers.subject("each outcome"));
    for outcome in 0..source.outcomes() {
        match &numbers.analysed(outcome)?.found {
            Ok(AnalysisResult::Sobol(indices)) if is_vague(indices) => notes.push(format!(
                "Not drawn: {}, whose total shares are not even known to within 1: more points, or more replicates, would tell.",
                source.label(outcome)
            )),
            Ok(AnalysisResult::Sobol(_)) if most == 0 => hidden.push(outcome),
            Ok(AnalysisResult::Sobol(indices)) => {
                most -= 1;
                panels.push(panel(numbers, outcome, indices));
            }
            Ok(_) => {}
            Err(reason) => notes.push(format!("Not drawn: {}, because {reason}.", source.label(outcome))),
        }
    }
    if panels.is_empty() {
        return None;
    }
    notes.insert(0, "First: the share of the variance between points that would go if the factor were known. Total: the share that would stay if all others were; what it has more is due to factors acting together. Whiskers are 95 % confidence intervals; Monte Carlo noise was taken away.".to_string());
    if factors > MOST_ROWS {
        let more = count((factors - MOST_ROWS) as u64, "factor");
        notes.push(format!(
            "In each panel {more} with smaller total shares are left out: see sensitivity.csv."
        ));
    }
    notes.extend(source.elsewhere(&hidden, "sensitivity.csv"));
    let key = vec![
        KeyEntry::bar("first: by itself", palette::LESS),
        KeyEntry::bar("total: with others", palette::MORE),
    ];
    let how = "bars are Sobol's indices".to_string();
    Some(numbers.spec(ChartWords { kind: "sobol", title, how, notes, bands: false }, key, panels))
}

fn panel(numbers: &ChartNumbers<'_>, outcome: usize, indices: &Indices) -> Panel {
    let label = numbers.source.label(outcome);
    let mut panel = Panel::new(label, AxisUnit::Real, "");
    panel.wide = true;
    panel.across =
        Across::Numbers { words: "share of the variance between points".to_string(), signed: false };
    let mut order: Vec<usize> = (0..indices.total.len()).collect();
    order.sort_by(|a, b| indices.total[*b].value.total_cmp(&indices.total[*a].value));
    order.truncate(MOST_ROWS);
    for (row, factor) in order.iter().enumerate() {
        let (first, total) = (indices.first[*factor], indices.total[*factor]);
        for (estimate, (top, bottom), colour) in
            [(first, FIRST, palette::LESS), (total, TOTAL, palette::MORE)]
        {
            let place = row as f64;
            panel.areas.push(Area::bar((0.0, estimate.value), (place + top, place + bottom), colour));
            bars::interval(&mut panel, estimate, 1.0, place + (top + bottom) / 2.0);
        }
        let [first, total] = [first, total].map(|estimate| short(estimate.value));
        let name = numbers.source.factor(*factor);
        panel.row(name, bars::beside(row, format!("first {first}"), format!("total {total}")));
    }
    panel.lines.push(ChartLine::upright(0.0, order.len()));
    panel
}

/// Whether a share may be anything.
fn is_vague(indices: &Indices) -> bool {
    indices.total.iter().any(|total| total.margin() >= 1.0)
}

/// An index with two digits; what noise has left below 0 is written as such.
fn short(value: f64) -> String {
    crate::output::chart::format::with_minus(value, decimal(value.abs(), 2))
}
