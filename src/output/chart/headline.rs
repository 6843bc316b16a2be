//! The series that a comparison of variants is drawn of: what the first outcome is taken from.

use super::compared::{ComparedVariant, ComparedVariants};
use super::groups;
use super::marks;
use super::mechanisms;
use super::palette;
use super::series;
use super::spec::{AxisUnit, Mark};
use super::text;
use crate::ensemble::answer::VariantAnswer;
use crate::ensemble::comparison::{
    ALL_HELD, Comparison, Difference, DifferenceSeries, SeriesKind, total_address,
};
use crate::ensemble::summary::{Mechanism, Stat, Where};
use crate::model::{MeasureKind, Model, Outcome, OutcomeOf, PlaceId, Who, measure_kind};

/// The series, in every variant.
pub struct HeadlineSeries {
    /// What it is of: `"Everybody held"`.
    pub label: String,
    /// What it counts.
    pub unit_words: String,
    /// How its numbers are written.
    pub unit: AxisUnit,
    /// The days of its points.
    pub days: Vec<f64>,
    /// In the variant that the others are compared with.
    pub against: Vec<Stat>,
    /// In each of the others, and what differs.
    pub variants: Vec<(Vec<Stat>, Vec<Option<Difference>>)>,
    /// What happens on dates.
    pub marks: Vec<Mark>,
}

/// Which series, in the words of the scenario.
enum HeadlineSubject {
    /// People at a place ([`ALL_HELD`]: wherever they are held).
    People { place: String, who: Filter },
    /// People moved to date.
    Flow { by: String, who: Filter },
    /// Something measured.
    Measure { of: String, measure: String, label: String },
}

/// For each dimension the name of one value, or none.
type Filter = Vec<Option<String>>;

/// The series that the first outcome is taken from; everybody held where there are no outcomes. `None` where no such series
/// is recorded in every variant.
pub fn choose(compared: &ComparedVariants<'_>) -> Option<HeadlineSeries> {
    let model = compared.model();
    let subject = match model.outcomes.first() {
        Some(outcome) => subject(model, outcome)?,
        None => {
            HeadlineSubject::People { place: ALL_HELD.into(), who: vec![None; model.groups.dimensions.len()] }
        }
    };
    headline(compared, &subject)
}

/// The variants that have a look of their own in every chart, those that change most, and the others: in the order of the
/// scenario.
pub fn named(compared: &ComparedVariants<'_>) -> (Vec<usize>, Vec<usize>) {
    if compared.variants.len() <= palette::MOST_LINES {
        return ((0..compared.variants.len()).collect(), Vec::new());
    }
    let headline = choose(compared);
    compared.largest(palette::MOST_LINES, |variant| match &headline {
        Some(headline) => headline.size(variant),
        None => first_change(compared, variant),
    })
}

/// How much a variant changes the first outcome.
fn first_change(compared: &ComparedVariants<'_>, variant: usize) -> f64 {
    let first = compared.model().outcomes.first();
    let outcome = first.and_then(|first| compared.variants[variant].comparison.outcome(&first.name));
    let difference = outcome.and_then(|outcome| outcome.difference);
    difference.map_or(0.0, |difference| if difference.mean.is_finite() { difference.mean.abs() } else { 0.0 })
}

/// What an outcome is taken from, where that is recorded.
fn subject(model: &Model, outcome: &Outcome) -> Option<HeadlineSubject> {
    match &outcome.of {
        OutcomeOf::People { at, who, .. } => {
            let who = filter(model, who)?;
            let held: Vec<PlaceId> = model.held_places().collect();
            let all = held.iter().all(|place| at.contains(place)) && at.len() == held.len();
            let place = match at.as_slice() {
                [only] if who.iter().all(Option::is_none) => model.places[*only].name.clone(),
                _ if all => ALL_HELD.to_string(),
                [only] => model.places[*only].name.clone(),
                _ => return None,
            };
            Some(HeadlineSubject::People { place, who })
        }
        OutcomeOf::Flow { by, who, .. } => match by.as_slice() {
            [only] => Some(HeadlineSubject::Flow { by: model.address(*only), who: filter(model, who)? }),
            several => {
                let all_of = |word: &&str| same_set(&mechanisms::that_count_as(model, word), several);
                let word = groups::counted_words(model).into_iter().find(all_of)?;
                Some(HeadlineSubject::Flow { by: total_address(word), who: filter(model, who)? })
            }
        },
        OutcomeOf::Measure { subject, measure, .. } => {
            let amount = measure_kind(subject, measure)? == MeasureKind::Amount;
            Some(HeadlineSubject::Measure {
                of: subject.clone(),
                measure: if amount { format!("{measure}_to_date") } else { measure.clone() },
                label: outcome.label.clone(),
            })
        }
        OutcomeOf::Events { .. } | OutcomeOf::Sum(_) | OutcomeOf::Share { .. } => None,
    }
}

