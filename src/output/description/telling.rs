//! What is read of a model to tell it: numbers at the usual values of parameters, and dates.

use std::collections::BTreeMap;

use super::formula;
use crate::model::{Change, Model, NumberId};
use crate::output::format::{duration, when};
use crate::output::sentences::words::brief;

/// A model, and the values that its numbers are told with.
pub(super) struct Telling<'m> {
    /// The model.
    pub(super) model: &'m Model,
    /// The values of parameters.
    pub(super) parameters: Vec<f64>,
    /// What a variant makes of numbers from the start to the end.
    throughout: BTreeMap<NumberId, Vec<&'m Change>>,
}

impl<'m> Telling<'m> {
    /// As the model is simulated before anything happens: with what a variant changes from the start to the end.
    pub(super) fn of(model: &'m Model) -> Telling<'m> {
        let mut throughout: BTreeMap<NumberId, Vec<&Change>> = BTreeMap::new();
        for change in model.changes.iter().filter(|change| change.is_throughout()) {
            for target in &change.targets {
                throughout.entry(*target).or_default().push(change);
            }
        }
        Telling { model, parameters: model.parameter_values(), throughout }
    }

    /// As the model is written, whatever a variant changes in numbers.
    pub(super) fn as_written(model: &'m Model) -> Telling<'m> {
        let mut parameters = Vec::with_capacity(model.parameters.len());
        for parameter in &model.parameters {
            let value = parameter.value.evaluate(&parameters);
            parameters.push(value);
        }
        Telling { model, parameters, throughout: BTreeMap::new() }
    }

    /// The value of a number.
    pub(super) fn value(&self, id: NumberId) -> f64 {
        let number = self.model.number(id);
        let changes = self.throughout.get(&id).map_or(&[][..], Vec::as_slice);
        changes.iter().fold(number.value_in(&self.parameters), |value, change| {
            let amount = self.model.number(change.amount).value_in(&self.parameters);
            number.kind.bound(change.effect.apply(value, amount, 1.0))
        })
    }

    /// A number as `words` say its value, with the parameters that it is computed from.
    pub(super) fn told(&self, id: NumberId, words: impl Fn(f64) -> String) -> String {
        self.told_times(&[id], words)
    }

    /// The same of the product of several numbers.
    pub(super) fn told_times(&self, ids: &[NumberId], words: impl Fn(f64) -> String) -> String {
        let value = ids.iter().map(|id| self.value(*id)).product();
        self.with_dependence(words(value), ids)
    }

    /// What is said of the product of numbers, with the parameters that they are computed from.
    pub(super) fn with_dependence(&self, text: String, ids: &[NumberId]) -> String {
        let values = ids.iter().map(|id| &self.model.number(*id).value);
        formula::with_dependence(text, self.model, &self.parameters, values)
    }

    /// The date of a step: "January 2027", "15 January 2027".
    pub(super) fn date(&self, step: u32) -> String {
        let on = self.on(step);
        on.split_once(' ').map_or(on.clone(), |(_, date)| date.to_string())
    }

    /// The same with its preposition: "in January 2027", "on 15 January 2027".
    pub(super) fn on(&self, step: u32) -> String {
        let calendar = &self.model.calendar;
        when(calendar.date(step.min(calendar.steps())), calendar.unit())
    }

    /// From a step until another: "from March to September 2026"; without an end "from March 2026"; of all time nothing.
    pub(super) fn between(&self, from: u32, until: Option<u32>) -> Option<String> {
        let until = until.filter(|until| *until < self.model.calendar.steps());
        match (from, until) {
            (0, None) => None,
            (0, Some(until)) => Some(format!("until {}", self.date(until))),
            (from, None) => Some(format!("from {}", self.date(from))),
            (from, Some(until)) => {
                let (from, until) = (self.date(from), self.date(until));
                let year = |date: &str| date.rsplit_once(' ').map(|(_, year)| year.to_string());
                match from.rsplit_once(' ') {
                    Some((month, this)) if Some(this.to_string()) == year(&until) => {
                        Some(format!("from {month} to {until}"))
                    }
                    _ => Some(format!("from {from} to {until}")),
                }
            }
        }
    }

    /// The length of so many steps: "6 months", "2.5 years".
    pub(super) fn length(&self, steps: f64) -> String {
        let calendar = &self.model.calendar;
        if steps.fract() == 0.0 && (0.0..=1e6).contains(&steps) {
            return duration(steps as u32, calendar.unit());
        }
        let years = steps * calendar.step_years();
        if years < 1.0 {
            format!("{} months", brief(12.0 * years, 0.0))
        } else {
            format!("{} years", brief(years, 0.0))
        }
    }
}
