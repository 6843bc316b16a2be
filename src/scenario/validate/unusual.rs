//! Rates and births that are more likely a slip of the pen than meant.

use std::ops::Range;

use super::draft::Draft;
use super::warnings::largest_hazard;
use crate::model::{Birth, Model, PlaceKind, Rate, Who};
use crate::scenario::code::Code;
use crate::scenario::words::{list, number};
use crate::units::{RateUnit, TimeUnit};

/// People who leave faster than this, a year, stay less than a month on average.
const FAST_LEAVERS: f64 = 12.0;
/// Children of one mother in a year.
const MANY_CHILDREN: f64 = 1.0;

impl Draft<'_> {
    /// Warns of rates that look like a percentage, or a rate per 1,000.
    pub(super) fn warn_of_rates(&mut self, model: &Model) {
        let values = model.parameter_values();
        let written = |rate: &Rate| {
            let RateUnit::Per(unit) = rate.unit else { return None };
            let (id, hazard) = largest_hazard(model, &values, rate);
            let amount = model.number(id).value.evaluate(&values);
            (amount >= 1.0).then_some((id, amount, unit, hazard))
        };
        for way in &model.moves {
            // Elsewhere short stays are usual.
            let lived_in = |place: &usize| {
                matches!(
                    model.places[*place].kind,
                    PlaceKind::Prison | PlaceKind::Camp | PlaceKind::Community
                )
            };
            let Some((id, amount, unit, hazard)) = written(&way.rate) else { continue };
            if hazard <= FAST_LEAVERS || !way.from.iter().all(lived_in) {
                continue;
            }
            let gone = 100.0 * -libm::expm1(-hazard / 12.0);
            let days = TimeUnit::Year.years() / TimeUnit::Day.years() / hazard;
            let days = if days < 10.0 { format!("{days:.1}") } else { format!("{days:.0}") };
            self.too(
                self.numbers.span(id),
                format!(
                    "at {} per {} {} % leave by `moves.{}` within a month",
                    number(amount),
                    unit.name(),
                    if gone > 99.0 { "more than 99".into() } else { format!("{gone:.0}") },
                    way.name
                ),
                &format!("a mean stay of {days} days"),
                format!(
                    "write {} if {} % a {} are meant, or mean_stay = \"{days} days\" if this is",
                    number(amount / 100.0),
                    number(amount),
                    unit.name()
                ),
            );
        }
        for birth in &model.births {
            let Some((id, amount, unit, hazard)) = written(&birth.rate) else { continue };
            if hazard > MANY_CHILDREN {
                self.too(
                    self.numbers.span(id),
                    format!("by `births.{}` each mother has {} children a year", birth.name, number(hazard)),
                    &format!("{} per {}, for each of the mothers", number(amount), unit.name()),
                    format!(
                        "write {} if {} for every 1,000 mothers are meant",
                        number(amount / 1000.0),
                        number(amount)
                    ),
                );
            }
        }
    }

    /// A warning, reported together with what is said of the same number already.
    fn too(&mut self, span: Range<usize>, message: String, label: &str, help: String) {
        match self.problems.iter_mut().find(|problem| problem.span.as_ref() == Some(&span)) {
            Some(problem) => {
                problem.message = format!("{}; {message}", problem.message);
                problem.label = label.to_string();
                problem.help = format!("{help}; {}", problem.help);
            }
            None => self.warning(Code::UnusualRate, span, message, label, help),
        }
    }

    /// Warns of newborns who are mothers, or of an age, because nothing says what they are.
    pub(super) fn warn_of_newborns(&mut self, model: &Model) {
        for (index, birth) in model.births.iter().enumerate() {
            let Some((key, written)) = self.file.births.get_index(index) else { continue };
            let found = (0..model.groups.dimensions.len()).find(|dimension| {
                let said = birth
                    .newborn
                    .iter()
                    .all(|target| target.becomes.get(*dimension).is_some_and(|value| value.is_some()));
                !said && (is_age(model, *dimension) || some_are_no_mothers(model, birth, *dimension))
            });
            let Some(dimension) = found else { continue };
            let axis = &model.groups.dimensions[dimension];
            let born = match &birth.mothers.allowed[dimension] {
                Some(values) => list(values.iter().map(|value| axis.values[*value].as_str()), 4),
                None => format!("of the `{}` of their mothers", axis.name),
            };
            let (span, label) = match &written.newborn {
                None => (key.span(), "no `newborn`".to_string()),
                Some(newborn) => (newborn.span(), format!("does not say `{}`", axis.name)),
            };
            let grown = |value: &usize| grows_into(model, dimension, *value);
            let mother = |value: &usize| {
                birth.mothers.allowed[dimension].as_ref().is_some_and(|some| some.contains(value))
            };
            let values = || 0..axis.values.len();
            let young = values()
                .find(|value| !grown(value) && !mother(value))
                .or_else(|| values().find(|value| !mother(value)));
            let example = &axis.values[young.unwrap_or(0)];
            self.warning(
                Code::UnusualRate.of(&format_args!("births.{}", birth.name)),
                span,
                format!(
                    "newborns of `births.{}` are born {born}, and have children in their first step",
                    birth.name
                ),
                &label,
                format!("write newborn = {{ {} = \"{example}\" }}, or whatever they are", axis.name),
            );
        }
    }
}

/// Whether people change their value of a dimension as they grow older.
fn is_age(model: &Model, dimension: usize) -> bool {
    (0..model.groups.dimensions[dimension].values.len()).any(|value| grows_into(model, dimension, value))
}

/// Whether people come to have a value as they grow older.
fn grows_into(model: &Model, dimension: usize, value: usize) -> bool {
    let mut targets = model.ageing.iter().flat_map(|ageing| &ageing.targets);
    targets.any(|target| target.becomes.get(dimension) == Some(&Some(value)))
}

/// Whether a birth is by people of some values of a dimension, and people of others have no children where they live.
fn some_are_no_mothers(model: &Model, birth: &Birth, dimension: usize) -> bool {
    let of =
        |who: &Who, value: usize| who.allowed[dimension].as_ref().is_none_or(|some| some.contains(&value));
    let there = |other: &&Birth| other.at.iter().any(|place| birth.at.contains(place));
    let values = 0..model.groups.dimensions[dimension].values.len();
    let mut without =
        values.filter(|value| !model.births.iter().filter(there).any(|it| of(&it.mothers, *value)));
    without.next().is_some()
}