/// Everybody, or who has one value of some dimensions: others are not recorded.
fn filter(model: &Model, who: &Who) -> Option<Filter> {
    let mut filter = vec![None; model.groups.dimensions.len()];
    for ((allowed, dimension), place) in who.allowed.iter().zip(&model.groups.dimensions).zip(&mut filter) {
        match allowed.as_deref() {
            Some([only]) if dimension.values.len() > 1 => *place = Some(dimension.values[*only].clone()),
            Some(some) if some.len() < dimension.values.len() => return None,
            _ => {}
        }
    }
    Some(filter)
}

fn headline(compared: &ComparedVariants<'_>, subject: &HeadlineSubject) -> Option<HeadlineSeries> {
    let model = compared.model();
    let against = subject.levels(compared.against)?;
    let variant = |variant: &ComparedVariant<'_>| {
        let differences = subject.differences(variant.comparison)?.points.clone();
        Some((subject.levels(variant.answer)?, differences))
    };
    let mut headline = HeadlineSeries {
        label: subject.label(model),
        unit_words: subject.unit_words(compared),
        unit: if against.iter().any(|stat| stat.mean >= 4.0) { AxisUnit::Whole } else { AxisUnit::Real },
        days: series::boundaries(&model.calendar),
        against,
        variants: compared.variants.iter().map(variant).collect::<Option<_>>()?,
        marks: subject.marks(model),
    };
    match subject.to_date() {
        true => headline.begin_with_nothing(),
        false if headline.against.len() < headline.days.len() => {
            headline.days = series::step_ends(&model.calendar)
        }
        false => {}
    }
    Some(headline)
}

impl HeadlineSeries {
    /// Nothing adds up to more than nothing at the start.
    fn begin_with_nothing(&mut self) {
        let no_stat = |points: &[Stat]| {
            points.first().map(|first| Stat {
                mean: 0.0,
                spread: first.spread.map(|mut spread| {
                    (spread.quantiles, spread.mc_se) = ([0.0; 5], 0.0);
                    spread
                }),
            })
        };
        let no_difference = |points: &[Option<Difference>]| {
            points.first().copied().map(|first| {
                first.map(|mut first| {
                    first.mean = 0.0;
                    if let Some(spread) = &mut first.spread {
                        (spread.quantiles, spread.mc_se) = ([0.0; 5], 0.0);
                    }
                    first
                })
            })
        };
        let nothing = no_stat(&self.against);
        self.against.splice(..0, nothing);
        for (levels, differences) in &mut self.variants {
            let (level, difference) = (no_stat(levels), no_difference(differences));
            levels.splice(..0, level);
            differences.splice(..0, difference);
        }
    }

    /// How far a variant is from the one that it is compared with, at most.
    pub fn size(&self, variant: usize) -> f64 {
        self.variants[variant].1.iter().flatten().map(|point| point.mean.abs()).fold(0.0, f64::max)
    }
}

impl HeadlineSubject {
    fn to_date(&self) -> bool {
        match self {
            HeadlineSubject::People { .. } => false,
            HeadlineSubject::Flow { .. } => true,
            HeadlineSubject::Measure { measure, .. } => measure.ends_with("_to_date"),
        }
    }

    /// In a variant; `None` where it is not recorded.
    fn levels(&self, variant: &VariantAnswer) -> Option<Vec<Stat>> {
        let (model, summary) = (&variant.model, &variant.summary);
        match self {
            HeadlineSubject::People { place, who } => {
                let place = match place.as_str() {
                    ALL_HELD => Where::AllHeld,
                    name => Where::Place(model.places.iter().position(|place| place.name == name)?),
                };
                let groups = group_filter(model, who)?;
                let found = summary.people.iter().find(|it| it.place == place && it.groups == groups);
                found.map(|series| series.points.clone())
            }
            HeadlineSubject::Flow { by, who } => {
                if let Some(word) = counted_word(model, by) {
                    return Some(summary.total_of(word, &group_filter(model, who)?)?.to_date.clone());
                }
                let mechanism = mechanism(model, by)?;
                mechanisms::together(summary, &[mechanism], &group_filter(model, who)?, |flow| &flow.to_date)
            }
            HeadlineSubject::Measure { of, measure, .. } => {
                let found = summary.measures.iter().find(|it| it.subject == *of && it.measure == *measure);
                found.map(|series| series.points.clone())
            }
        }
    }

