//! A change: one idea with several uses. It names numbers and sets or multiplies them for some time.

use super::NumberId;

/// A change of numbers over time.
#[derive(Clone, Debug)]
pub struct Change {
    /// The numbers it acts on.
    pub targets: Vec<NumberId>,
    /// What happens to them.
    pub effect: Effect,
    /// By how much, or to what.
    pub amount: NumberId,
    /// What brings it about.
    pub layer: Layer,
}

/// What a change does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The number becomes the amount.
    Set,
    /// The number is multiplied by the amount.
    Times,
}

/// What brings a change about. Changes of one number stack in this order, sets before multiplications.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A variant of the scenario, on its dates.
    Variant {
        /// When this change applies.
        window: Window,
    },
    /// A policy, on its dates.
    Policy {
        /// Index of the policy.
        policy: usize,
        /// When this change applies.
        window: Window,
    },
    /// A policy with a trigger, while it holds.
    Trigger {
        /// Index of the policy.
        policy: usize,
    },
    /// A regime, while it is in a state.
    Regime {
        /// Index of the regime.
        regime: usize,
        /// Index of the state.
        state: usize,
    },
    /// A shock, for some steps after the one in which it happened.
    Aftermath {
        /// Index of the shock.
        shock: usize,
        /// For how many steps, at least 1.
        lasts: u32,
    },
}

/// When a dated change applies, and how it comes in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The first step.
    pub from: u32,
    /// The first step after it; `None`: it stays.
    pub until: Option<u32>,
    /// Over how many steps it comes in, evenly: any number above 0; 0: at once.
    pub ramp: f64,
}

impl Change {
    /// Whether a variant makes it from the start to the end.
    pub fn is_throughout(&self) -> bool {
        let whole = |window: &Window| window.from == 0 && window.until.is_none() && window.ramp == 0.0;
        matches!(&self.layer, Layer::Variant { window } if whole(window))
    }
}

impl Window {
    /// How far the change has come in during `step`, from 0 to 1: the mean over the step.
    pub fn weight(&self, step: u32) -> f64 {
        if step < self.from || self.until.is_some_and(|until| step >= until) {
            return 0.0;
        }
        let since = f64::from(step - self.from);
        if since >= self.ramp {
            return 1.0;
        }
        if since + 1.0 <= self.ramp {
            return (since + 0.5) / self.ramp;
        }
        // It is in full for the last part of the step.
        let coming = self.ramp - since;
        coming * (since + self.ramp) / (2.0 * self.ramp) + (1.0 - coming)
    }
}

impl Effect {
    /// A number that was `before`, after a change by `amount` that has come in to `weight`.
    pub fn apply(self, before: f64, amount: f64, weight: f64) -> f64 {
        match self {
            // In full: the very amount, without what rounding makes of a difference.
            Effect::Set if weight == 1.0 => amount,
            Effect::Set => before + weight * (amount - before),
            Effect::Times => before * (1.0 + weight * (amount - 1.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_of_a_step_is_the_mean_over_it() {
        for ramp in [0.0, 0.2, 1.0, 1.5, 2.0, 3.7, 24.0] {
            let window = Window { from: 2, until: Some(30), ramp };
            let weight = |t: f64| if ramp == 0.0 { 1.0 } else { (t / ramp).min(1.0) };
            for step in 0..32 {
                let parts = 10_000;
                let moment = |i: i32| f64::from(step) - 2.0 + (f64::from(i) + 0.5) / f64::from(parts);
                let within = (2..30).contains(&step);
                let mean = (0..parts).map(|i| weight(moment(i))).sum::<f64>() / f64::from(parts);
                let known = if within { mean } else { 0.0 };
                assert!((window.weight(step) - known).abs() < 1e-7, "{ramp} {step}");
            }
        }
    }
}
