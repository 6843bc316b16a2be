//! Switches of regimes, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::date::DateText;
use super::rate::SwitchRate;
use crate::scenario::located::Located;

/// A way from one state to another: at a rate, or on a date.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["rate", "from"] }, { "required": ["on"] }]))]
pub struct WrittenSwitch {
    /// The state it leaves; with `on`, every other state unless written.
    pub from: Option<Located<String>>,
    /// The state it enters.
    pub to: Located<String>,
    /// How fast it happens.
    pub rate: Option<Located<SwitchRate>>,
    /// The date on which it happens for certain.
    pub on: Option<Located<DateText>>,
}
