//! Uncertain numbers: parameters, how they are drawn and how they wander.

use super::formula::with_dependence;
use super::names::parameter;
use super::telling::Telling;
use super::words::number;
use crate::output::sentences::words::capital;

/// Sentences about the parameter at `index`.
pub(super) fn of_parameter(telling: &Telling<'_>, index: usize) -> Vec<String> {
    let model = telling.model;
    let one = &model.parameters[index];
    let name = capital(&parameter(model, index));
    let unit = one.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let value = number(telling.parameters.get(index).copied().unwrap_or(f64::NAN));
    let value =
        with_dependence(format!("{value}{unit}"), model, &telling.parameters, std::iter::once(&one.value));
    let tried =
        one.range.map(|(low, high)| format!(", worth trying from {} to {}", number(low), number(high)));
    let mut sentences = vec![format!("{name} is {value}{}", tried.unwrap_or_default())];
    if let Some(distribution) = &one.distribution {
        sentences.push(format!("Each replicate draws its own {name}: {}", distribution.words(&number)));
    }
    if let Some(Some(wander)) = model.wandering().nth(index) {
        let words = wander.words(model, &telling.parameters, &number);
        sentences.push(format!("{name} wanders about its value in every replicate: {words}"));
    }
    sentences.extend(one.source.as_ref().map(|source| format!("Source of {name}: {source}")));
    sentences
}
