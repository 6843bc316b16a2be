//! What is measured beside people: the catalogue of measures that outcomes can name.

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

/// Every measure: the family of what it is about (the first word of an address), its name and its kind.
pub const MEASURES: [(&str, &str, MeasureKind); 8] = [
    ("places", "cost", MeasureKind::Amount),
    ("programmes", "cost", MeasureKind::Amount),
    ("moves", "cost", MeasureKind::Amount),
    ("arrivals", "cost", MeasureKind::Amount),
    ("births", "cost", MeasureKind::Amount),
    ("shocks", "cost", MeasureKind::Amount),
    ("costs", "cost", MeasureKind::Amount),
    ("costs", "discounted_cost", MeasureKind::Amount),
];

/// The kind of a measure of something at `subject`; `None` where there is no such measure.
pub fn measure_kind(subject: &str, measure: &str) -> Option<MeasureKind> {
    let family = subject.split('.').next().unwrap_or_default();
    MEASURES.iter().find(|(of, name, _)| *of == family && *name == measure).map(|(.., kind)| *kind)
}

/// The measures of something at `subject`.
pub fn measures_of(subject: &str) -> Vec<&'static str> {
    let family = subject.split('.').next().unwrap_or_default();
    MEASURES.iter().filter(|(of, ..)| *of == family).map(|(_, name, _)| *name).collect()
}
