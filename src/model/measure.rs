//! What is measured beside people: the catalogue of measures that outcomes can name.

use super::{MeasureKind, Section};

/// What is measured of everything that has a price.
const COST: &str = "cost";

/// What is measured of all costs together, which are no section.
const OF_COSTS: (&str, &[(&str, MeasureKind)]) =
    ("costs", &[("cost", MeasureKind::Amount), ("discounted_cost", MeasureKind::Amount)]);

/// Every measure of something at `subject` with its kind: the first word of an address says what it is about.
fn of(subject: &str) -> impl Iterator<Item = (&'static str, MeasureKind)> {
    let word = subject.split('.').next().unwrap_or_default();
    let (of_costs, measures) = OF_COSTS;
    let facts = Section::named(word).map(Section::facts);
    let own = match facts {
        Some(facts) => facts.measures,
        None if word == of_costs => measures,
        None => &[],
    };
    let price = facts.filter(|facts| facts.priced).map(|_| (COST, MeasureKind::Amount));
    own.iter().copied().chain(price)
}

/// The kind of a measure of something at `subject`; `None` where there is no such measure.
pub fn measure_kind(subject: &str, measure: &str) -> Option<MeasureKind> {
    of(subject).find(|(name, _)| *name == measure).map(|(_, kind)| kind)
}

/// The measures of something at `subject`.
pub fn measures_of(subject: &str) -> Vec<&'static str> {
    of(subject).map(|(name, _)| name).collect()
}
