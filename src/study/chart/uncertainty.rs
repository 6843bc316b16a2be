//! What is due to uncertain factors and what to chance, and which factor is worth knowing better.

use super::bars::{self, MOST_ROWS};
use super::source::{ChartNumbers, ChartWords, MOST_PANELS, StudyResults};
use crate::output::chart::format::percent;
use crate::output::chart::palette;
use crate::output::chart::spec::{Across, Area, AxisUnit, ChartLine, KeyEntry, Panel, Spec};
use crate::output::chart::text;
use crate::output::format::count;
use crate::study::analysis::{AnalysisResult, Sample};
use crate::study::sensitivity::uncertainty::Uncertainty;

/// So many factors of each outcome are drawn.
const MOST_FACTORS: usize = 6;

/// Half the height of a bar in rows.
const BAR: f64 = 0.28;

/// The chart; `None` of other designs.
pub fn spec(source: &StudyResults<'_>) -> Option<Spec> {
    let numbers = ChartNumbers { source, variant: 0 };
    let found: Vec<(usize, &Uncertainty, &Sample)> = (0..source.outcomes())
        .filter_map(|outcome| match &numbers.analysed(outcome)?.found {
            Ok(AnalysisResult::Uncertainty(parts, sample)) if parts.share.is_some() => {
                Some((outcome, parts, sample))
            }
            _ => None,
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    let mut panels = vec![shares(source, &found)];
    let (mut hidden, mut unclear, mut more) = (Vec::new(), Vec::new(), 0);
    for (outcome, _, sample) in &found {
        match &sample.first {
            Ok(_) if panels.len() > MOST_PANELS => hidden.push(*outcome),
            Ok(first) => {
                more = first.len().saturating_sub(MOST_FACTORS);
                panels.push(factors(source, *outcome, first));
            }
            Err(_) => unclear.push(text::inside(&source.label(*outcome))),
        }
    }
    // Two beside each other, and a last one that has nobody beside it alone.
    if panels.len() == 2 {
        panels[1].wide = true;
    }
    let mut notes = vec![
        "Known factors would leave what is due to chance; no knowledge of them takes that away. A factor's own share is what would go of the variance between points if it alone were known; what is missing to 100 %, beyond the whiskers, is due to factors acting together. Whiskers are 95 % confidence intervals; Monte Carlo noise was taken away.".to_string(),
    ];
    if more > 0 {
        notes.push(format!(
            "In each panel {} with smaller shares are left out: see sensitivity.csv.",
            count(more as u64, "factor")
        ));
    }
    if !unclear.is_empty() {
        let names = crate::output::chart::format::list(&unclear, 8);
        notes.push(format!("No factor could be told from noise for {names}."));
    }
    if found.len() > MOST_ROWS {
        let rest: Vec<usize> = found.iter().skip(MOST_ROWS).map(|(outcome, ..)| *outcome).collect();
        notes.extend(source.elsewhere(&rest, "uncertainty.csv"));
    }
    notes.extend(source.elsewhere(&hidden, "sensitivity.csv"));
    let key = vec![
        KeyEntry::bar("due to uncertain factors", palette::LESS),
        KeyEntry::bar("due to chance", palette::MORE),
    ];
    let title = "What is due to what we do not know, and what to chance".to_string();
    let how = "each point is a draw of the uncertain factors".to_string();
    Some(source.spec(ChartWords { kind: "uncertainty", title, how, notes, bands: false }, key, panels))
}

fn shares(source: &StudyResults<'_>, found: &[(usize, &Uncertainty, &Sample)]) -> Panel {
    let mut panel = Panel::new("All of the variance".to_string(), AxisUnit::Real, "");
    panel.wide = true;
    panel.across = Across::Numbers { words: "% of the variance of an outcome".to_string(), signed: false };
    for (row, (outcome, parts, _)) in found.iter().take(MOST_ROWS).enumerate() {
        let Some(share) = parts.share else { continue };
        let (at, place) = (100.0 * share.value, row as f64);
        panel.areas.push(Area::bar((0.0, at), (place - BAR, place + BAR), palette::LESS));
        panel.areas.push(Area::bar((at, 100.0), (place - BAR, place + BAR), palette::MORE));
        bars::interval(&mut panel, share, 100.0, place);
        if let Some(whisker) = panel.whiskers.last_mut() {
            // No share is beyond these ends.
            (whisker.from.0, whisker.to.0) = (whisker.from.0.max(0.0), whisker.to.0.min(100.0));
        }
        let label = source.label(*outcome);
        let [factors, chance] = [share.value, 1.0 - share.value].map(percent);
        panel.row(label, bars::beside(row, format!("factors {factors}"), format!("chance {chance}")));
    }
    panel
}

fn factors(
    source: &StudyResults<'_>,
    outcome: usize,
    first: &[crate::study::sensitivity::Estimate],
) -> Panel {
    let label = source.label(outcome);
    let mut panel = Panel::new(label, AxisUnit::Real, "");
    panel.across = Across::Numbers { words: "% of the variance due to factors".to_string(), signed: false };
    let mut order: Vec<usize> = (0..first.len()).collect();
    order.sort_by(|a, b| first[*b].value.total_cmp(&first[*a].value));
    order.truncate(MOST_FACTORS);
    for (row, factor) in order.iter().enumerate() {
        let place = row as f64;
        panel.areas.push(Area::bar(
            (0.0, 100.0 * first[*factor].value),
            (place - BAR, place + BAR),
            palette::LESS,
        ));
        bars::interval(&mut panel, first[*factor], 100.0, place);
        let value = percent(first[*factor].value);
        let name = source.factor(*factor);
        panel.row(name, bars::beside(row, value, String::new()));
    }
    panel.lines.push(ChartLine::upright(0.0, order.len()));
    panel
}
