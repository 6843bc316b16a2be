//! The answer of a run of several variants: each by itself, and what differs between them.

use super::attribution::Attribution;
use super::comparison::Comparison;
use super::reached::Reached;
use super::summary::Summary;
pub use super::track::BASELINE;
use crate::model::Model;

/// Everything that a run says: each variant by itself, and how it differs from the baseline. What leaves the library is made of
/// it: [`sentences`](crate::sentences), [`TABLES`](crate::TABLES) and charts.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was simulated: the baseline first, then the variants in the order of the scenario. Never empty.
    pub variants: Vec<VariantAnswer>,
    /// What the others are compared with, the baseline unless another was asked for: index in [`Answer::variants`].
    pub against: usize,
    /// One for each of the others, in their order; empty where there are none.
    pub comparisons: Vec<Comparison>,
    /// What the parts of variants contribute, where it was asked for.
    pub attributions: Vec<Attribution>,
    /// The precision that was asked for, and what was reached; empty where none was.
    pub precision: Vec<Reached>,
}

/// What was simulated of the baseline or of one variant, and what came out.
#[derive(Clone, Debug)]
pub struct VariantAnswer {
    /// Its name in the scenario; [`BASELINE`] of the baseline.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What was simulated.
    pub model: Model,
    /// What came out.
    pub summary: Summary,
}

impl Answer {
    /// The answer of a scenario without variants.
    pub fn alone(model: Model, summary: Summary) -> Answer {
        Answer {
            variants: vec![VariantAnswer { name: BASELINE.into(), label: "Baseline".into(), model, summary }],
            against: 0,
            comparisons: Vec::new(),
            attributions: Vec::new(),
            precision: Vec::new(),
        }
    }

    /// What comes first: the baseline, where it was simulated.
    pub fn first(&self) -> &VariantAnswer {
        &self.variants[0]
    }

    /// The comparison of a variant with the one that all are compared with; `None` of that one itself.
    pub fn comparison(&self, variant: usize) -> Option<&Comparison> {
        self.comparisons.iter().find(|comparison| comparison.variant == variant)
    }
}
