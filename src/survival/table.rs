//! Whole durations with the portion of people who stay so long.

use super::function::Survival;

/// A table of durations in steps.
#[derive(Clone, Debug, PartialEq)]
pub struct SurvivalTable {
    /// Each duration with its portion.
    portions: Vec<(f64, f64)>,
    /// The portion that never leaves.
    never: f64,
}

impl SurvivalTable {
    /// A table; portions count relative to their sum, that of those who never leave included.
    pub fn new(portions: Vec<(f64, f64)>, never: f64) -> SurvivalTable {
        let sum: f64 = portions.iter().map(|(_, portion)| portion).sum::<f64>() + never;
        if sum <= 0.0 {
            // Shares of nothing, as a draw of parameters can make them: nobody ever leaves.
            return SurvivalTable { portions: Vec::new(), never: 1.0 };
        }
        let portions = portions.into_iter().map(|(duration, portion)| (duration, portion / sum)).collect();
        SurvivalTable { portions, never: never / sum }
    }

    /// The portion that never leaves.
    pub fn never(&self) -> f64 {
        self.never
    }

    /// The longest duration of those who leave.
    pub fn longest(&self) -> f64 {
        self.portions.iter().map(|(duration, _)| *duration).fold(0.0, f64::max)
    }

    /// The portions with durations of at least `minimum`, stretched and in whole steps: a part of a step is divided between
    /// the step below and the step above, so that the mean is kept.
    pub(super) fn whole(&self, minimum: f64, stretch: f64) -> Vec<(f64, f64)> {
        let mut whole = Vec::with_capacity(2 * self.portions.len());
        for (duration, portion) in &self.portions {
            let length = duration.max(minimum) * stretch;
            let below = length.floor();
            let part = length - below;
            whole.push((below, portion * (1.0 - part)));
            if part > 0.0 {
                whole.push((below + 1.0, portion * part));
            }
        }
        whole
    }
}

/// The mean and the integrals are those of who leaves, times their portion.
impl Survival for SurvivalTable {
    fn mean(&self) -> f64 {
        self.rest(0.0)
    }

    fn survival(&self, t: f64) -> f64 {
        let longer = self.portions.iter().filter(|(duration, _)| *duration > t);
        self.never + longer.map(|(_, portion)| portion).sum::<f64>()
    }

    fn limited(&self, t: f64) -> f64 {
        self.mean() - self.rest(t)
    }

    fn rest(&self, t: f64) -> f64 {
        self.portions.iter().map(|(duration, portion)| (duration - t).max(0.0) * portion).sum()
    }

    /// Those with a duration of 0 are never there.
    fn longer_than(&self, t: f64) -> f64 {
        self.survival(t)
    }
}
