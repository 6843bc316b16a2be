//! How many people each mechanism moves: a panel for each.

use super::about;
use super::format::list;
use super::groups;
use super::marks;
use super::mechanisms;
use super::months;
use super::palette;
use super::population::end_label;
use super::series::{self, Centre};
use super::spec::{AxisUnit, Panel, Spec};
use crate::ensemble::summary::{Mechanism, Stat, Summary};
use crate::model::Model;

/// More panels than this do not fit on a sheet.
const MOST_PANELS: usize = 8;

/// The chart; `None` where no flows are recorded.
pub fn spec(model: &Model, summary: &Summary) -> Option<Spec> {
    let flows = by_size(model, summary);
    let names = |flows: &[&(Mechanism, Vec<Stat>, f64)]| -> Vec<String> {
        flows.iter().map(|(mechanism, _, _)| mechanisms::name(model, *mechanism)).collect()
    };
    let idle: Vec<_> = flows.iter().filter(|flow| flow.2 <= 0.0).collect();
    let busy: Vec<_> = flows.iter().filter(|flow| flow.2 > 0.0).collect();
    let (shown, hidden) = busy.split_at(busy.len().min(MOST_PANELS));

    // Steps finer than a month are added up to months: noise of days would hide everything else.
    let months = months::full(&model.calendar);
    let step = if months.is_some() { "month" } else { model.calendar.unit().name() };
    let days =
        months.as_ref().map_or_else(|| series::step_middles(&model.calendar), |months| months.middles());
    let mut notes = Vec::new();
    if !hidden.is_empty() {
        notes.push(format!("The {MOST_PANELS} largest; smaller ones: {}.", list(&names(hidden), 8)));
    }
    if shown.is_empty() {
        return None;
    }
    if !idle.is_empty() {
        notes.push(format!("Nobody moved by: {}.", list(&names(&idle), 8)));
    }
    if shown.len() > 1 {
        notes.push("Each panel has its own vertical scale, the largest flow comes first.".to_string());
    }

    let by_month =
        |points: &[Stat]| months.as_ref().map_or_else(|| points.to_vec(), |months| months.add_up(points));
    let drawn: Vec<Vec<Stat>> = shown.iter().map(|(_, points, _)| by_month(points)).collect();
    let centre = Centre::for_all(drawn.iter().map(Vec::as_slice));
    let (how, spread) = match months {
        Some(_) => ("lines are means of whole months".to_string(), about::ShownSpread::Hidden),
        None => (centre.words(false), centre.spread()),
    };
    if months.is_some() {
        let unit = model.calendar.unit().name();
        notes
            .push(format!("Every {unit} counts for the month that it lies in; only whole months are shown."));
    }

    let panels = shown.iter().zip(&drawn).map(|((mechanism, ..), points)| {
        let name = mechanisms::name(model, *mechanism);
        let mut panel = Panel::new(name, unit_of(points), &format!("people per {step}"));
        panel.areas = series::bands(&days, points, palette::MAIN, centre);
        panel.lines.push(series::main_line(&days, points, centre));
        panel.labels.extend(points.last().map(|stat| end_label(stat, centre)));
        panel.marks = marks::of_mechanisms(model, &[*mechanism]);
        panel
    });
    let title = format!("How many people move each {step}, and how");
    let spec = Spec::new("flows_per_step", title, &model.calendar)
        .subtitle(about::subtitle(model, summary, &how))
        .footer(about::footer(model, summary, notes, spread))
        .panels(panels.collect());
    Some(spec)
}

/// Every mechanism with the people that it moves by step and in all, the largest first.
fn by_size(model: &Model, summary: &Summary) -> Vec<(Mechanism, Vec<Stat>, f64)> {
    let everybody = groups::everybody(model);
    let mut flows: Vec<(Mechanism, Vec<Stat>, f64)> = model
        .mechanisms()
        .into_iter()
        .filter_map(|mechanism| {
            let points = mechanisms::together(summary, &[mechanism], &everybody, |flow| &flow.per_step)?;
            let moved = points.iter().map(|stat| stat.mean).filter(|mean| mean.is_finite()).sum();
            Some((mechanism, points, moved))
        })
        .collect();
    flows.sort_by(|a, b| b.2.total_cmp(&a.2));
    flows
}

/// Few people are not counted in whole ones.
fn unit_of(points: &[Stat]) -> AxisUnit {
    let highest = points.iter().map(|stat| stat.mean).fold(0.0, f64::max);
    if highest < 4.0 { AxisUnit::Real } else { AxisUnit::Whole }
}
