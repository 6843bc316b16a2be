//! What somebody sets on the page, and the variant that it is.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What is set on the page: it makes a variant of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageSetting {
    /// Which variants of the scenario are switched on, in the order in which they stack.
    pub variants: Vec<String>,
    /// Policies that are switched off or have other dates, by their names.
    pub policies: BTreeMap<String, PolicySetting>,
    /// Numbers by their addresses.
    pub numbers: IndexMap<String, NumberSetting>,
}

/// Another value of a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberSetting {
    /// This instead of what the scenario says.
    Set(f64),
    /// So many times what the scenario says.
    Times(f64),
}

/// What is different with a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicySetting {
    /// Whether it is switched off.
    pub off: bool,
    /// When it begins instead: a date as scenarios have them.
    pub from: Option<String>,
    /// When it ends instead.
    pub until: Option<String>,
}
