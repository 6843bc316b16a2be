//! What variants change in the first outcome, where no recorded series is what it is taken from: the outcome alone.

use super::about::Spread;
use super::format::{number, percent};
use super::outcome_differences::{self, MOST_ROWS};
use super::palette::{self, Colour};
use super::series;
use super::spec::{Across, Dot, DotShape, EndLabel, Panel, Spec, Unit, Whisker};
use super::text;
use super::theme;
use super::worlds::{self, Bands, Variant, Worlds};
use crate::ensemble::answer::World;
use crate::ensemble::comparison::OutcomeDifference;
use crate::ensemble::summary::{OutcomeResult, Stat};
use crate::model::OutcomeUnit;

/// The chart; `None` where no variant has a value.
pub fn spec(worlds: &Worlds<'_>) -> Option<Spec> {
    let model = worlds.model();
    let outcome = model.outcomes.first()?;
    let found: Vec<(usize, &Variant<'_>, &OutcomeDifference)> = (worlds.variants.iter().enumerate())
        .filter_map(|(index, variant)| Some((index, variant, variant.comparison.outcome(&outcome.name)?)))
        .filter(|(.., found)| found.difference.is_some())
        .take(MOST_ROWS)
        .collect();
    if found.is_empty() {
        return None;
    }
    let label = text::clean(&outcome.label);
    let shown = found.iter().map(|(_, variant, _)| variant.world);
    let results: Vec<Level<'_>> = std::iter::once(worlds.against)
        .chain(shown)
        .filter_map(|world| {
            let index = world.model.outcomes.iter().position(|known| known.name == outcome.name)?;
            let result = world.summary.outcomes.get(index)?;
            Some((world, result, result.stat.filter(|stat| stat.mean.is_finite())?))
        })
        .collect();
    let differences = found.iter().filter_map(|(.., found)| found.difference.as_ref());
    let bands = Bands::of_all(results.iter().map(|(.., stat)| stat), differences);
    let (named, _) = theme::named(worlds);
    let look = |world: &World| match worlds.variants.iter().position(|it| std::ptr::eq(it.world, world)) {
        Some(variant) => worlds::look(&named, variant).0,
        None => palette::INK,
    };
    let levels = levels(&results, bands, look);
    let against = worlds::against_inside(worlds.against);
    let title = format!("Difference from {against}");
    let histories = worlds.against.summary.replicates;
    let differ = outcome_differences::panel(title, &found, (&named, bands), histories);
    let mut panels = vec![levels, differ];
    panels.iter_mut().for_each(|panel| panel.wide = true);
    let mut notes = vec!["What this outcome is taken from is not recorded over time.".to_string()];
    let more = worlds.variants.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        notes.push(format!("{more} more variants are in differences.csv."));
    }
    notes.push("Each panel has its own scale.".to_string());
    let spread = if worlds.expected() { Spread::Hidden } else { bands.spread() };
    let how = format!("dots are means, {}", bands.words("whiskers", "histories or differences"));
    let spec = Spec::new("variants", format!("{label}: {}", worlds.in_words()), &model.calendar)
        .subtitle(worlds.subtitle(&how))
        .footer(worlds.footer(notes, spread))
        .panels(panels);
    Some(spec)
}

/// A world and what the outcome is in it.
type Level<'a> = (&'a World, &'a OutcomeResult, Stat);

/// The outcome in every world, a row for each.
fn levels(results: &[Level<'_>], bands: Bands, look: impl Fn(&World) -> Colour) -> Panel {
    let mut levels = Panel::new("Every world".to_string(), Unit::Real, "");
    let (times, unit) =
        results.first().map_or((1.0, String::new()), |(_, result, _)| level_unit(&result.unit));
    levels.across = Across::Numbers { words: unit, signed: false };
    for (row, (world, result, stat)) in results.iter().enumerate() {
        let (colour, at) = (look(world), row as f64);
        if let Some((low, high)) = ends(stat, bands).filter(|(low, high)| low < high) {
            levels.whiskers.push(Whisker { from: (times * low, at), to: (times * high, at), colour });
        }
        let shape = if row == 0 { DotShape::Square } else { DotShape::Disc };
        levels.dots.push(Dot::new((times * stat.mean, at), shape, colour));
        let value = match result.unit {
            OutcomeUnit::Share | OutcomeUnit::Probability => percent(stat.mean),
            _ => number(stat.mean),
        };
        levels.row(worlds::name(world), EndLabel::new(at, value, colour));
    }
    levels
}

/// What an outcome of a world is multiplied by, and what it then counts.
fn level_unit(unit: &OutcomeUnit) -> (f64, String) {
    match unit {
        OutcomeUnit::Amount(words) => (1.0, text::clean(words)),
        OutcomeUnit::Date => (1.0, "months since the start".to_string()),
        OutcomeUnit::Share => (100.0, "%".to_string()),
        OutcomeUnit::Probability => (100.0, "% of histories".to_string()),
    }
}

/// The ends of an outcome's whisker; of a yes or no where its probability may be.
fn ends(stat: &Stat, bands: Bands) -> Option<(f64, f64)> {
    match bands {
        Bands::Histories => series::range_90(stat).or_else(|| series::of_mean(stat)),
        Bands::Errors => series::of_mean(stat),
    }
}
