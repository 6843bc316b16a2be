//! What is probably not meant, though it can be simulated.

use std::ops::Range;

use super::draft::Draft;
use super::tables::numbers_of;
use crate::model::{Model, NumberId, Rate, Speed, SwitchTime};
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::expression::allowed;
use crate::scenario::words::{list, number};

/// Shocks and switches come at most once in a step: above this hazard x step that is felt.
const FAST_EVENT: f64 = 0.2;
/// A mean stay shorter than a step: who goes through two such places in one step is held back in the second.
const FAST_RATE: f64 = 1.0;

impl Draft<'_> {
    pub(super) fn warn(&mut self, model: &Model) {
        // Validation has handed the numbers and parameters over: what is left here is where they stand.
        self.warn_of_fast_rates(model);
        self.warn_of_rates(model);
        self.warn_of_programmes(model);
        self.warn_of_places(model);
        self.warn_of_cells(model);
        self.warn_of_newborns(model);
        self.warn_of_triggers(model);
        self.warn_of_parameters(model);
        self.warn_of_ranges(model);
    }

    fn warn_of_fast_rates(&mut self, model: &Model) {
        let values = model.parameter_values();
        let step = model.calendar.step_years();
        let unit = model.calendar.unit().name();
        let mut fast: Vec<(Range<usize>, String, f64, bool)> = Vec::new();
        let mut look = |draft: &Self, rate: &Rate, event: bool| {
            let (id, largest) = largest_hazard(model, &values, rate);
            let most = if event { FAST_EVENT } else { FAST_RATE };
            if largest * step > most {
                let address = model.number(rate.factor).address.clone();
                fast.push((draft.numbers.span(id), address, largest * step, event));
            }
        };
        let mut mechanisms = model.mechanisms();
        mechanisms.sort();
        for mechanism in mechanisms {
            match model.mover(mechanism).speed {
                Speed::Person(rate) => look(self, rate, false),
                Speed::Event(rate) => look(self, rate, true),
                Speed::Exact => {}
            }
        }
        for switch in model.regimes.iter().flat_map(|regime| &regime.switches) {
            if let SwitchTime::Rate(rate) = &switch.when {
                look(self, rate, true);
            }
        }
        for (span, address, largest, event) in fast {
            let why = if event { "it comes at most once in a step" } else { "much happens within one step" };
            self.warning(
                Code::FastForStep.of(&address),
                span,
                format!("`{address}` is fast for a step of a {unit}: {} a step", short(largest)),
                why,
                "use a shorter `step` where the moment within the step matters".into(),
            );
        }
    }

    fn warn_of_parameters(&mut self, model: &Model) {
        let spans: Vec<(String, Range<usize>)> =
            self.file.parameters.keys().map(|key| (key.to_string(), key.span())).collect();
        let span_of =
            |name: &str| spans.iter().find(|(known, _)| known == name).map_or(0..0, |(_, span)| span.clone());
        let unsourced = |name: &&str| {
            model.parameters.iter().any(|parameter| parameter.name == **name && parameter.source.is_none())
        };
        // In the order of the file, not of the model.
        let names: Vec<&str> = spans.iter().map(|(name, _)| name.as_str()).filter(unsourced).collect();
        if let Some(first) = names.first() {
            let verb = if names.len() == 1 { "is" } else { "are" };
            self.warning(
                Code::NoSource,
                span_of(first),
                format!("{} {verb} illustrative, not sourced", list(names.iter().copied(), 12)),
                "no `source`",
                "add `source = \"...\"` where there is one; results say so otherwise".into(),
            );
        }
        for (parameter, used) in model.parameters.iter().zip(self.parameter_used.clone()) {
            if !used {
                self.unused.push(
                    Diagnostic::warning(
                        Code::UnusedParameter.of(&parameter.name),
                        format!("the parameter `{}` is not used", parameter.name),
                    )
                    .at(span_of(&parameter.name))
                    .label("in no expression and no change")
                    .help("use it, or take it out"),
                );
            }
        }
    }

    /// Warns where a number leaves its bounds at an end of a parameter's range.
    fn warn_of_ranges(&mut self, model: &Model) {
        let usual = model.parameter_values();
        let formulas: Vec<NumberId> =
            (0..model.numbers.len()).filter(|id| !model.number(*id).value.uses().is_empty()).collect();
        for (changed, parameter) in model.parameters.iter().enumerate() {
            let Some((low, high)) = parameter.range else { continue };
            for end in [low, high] {
                let values = values_with(model, changed, end);
                for id in &formulas {
                    let written = model.number(*id);
                    let touched = written.value.uses().iter().any(|used| values[*used] != usual[*used]);
                    if !touched {
                        continue;
                    }
                    let value = written.value.evaluate(&values);
                    if !written.kind.allows(value) {
                        let span = self.numbers.span(*id);
                        // One end is enough to say; the same place is not marked twice.
                        if self.problems.iter().any(|problem| problem.span.as_ref() == Some(&span)) {
                            continue;
                        }
                        self.warning(
                            Code::CutValues.of(&parameter.name),
                            span,
                            format!("with `{}` at {} this is {}", parameter.name, number(end), number(value)),
                            &format!("must be {}", allowed(written.kind)),
                            "it is cut to the nearest possible value: narrow the range, or write min or max"
                                .into(),
                        );
                    }
                }
            }
        }
    }
}

/// The largest hazard per year that a rate has for anyone at any time, and the number it comes from.
pub(super) fn largest_hazard(model: &Model, values: &[f64], rate: &Rate) -> (NumberId, f64) {
    let value = |id: NumberId| model.number(id).value.evaluate(values);
    let (id, hazard) = numbers_of(&rate.amount)
        .into_iter()
        .map(|id| (id, rate.unit.hazard(value(id))))
        .fold((rate.factor, 0.0), |best, next| if next.1 > best.1 { next } else { best });
    (id, hazard * times_of(model, values, rate))
}

/// The largest number that tables and seasons multiply a rate by.
pub(super) fn times_of(model: &Model, values: &[f64], rate: &Rate) -> f64 {
    let value = |id: NumberId| model.number(id).value.evaluate(values);
    let times: f64 = rate
        .times
        .iter()
        .map(|table| table.values.iter().flatten().map(|id| value(*id)).fold(0.0, f64::max))
        .product();
    times * rate.season.map_or(1.0, |months| months.iter().map(|id| value(*id)).fold(0.0, f64::max))
}

/// The values of all parameters where one of them is at `end`.
fn values_with(model: &Model, changed: usize, end: f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(model.parameters.len());
    for (i, parameter) in model.parameters.iter().enumerate() {
        let value = if i == changed { end } else { parameter.value.evaluate(&values) };
        values.push(value);
    }
    model.changed_throughout(values)
}

/// A number for a message, to two digits after the point.
pub(super) fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
