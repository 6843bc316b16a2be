//! What charts of several worlds share: their names, their order and what must be said of their differences.

use super::about::{self, Spread};
use super::format::{changes, known_change};
use super::palette::{self, Dash};
use super::series;
use super::spec::{Area, EndLabel, KeyEntry, Line};
use super::text;
use crate::ensemble::answer::{Answer, BASELINE, World};
use crate::ensemble::comparison::{Comparison, Difference};
use crate::ensemble::summary::Stat;
use crate::model::{Model, OutcomeUnit};
use plotters::style::RGBColor;

/// The worlds of an answer that has several.
pub struct Worlds<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// The world that the others are compared with.
    pub against: &'a World,
    /// The others.
    pub variants: Vec<Variant<'a>>,
}

/// A world and what differs in it.
#[derive(Clone, Copy)]
pub struct Variant<'a> {
    /// The world.
    pub world: &'a World,
    /// Its differences.
    pub comparison: &'a Comparison,
}

impl<'a> Worlds<'a> {
    /// `None` where there is only one.
    pub fn of(answer: &'a Answer) -> Option<Worlds<'a>> {
        let variant =
            |comparison: &'a Comparison| Variant { world: &answer.worlds[comparison.world], comparison };
        let variants: Vec<Variant<'a>> = answer.comparisons.iter().map(variant).collect();
        (!variants.is_empty()).then(|| Worlds { answer, against: &answer.worlds[answer.against], variants })
    }

    /// The model of the world that the others are compared with.
    pub fn model(&self) -> &'a Model {
        &self.against.model
    }

    /// Whether nothing is random.
    pub fn expected(&self) -> bool {
        self.against.summary.expected
    }

    /// "the baseline and 3 variants"
    pub fn in_words(&self) -> String {
        let others = match self.variants.as_slice() {
            [only] if only.world.name == BASELINE => "the baseline".to_string(),
            [only] => format!("“{}”", name(only.world)),
            many if self.against.name == BASELINE => format!("{} variants", many.len()),
            many => format!("{} others", many.len()),
        };
        format!("{} and {others}", against_inside(self.against))
    }

    /// Scenario and histories; `how` says what is drawn of them.
    pub fn subtitle(&self, how: &str) -> [String; 2] {
        let [scenario, histories] = about::subtitle(self.model(), &self.against.summary, "");
        if self.expected() {
            return [scenario, histories];
        }
        let histories = histories.trim_end_matches('.');
        [scenario, format!("{histories} in each world, with the same luck; {how}.")]
    }

    /// `notes`, what a difference is, and where parameters come from.
    pub fn footer(&self, mut notes: Vec<String>, bands: &str, spread: Spread) -> Vec<String> {
        if !self.expected() {
            let against = against_inside(self.against);
            notes.push(format!(
                "A difference is what one and the same history has more or less in the variant than in {against}: both have the same luck. {bands}"
            ));
        }
        let unsourced = |world: &&World| {
            let parameters = &world.model.parameters;
            parameters.is_empty() || parameters.iter().any(|parameter| parameter.source.is_none())
        };
        let model = self.answer.worlds.iter().find(unsourced).map_or(self.model(), |world| &world.model);
        about::footer(model, &self.against.summary, notes, spread)
    }

    /// The variants in the order of how much they change, by `size`; the first `most` of them in the order of the scenario,
    /// and the others.
    pub fn largest(&self, most: usize, size: impl Fn(usize) -> f64) -> (Vec<usize>, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.variants.len()).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        let mut rest = order.split_off(order.len().min(most));
        order.sort_unstable();
        rest.sort_unstable();
        (order, rest)
    }
}

/// A world's name.
pub fn name(world: &World) -> String {
    if world.name == BASELINE { "Baseline".to_string() } else { text::label(&world.label, &world.name) }
}

/// The same inside a sentence, of the world that others are compared with.
pub fn against_inside(world: &World) -> String {
    if world.name == BASELINE { "the baseline".to_string() } else { format!("“{}”", name(world)) }
}

/// How thick the line of the world is that the others are compared with.
pub const AGAINST: f64 = 2.8;

/// How thick a variant's line is.
pub const VARIANT: f64 = 2.2;

/// The entry of the world that the others are compared with in a key: its line is the only solid one.
pub fn against_entry(world: &World) -> KeyEntry {
    KeyEntry { name: name(world), colour: palette::INK, dash: &[], thickness: AGAINST }
}

/// The entry of the variant that has the look number `place`.
pub fn entry(world: &World, place: usize) -> KeyEntry {
    let (colour, dash) = palette::variant(place);
    KeyEntry { name: name(world), colour, dash, thickness: VARIANT }
}

