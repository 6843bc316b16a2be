//! The numbers and parameters of a model by their values.

use super::{Model, Number, NumberId, ParameterChange, Wander};

impl Model {
    /// A number by its index.
    pub fn number(&self, id: NumberId) -> &Number {
        &self.numbers[id]
    }

    /// Whether a number differs between replicates by what parameters are drawn from, before any change.
    pub fn is_drawn(&self, id: NumberId) -> bool {
        let mut drawn: Vec<bool> = Vec::with_capacity(self.parameters.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let by_change =
                self.throughout(index).any(|change| !self.numbers[change.amount].value.uses().is_empty());
            let inherits = parameter.value.uses().iter().any(|used| drawn[*used]);
            drawn.push(parameter.distribution.is_some() || inherits || by_change);
        }
        self.numbers[id].value.uses().iter().any(|used| drawn[*used])
    }

    /// The value of every parameter before any draw, in the order of [`Model::parameters`].
    pub fn parameter_values(&self) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.parameters.len());
        for parameter in &self.parameters {
            let value = parameter.value.evaluate(&values);
            values.push(value);
        }
        self.changed_throughout(values)
    }

    /// How each parameter wanders; `None` where it does not, because it does not say so or by a standard deviation that is
    /// always 0.
    pub fn wandering(&self) -> impl Iterator<Item = Option<&Wander>> + '_ {
        self.parameters
            .iter()
            .map(|parameter| parameter.wanders.as_ref().filter(|wander| wander.is_felt(self)))
    }

    /// Parameters as they are given, drawn or computed, with the changes that hold throughout; those computed from
    /// a changed one follow it.
    pub fn changed_throughout(&self, given: Vec<f64>) -> Vec<f64> {
        if !self.parameter_changes.iter().any(|change| change.throughout) {
            return given;
        }
        let mut values: Vec<f64> = Vec::with_capacity(given.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let computed = parameter.distribution.is_none() && !parameter.value.uses().is_empty();
            let mut value = if computed { parameter.value.evaluate(&values) } else { given[index] };
            for change in self.throughout(index) {
                value = change.effect.apply(value, self.numbers[change.amount].value_in(&given), 1.0);
            }
            values.push(value);
        }
        values
    }

    /// The changes of a parameter that hold throughout, in the order in which they stack.
    fn throughout(&self, parameter: usize) -> impl Iterator<Item = &ParameterChange> + '_ {
        self.parameter_changes.iter().filter(move |change| change.throughout && change.parameter == parameter)
    }
}
