//! What charts of several variants share: their names, their order and what must be said of their differences.

use super::about::{self, ShownSpread};
use super::format::{changes, known_change};
use super::palette::{self, Colour, Dash};
use super::series;
use super::spec::{Area, ChartLine, EndLabel, KeyEntry};
use super::text;
use crate::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use crate::ensemble::comparison::{Comparison, Difference};
use crate::ensemble::summary::Stat;
use crate::model::{Model, OutcomeUnit};
/// The baseline and the variants of an answer that has some.
pub struct ComparedVariants<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// The variant that the others are compared with.
    pub against: &'a VariantAnswer,
    /// The others.
    pub variants: Vec<ComparedVariant<'a>>,
}

/// A variant and what differs in it.
#[derive(Clone, Copy)]
pub struct ComparedVariant<'a> {
    /// What came out of it.
    pub answer: &'a VariantAnswer,
    /// Its differences.
    pub comparison: &'a Comparison,
}

impl<'a> ComparedVariants<'a> {
    /// `None` where there is only one.
    pub fn of(answer: &'a Answer) -> Option<ComparedVariants<'a>> {
        let variant = |comparison: &'a Comparison| ComparedVariant {
            answer: &answer.variants[comparison.variant],
            comparison,
        };
        let variants: Vec<ComparedVariant<'a>> = answer.comparisons.iter().map(variant).collect();
        (!variants.is_empty()).then(|| ComparedVariants {
            answer,
            against: &answer.variants[answer.against],
            variants,
        })
    }

    /// The model of the variant that the others are compared with.
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
            [only] if only.answer.name == BASELINE => "the baseline".to_string(),
            [only] => format!("“{}”", name(only.answer)),
            many if self.against.name == BASELINE => format!("{} variants", many.len()),
            many => format!("{} others", many.len()),
        };
        format!("{} and {others}", against_inside(self.against))
    }

    /// Scenario and replicates; `how` says what is drawn of them.
    pub fn subtitle(&self, how: &str) -> [String; 2] {
        let [scenario, replicates] = about::subtitle(self.model(), &self.against.summary, "");
        if self.expected() {
            return [scenario, replicates];
        }
        let replicates = replicates.trim_end_matches('.');
        [scenario, format!("{replicates} in each variant, with common random numbers; {how}.")]
    }

    /// `notes`, what a difference is, and where parameters come from.
    pub fn footer(&self, mut notes: Vec<String>, spread: ShownSpread) -> Vec<String> {
        if !self.expected() {
            let against = against_inside(self.against);
            notes.push(format!(
                "A difference is what one replicate has more or less in the variant than in {against}: both use common random numbers."
            ));
        }
        let unsourced = |variant: &&VariantAnswer| {
            let parameters = &variant.model.parameters;
            parameters.is_empty() || parameters.iter().any(|parameter| parameter.source.is_none())
        };
        let model =
            self.answer.variants.iter().find(unsourced).map_or(self.model(), |variant| &variant.model);
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

/// A variant's name.
pub fn name(variant: &VariantAnswer) -> String {
    if variant.name == BASELINE { "Baseline".to_string() } else { text::label(&variant.label, &variant.name) }
}

/// The same inside a sentence, of the variant that others are compared with.
pub fn against_inside(variant: &VariantAnswer) -> String {
    if variant.name == BASELINE { "the baseline".to_string() } else { format!("“{}”", name(variant)) }
}

/// How thick the line is of the variant that the others are compared with.
pub const AGAINST: f64 = 2.8;

/// How thick a variant's line is.
pub const VARIANT: f64 = 2.2;

/// The entry of the variant that the others are compared with in a key: its line is the only solid one.
pub fn against_entry(variant: &VariantAnswer) -> KeyEntry {
    KeyEntry { name: name(variant), colour: palette::INK, dash: &[], thickness: AGAINST }
}

/// The entry of the variant that has the look number `place`.
pub fn entry(variant: &VariantAnswer, place: usize) -> KeyEntry {
    let (colour, dash) = palette::variant(place);
    KeyEntry { name: name(variant), colour, dash, thickness: VARIANT }
}

/// Colour and dashes of a variant, where those `named` have looks of their own.
pub fn look(named: &[usize], variant: usize) -> (Colour, Dash) {
    named.iter().position(|known| *known == variant).map_or((palette::GREY, &[]), palette::variant)
}

/// How differences of a unit are reported: what they are multiplied by, and what they then count.
pub fn way(unit: &OutcomeUnit) -> (f64, String) {
    match unit {
        OutcomeUnit::Amount(words) => (1.0, text::clean(words)),
        OutcomeUnit::Date => (1.0, "months (+ is later)".to_string()),
        OutcomeUnit::Share | OutcomeUnit::Probability => (100.0, "percentage points".to_string()),
    }
}

pub use super::series::ERRORS;

/// What the bands and whiskers of a chart of means are, of all that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bands {
    /// They hold nine in ten replicates, or paired differences.
    Replicates,
    /// They say where chance leaves the mean: of what comes seldom it lies outside of what nine in ten replicates do.
    Errors,
}

