//! A file that adds variants to another scenario.

use schemars::JsonSchema;
use serde::Deserialize;

use super::exercise::WrittenExercise;
use super::variant::WrittenVariant;
use super::words::Named;
use crate::scenario::located::Located;

/// A file of what-ifs beside a scenario, which it leaves as it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The scenario whose variants these are: a file in this one's folder or below.
    pub extends: Located<String>,
    /// One line that names it; that of the scenario unless written.
    pub title: Option<Located<String>>,
    /// What it asks; that of the scenario unless written.
    pub question: Option<Located<String>>,
    /// What a reader should take home; that of the scenario unless written.
    pub lesson: Option<Located<String>>,
    /// What-ifs: the scenario, and what is different in it.
    #[serde(default)]
    pub variants: Named<WrittenVariant>,
    /// Questions for a class, with their answers; those of the scenario unless written.
    #[serde(default)]
    pub exercises: Named<WrittenExercise>,
}
