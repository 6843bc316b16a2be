//! A study that can be run: a scenario, the points at which it is simulated, and what is kept.

use std::ops::Range;

use super::design::{Design, Factor};
use crate::ensemble::answer::BASELINE;
use crate::ensemble::kept::KeptSeries;
use crate::model::{Effect, Model};
use crate::scenario::{ScenarioVariants, Setting, Variant};

/// Columns of the tables of a study, which no factor may be called.
pub const RESERVED: [&str; 16] = [
    "cell",
    "point",
    "variant",
    "date",
    "step",
    "kind",
    "subject",
    "measure",
    "from",
    "to",
    "unit",
    "mean",
    "sd",
    "mc_se",
    "replicates",
    "problem",
];

/// A valid study. A *point* is one value for each factor; a *cell* is a point in the baseline or in a variant of it.
/// Where a variant is given by its number, 0 is the baseline, and the others follow in the order of
/// [`Study::variants`].
#[derive(Clone, Debug)]
pub struct Study {
    /// Its name: that of its file without the ending.
    pub name: String,
    /// One line that names it.
    pub title: String,
    /// What it asks.
    pub question: Option<String>,
    /// What a reader should take home.
    pub lesson: Option<String>,
    /// The scenario.
    pub scenario: ScenarioVariants,
    /// The variants that are simulated beside the baseline: indices in [`ScenarioVariants::variants`].
    pub variants: Vec<usize>,
    /// What varies, by the names of the study.
    pub factors: Vec<Factor>,
    /// The field of each factor.
    pub fields: Vec<FactorField>,
    /// Which points are tried.
    pub design: Design,
    /// What the design is for.
    pub purpose: Purpose,
    /// How many replicates a cell has.
    pub replicates: u64,
    /// The seed of the replicates.
    pub seed: u64,
    /// Whether points have the same replicates.
    pub random_numbers: RandomNumbers,
    /// What is kept of every cell.
    pub keep: Keep,
}

/// The field of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorField {
    /// Its address.
    pub address: String,
    /// Its name for people.
    pub label: String,
    /// Whether values replace it or multiply it.
    pub effect: Effect,
}

/// What a design is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To see what factors do.
    Explore,
    /// To see what is due to uncertain factors, and what to chance: points are draws, a Latin hypercube.
    Uncertainty,
}

/// Whether points have the same random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandomNumbers {
    /// All have replicates 0 to n - 1: what differs between points is precise.
    Shared,
    /// Point p has replicates p n to (p + 1) n - 1: their mean is precise.
    Own,
}

/// What is kept of every cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Outcomes, by index in the baseline's model.
    pub outcomes: Vec<usize>,
    /// Series.
    pub series: KeptSeries,
    /// At which dates.
    pub dates: KeptDates,
}

/// At which dates series are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptDates {
    /// At the end of every step.
    All,
    /// Every twelve months from the start, and at the end.
    Year,
    /// At the end.
    End,
}

impl KeptDates {
    /// Whether the numbers of boundary `step` of `model` are kept; step 0 is the start.
    pub fn keeps(self, model: &Model, step: u32) -> bool {
        let last = step == model.calendar.steps();
        match self {
            KeptDates::All => true,
            KeptDates::End => last,
            KeptDates::Year => last || step.is_multiple_of(model.calendar.steps_in(1.0).max(1)),
        }
    }
}

impl Study {
    /// How many cells a point has: one for the baseline, and one for each variant.
    pub fn variant_count(&self) -> usize {
        1 + self.variants.len()
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        self.design.len() as u64
    }

    /// How many cells there are in all.
    pub fn cells(&self) -> u64 {
        self.points() * self.variant_count() as u64
    }

    /// The name of a variant, 0 being the baseline.
    pub fn variant_name(&self, variant: usize) -> &str {
        self.variant(variant).map_or(BASELINE, |variant| &variant.name)
    }

    /// The name of a variant for people.
    pub fn variant_label(&self, variant: usize) -> &str {
        self.variant(variant).map_or("Baseline", |variant| &variant.label)
    }

    /// The model of a variant as the scenario has it, without settings.
    pub fn variant_model(&self, variant: usize) -> &Model {
        self.variant(variant).map_or(&self.scenario.baseline, |variant| &variant.model)
    }

    /// What the scenario says of a variant, by its number; `None` of the baseline.
    pub fn variant(&self, variant: usize) -> Option<&Variant> {
        variant.checked_sub(1).map(|index| &self.scenario.variants[self.variants[index]])
    }

    /// The outcomes that are kept, in the baseline's model.
    pub fn outcomes(&self) -> impl Iterator<Item = &crate::model::Outcome> {
        self.keep.outcomes.iter().map(|outcome| &self.scenario.baseline.outcomes[*outcome])
    }

    /// The value of every factor at a point.
    pub fn values(&self, point: u64) -> Vec<f64> {
        self.design.values(&self.factors, point as usize)
    }

    /// The fields that a point sets.
    pub fn settings<'s>(&'s self, values: &'s [f64]) -> Vec<Setting<'s>> {
        let of_field = |(field, value): (&'s FactorField, &f64)| field.setting(*value);
        self.fields.iter().zip(values).map(of_field).collect()
    }

    /// The word of a study file for the design.
    pub fn design_word(&self) -> &'static str {
        match (&self.design, self.purpose) {
            (_, Purpose::Uncertainty) => "uncertainty",
            (Design::Grid(_), _) => "grid",
            (Design::LatinHypercube(_), _) => "latin_hypercube",
            (Design::Sobol(_), _) => "sobol",
            (Design::Morris(_), _) => "morris",
            (Design::External(_), _) => "file",
        }
    }

    /// Whether the series of a variant are kept at a step; 0 is the start.
    pub fn keeps(&self, variant: usize, step: u32) -> bool {
        self.keep.dates.keeps(self.variant_model(variant), step)
    }

    /// The replicates of a point.
    pub fn replicates(&self, point: u64) -> Range<u64> {
        match self.random_numbers {
            RandomNumbers::Shared => 0..self.replicates,
            RandomNumbers::Own => point * self.replicates..(point + 1) * self.replicates,
        }
    }
}

impl FactorField {
    /// The field with a value.
    pub fn setting(&self, amount: f64) -> Setting<'_> {
        Setting { field: &self.address, effect: self.effect, amount }
    }
}
