//! What everything has cost since the start.

use super::about;
use super::format::amount;
use super::population::end_label;
use super::series::{self, Centre};
use super::spec::{AxisUnit, Panel, Spec};
use super::text::clean;
use super::{palette, series::step_ends};
use crate::ensemble::summary::Summary;
use crate::model::Model;

/// The chart; `None` where nothing costs anything.
pub fn spec(model: &Model, summary: &Summary) -> Option<Spec> {
    let of = |measure: &str| {
        summary.measures.iter().find(|series| series.subject == "costs" && series.measure == measure)
    };
    let total = of("cost_to_date")?;
    let days = step_ends(&model.calendar);
    let mut panel =
        Panel::new(String::new(), AxisUnit::Real, &format!("{} since the start", clean(&total.unit)));
    let centre = Centre::for_all([total.points.as_slice()]);
    panel.areas = series::bands(&days, &total.points, palette::MAIN, centre);
    panel.lines.push(series::main_line(&days, &total.points, centre));
    let last = total.points.last().filter(|last| last.mean != 0.0)?;
    panel.labels.push(end_label(last, centre));
    let value = centre.of(last);
    let unit = clean(&total.unit);
    let mut notes = Vec::new();
    if let Some(discounted) = of("discounted_cost_to_date").and_then(|series| series.points.last()) {
        notes.push(format!(
            "In the end {} {unit}; discounted {} {unit}.",
            amount(value),
            amount(centre.of(discounted))
        ));
    }
    let spec = Spec::new("costs_to_date", "Costs to date", &model.calendar)
        .subtitle(about::subtitle(model, summary, &centre.words(false)))
        .footer(about::footer(model, summary, notes, centre.spread()))
        .panels(vec![panel]);
    Some(spec)
}
