//! Rates: how often, for whom, and when.

use super::{Crowding, NumberId};
use crate::units::RateUnit;

/// A rate: an amount in a unit, perhaps by group, dated and seasonal.
#[derive(Clone, Debug)]
pub struct Rate {
    /// What the written number means.
    pub unit: RateUnit,
    /// The written number or numbers.
    pub amount: Varying,
    /// Further multipliers by the value of a dimension (`times = { by, values }`).
    pub times: Vec<ByValue>,
    /// A multiplier for each month of the year, January first.
    pub season: Option<[NumberId; 12]>,
    /// What crowding makes of it.
    pub crowding: Option<Crowding>,
    /// Multiplies the hazard: what a change with `times` of the whole rate acts on. 1 where nothing changes it.
    pub factor: NumberId,
}

/// A number that may differ by group or over time.
#[derive(Clone, Debug, PartialEq)]
pub enum Varying {
    /// One number.
    Same(NumberId),
    /// A number for each value of a dimension.
    By(ByValue),
    /// Each number holds from its moment until the next one's, in steps since the start (2.5: the middle of the third); the
    /// first also before.
    Series(Vec<(f64, NumberId)>),
}

impl Varying {
    /// The number for somebody with `values`; of a series the first. `None` where a table has none for them.
    pub fn pick(&self, values: &[usize]) -> Option<NumberId> {
        match self {
            Varying::Same(number) => Some(*number),
            Varying::By(table) => table.values[values[table.dimension]],
            Varying::Series(series) => series.first().map(|(_, number)| *number),
        }
    }

    /// As [`pick`](Varying::pick), for somebody of whom only the value on `dimension` is known.
    pub fn pick_on(&self, dimension: usize, value: usize) -> Option<NumberId> {
        match self {
            Varying::By(table) if table.dimension == dimension => table.values[value],
            Varying::By(_) => None,
            other => other.pick(&[]),
        }
    }
}

/// A table by one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct ByValue {
    /// Index of the dimension.
    pub dimension: usize,
    /// A number for each value of the dimension; `None` only for values that the mechanism never meets.
    pub values: Vec<Option<NumberId>>,
}