/// Whether nine in ten have the mean among them, but for `slack`.
fn is_within(mean: f64, quantiles: [f64; 5], slack: f64) -> bool {
    let [low, .., high] = quantiles;
    let slack = slack.max(1e-9 * mean.abs());
    !(mean < low - slack || mean > high + slack)
}

impl Bands {
    /// Nine in ten, where every mean lies among them.
    pub fn of_all<'a>(
        levels: impl IntoIterator<Item = &'a Stat>,
        differences: impl IntoIterator<Item = &'a Difference>,
    ) -> Bands {
        let levels = levels.into_iter().filter_map(|stat| Some((stat.mean, stat.spread?.quantiles)));
        let differences = differences.into_iter().filter_map(|it| Some((it.mean, it.spread?.quantiles)));
        match levels.chain(differences).all(|(mean, quantiles)| is_within(mean, quantiles, 0.0)) {
            true => Bands::Replicates,
            false => Bands::Errors,
        }
    }

    /// The same of what is drawn over time, where nobody sees that a mean lies outside by a hundredth of the largest.
    pub fn over_time<'a>(
        levels: impl IntoIterator<Item = &'a Stat>,
        differences: impl IntoIterator<Item = &'a Difference>,
    ) -> Bands {
        let levels = levels.into_iter().filter_map(|stat| Some((stat.mean, stat.spread?.quantiles)));
        let differences = differences.into_iter().filter_map(|it| Some((it.mean, it.spread?.quantiles)));
        let seen = |all: Vec<(f64, [f64; 5])>| {
            let largest =
                all.iter().map(|(mean, _)| mean.abs()).filter(|size| size.is_finite()).fold(0.0, f64::max);
            all.iter().all(|(mean, quantiles)| is_within(*mean, *quantiles, 0.01 * largest))
        };
        match seen(levels.collect()) && seen(differences.collect()) {
            true => Bands::Replicates,
            false => Bands::Errors,
        }
    }

    /// The ends of a difference; where there are no quantiles (of a yes or no) where the mean may be.
    pub fn of(self, difference: &Difference) -> Option<(f64, f64)> {
        let spread = difference.spread.as_ref()?;
        let [low, .., high] = spread.quantiles;
        if self == Bands::Replicates && low.is_finite() && high.is_finite() {
            return Some((low, high));
        }
        let error = ERRORS * spread.mc_se;
        error.is_finite().then_some((difference.mean - error, difference.mean + error))
    }

    /// What `bands`, in the plural, of `what` are.
    pub fn words(self, bands: &str, what: &str) -> String {
        match self {
            Bands::Replicates => format!("{bands} hold 90 % of {what}"),
            Bands::Errors => format!("{bands} are ± 1.96 standard errors"),
        }
    }

    /// What a band holds.
    pub fn holds(self) -> &'static str {
        match self {
            Bands::Replicates => series::NINE_IN_TEN,
            Bands::Errors => series::ERROR,
        }
    }

    /// What is said of them under the chart.
    pub fn spread(self) -> ShownSpread {
        match self {
            Bands::Replicates => ShownSpread::Bands,
            Bands::Errors => ShownSpread::Errors,
        }
    }
}

