//! Parameters: in an order in which each uses earlier ones only.

use std::ops::Range;

use super::draft::Draft;
use crate::model::formula::FUNCTIONS;
use crate::model::{Distribution, Expression, Parameter, SLIGHTEST_PORTION, Truncated};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::expression::read;
use crate::scenario::file::parameter::WrittenParameter;
use crate::scenario::located::Located;
use crate::scenario::words::{list, number};

impl<'a> Draft<'a> {
    pub(super) fn parameters(&mut self) {
        let file = self.file;
        let written: Vec<_> = file.parameters.iter().collect();
        let names: Vec<&str> = written.iter().map(|(key, _)| &****key).collect();
        let mut uses: Vec<Vec<usize>> = Vec::new();
        let mut broken = vec![false; written.len()];
        for (i, (key, parameter)) in written.iter().enumerate() {
            self.parameter_name(key, key.span());
            match read(&parameter.value, &names) {
                Ok(value) => uses.push(value.uses().to_vec()),
                Err(problem) => {
                    self.report(problem);
                    broken[i] = true;
                    uses.push(Vec::new());
                }
            }
        }
        let order = self.order(&uses, &mut broken);
        let ordered_names: Vec<&str> = order.iter().map(|i| names[*i]).collect();
        for i in order {
            let (key, parameter) = written[i];
            // Read again: now what it uses are positions in the order.
            let value = match read(&parameter.value, &ordered_names) {
                Ok(value) if !broken[i] => value,
                _ => Expression::Constant(f64::NAN),
            };
            self.parameter(key, parameter, value);
        }
        self.wanderings();
        self.change_throughout();
    }

