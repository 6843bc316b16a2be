//! What each variant costs more or less, against what it changes.

use super::compared::{self, Bands, ComparedVariants};
use super::format::list;
use super::headline;
use super::palette;
use super::spec::{Across, AxisUnit, Dot, DotShape, Panel, Spec, Whisker};
use super::text;
use crate::ensemble::answer::Answer;
use crate::ensemble::comparison::{Comparison, Difference, SeriesKind};
use crate::model::{Model, OutcomeOf};

/// The height of the plot.
const HEIGHT: f64 = 380.0;

/// What all costs together are called, from the start to date.
const COSTS: (&str, &str) = ("costs", "cost_to_date");

/// The chart; `None` where there are no variants, no costs, or no outcome beside them that any variant changes.
pub fn spec(answer: &Answer) -> Option<Spec> {
    let compared = ComparedVariants::of(answer)?;
    let model = compared.model();
    let currency = text::clean(&model.costs.as_ref()?.currency);
    let outcome =
        (0..model.outcomes.len()).find(|index| !is_cost(model, *index) && changes(&compared, *index))?;
    let outcome = &model.outcomes[outcome];
    let label = text::clean(&outcome.label);

    let points: Vec<Point> = (compared.variants.iter().enumerate())
        .filter_map(|(index, variant)| {
            let difference = variant.comparison.outcome(&outcome.name)?.difference?;
            Some((index, cost(variant.comparison)?, difference))
        })
        .collect();
    let unit = compared.variants.iter().find_map(|it| it.comparison.outcome(&outcome.name))?.unit.clone();
    if points.is_empty() {
        return None;
    }
    let (times, unit) = compared::way(&unit);
    let bands = Bands::of_all([], points.iter().flat_map(|(_, cost, difference)| [cost, difference]));
    let against = compared::against_inside(compared.against);
    let mut panel =
        Panel::new(label, AxisUnit::Real, &format!("{unit}, more (+) or less (−) than {against}"));
    panel.signed = true;
    panel.height = Some(HEIGHT);
    panel.wide = true;
    let words =
        format!("{currency} that it costs more (+) or less (−) than {against}, from the start to the end");
    panel.across = Across::Numbers { words, signed: true };
    let against = Dot::new((0.0, 0.0), DotShape::Square, palette::INK);
    panel.dots.push(against.named(compared::name(compared.against)));
    let unnamed = points_and_crosses(&mut panel, &compared, &points, (times, bands));
    let discounted = model.costs.as_ref().is_some_and(|costs| costs.discount_rate.is_some());
    let not = if discounted { " They are not discounted." } else { "" };
    let mut notes = vec![format!("Costs are of all places and mechanisms that have a price.{not}")];
    if !unnamed.is_empty() {
        notes.push(format!("In grey, without a name: {}.", list(&unnamed, 12)));
    }
    let how = format!("points are means, {}", bands.words("crosses", "the differences each way"));
    let title = "What each variant costs, and what it changes";
    let spec = Spec::new("cost_against_outcome", title, &model.calendar)
        .subtitle(compared.subtitle(&how))
        .footer(compared.footer(notes, bands.spread()))
        .panels(vec![panel]);
    Some(spec)
}

/// The variant by its number, what it costs more, and what it changes.
type Point = (usize, Difference, Difference);

/// Puts a point with its cross on the panel for each variant, the outcome `times` as large. Returns those that have no name
/// there.
fn points_and_crosses(
    panel: &mut Panel,
    compared: &ComparedVariants<'_>,
    points: &[Point],
    (times, bands): (f64, Bands),
) -> Vec<String> {
    let (named, _) = headline::named(compared);
    let mut unnamed = Vec::new();
    for (index, cost, difference) in points {
        let name = compared::name(compared.variants[*index].answer);
        let (colour, _) = compared::look(&named, *index);
        let at = (cost.mean, times * difference.mean);
        if let Some((low, high)) = bands.of(cost).filter(|(low, high)| low < high) {
            panel.whiskers.push(Whisker { from: (low, at.1), to: (high, at.1), colour });
        }
        if let Some((low, high)) = bands.of(difference).filter(|(low, high)| low < high) {
            let (from, to) = ((at.0, times * low), (at.0, times * high));
            panel.whiskers.push(Whisker { from, to, colour });
        }
        let name = if named.contains(index) {
            name
        } else {
            unnamed.push(name);
            String::new()
        };
        panel.dots.push(Dot::new(at, DotShape::Disc, colour).named(name));
    }
    unnamed
}

/// Whether an outcome is itself a cost.
fn is_cost(model: &Model, outcome: usize) -> bool {
    match &model.outcomes[outcome].of {
        OutcomeOf::Measure { measure, .. } => measure.ends_with("cost"),
        OutcomeOf::Sum(parts) => parts.iter().all(|part| is_cost(model, *part)),
        _ => false,
    }
}

/// Whether any variant changes an outcome.
fn changes(compared: &ComparedVariants<'_>, outcome: usize) -> bool {
    let name = &compared.model().outcomes[outcome].name;
    let mut all = compared.variants.iter().filter_map(|variant| variant.comparison.outcome(name)?.difference);
    all.any(|difference| difference.mean != 0.0)
}

/// What everything costs more in a variant, from the start to the end.
fn cost(comparison: &Comparison) -> Option<Difference> {
    let found = comparison.series.iter().find(|series| {
        let name = &series.name;
        name.kind == SeriesKind::Measure
            && name.subject == COSTS.0
            && name.measure.as_deref() == Some(COSTS.1)
    });
    found?.points.last().copied().flatten()
}
