//! Observed data as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::located::Located;

/// How many people there were, to be drawn beside the replicates and to score them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenObserved {
    /// A table of comma-separated values beside the scenario, with the columns `date`, `place` (or "all_held") and
    /// `value`, and any dimensions: the value on each, or nothing for everybody.
    pub file: Located<String>,
    /// Where the data comes from.
    pub source: Option<Located<String>>,
}
