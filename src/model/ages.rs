//! For how many steps people of a stay are told apart.

use super::{Model, NumberId, Stay};
use crate::survival::Profile;

/// Lengths that change for those who are there are told apart up to here, if the horizon is not longer.
const LONGEST: usize = 3_000;

impl Stay {
    /// For how many steps from entry on people are told apart at most: to the horizon, or, where lengths change of people who are
    /// there, until hardly anybody is left.
    pub fn reach(&self, model: &Model) -> usize {
        let steps = model.calendar.steps() as usize;
        if self.upheavals().is_empty() { steps } else { steps.max(LONGEST) }
    }

    /// For how many steps from entry on people are told apart with the usual values of parameters, for twice the horizon at most.
    pub fn ages(&self, model: &Model) -> usize {
        let parameters = model.parameter_values();
        let values = |id: NumberId| model.numbers[id].value_in(&parameters);
        let twice = (2 * model.calendar.steps() as usize).max(64);
        let (step, most) = (model.calendar.step_years(), self.reach(model).min(twice));
        let needed =
            self.combinations().into_iter().flat_map(|in_force| self.concerned(in_force, |_| 0.5)).map(
                |(concerned, _)| Profile::steps_needed(&[self.part(concerned, 1.0, &values, step)], most),
            );
        needed.max().unwrap_or(1)
    }
}
