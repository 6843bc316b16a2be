//! What every variant changes in every outcome, at a glance: a panel for each outcome, a row for each variant.

use super::compared::{self, Bands, ComparedVariant, ComparedVariants};
use super::format::{changes, decimal, list, percent};
use super::headline;
use super::spec::{Across, AxisUnit, ChartLine, Dot, DotShape, EndLabel, Panel, Spec, Whisker};
use super::text;
use crate::ensemble::answer::Answer;
use crate::ensemble::comparison::{Difference, OutcomeDifference};
use crate::model::OutcomeUnit;

/// More outcomes than this do not fit on a sheet.
const MOST_PANELS: usize = 8;

/// More variants than this are left to the table.
pub const MOST_ROWS: usize = 12;

/// The chart; `None` where there are no variants or no outcomes.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let compared = ComparedVariants::of(answer)?;
    let model = compared.model();
    let mut panels: Vec<Panel> = Vec::new();
    let mut hidden = Vec::new();
    let (mut probabilities, mut dates) = (false, false);
    let (named, _) = headline::named(&compared);
    let all = model.outcomes.iter().flat_map(|outcome| {
        compared.variants.iter().filter_map(|variant| variant.comparison.outcome(&outcome.name)?.difference)
    });
    let all: Vec<Difference> = all.collect();
    let bands = Bands::of_all([], &all);
    for outcome in &model.outcomes {
        let found: Vec<(usize, &ComparedVariant<'_>, &OutcomeDifference)> = (compared
            .variants
            .iter()
            .enumerate())
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
        panels.push(panel(label, &found, (&named, bands), compared.against.summary.replicates));
    }
    if panels.is_empty() {
        return None;
    }
    // Few need no columns, and have room for long names.
    let wide = panels.len() <= 2;
    panels.iter_mut().for_each(|panel| panel.wide = wide);
    let mut notes = Vec::new();
    if probabilities && bands == Bands::Replicates && !compared.expected() {
        notes.push("Of a yes or no, whiskers are 1.96 standard errors to both sides.".to_string());
    }
    if dates && !compared.expected() {
        notes.push("Dates are compared where they come in both variants.".to_string());
    }
    let more = compared.variants.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        notes.push(format!("{more} more variants are in differences.csv."));
    }
    if !hidden.is_empty() {
        notes.push(format!("In differences.csv: {}.", list(&hidden, 8)));
    }
    if panels.len() > 1 {
        notes.push("Each panel has its own scale.".to_string());
    }
    let against = compared::against_inside(compared.against);
    let how = format!("dots are means, {}", bands.words("whiskers", "the differences"));
    let title = format!("How each outcome differs from {against}");
    let spec = Spec::new("outcome_differences", title, &model.calendar)
        .subtitle(compared.subtitle(&how))
        .footer(compared.footer(notes, bands.spread()))
        .panels(panels);
    Some(spec)
}

/// The differences of an outcome, a row for each of the variants `found`.
pub fn panel(
    label: String,
    found: &[(usize, &ComparedVariant<'_>, &OutcomeDifference)],
    (named, bands): (&[usize], Bands),
    replicates: u64,
) -> Panel {
    let unit = found.first().map(|(.., first)| first.unit.clone());
    let (times, unit_words) = unit.as_ref().map(compared::way).unwrap_or_default();
    let mut panel = Panel::new(label, AxisUnit::Real, "");
    panel.across = Across::Numbers { words: unit_words, signed: true };
    // The zero line is always there.
    panel.lines.push(ChartLine::upright(0.0, found.len()));
    for (row, (index, variant, outcome)) in found.iter().enumerate() {
        let Some(difference) = &outcome.difference else { continue };
        let (colour, _) = compared::look(named, *index);
        let (name, at) = (compared::name(variant.answer), row as f64);
        let range = bands.of(difference).filter(|(low, high)| low < high);
        if let Some((low, high)) = range {
            panel.whiskers.push(Whisker { from: (times * low, at), to: (times * high, at), colour });
        }
        let mean = times * difference.mean;
        panel.dots.push(Dot::new((mean, at), DotShape::Disc, colour));
        let pairs = difference.spread.map_or(replicates, |spread| spread.pairs);
        let share = format!("in {} of replicates", percent(pairs as f64 / replicates.max(1) as f64));
        let note = match &outcome.unit {
            OutcomeUnit::Amount(_) => relative(difference).unwrap_or_default(),
            OutcomeUnit::Date if pairs < replicates => share,
            _ => range.map(|(low, high)| changes(times * low, times * high)).unwrap_or_default(),
        };
        let value = compared::mean_change(difference, times);
        panel.row(name, EndLabel::new(at, value, colour).noted(note));
    }
    panel
}

/// In percent of what it is without the variant: "−12 %"; `None` where it is nothing there.
fn relative(difference: &Difference) -> Option<String> {
    let share = 100.0 * difference.relative.filter(|relative| relative.is_finite())?;
    let digits = if share.abs() < 10.0 { 1 } else { 0 };
    let size = decimal(share.abs(), digits);
    Some(format!("{} %", super::format::with_sign(share, size)))
}
