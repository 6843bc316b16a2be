//! Parameters as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::Written;
use super::section::{ListField, NamedThing};
use crate::scenario::located::Located;

/// A named number that expressions use.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What it is, for people.
    pub label: Option<Located<String>>,
    /// Its unit, for people.
    pub unit: Option<Located<String>>,
    /// Its value, perhaps an expression over other parameters.
    pub value: Located<Written>,
    /// The lowest and the highest value worth trying; draws are kept within them.
    #[schemars(length(equal = 2))]
    pub range: Option<Located<Vec<Located<f64>>>>,
    /// What each history draws its value from.
    pub distribution: Option<Located<Distribution>>,
    /// Where the value comes from; without it the value counts as illustrative.
    pub source: Option<Located<String>>,
}

impl NamedThing for Parameter {
    const LISTS: &'static [(&'static str, ListField<Parameter>)] = &[];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// What a parameter is drawn from: exactly one of these.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Distribution {
    /// Normal.
    pub normal: Option<Located<MeanSd>>,
    /// Lognormal: the logarithm is normal.
    pub lognormal: Option<Located<MedianSigma>>,
    /// Every value between two ends alike.
    pub uniform: Option<Located<LowHigh>>,
    /// Rising to a mode and falling from it.
    pub triangular: Option<Located<LowModeHigh>>,
    /// Beta, between 0 and 1.
    pub beta: Option<Located<MeanSd>>,
    /// Gamma, above 0.
    pub gamma: Option<Located<MeanSd>>,
}

/// A mean and a standard deviation.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeanSd {
    /// The mean.
    pub mean: Located<f64>,
    /// The standard deviation.
    pub sd: Located<f64>,
}

/// A median and the spread of the logarithm.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MedianSigma {
    /// The median.
    pub median: Located<f64>,
    /// The standard deviation of the logarithm: 0.3 is about 30 %.
    pub sigma: Located<f64>,
}

/// Two ends.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LowHigh {
    /// The lower end.
    pub low: Located<f64>,
    /// The upper end.
    pub high: Located<f64>,
}

/// Two ends and where it peaks.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LowModeHigh {
    /// The lower end.
    pub low: Located<f64>,
    /// Where it peaks.
    pub mode: Located<f64>,
    /// The upper end.
    pub high: Located<f64>,
}
