//! Numbers as dated changes make them, for those who draw or tell them beside a run.

use super::numbers::CompiledNumbers;
use super::regimes::first_rows;
use crate::model::{Model, NumberId};

/// A number in every step, as a run reads it. Parameters have their values before any draw, and what comes at random
/// (regimes, shocks) is left out.
pub fn dated(model: &Model, number: NumberId) -> Vec<f64> {
    let numbers = CompiledNumbers::compile(model, &first_rows(model));
    numbers.dated(number, model.calendar.steps(), &model.parameter_values())
}
