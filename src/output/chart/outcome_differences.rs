//! What every variant changes in every outcome, at a glance: a panel for each outcome, a row for each variant.

use super::format::{changes, decimal, list, percent};
use super::spec::{Across, Dot, DotShape, EndLabel, Line, Panel, Spec, Unit, Whisker};
use super::text;
use super::theme;
use super::worlds::{self, Bands, Variant, Worlds};
use crate::ensemble::answer::Answer;
use crate::ensemble::comparison::{Difference, OutcomeDifference};
use crate::model::OutcomeUnit;

/// More outcomes than this do not fit on a sheet.
const MOST_PANELS: usize = 8;

/// More variants than this are left to the table.
pub const MOST_ROWS: usize = 12;

/// The chart; `None` where there are no variants or no outcomes.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let worlds = Worlds::of(answer)?;
    let model = worlds.model();
    let mut panels: Vec<Panel> = Vec::new();
    let mut hidden = Vec::new();
    let (mut probabilities, mut dates) = (false, false);
    let (named, _) = theme::named(&worlds);
    let all = model.outcomes.iter().flat_map(|outcome| {
        worlds.variants.iter().filter_map(|variant| variant.comparison.outcome(&outcome.name)?.difference)
    });
    let all: Vec<Difference> = all.collect();
    let bands = Bands::of_all([], &all);
    for outcome in &model.outcomes {
        let found: Vec<(usize, &Variant<'_>, &OutcomeDifference)> = (worlds.variants.iter().enumerate())
            .filter_map(|(index, variant)| Some((index, variant, variant.comparison.outcome(&outcome.name)?)))
            .filter(|(.., found)| found.difference.is_some())
            .take(MOST_ROWS)
            .collect();
        let Some((.., first)) = found.first() else { continue };
        let label = text::clean(&outcome.label);
        if panels.len() == MOST_PANELS {
            hidden.push(text::inside(&label));
            continue;
        }
        probabilities |= first.unit == OutcomeUnit::Probability;
        dates |= first.unit == OutcomeUnit::Date;
        panels.push(panel(label, &found, (&named, bands), worlds.against.summary.replicates));
    }
    if panels.is_empty() {
        return None;
    }
    // Few need no columns, and have room for long names.
    let wide = panels.len() <= 2;
    panels.iter_mut().for_each(|panel| panel.wide = wide);
    let mut notes = Vec::new();
    if probabilities && bands == Bands::Histories && !worlds.expected() {
        notes.push("Of a yes or no, whiskers are 1.96 standard errors to both sides.".to_string());
    }
    if dates && !worlds.expected() {
        notes.push("Dates are compared where they come in both worlds.".to_string());
    }
    let more = worlds.variants.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        notes.push(format!("{more} more variants are in differences.csv."));
    }
    if !hidden.is_empty() {
        notes.push(format!("In differences.csv: {}.", list(&hidden, 8)));
    }
    if panels.len() > 1 {
        notes.push("Each panel has its own scale.".to_string());
    }
    let against = worlds::against_inside(worlds.against);
    let how = format!("dots are means, {}", bands.words("whiskers", "the differences"));
    let title = format!("How each outcome differs from {against}");
    let spec = Spec::new("outcome_differences", title, &model.calendar)
        .subtitle(worlds.subtitle(&how))
        .footer(worlds.footer(notes, bands.spread()))
        .panels(panels);
    Some(spec)
}

/// The differences of an outcome, a row for each of the variants `found`.
pub fn panel(
    label: String,
    found: &[(usize, &Variant<'_>, &OutcomeDifference)],
    (named, bands): (&[usize], Bands),
    histories: u64,
) -> Panel {
    let unit = found.first().map(|(.., first)| first.unit.clone());
    let (times, unit_words) = unit.as_ref().map(worlds::way).unwrap_or_default();
    let mut panel = Panel::new(label, Unit::Real, "");
    panel.across = Across::Numbers { words: unit_words, signed: true };
    // The zero line is always there.
    panel.lines.push(Line::upright(0.0, found.len()));
    for (row, (index, variant, outcome)) in found.iter().enumerate() {
        let Some(difference) = &outcome.difference else { continue };
        let (colour, _) = worlds::look(named, *index);
        let (name, at) = (worlds::name(variant.world), row as f64);
        let range = bands.of(difference).filter(|(low, high)| low < high);
        if let Some((low, high)) = range {
            panel.whiskers.push(Whisker { from: (times * low, at), to: (times * high, at), colour });
        }
        let mean = times * difference.mean;
        panel.dots.push(Dot::new((mean, at), DotShape::Disc, colour));
        let pairs = difference.spread.map_or(histories, |spread| spread.pairs);
        let share = format!("in {} of histories", percent(pairs as f64 / histories.max(1) as f64));
        let note = match &outcome.unit {
            OutcomeUnit::Amount(_) => relative(difference).unwrap_or_default(),
            OutcomeUnit::Date if pairs < histories => share,
            _ => range.map(|(low, high)| changes(times * low, times * high)).unwrap_or_default(),
        };
        let value = worlds::mean_change(difference, times);
        panel.row(name, EndLabel::new(at, value, colour).noted(note));
    }
    panel
}

/// In percent of what it is without the variant: "−12 %"; `None` where it is nothing there.
fn relative(difference: &Difference) -> Option<String> {
    let share = 100.0 * difference.relative.filter(|relative| relative.is_finite())?;
    let digits = if share.abs() < 10.0 { 1 } else { 0 };
    let size = decimal(share.abs(), digits);
    Some(format!("{} %", super::format::with_sign(share, size, true)))
}
