//! Numbers of a vertical axis as its panel writes them.

use super::format::{amount, change, number, percent};
use super::spec::AxisUnit;

/// A number upwards; differences have their sign.
pub fn upwards(unit: AxisUnit, signed: bool, value: f64) -> String {
    match unit {
        _ if signed => change(value),
        AxisUnit::Whole => amount(value.round()),
        AxisUnit::Real => number(value),
        AxisUnit::Share => percent(value),
    }
}
