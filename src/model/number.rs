//! Numbers with an address, and expressions over parameters.

use super::formula::Formula;

/// Index of a number in [`Model::numbers`](super::Model::numbers).
pub type NumberId = usize;

/// A number of the scenario that a mechanism uses and that a change can name.
#[derive(Clone, Debug)]
pub struct Number {
    /// The file's own words joined by dots: `"moves.review_release.rate.per_year"`.
    pub address: String,
    /// What values it may take.
    pub kind: NumberKind,
    /// Its value before any change, over the parameters.
    pub value: Expression,
}

impl Number {
    /// Its value before any change where the parameters have `parameters`, kept in its bounds.
    pub fn value_in(&self, parameters: &[f64]) -> f64 {
        self.kind.bound(self.value.evaluate(parameters))
    }
}

/// What a number stands for, and so what values it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A rate, a count, seats, a capacity, a multiplier: 0 or more.
    Amount,
    /// What a parameter is set to or multiplied by: any number.
    Any,
    /// A length of time: above 0.
    Duration,
    /// A share or probability: 0 to 1.
    Share,
}

impl NumberKind {
    /// Whether `value` is one that the number may take.
    pub fn allows(self, value: f64) -> bool {
        match self {
            NumberKind::Amount => value.is_finite() && value >= 0.0,
            NumberKind::Any => value.is_finite(),
            NumberKind::Duration => value.is_finite() && value > 0.0,
            NumberKind::Share => (0.0..=1.0).contains(&value),
        }
    }

    /// The nearest allowed value: what a draw of a parameter, or changes that stack, can push a number to.
    pub fn bound(self, value: f64) -> f64 {
        if self == NumberKind::Any {
            return if value.is_nan() { 0.0 } else { value.clamp(f64::MIN, f64::MAX) };
        }
        let upper = if self == NumberKind::Share { 1.0 } else { f64::MAX };
        // A comparison that also turns "not a number" into 0.
        if value > 0.0 { value.min(upper) } else { 0.0 }
    }
}

/// A number as it was written: given, or computed from parameters.
#[derive(Clone, Debug)]
pub enum Expression {
    /// A number.
    Constant(f64),
    /// A formula over parameters.
    Formula(Box<Formula>),
}

impl Expression {
    /// Its value where the parameters have `parameters`, in the order of the names it was read with.
    pub fn evaluate(&self, parameters: &[f64]) -> f64 {
        match self {
            Expression::Constant(value) => *value,
            Expression::Formula(formula) => formula.evaluate(parameters),
        }
    }

    /// The parameters it refers to, by index.
    pub fn uses(&self) -> &[usize] {
        match self {
            Expression::Constant(_) => &[],
            Expression::Formula(formula) => formula.uses(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_their_bounds() {
        assert_eq!(NumberKind::Share.bound(1.4), 1.0);
        assert_eq!(NumberKind::Amount.bound(-3.0), 0.0);
        assert_eq!(NumberKind::Amount.bound(f64::NAN), 0.0);
        assert_eq!(NumberKind::Any.bound(-3.0), -3.0);
        assert_eq!(NumberKind::Any.bound(f64::NAN), 0.0);
    }
}