/// Colour and dashes of a variant, where those `named` have looks of their own.
pub fn look(named: &[usize], variant: usize) -> (RGBColor, Dash) {
    named.iter().position(|known| *known == variant).map_or((palette::GREY, &[]), palette::variant)
}

/// How differences of a unit are told: what they are multiplied by, and what they then count.
pub fn way(unit: &OutcomeUnit) -> (f64, String) {
    match unit {
        OutcomeUnit::Amount(words) => (1.0, text::clean(words)),
        OutcomeUnit::Date => (1.0, "months (+ is later)".to_string()),
        OutcomeUnit::Share | OutcomeUnit::Probability => (100.0, "percentage points".to_string()),
    }
}

/// Half of the range of a mean that chance alone leaves open, in standard errors: 95 % of normal values.
pub const ERRORS: f64 = 1.96;

/// From where to where nine in ten paired differences are; where there are no quantiles (of a yes or no) where the mean may be.
pub fn band(difference: &Difference) -> Option<(f64, f64)> {
    let spread = difference.spread.as_ref()?;
    let [low, .., high] = spread.quantiles;
    if low.is_finite() && high.is_finite() {
        return Some((low, high));
    }
    let error = ERRORS * spread.mc_se;
    error.is_finite().then_some((difference.mean - error, difference.mean + error))
}

/// The mean difference, with the digits that are known of it.
pub fn mean_change(difference: &Difference, times: f64) -> String {
    let error = difference.spread.map_or(0.0, |spread| spread.mc_se);
    known_change(times * difference.mean, ERRORS * times * error)
}

/// The mean difference and its band in words: "+120 (90 %: −30 to +250)"; of a yes or no the range of its mean.
pub fn words(difference: &Difference, times: f64) -> String {
    let mean = mean_change(difference, times);
    let quantiles = difference.spread.is_some_and(|spread| spread.quantiles[0].is_finite());
    let of = if quantiles { "90 %" } else { "1.96 standard errors" };
    match band(difference).filter(|(low, high)| low < high) {
        Some((low, high)) => format!("{mean} ({of}: {})", changes(times * low, times * high)),
        None => mean,
    }
}

/// What was said with a semicolon after each, as a sentence.
pub fn end_sentence(words: &mut String) {
    if words.ends_with(';') {
        words.pop();
    }
    words.push('.');
}

/// A difference over time, and how it is drawn.
pub struct Course<'a> {
    /// The days of its points.
    pub days: &'a [f64],
    /// Its points.
    pub points: &'a [Option<Difference>],
    /// Its colour.
    pub colour: RGBColor,
    /// Its dashes.
    pub dash: Dash,
}

impl Course<'_> {
    fn values(&self, of: impl Fn(&Difference) -> f64) -> Vec<f64> {
        self.points.iter().map(|point| point.as_ref().map_or(f64::NAN, &of)).collect()
    }

    /// The mean difference.
    pub fn line(&self, thickness: f64) -> Line {
        series::curve(self.days, &self.values(|it| it.mean), self.colour, self.dash, thickness)
    }

    /// The band of nine in ten paired differences; none in expected mode.
    pub fn band(&self) -> Option<Area> {
        let [low, high] = self.ends();
        let area = series::between(self.days, &low, &high, self.colour, 0.20, false);
        (!area.runs.is_empty()).then_some(area)
    }

    /// The band's edges: with the dashes of the line, so that bands that overlap can be told apart.
    pub fn edges(&self) -> Vec<Line> {
        let edges = self.ends().map(|end| series::curve(self.days, &end, self.colour, self.dash, 0.8));
        edges.into_iter().filter(|edge| !edge.runs.is_empty()).collect()
    }

    fn ends(&self) -> [Vec<f64>; 2] {
        [0, 4].map(|which| {
            self.values(|it| it.spread.as_ref().map_or(f64::NAN, |spread| spread.quantiles[which]))
        })
    }

    /// What stands at its end, behind `name`.
    pub fn label(&self, name: String) -> Option<EndLabel> {
        let last = self.points.iter().rev().flatten().next()?;
        let range = band(last).filter(|(low, high)| low < high);
        Some(EndLabel {
            at: last.mean,
            name,
            value: mean_change(last, 1.0),
            note: range.map(|(low, high)| changes(low, high)).unwrap_or_default(),
            colour: self.colour,
        })
    }
}

/// Means over time.
pub fn means(points: &[Stat]) -> Vec<f64> {
    series::centres(points, series::Centre::Mean)
}

/// The pale band of the world that the others are compared with: nine in ten of its histories.
pub fn against_band(days: &[f64], points: &[Stat]) -> Vec<Area> {
    let mut bands = series::bands(days, points, palette::INK);
    bands.truncate(1);
    for band in &mut bands {
        band.opacity = 0.12;
    }
    bands
}
