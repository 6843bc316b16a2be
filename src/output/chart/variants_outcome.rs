//! What variants change in the first outcome, where no recorded series is what it is taken from: the outcome alone.

use super::about::ShownSpread;
use super::compared::{self, Bands, ComparedVariant, ComparedVariants};
use super::format::{number, percent};
use super::headline;
use super::outcome_differences::{self, MOST_ROWS};
use super::palette::{self, Colour};
use super::series;
use super::spec::{Across, AxisUnit, Dot, DotShape, EndLabel, Panel, Spec, Whisker};
use super::text;
use crate::ensemble::answer::VariantAnswer;
use crate::ensemble::comparison::OutcomeDifference;
use crate::ensemble::summary::{OutcomeResult, Stat};
use crate::model::OutcomeUnit;

/// The chart; `None` where no variant has a value.
pub fn spec(compared: &ComparedVariants<'_>) -> Option<Spec> {
    let model = compared.model();
    let outcome = model.outcomes.first()?;
    let found: Vec<(usize, &ComparedVariant<'_>, &OutcomeDifference)> =
        (compared.variants.iter().enumerate())
            .filter_map(|(index, variant)| Some((index, variant, variant.comparison.outcome(&outcome.name)?)))
            .filter(|(.., found)| found.difference.is_some())
            .take(MOST_ROWS)
            .collect();
    if found.is_empty() {
        return None;
    }
    let label = text::clean(&outcome.label);
    let shown = found.iter().map(|(_, variant, _)| variant.answer);
    let results: Vec<Level<'_>> = std::iter::once(compared.against)
        .chain(shown)
        .filter_map(|variant| {
            let index = variant.model.outcomes.iter().position(|known| known.name == outcome.name)?;
            let result = variant.summary.outcomes.get(index)?;
            Some((variant, result, result.stat.filter(|stat| stat.mean.is_finite())?))
        })
        .collect();
    let differences = found.iter().filter_map(|(.., found)| found.difference.as_ref());
    let bands = Bands::of_all(results.iter().map(|(.., stat)| stat), differences);
    let (named, _) = headline::named(compared);
    let look = |variant: &VariantAnswer| match compared
        .variants
        .iter()
        .position(|it| std::ptr::eq(it.answer, variant))
    {
        Some(variant) => compared::look(&named, variant).0,
        None => palette::INK,
    };
    let levels = levels(&results, bands, look);
    let against = compared::against_inside(compared.against);
    let title = format!("Difference from {against}");
    let replicates = compared.against.summary.replicates;
    let differ = outcome_differences::panel(title, &found, (&named, bands), replicates);
    let mut panels = vec![levels, differ];
    panels.iter_mut().for_each(|panel| panel.wide = true);
    let mut notes = vec!["What this outcome is taken from is not recorded over time.".to_string()];
    let more = compared.variants.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        notes.push(format!("{more} more variants are in differences.csv."));
    }
    notes.push("Each panel has its own scale.".to_string());
    let spread = if compared.expected() { ShownSpread::Hidden } else { bands.spread() };
    let how = format!("dots are means, {}", bands.words("whiskers", "replicates or differences"));
    let spec = Spec::new("variants", format!("{label}: {}", compared.in_words()), &model.calendar)
        .subtitle(compared.subtitle(&how))
        .footer(compared.footer(notes, spread))
        .panels(panels);
    Some(spec)
}

/// A variant and what the outcome is in it.
type Level<'a> = (&'a VariantAnswer, &'a OutcomeResult, Stat);

/// The outcome in every variant, a row for each.
fn levels(results: &[Level<'_>], bands: Bands, look: impl Fn(&VariantAnswer) -> Colour) -> Panel {
    let mut levels = Panel::new("Every variant".to_string(), AxisUnit::Real, "");
    let (times, unit) =
        results.first().map_or((1.0, String::new()), |(_, result, _)| level_unit(&result.unit));
    levels.across = Across::Numbers { words: unit, signed: false };
    for (row, (variant, result, stat)) in results.iter().enumerate() {
        let (colour, at) = (look(variant), row as f64);
        if let Some((low, high)) = ends(stat, bands).filter(|(low, high)| low < high) {
            levels.whiskers.push(Whisker { from: (times * low, at), to: (times * high, at), colour });
        }
        let shape = if row == 0 { DotShape::Square } else { DotShape::Disc };
        levels.dots.push(Dot::new((times * stat.mean, at), shape, colour));
        let value = match result.unit {
            OutcomeUnit::Share | OutcomeUnit::Probability => percent(stat.mean),
            _ => number(stat.mean),
        };
        levels.row(compared::name(variant), EndLabel::new(at, value, colour));
    }
    levels
}

/// What an outcome of a variant is multiplied by, and what it then counts.
fn level_unit(unit: &OutcomeUnit) -> (f64, String) {
    match unit {
        OutcomeUnit::Amount(words) => (1.0, text::clean(words)),
        OutcomeUnit::Date => (1.0, "months since the start".to_string()),
        OutcomeUnit::Share => (100.0, "%".to_string()),
        OutcomeUnit::Probability => (100.0, "% of replicates".to_string()),
    }
}

/// The ends of an outcome's whisker; of a yes or no where its probability may be.
fn ends(stat: &Stat, bands: Bands) -> Option<(f64, f64)> {
    match bands {
        Bands::Replicates => series::range_90(stat).or_else(|| series::of_mean(stat)),
        Bands::Errors => series::of_mean(stat),
    }
}
