//! What is read of a clock: the lengths of stay in each replicate, and what they make of those who enter in a step.

use std::collections::BTreeSet;

use super::clock::Clock;
use super::lengths::{Lengths, OfReplicate};
use crate::engine::readings::ExitProbabilities;
use crate::model::Model;
use crate::model::stay::InForce;
use crate::survival::Profile;

impl Clock {
    /// The lengths in replicates with these parameters.
    pub fn lengths(&self, model: &Model, parameters: &[Vec<f64>]) -> Lengths {
        match &self.shared {
            Some(shared) => Lengths { by_lane: vec![shared.clone()] },
            None => Lengths {
                by_lane: parameters.iter().map(|values| self.of_replicate(model, values)).collect(),
            },
        }
    }

    fn of_replicate(&self, model: &Model, parameters: &[f64]) -> OfReplicate {
        let values = |id: usize| model.numbers[id].value_in(parameters);
        let (step, most) = (model.calendar.step_years(), self.stay.reach(model));
        let part = |concerned, weight| self.stay.part(concerned, weight, &values, step);
        let shares = self.stay.shares(&values);
        let concerned = |in_force: &InForce| self.stay.concerned(*in_force, |change| shares[change]);
        let parts =
            |in_force| concerned(in_force).into_iter().map(|(concerned, p)| part(concerned, p)).collect();
        let entering = self.combinations.iter().map(|in_force| Profile::new(parts(in_force), most)).collect();
        let mut met: BTreeSet<InForce> = BTreeSet::new();
        if !self.upheavals.is_empty() {
            met.extend(self.combinations.iter().flat_map(concerned).map(|(concerned, _)| concerned));
            met.insert(0);
        }
        for step in &self.upheavals {
            let turned =
                met.iter().flat_map(|before| self.stay.turn(*before, *step, |change| shares[change]));
            let turned: Vec<InForce> = turned.map(|(concerned, _)| concerned).collect();
            met.extend(turned);
        }
        let apart = met.into_iter().map(|met| (met, Profile::new(vec![part(met, 1.0)], most))).collect();
        OfReplicate { entering, apart, shares }
    }

    /// Computes once what all replicates share.
    pub(super) fn share(&mut self, model: &Model) {
        self.shared = (!self.drawn).then(|| self.of_replicate(model, &model.parameter_values()));
    }

    /// The length of those who enter in a step.
    pub(super) fn entering<'l>(&self, of: &'l OfReplicate, entry: i64) -> &'l Profile {
        // Every combination is in the list.
        &of.entering[self.combinations.binary_search(&self.stay.in_force(entry)).unwrap_or(0)]
    }

    /// Room for what is read in a step.
    pub fn exit_probabilities(&self, lanes: usize) -> ExitProbabilities {
        ExitProbabilities(vec![(1.0, 0.0); if self.drawn { lanes } else { 1 }])
    }

    /// Reads the probabilities of a step.
    pub fn read(&self, step: u32, lengths: &Lengths, exit_probabilities: &mut ExitProbabilities) {
        for (lane, exit_probabilities) in exit_probabilities.0.iter_mut().enumerate() {
            let profile = self.entering(lengths.of(lane), i64::from(step));
            *exit_probabilities = (profile.within()[0], profile.entrant_hazard());
        }
    }
}
