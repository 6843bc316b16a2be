//! The lengths of a clock in a block of histories, and the probabilities to leave that follow in a step.

use super::ages::{LATE, OLD, RING};
use super::clock::Clock;
use crate::model::Model;
use crate::survival::Profile;

/// The profiles of a clock by history: one list that all share, or one for each.
#[derive(Clone, Debug)]
pub struct Lengths {
    by_lane: Vec<Vec<Profile>>,
}

/// The probabilities to leave in a step, by row of ages and, where histories differ, by lane.
#[derive(Clone, Debug)]
pub struct Quits {
    width: usize,
    rows: usize,
    leaving: Vec<f64>,
    /// The rows of which somebody may leave, by lane where histories differ.
    active: Vec<Vec<u32>>,
    /// Of those who enter in the step: the probability to be there at its end, and the hazard (per step) that does the same.
    entrants: Vec<(f64, f64)>,
}

impl Lengths {
    /// The profiles of a history.
    pub fn of(&self, lane: usize) -> &[Profile] {
        &self.by_lane[if self.by_lane.len() == 1 { 0 } else { lane }]
    }
}

impl Quits {
    /// The probabilities of one history, by row.
    pub fn leaving(&self, lane: usize) -> &[f64] {
        let start = if self.width == 1 { 0 } else { lane } * self.rows;
        &self.leaving[start..start + self.rows]
    }

    /// The rows of one history of which somebody may leave.
    pub fn active(&self, lane: usize) -> &[u32] {
        &self.active[if self.width == 1 { 0 } else { lane }]
    }

    /// The probability to be there at the end of the step of entry, and the hazard (per step) that does the same.
    pub fn entrants(&self, lane: usize) -> (f64, f64) {
        self.entrants[if self.width == 1 { 0 } else { lane }]
    }
}

impl Clock {
    /// The profiles for every combination of changes, in histories with these parameters.
    pub fn lengths(&self, model: &Model, parameters: &[Vec<f64>]) -> Lengths {
        let of = |parameters: &[f64]| -> Vec<Profile> {
            let values = |id: usize| model.numbers[id].value_in(parameters);
            let step = model.calendar.step_years();
            let profile =
                |in_force: &u32| Profile::new(&self.stay.parts(*in_force, &values, step), self.ages);
            self.combinations.iter().map(profile).collect()
        };
        match &self.shared {
            Some(shared) => Lengths { by_lane: vec![shared.clone()] },
            None => Lengths { by_lane: parameters.iter().map(|parameters| of(parameters)).collect() },
        }
    }

    /// Computes once what all histories share.
    pub(super) fn share(&mut self, model: &Model) {
        if !self.drawn {
            self.shared = None;
            let lengths = self.lengths(model, &[model.parameter_values()]);
            self.shared = lengths.by_lane.into_iter().next();
        }
    }

    /// Room for the probabilities of a step.
    pub fn quits(&self, lanes: usize) -> Quits {
        let width = if self.drawn { lanes } else { 1 };
        let rows = self.rows();
        let leaving = vec![0.0; width * rows];
        Quits { width, rows, leaving, active: vec![Vec::new(); width], entrants: vec![(1.0, 0.0); width] }
    }

    /// Reads the probabilities of a step.
    pub fn read(&self, step: u32, lengths: &Lengths, quits: &mut Quits) {
        let step = i64::from(step);
        let profile = |entry: i64, step: i64| {
            let in_force = self.stay.in_force(entry, step);
            // Every combination is in the list.
            self.combinations.binary_search(&in_force).unwrap_or(0)
        };
        for lane in 0..quits.width {
            let of = lengths.of(lane);
            let leaving = &mut quits.leaving[lane * quits.rows..(lane + 1) * quits.rows];
            leaving[LATE] = 1.0;
            leaving[OLD] = of[profile(-1, step)].tail_leaving(&of[profile(-1, step - 1)]);
            for age in 0..self.ages {
                let entry = step - 1 - age as i64;
                let (now, before) = (&of[profile(entry, step)], &of[profile(entry, step - 1)]);
                leaving[RING + self.slot(entry)] = now.leaving(before, age);
            }
            let active = &mut quits.active[lane];
            active.clear();
            active.extend(
                (0u32..).zip(&*leaving).skip(LATE).filter(|(_, quit)| **quit > 0.0).map(|(row, _)| row),
            );
            let entering = &of[profile(step, step)];
            quits.entrants[lane] = (entering.at(0), entering.entrant_hazard());
        }
    }

    /// How those of unknown age are spread over rows, in a step after which those of age 0 entered in step `newest`.
    pub fn even(&self, newest: i64, profile: &Profile) -> Vec<f64> {
        let mut weights = vec![0.0; self.rows()];
        for age in 0..self.ages {
            weights[RING + self.slot(newest - age as i64)] = profile.at(age);
        }
        weights[OLD] = profile.tail();
        weights
    }
}
