//! Costs as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::number::WrittenNumber;
use super::words::{Key, Named};
use crate::model::Section;
use crate::scenario::located::Located;

/// What things cost, by their addresses: `places.north_prison = { per_person_month = 400 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenCosts {
    /// The currency, or another unit, of every amount: "USD", "thousand USD".
    pub currency: Located<String>,
    /// The share by which an amount is worth less for every year after the start: 0.03. Without it nothing is discounted.
    pub discount_rate: Option<Located<WrittenNumber>>,
    /// Places.
    #[serde(default)]
    pub places: Named<WrittenPlaceCost>,
    /// Moves.
    #[serde(default)]
    pub moves: Named<PersonCost>,
    /// Stays: those who leave by them.
    #[serde(default)]
    pub stays: Named<PersonCost>,
    /// Programmes.
    #[serde(default)]
    pub programmes: Named<ProgrammeCost>,
    /// Arrivals.
    #[serde(default)]
    pub arrivals: Named<PersonCost>,
    /// Births.
    #[serde(default)]
    pub births: Named<PersonCost>,
    /// Shocks.
    #[serde(default)]
    pub shocks: Named<PersonCost>,
}

impl WrittenCosts {
    /// The names that have a price, by section: as many sections as [`Section::facts`] says are priced.
    pub fn priced(&self) -> [(Section, Vec<&Key>); Section::PRICED] {
        fn keys<T>(section: Section, prices: &Named<T>) -> (Section, Vec<&Key>) {
            (section, prices.keys().collect())
        }
        let [moves, stays, arrivals, births, shocks] =
            self.by_person().map(|(section, prices)| keys(section, prices));
        let (places, programmes) =
            (keys(Section::Places, &self.places), keys(Section::Programmes, &self.programmes));
        [places, programmes, moves, stays, arrivals, births, shocks]
    }

    /// The sections of mechanisms whose only price is that of a person who is moved.
    pub fn by_person(&self) -> [(Section, &Named<PersonCost>); 5] {
        // Without `..`: a section that is added cannot be forgotten here.
        let WrittenCosts {
            currency: _,
            discount_rate: _,
            places: _,
            moves,
            stays,
            programmes: _,
            arrivals,
            births,
            shocks,
        } = self;
        [
            (Section::Moves, moves),
            (Section::Stays, stays),
            (Section::Arrivals, arrivals),
            (Section::Births, births),
            (Section::Shocks, shocks),
        ]
    }

    /// Whether something at an address has a price.
    pub fn has(&self, address: &str) -> bool {
        let Some((family, name)) = address.split_once('.') else { return false };
        let mut priced = self.priced().into_iter();
        priced.any(|(of, names)| of.name() == family && names.iter().any(|key| &****key == name))
    }
}

/// What a place costs.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct WrittenPlaceCost {
    /// For each person and month there. The people of a step are the mean of those at its two ends.
    pub per_person_month: Option<Located<WrittenNumber>>,
    /// For each month, whoever is there.
    pub fixed_per_month: Option<Located<WrittenNumber>>,
}

/// What a programme costs.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct ProgrammeCost {
    /// For each occasion, however many seats are taken. Lines of one programme that share an occasion pay once.
    pub per_occasion: Option<Located<WrittenNumber>>,
    /// For each person who is moved.
    pub per_person: Option<Located<WrittenNumber>>,
    /// For each month, whatever happens.
    pub fixed_per_month: Option<Located<WrittenNumber>>,
}

/// What a mechanism costs that moves people.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonCost {
    /// For each person who is moved.
    pub per_person: Located<WrittenNumber>,
}