    fn parameter_name(&mut self, name: &str, span: Range<usize>) {
        let mut chars = name.chars();
        let good_start = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        if !good_start || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') || name.len() > 60 {
            self.error(
                Code::BadName.of(&name),
                span,
                format!("`{}` cannot be the name of a parameter", crate::scenario::words::shortened(name)),
                "expressions could not use this name",
                "write letters, digits and `_`, and begin with a letter".into(),
            );
        } else if FUNCTIONS.contains(&name) {
            self.error(
                Code::BadName.of(&name),
                span,
                format!("`{name}` cannot be the name of a parameter"),
                "expressions have a function of this name",
                format!("write another name, such as `{name}_value`"),
            );
        }
    }

    /// An order in which each parameter comes after those it uses. Those that use each other are reported and broken.
    fn order(&mut self, uses: &[Vec<usize>], broken: &mut [bool]) -> Vec<usize> {
        let mut waits: Vec<usize> = uses.iter().map(Vec::len).collect();
        let mut used_by: Vec<Vec<usize>> = vec![Vec::new(); uses.len()];
        for (i, used) in uses.iter().enumerate() {
            for j in used {
                used_by[*j].push(i);
            }
        }
        let mut order: Vec<usize> = (0..uses.len()).filter(|i| waits[*i] == 0).collect();
        let mut done = 0;
        while done < order.len() {
            for i in &used_by[order[done]] {
                waits[*i] -= 1;
                if waits[*i] == 0 {
                    order.push(*i);
                }
            }
            done += 1;
        }
        let mut left: Vec<usize> = (0..uses.len()).filter(|i| waits[*i] > 0).collect();
        while let Some(first) = left.first().copied() {
            // Whoever is left uses someone who is left: going on from one to the next closes a circle.
            let mut path = vec![first];
            let circle = loop {
                let last = path[path.len() - 1];
                let Some(next) = uses[last].iter().copied().find(|next| left.contains(next)) else {
                    break &path[..0];
                };
                if let Some(start) = path.iter().position(|seen| *seen == next) {
                    break &path[start..];
                }
                path.push(next);
            };
            self.circle(circle);
            // Everyone on the path is in the circle or waits for it.
            left.retain(|i| !path.contains(i));
            for i in path {
                broken[i] = true;
                order.push(i);
            }
        }
        order
    }

    fn circle(&mut self, circle: &[usize]) {
        let named = |i: &usize| self.file.parameters.get_index(*i);
        let names: Vec<&str> = circle.iter().filter_map(named).map(|(key, _)| &***key).collect();
        let Some((_, first)) = circle.first().and_then(named) else { return };
        let (span, message) = match names.as_slice() {
            [only] => (first.value.span(), format!("the parameter `{only}` uses itself")),
            names => (
                first.value.span(),
                format!("the parameters {} use each other in a circle", list(names.iter().copied(), 8)),
            ),
        };
        self.error(
            Code::Circular.of_all(&names),
            span,
            message,
            "never comes to an end",
            "give one of them a number".into(),
        );
    }

    fn parameter(&mut self, key: &str, written: &'a WrittenParameter, value: Expression) {
        for used in value.uses() {
            self.parameter_used[*used] = true;
        }
        let now = value.evaluate(&self.parameter_values);
        let unknown = matches!(value, Expression::Constant(value) if value.is_nan())
            || value.uses().iter().any(|used| self.parameter_values[*used].is_nan());
        if !now.is_finite() && !unknown {
            self.error(
                Code::NoValue.of(&key),
                written.value.span(),
                format!("the parameter `{key}` has no value: its expression gives {now}"),
                "not an ordinary number",
                "check for a division by 0, or a logarithm or root of a negative number".into(),
            );
        }
        let range = written.range.as_ref().and_then(|range| self.range(range, now));
        let distribution = written.distribution.as_ref().and_then(|written| self.distribution(written));
        if distribution.is_some() && !matches!(value, Expression::Constant(_)) {
            self.error(
                Code::ExclusiveKeys.of(&key),
                written.value.span(),
                format!("the parameter `{key}` is drawn and computed at once"),
                "computed from other parameters",
                "write a number, or take `distribution` out".into(),
            );
        }
        if let (Some(written), Some(distribution), Some(range)) = (&written.distribution, distribution, range)
        {
            self.in_range(key, written.span(), distribution, range);
        }
        let label = written.label.as_ref().map(|text| self.text(text, "label"));
        let unit = written.unit.as_ref().map(|text| self.text(text, "unit"));
        let source = written.source.as_ref().map(|text| self.text(text, "source"));
        self.addresses.insert(format!("parameters.{key}"), Meaning::Parameter(key.to_string()));
        self.addresses.insert(format!("parameters.{key}.value"), Meaning::Parameter(key.to_string()));
        self.parameters.push(Parameter {
            name: key.to_string(),
            label,
            unit,
            value,
            range,
            distribution,
            wanders: None,
            source,
        });
        self.parameter_values.push(if now.is_finite() { now } else { f64::NAN });
        self.parameter_used.push(false);
    }

    fn range(&mut self, written: &Located<Vec<Located<f64>>>, now: f64) -> Option<(f64, f64)> {
        let [low, high] = written.as_slice() else { return None };
        if **low >= **high {
            self.error(
                Code::OutOfRange,
                written.span(),
                format!("the range goes from {} to {}", number(**low), number(**high)),
                "the first must be below the second",
                "write [lowest, highest]".into(),
            );
        } else if now < **low || now > **high {
            self.error(
                Code::OutOfRange,
                written.span(),
                format!("the value {} is outside its range", number(now)),
                "does not contain the value",
                "widen the range, or change the value".into(),
            );
        }
        Some((**low, **high))
    }

    /// Says so where little of a distribution is inside the range: draws are those of what is left of it.
    fn in_range(&mut self, key: &str, span: Range<usize>, distribution: Distribution, range: (f64, f64)) {
        // What is wrong with either is said already.
        let Some(cut) = Truncated::new(distribution, Some(range)) else { return };
        let [low, high] = [range.0, range.1].map(number);
        let portion = cut.portion();
        if portion < SLIGHTEST_PORTION {
            self.error(
                Code::BadDistribution.of(&key),
                span,
                format!("`{key}` is next to never from {low} to {high}, its range"),
                "less than a thousandth of this distribution is inside",
                "change the distribution or the range: values are only drawn inside it".into(),
            );
        } else if portion < LARGE_PORTION {
            self.warning(
                Code::CutValues.of(&key),
                span,
                format!(
                    "{} % of this distribution is from {low} to {high}, the range of `{key}`",
                    short(100.0 * portion)
                ),
                "most of it is outside",
                "values outside are drawn anew until they are inside: widen the range if that is not meant"
                    .into(),
            );
        }
    }
}

/// Of a distribution most should be inside the range.
const LARGE_PORTION: f64 = 0.5;

/// A number for a message, to two digits.
fn short(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
