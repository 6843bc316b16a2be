//! People at the start, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::WrittenNumber;
use super::target::{Split, WrittenWho};
use super::words::OneOrMany;
use crate::scenario::located::Located;

/// Some of the people who are in a place at the start.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenPeople {
    /// Who they are. With `split` it leaves one value on every dimension.
    pub who: Option<Located<WrittenWho>>,
    /// How many.
    pub count: Located<WrittenNumber>,
    /// The shares of a dimension's values, or a list of such splits, which multiply.
    pub split: Option<Located<OneOrMany<Split>>>,
}
