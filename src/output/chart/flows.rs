//! How many people each mechanism moves: a panel for each.

use super::about;
use super::format::{amount, list};
use super::groups;
use super::marks;
use super::mechanisms;
use super::palette;
use super::population::end_label;
use super::series::{self, Centre};
use super::spec::{Panel, Spec, Unit};
use crate::ensemble::summary::{Mechanism, Stat, Summary};
use crate::model::Model;

/// More panels than this do not fit on a sheet.
const MOST_PANELS: usize = 8;

/// The chart; `None` where no flows are recorded.
pub fn spec(model: &Model, summary: &Summary) -> Option<Spec> {
    let everybody = groups::everybody(model);
    let mut flows: Vec<(Mechanism, Vec<Stat>, f64)> = mechanisms::all(model)
        .into_iter()
        .filter_map(|mechanism| {
            let points = mechanisms::together(summary, &[mechanism], &everybody, |flow| &flow.per_step)?;
            let moved = points.iter().map(|stat| stat.mean).filter(|mean| mean.is_finite()).sum();
            Some((mechanism, points, moved))
        })
        .collect();
    if flows.is_empty() {
        return None;
    }
    flows.sort_by(|a, b| b.2.total_cmp(&a.2));
    let names = |flows: &[&(Mechanism, Vec<Stat>, f64)]| -> Vec<String> {
        flows.iter().map(|(mechanism, _, _)| mechanisms::name(model, *mechanism)).collect()
    };
    let idle: Vec<_> = flows.iter().filter(|flow| flow.2 <= 0.0).collect();
    let busy: Vec<_> = flows.iter().filter(|flow| flow.2 > 0.0).collect();
    let (shown, hidden) = busy.split_at(busy.len().min(MOST_PANELS));

    let step = model.calendar.unit().name();
    let mut notes = Vec::new();
    if !hidden.is_empty() {
        notes.push(format!("The {MOST_PANELS} largest; smaller ones: {}.", list(&names(hidden), 8)));
    }
    let mut shown = shown.to_vec();
    if shown.is_empty() {
        // Nothing ever moves: one empty panel says so better than no chart.
        shown.extend(idle.first());
    } else if !idle.is_empty() {
        notes.push(format!("Nobody moved by: {}.", list(&names(&idle), 8)));
    }
    if shown.len() > 1 {
        notes.push("Each panel has its own vertical scale, the largest flow comes first.".to_string());
    }

    let mut alt = format!("People moved per {step} by each mechanism, {}.", about::dates(model));
    let mut panels = Vec::with_capacity(shown.len());
    for (mechanism, points, moved) in shown {
        let name = mechanisms::name(model, *mechanism);
        let steps = points.len().max(1) as f64;
        alt.push_str(&format!(
            " {name}: {} per {step} on average, {} in all.",
            amount(moved / steps),
            amount(moved.round())
        ));
        panels.push(panel(model, *mechanism, name, points));
    }
    Some(Spec {
        name: "flows_per_step".to_string(),
        title: format!("How many people move each {step}, and how"),
        subtitle: about::subtitle(model, summary, "lines are means, bands hold 50 % and 90 % of them"),
        footer: about::footer(model, summary, notes, about::Spread::Bands),
        alt,
        calendar: model.calendar.clone(),
        key: Vec::new(),
        panels,
    })
}

fn panel(model: &Model, mechanism: Mechanism, name: String, points: &[Stat]) -> Panel {
    let unit = format!("people per {}", model.calendar.unit().name());
    let highest = points.iter().map(|stat| stat.mean).fold(0.0, f64::max);
    let mut panel = Panel::new(name, if highest < 4.0 { Unit::Real } else { Unit::Whole }, &unit);
    let days = series::step_middles(&model.calendar);
    panel.areas = series::bands(&days, points, palette::MAIN);
    panel.lines.push(series::main_line(&days, points, Centre::Mean));
    panel.labels.extend(points.last().map(|stat| end_label(stat, Centre::Mean)));
    panel.marks = marks::of_mechanisms(model, &[mechanism]);
    panel
}
