//! Numbers: read, checked against what they may be, and given their address.

use super::draft::Draft;
use super::number_book::Reading;
use crate::model::{Expression, Number, NumberId, NumberKind, Span};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::expression::{allowed, read, read_length};
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::hints;
use crate::scenario::located::Located;
use crate::scenario::words::number;
use crate::units::TimeUnit;

impl Draft<'_> {
    /// Reads a number, which a change can name by `address`.
    pub(super) fn number(
        &mut self,
        address: String,
        kind: NumberKind,
        written: &Located<WrittenNumber>,
    ) -> NumberId {
        let id = self.unnamed(address.clone(), kind, written);
        self.addresses.insert(address, Meaning::Numbers(vec![id]));
        id
    }

    /// Reads an amount, 0 or more, that stands at `key` of what has the address `of`.
    pub(super) fn amount(&mut self, of: &str, key: &str, written: &Located<WrittenNumber>) -> NumberId {
        self.number(format!("{of}.{key}"), NumberKind::Amount, written)
    }

    /// The same, or the number that holds where none is written.
    pub(super) fn amount_or(
        &mut self,
        of: &str,
        key: &str,
        written: Option<&Located<WrittenNumber>>,
        otherwise: f64,
    ) -> NumberId {
        match written {
            Some(written) => self.amount(of, key, written),
            None => self.implied(format!("{of}.{key}"), otherwise),
        }
    }

    /// Reads a share, from 0 to 1, that stands at `key` of what has the address `of`.
    pub(super) fn part(&mut self, of: &str, key: &str, written: &Located<WrittenNumber>) -> NumberId {
        self.number(format!("{of}.{key}"), NumberKind::Share, written)
    }

    /// Reads a number that only counts at the start.
    pub(super) fn at_start(
        &mut self,
        address: String,
        kind: NumberKind,
        written: &Located<WrittenNumber>,
    ) -> NumberId {
        let id = self.unnamed(address.clone(), kind, written);
        self.addresses.insert(address, Meaning::AtStart);
        id
    }

    /// Reads a number without making its address known.
    pub(super) fn unnamed(
        &mut self,
        address: String,
        kind: NumberKind,
        written: &Located<WrittenNumber>,
    ) -> NumberId {
        let value = read(written, &self.parameter_names());
        self.push(address, kind, value, written)
    }

    /// The parameters that expressions may use, in their order.
    pub(super) fn parameter_names(&self) -> Vec<&str> {
        self.parameters.iter().map(|parameter| parameter.name.as_str()).collect()
    }

    /// What a length of time says, and in which unit.
    fn length_text(
        &self,
        written: &Located<WrittenNumber>,
    ) -> (Result<Expression, Diagnostic>, Option<TimeUnit>) {
        match read_length(written, &self.parameter_names()) {
            Ok((value, unit)) => (Ok(value), Some(unit)),
            Err(problem) => (Err(problem), None),
        }
    }

    /// Reads a length of time such as `"13 years"`: a number in the unit that is given back, if it has one.
    pub(super) fn length(
        &mut self,
        address: String,
        written: &Located<WrittenNumber>,
    ) -> (NumberId, Option<TimeUnit>) {
        let (value, unit) = self.length_text(written);
        let id = self.push(address.clone(), NumberKind::Duration, value, written);
        if let Some(unit) = unit {
            self.numbers.measured_in(id, unit);
        }
        self.addresses.insert(address, Meaning::Numbers(vec![id]));
        (id, unit)
    }

    /// A minimum length of stay, which may be none.
    pub(super) fn minimum(
        &mut self,
        address: String,
        stay: &str,
        written: &Located<WrittenNumber>,
    ) -> Option<Span> {
        self.time(address, Some(stay), NumberKind::Amount, written)
    }

    /// A length of time that is read once in a replicate: of a stay, or of something that nothing changes.
    pub(super) fn time(
        &mut self,
        address: String,
        stay: Option<&str>,
        kind: NumberKind,
        written: &Located<WrittenNumber>,
    ) -> Option<Span> {
        let (value, unit) = self.length_text(written);
        let number = self.push(address.clone(), kind, value, written);
        self.addresses.insert(address, Meaning::ReadOnce(stay.map(str::to_string)));
        unit.map(|unit| Span { number, unit })
    }

    /// Makes known what changes of a whole act on.
    pub(super) fn whole(&mut self, address: &str, factor: NumberId, written: Vec<NumberId>) {
        self.numbers.multiplies(factor, written.clone());
        self.addresses.insert(address, Meaning::Whole { factor, written });
    }

    /// A number that the file does not write, such as the factor of a rate.
    pub(super) fn implied(&mut self, address: String, value: f64) -> NumberId {
        let value = Expression::Constant(value);
        self.numbers.add(Number { address, kind: NumberKind::Amount, value }, 0..0, Reading::Good)
    }

    pub(super) fn push(
        &mut self,
        address: String,
        kind: NumberKind,
        value: Result<Expression, Diagnostic>,
        written: &Located<WrittenNumber>,
    ) -> NumberId {
        let before = self.errors;
        let value = value.unwrap_or_else(|problem| {
            self.report(problem);
            Expression::Constant(1.0)
        });
        for parameter in value.uses() {
            self.parameter_used[*parameter] = true;
        }
        let now = value.evaluate(&self.parameter_values);
        // Of a parameter that could not be read nothing is known.
        let unknown = value.uses().iter().any(|parameter| self.parameter_values[*parameter].is_nan());
        if !kind.allows(now) && !unknown && self.errors == before {
            let message = match &value {
                Expression::Constant(_) => format!("`{address}` is {}", number(now)),
                Expression::Formula(formula) if now.is_nan() => {
                    format!("`{}` has no value: it divides nothing by nothing, or the like", formula.text())
                }
                Expression::Formula(formula) => {
                    format!(
                        "`{address}` is {}, which `{}` makes of the parameters",
                        number(now),
                        formula.text()
                    )
                }
            };
            let allowed = allowed(kind);
            self.error(
                Code::OutOfRange.of(&address),
                written.span(),
                message,
                &format!("must be {allowed}"),
                match (kind, &value) {
                    (NumberKind::Share, Expression::Constant(_)) => hints::for_share(now),
                    _ => None,
                }
                .unwrap_or_else(|| format!("write a number that is {allowed}")),
            );
        }
        let reading = if unknown || self.errors > before { Reading::Broken } else { Reading::Good };
        self.numbers.add(Number { address, kind, value }, written.span(), reading)
    }

    /// A number's value where the parameters have theirs.
    pub(super) fn now(&self, id: NumberId) -> f64 {
        self.numbers[id].value.evaluate(&self.parameter_values)
    }

    /// Says so where `shares` do not add up to 1; `span` is what has them.
    pub(super) fn add_up(&mut self, shares: &[NumberId], span: std::ops::Range<usize>) {
        if shares.iter().any(|share| self.numbers.is_broken(*share)) {
            return;
        }
        let sum: f64 = shares.iter().map(|share| self.now(*share)).sum();
        if (sum - 1.0).abs() > 1e-9 {
            self.error(
                Code::SharesSum,
                span,
                format!("shares add up to {}, not 1", number(sum)),
                if sum < 1.0 { "too little" } else { "too much" },
                if sum < 1.0 {
                    "change one of them, or add the value that is missing".into()
                } else {
                    "change one of them, or take one out".into()
                },
            );
        }
    }
}