/// The mean difference, with the digits that are known of it.
pub fn mean_change(difference: &Difference, times: f64) -> String {
    let error = difference.spread.map_or(0.0, |spread| spread.mc_se);
    known_change(times * difference.mean, ERRORS * times * error)
}

/// A difference over time, and how it is drawn.
pub struct DifferenceCurve<'a> {
    /// The days of its points.
    pub days: &'a [f64],
    /// Its points.
    pub points: &'a [Option<Difference>],
    /// Its colour.
    pub colour: Colour,
    /// Its dashes.
    pub dash: Dash,
    /// What its band is.
    pub bands: Bands,
}

impl DifferenceCurve<'_> {
    fn values(&self, of: impl Fn(&Difference) -> f64) -> Vec<f64> {
        self.points.iter().map(|point| point.as_ref().map_or(f64::NAN, &of)).collect()
    }

    /// The mean difference.
    pub fn line(&self, thickness: f64) -> ChartLine {
        series::curve(self.days, &self.values(|it| it.mean), self.colour, self.dash, thickness)
    }

    /// The band; none in expected mode.
    pub fn band(&self) -> Option<Area> {
        let [low, high] = self.ends();
        let area = series::between(self.days, &low, &high, self.colour, 0.20);
        (!area.runs.is_empty()).then_some(Area { holds: self.bands.holds(), ..area })
    }

    /// The band's edges: with the dashes of the line, so that bands that overlap can be told apart.
    pub fn edges(&self) -> Vec<ChartLine> {
        let edges = self.ends().map(|end| series::curve(self.days, &end, self.colour, self.dash, 0.8));
        edges.into_iter().filter(|edge| !edge.runs.is_empty()).collect()
    }

    fn ends(&self) -> [Vec<f64>; 2] {
        let end = |it: &Difference| {
            let (low, high) = self.bands.of(it).unwrap_or((f64::NAN, f64::NAN));
            // What rounds off a band around its line is not seen; a mean of nothing has no band.
            if low.is_finite() { (low.min(it.mean), high.max(it.mean)) } else { (low, high) }
        };
        [self.values(|it| end(it).0), self.values(|it| end(it).1)]
    }

    /// What stands at its end, behind `name`.
    pub fn label(&self, name: String) -> Option<EndLabel> {
        let last = self.points.iter().rev().flatten().next()?;
        let range = self.bands.of(last).filter(|(low, high)| low < high);
        let note = range.map(|(low, high)| changes(low, high)).unwrap_or_default();
        Some(EndLabel::new(last.mean, mean_change(last, 1.0), self.colour).named(name).noted(note))
    }
}

/// Means over time.
pub fn means(points: &[Stat]) -> Vec<f64> {
    series::centres(points, series::Centre::Mean)
}

/// The pale band of the variant that the others are compared with.
pub fn against_band(days: &[f64], points: &[Stat], bands: Bands) -> Vec<Area> {
    let centre = if bands == Bands::Replicates { series::Centre::Median } else { series::Centre::Mean };
    let mut bands = series::bands(days, points, palette::INK, centre);
    bands.truncate(1);
    let means: Vec<(f64, f64)> = days.iter().copied().zip(points.iter().map(|stat| stat.mean)).collect();
    for band in &mut bands {
        band.opacity = 0.12;
        for point in band.runs.iter_mut().flatten() {
            // As of differences: what is not seen.
            let found = means.binary_search_by(|(day, _)| day.total_cmp(&point.0));
            let mean = found.map_or(point.1, |found| means[found].1);
            (point.1, point.2) = (point.1.min(mean), point.2.max(mean));
        }
    }
    bands
}
