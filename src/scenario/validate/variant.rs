//! What a variant changes.

use super::changes::{DatedChange, OF_PARAMETERS};
use super::draft::Draft;
use super::stacks::{MadeChange, MadeOfParameter};
use crate::model::{Effect, Layer, Window};
use crate::scenario::expression::read;
use crate::scenario::file::change::PolicyChange;
use crate::scenario::file::number::NumberOr;

impl Draft<'_> {
    /// Whether a variant's change of a parameter makes another scenario of it, in which also what is read once follows: it
    /// has no dates. What is computed from others can only be set so, for it must go on following them.
    pub(super) fn is_throughout(&self, change: &PolicyChange, parameter: usize) -> bool {
        let dated = change.from.is_some() || change.until.is_some() || change.ramp.is_some();
        let parameter = &self.parameters[parameter];
        let computed = parameter.distribution.is_none() && !parameter.value.uses().is_empty();
        !dated && (change.set.is_some() || !computed)
    }

    /// Gives parameters the values that they have in a variant, so that whatever uses them is checked there. What is
    /// wrong with the changes is said when they are read.
    pub(super) fn change_throughout(&mut self) {
        let overlay = self.variant;
        let names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let mut changes = Vec::new();
        for change in &overlay.changes {
            let written = change.written.as_policy_change();
            let name = written.field.strip_prefix("parameters.").unwrap_or_default();
            let name = name.strip_suffix(".value").unwrap_or(name);
            let Some(parameter) = names.iter().position(|known| *known == name) else { continue };
            let (effect, amount) = match (&written.set, &written.times) {
                (Some(set), None) => match set.get() {
                    NumberOr::Number(number) => (Effect::Set, set.with(number.clone())),
                    NumberOr::Table(_) => continue,
                },
                (None, Some(times)) => (Effect::Times, times.clone()),
                _ => continue,
            };
            let Ok(amount) = read(&amount, &names) else { continue };
            let amount = OF_PARAMETERS.bound(amount.evaluate(&self.parameter_values));
            if self.is_throughout(&written, parameter) {
                changes.push((parameter, effect, amount));
            }
        }
        if changes.is_empty() {
            return;
        }
        changes.sort_by_key(|(_, effect, _)| *effect == Effect::Times);
        let mut values: Vec<f64> = Vec::with_capacity(self.parameters.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let computed = !parameter.value.uses().is_empty();
            let given = self.parameter_values[index];
            let value = if computed { parameter.value.evaluate(&values) } else { given };
            let of_this = changes.iter().filter(|(parameter, ..)| *parameter == index);
            values.push(of_this.fold(value, |value, (_, effect, amount)| effect.apply(value, *amount, 1.0)));
        }
        self.parameter_values = values;
    }

    pub(super) fn by_variant(
        &mut self,
        made: &mut Vec<MadeChange>,
        of_parameters: &mut Vec<MadeOfParameter>,
    ) {
        let overlay = self.variant;
        for change in &overlay.changes {
            let written = change.written.as_policy_change();
            let (from, until) = self.window(&change.address, written.from.as_ref(), written.until.as_ref());
            let ramp = written.ramp.as_ref().and_then(|ramp| self.ramp_of(ramp));
            let window = Window { from, until, ramp: ramp.unwrap_or(0.0) };
            let dated = DatedChange {
                address: change.address.clone(),
                amount: change.amount.as_deref(),
                whole: change.written.span(),
                change: &written,
                window,
                layer: Layer::Variant { window },
                ramp: written.ramp.as_ref(),
                when: None,
                words: change.owner.in_words(),
                item: Some(change.item),
            };
            self.dated_change(&dated, made, of_parameters);
        }
    }
}
