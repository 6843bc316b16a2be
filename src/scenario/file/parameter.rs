//! Parameters as they are written.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::WrittenNumber;
use super::section::{ListField, NamedThing};
use crate::model::distribution;
use crate::scenario::located::Located;

/// A named number that expressions use.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenParameter {
    /// What it is, for people.
    pub label: Option<Located<String>>,
    /// Its unit, for people.
    pub unit: Option<Located<String>>,
    /// Its value, perhaps an expression over other parameters.
    pub value: Located<WrittenNumber>,
    /// The lowest and the highest value worth trying; draws are kept within them.
    #[schemars(length(equal = 2))]
    pub range: Option<Located<Vec<Located<f64>>>>,
    /// What each replicate draws its value from.
    pub distribution: Option<Located<WrittenDistribution>>,
    /// How it moves over time in each replicate, about its value: { sd = 0.3, halves_in = "6 months" }.
    pub wanders: Option<Located<Wanders>>,
    /// Where the value comes from; without it the value counts as illustrative.
    pub source: Option<Located<String>>,
}

impl NamedThing for WrittenParameter {
    const LISTS: &'static [(&'static str, ListField<WrittenParameter>)] = &[];

    fn label(&self) -> Option<&Located<String>> {
        self.label.as_ref()
    }

    fn counts_as(&self) -> Option<&Located<String>> {
        None
    }
}

/// How a parameter moves over time in each replicate.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanders {
    /// The standard deviation of its logarithm (0.3 is about 30 %), or of its logit where its range lies within 0 and 1.
    pub sd: Located<WrittenNumber>,
    /// The time in which half of a deviation is gone, on average: "6 months".
    pub halves_in: Located<WrittenNumber>,
}

macro_rules! written_distribution {
    ($($(#[$about:meta])+ $name:ident: $Kind:ident,)+) => {
        /// What a parameter is drawn from: exactly one of these.
        #[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
        pub struct WrittenDistribution {
            $($(#[$about])+ $name: Option<Located<distribution::$name::$Kind<Located<f64>>>>,)+
        }

        impl WrittenDistribution {
            /// Those that are written, in the order of the list.
            pub fn written(&self) -> Vec<PlacedDistribution> {
                let found = [$(self.$name.as_ref().map(|written| PlacedDistribution {
                    distribution: written.map(|number| **number).into(),
                    places: written.numbers().into_iter().map(|(name, number)| (name, number.span())).collect(),
                })),+];
                found.into_iter().flatten().collect()
            }
        }
    };
}
distribution::every_distribution!(written_distribution);

/// A distribution that is written, with the places of its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedDistribution {
    /// The distribution, of numbers that may be wrong.
    pub distribution: distribution::Distribution,
    /// Where each of its numbers stands, by the number's name.
    pub places: Vec<(&'static str, Range<usize>)>,
}

impl PlacedDistribution {
    /// Where a number stands, by its name.
    pub fn place(&self, number: &str) -> Option<Range<usize>> {
        let (_, place) = self.places.iter().find(|(name, _)| *name == number)?;
        Some(place.clone())
    }
}
