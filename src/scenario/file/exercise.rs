//! Exercises as they are written: what a class is asked, and how the answer is found.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::variant_change::VariantChange;
use crate::scenario::located::Located;

/// A question for a class, and its answer. It changes nothing in the scenario.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenExercise {
    /// What is asked.
    pub question: Located<String>,
    /// What has to be set to find the answer; the scenario as it is unless written.
    pub setting: Option<WrittenSetting>,
    /// What is found; only a key shows it.
    pub answer: Located<String>,
}

/// What has to be set: variants of the file, and changes on top of them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenSetting {
    /// The names of the variants that are switched on, laid over the scenario in this order.
    #[serde(default)]
    pub variants: Vec<Located<String>>,
    /// What is changed, as a variant changes it.
    #[serde(default)]
    pub changes: Vec<Located<VariantChange>>,
}

impl WrittenSetting {
    /// The names of its variants, and where each stands.
    pub fn bases(&self) -> Vec<(Range<usize>, &str)> {
        self.variants.iter().map(|name| (name.span(), name.as_str())).collect()
    }
}
