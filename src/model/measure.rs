//! What is measured beside people: the catalogue of measures that outcomes can name.

use super::costs::PRICED;

/// What is measured of everything that has a price.
const COST: &str = "cost";

/// What kind of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// A level at the end of each step.
    Level,
    /// An amount of each step.
    Amount,
    /// An amount over another.
    Ratio,
}

/// Every measure but the cost of what has a price: the family of what it is about (the first word of an address), its name and
/// its kind.
pub const MEASURES: [(&str, &str, MeasureKind); 30] = [
    ("places", "over_capacity", MeasureKind::Level),
    ("places", "person_months_over_capacity", MeasureKind::Amount),
    ("places", "arrived", MeasureKind::Amount),
    ("places", "admitted", MeasureKind::Amount),
    ("places", "refused", MeasureKind::Amount),
    ("places", "days_refused", MeasureKind::Amount),
    ("places", "queue", MeasureKind::Level),
    ("places", "waited", MeasureKind::Amount),
    ("places", "wait", MeasureKind::Ratio),
    ("places", "had_to_wait", MeasureKind::Amount),
    ("places", "probability_of_waiting", MeasureKind::Ratio),
    ("places", "gave_up", MeasureKind::Amount),
    ("places", "waited_over_1_month", MeasureKind::Ratio),
    ("places", "waited_over_3_months", MeasureKind::Ratio),
    ("places", "waited_over_6_months", MeasureKind::Ratio),
    ("places", "waited_over_12_months", MeasureKind::Ratio),
    ("places", "diverted", MeasureKind::Amount),
    ("places", "held_back", MeasureKind::Amount),
    ("programmes", "occasions", MeasureKind::Amount),
    ("programmes", "seats_offered", MeasureKind::Amount),
    ("programmes", "seats_used", MeasureKind::Amount),
    ("programmes", "backlog", MeasureKind::Level),
    ("programmes", "wait", MeasureKind::Ratio),
    ("programmes", "waited_over_1_month", MeasureKind::Ratio),
    ("programmes", "waited_over_3_months", MeasureKind::Ratio),
    ("programmes", "waited_over_6_months", MeasureKind::Ratio),
    ("programmes", "waited_over_12_months", MeasureKind::Ratio),
    ("programmes", "paused", MeasureKind::Level),
    ("costs", "cost", MeasureKind::Amount),
    ("costs", "discounted_cost", MeasureKind::Amount),
];

/// The kind of a measure of something at `subject`; `None` where there is no such measure.
pub fn measure_kind(subject: &str, measure: &str) -> Option<MeasureKind> {
    let family = family_of(subject);
    if measure == COST && PRICED.contains(&family) {
        return Some(MeasureKind::Amount);
    }
    MEASURES.iter().find(|(of, name, _)| *of == family && *name == measure).map(|(.., kind)| *kind)
}

/// The measures of something at `subject`.
pub fn measures_of(subject: &str) -> Vec<&'static str> {
    let family = family_of(subject);
    let own = MEASURES.iter().filter(|(of, ..)| *of == family).map(|(_, name, _)| *name);
    own.chain(PRICED.contains(&family).then_some(COST)).collect()
}

fn family_of(subject: &str) -> &str {
    subject.split('.').next().unwrap_or_default()
}
