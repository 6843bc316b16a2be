//! The scenario as it is and its variants (what-ifs), each a [`Model`] of its own.
//!
//! A variant is laid over the file as it is written, and the whole is checked as any scenario is: whatever can be
//! written can be varied, and what a variant breaks is found.

mod exercises;
mod items;
mod labels;
mod lineage;
mod lists;
mod overlay;
mod parts;
mod reading;
mod sections;
mod settable;
mod settings;
mod structure;
mod words;

use super::diagnostic::Diagnostics;
use super::file::ScenarioFile;
use super::placed::placed;
use super::source::Source;
use crate::model::Model;

pub(super) use lists::{read as read_lists, schema_of as schema_of_list};
pub(super) use overlay::Overlay;
pub(super) use sections::addresses;
pub use settable::SettableNumber;
pub use settings::{OnDates, Setting};

/// More variants than this are refused: each is a scenario of its own.
pub const MOST_VARIANTS: usize = 50;
/// More parts of a variant than this are refused.
pub const MOST_PARTS: usize = 100;
/// More exercises than this are refused: the setting of each is a scenario of its own.
pub const MOST_EXERCISES: usize = 20;

/// Ways from a cell to a cell over all variants: each is held in full.
pub const MOST_EDGES_OF_VARIANTS: u64 = 10 * super::MOST_EDGES;

/// A scenario and its variants.
#[derive(Clone, Debug)]
pub struct ScenarioVariants {
    /// The scenario without any variant.
    pub baseline: Model,
    /// The variants in the order of the file.
    pub variants: Vec<Variant>,
    /// Questions for a class, in the order of the file.
    pub exercises: Vec<Exercise>,
    file: ScenarioFile,
    source: Source,
}

/// A what-if of a scenario: the scenario with changes, additions and removals. [`Run::compare`](crate::Run::compare) simulates
/// it beside the scenario.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What it asks, in the author's words.
    pub question: Option<String>,
    /// The names of the variants that it is based on; none where that is the scenario itself.
    pub based_on: Vec<String>,
    /// What it is made of: changes, additions and removals that stand alone. Those of the variants that it is based on
    /// are among them, first.
    pub parts: Vec<VariantPart>,
    /// The scenario with all of its parts.
    pub model: Model,
}

/// A part of a variant: changes, additions and removals that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantPart {
    /// Its name for people: as it is written, or made of what it does.
    pub label: String,
    /// Its changes, additions and removals, as indices of the variant's items.
    items: Vec<usize>,
}

/// A question for a class about a scenario. Whatever it sets is simulated only for its answer.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Its name in the file.
    pub name: String,
    /// What is asked, in the author's words.
    pub question: String,
    /// What has to be set to find the answer; `None` where the scenario as it is has it.
    pub setting: Option<ExerciseSetting>,
    /// The answer, in the author's words.
    pub answer: String,
}

/// What has to be set to find the answer of an exercise.
#[derive(Clone, Debug)]
pub struct ExerciseSetting {
    /// The names of the variants that are switched on, in the order in which they are laid over the scenario.
    pub variants: Vec<String>,
    /// What is changed in all, with what those variants do.
    pub parts: Vec<VariantPart>,
    /// The scenario with this setting.
    pub model: Model,
}

impl ScenarioVariants {
    /// The texts that it was read from: its own, then that of the file that it extends.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        std::iter::once(&self.source).chain(self.file.base.as_ref().map(|base| &*base.source))
    }

    /// Where what has this address is written: "camp.toml:22".
    pub fn written_at(&self, address: &str) -> Option<String> {
        let mut words = address.split('.');
        let at = sections::written_at(&self.file, words.next()?, words.next()?)?;
        let (source, at) = match &self.file.base {
            Some(base) if at >= base.shift => (&*base.source, at - base.shift),
            _ => (&self.source, at),
        };
        let line = 1 + source.text.get(..at)?.matches('\n').count();
        Some(format!("{}:{line}", source.name))
    }

    /// The variant of a name.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }

    /// The model of `variant` with only those of its parts for which `keep` is true: with all of them it is the variant's own,
    /// with none that of the baseline.
    ///
    /// # Errors
    /// Where these parts make no valid scenario without the others.
    ///
    /// # Panics
    /// Where `keep` is not as long as the variant's parts.
    pub fn with_parts(&self, variant: &Variant, keep: &[bool]) -> Result<Model, Diagnostics> {
        assert_eq!(keep.len(), variant.parts.len(), "one word for each part");
        let kept = variant.parts.iter().zip(keep).filter(|(_, keep)| **keep);
        let kept: Vec<usize> = kept.flat_map(|(part, _)| part.items.iter().copied()).collect();
        let items = items::of(&self.file, &variant.name);
        let overlay = Overlay::new(&self.file, &items, |item| kept.contains(&item));
        match super::validate::validate(&overlay, &self.source) {
            Ok(checked) => Ok(checked.model),
            Err(problems) => Err(problems.each(|problems| placed(self.file.base.as_ref(), problems))),
        }
    }
}