    fn differences<'c>(&self, comparison: &'c Comparison) -> Option<&'c DifferenceSeries> {
        let (kind, subject) = match self {
            HeadlineSubject::People { place, .. } => (SeriesKind::People, place),
            HeadlineSubject::Flow { by, .. } => (SeriesKind::FlowToDate, by),
            HeadlineSubject::Measure { of, .. } => (SeriesKind::Measure, of),
        };
        comparison.series.iter().find(|series| {
            let name = &series.name;
            let same = match self {
                HeadlineSubject::People { who, .. } | HeadlineSubject::Flow { who, .. } => {
                    name.groups == *who
                }
                HeadlineSubject::Measure { measure, .. } => name.measure.as_ref() == Some(measure),
            };
            name.kind == kind && name.subject == *subject && same
        })
    }

    fn label(&self, model: &Model) -> String {
        let of_group = |label: String, who: &Filter| {
            let chosen = group_filter(model, who).unwrap_or_default().into_iter().enumerate();
            let words =
                chosen.filter_map(|(dimension, value)| Some(groups::value_words(model, dimension, value?)));
            words.fold(label, |label, value| format!("{label}, {}", text::inside(&value)))
        };
        match self {
            HeadlineSubject::People { place, who } if place == ALL_HELD => {
                of_group("Everybody held".to_string(), who)
            }
            HeadlineSubject::People { place: name, who } => {
                let place = model.places.iter().find(|place| place.name == *name);
                let label = place.map(|place| text::label(&place.label, &place.name));
                of_group(label.unwrap_or_default(), who)
            }
            HeadlineSubject::Flow { by, who } => {
                let label = match counted_word(model, by) {
                    Some(word) => Some(groups::plural(word)),
                    None => mechanism(model, by).map(|mechanism| mechanisms::name(model, mechanism)),
                };
                of_group(label.unwrap_or_default(), who)
            }
            HeadlineSubject::Measure { label, .. } => text::clean(label),
        }
    }

    fn unit_words(&self, compared: &ComparedVariants<'_>) -> String {
        match self {
            HeadlineSubject::People { .. } => "people".to_string(),
            HeadlineSubject::Flow { .. } => "people since the start".to_string(),
            HeadlineSubject::Measure { .. } => {
                let series =
                    compared.variants.iter().find_map(|variant| self.differences(variant.comparison));
                let unit = series.map(|series| text::clean(&series.unit)).unwrap_or_default();
                if self.to_date() { format!("{unit} since the start") } else { unit }
            }
        }
    }

    fn marks(&self, model: &Model) -> Vec<Mark> {
        match self {
            HeadlineSubject::People { place, .. } if place == ALL_HELD => marks::at_held_places(model),
            HeadlineSubject::People { place: name, .. } => {
                let place = model.places.iter().position(|place| place.name == *name);
                place.map(|place| marks::at_place(model, place)).unwrap_or_default()
            }
            HeadlineSubject::Flow { by, .. } => {
                let mechanisms: Vec<Mechanism> = match counted_word(model, by) {
                    Some(word) => mechanisms::that_count_as(model, word),
                    None => mechanism(model, by).into_iter().collect(),
                };
                marks::of_mechanisms(model, &mechanisms)
            }
            HeadlineSubject::Measure { .. } => marks::at_held_places(model),
        }
    }
}

/// Whether two lists without repetitions have the same mechanisms.
fn same_set(one: &[Mechanism], other: &[Mechanism]) -> bool {
    one.len() == other.len() && one.iter().all(|mechanism| other.contains(mechanism))
}

/// The word of a total of all that counts as it.
fn counted_word<'m>(model: &'m Model, subject: &str) -> Option<&'m str> {
    groups::counted_words(model).into_iter().find(|word| total_address(word) == subject)
}

fn mechanism(model: &Model, address: &str) -> Option<Mechanism> {
    model.mechanisms().into_iter().find(|mechanism| model.address(*mechanism) == address)
}

fn group_filter(model: &Model, who: &Filter) -> Option<Vec<Option<usize>>> {
    let mut filter = groups::everybody(model);
    for (index, value) in who.iter().enumerate() {
        if let Some(value) = value {
            let values = &model.groups.dimensions.get(index)?.values;
            filter[index] = Some(values.iter().position(|known| known == value)?);
        }
    }
    Some(filter)
}
