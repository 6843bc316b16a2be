//! Costs: what places and mechanisms cost, in one currency.

use super::{Mechanism, NumberId, PlaceId};

/// Everything that costs something.
#[derive(Clone, Debug)]
pub struct Costs {
    /// The unit of every amount: `"USD"`.
    pub currency: String,
    /// The share by which an amount is worth less for every year that it comes later; `None`: nothing is discounted.
    pub discount_rate: Option<NumberId>,
    /// Places, in the order of the file.
    pub places: Vec<PlaceCost>,
    /// Mechanisms, in the order of the file, families in that of the model.
    pub mechanisms: Vec<MechanismCost>,
}

/// What a place costs.
#[derive(Clone, Debug)]
pub struct PlaceCost {
    /// The place.
    pub place: PlaceId,
    /// For each person and month there, a month being a twelfth of a year.
    pub per_person_month: Option<NumberId>,
    /// For each month, whoever is there.
    pub fixed_per_month: Option<NumberId>,
}

/// What a mechanism costs.
#[derive(Clone, Debug)]
pub struct MechanismCost {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// For each person whom it moves.
    pub per_person: Option<NumberId>,
    /// For each occasion of a programme, however many seats are taken.
    pub per_occasion: Option<NumberId>,
    /// For each month, whatever happens.
    pub fixed_per_month: Option<NumberId>,
}
