//! Reading numbers, expressions over parameters and lengths of time.

use super::diagnostic::Diagnostic;
use super::file::date::LengthText;
use super::file::number::WrittenNumber;
use super::hints;
use super::located::Located;
use super::words::{number, shortened, suggest};
use crate::model::{Expression, Formula, FormulaError, NumberKind};
use crate::scenario::code::Code;
use crate::units::TimeUnit;

/// Reads a number or an expression over the parameters called `names`.
///
/// # Errors
/// When it is infinite or not a number, no expression, or uses something that is no parameter.
pub(super) fn read(written: &Located<WrittenNumber>, names: &[&str]) -> Result<Expression, Diagnostic> {
    match written.get() {
        WrittenNumber::Constant(value) => constant(*value, written),
        WrittenNumber::Text(text) => formula(text, written, names),
    }
}

/// Reads a length of time that may be an expression: `"13 years"`, `"2 * stay months"`.
///
/// # Errors
/// As [`read`], and when there is no unit of time.
pub(super) fn read_length(
    written: &Located<WrittenNumber>,
    names: &[&str],
) -> Result<(Expression, TimeUnit), Diagnostic> {
    let no_unit = |example: &str| {
        Diagnostic::error(Code::MissingUnit, "a length of time needs its unit")
            .at(written.span())
            .label("no unit of time")
            .help(format!("write \"{example} days\", \"{example} months\" or \"{example} years\""))
    };
    let text = match written.get() {
        WrittenNumber::Constant(value) => return Err(no_unit(&number(*value))),
        WrittenNumber::Text(text) => text,
    };
    let (amount, unit) = text.trim().rsplit_once(char::is_whitespace).unwrap_or(("", text.trim()));
    let Some(unit) = TimeUnit::from_name(unit) else {
        if amount.trim().is_empty() {
            return Err(no_unit(&shortened(unit)));
        }
        let units = TimeUnit::ALL.map(TimeUnit::name);
        return Err(Diagnostic::error(
            Code::BadLength.of(&unit),
            format!("`{}` is not a unit of time", shortened(unit)),
        )
        .at(written.span())
        .label("unknown unit of time")
        .help(suggest(unit.trim_end_matches('s'), units, "units")));
    };
    if amount.trim().is_empty() {
        return Err(Diagnostic::error(Code::BadLength, "a length of time needs a number before its unit")
            .at(written.span())
            .label("no number")
            .help(format!("write \"1 {}\"", unit.name())));
    }
    Ok((formula(amount.trim(), written, names)?, unit))
}

fn constant(value: f64, written: &Located<WrittenNumber>) -> Result<Expression, Diagnostic> {
    if value.is_finite() {
        return Ok(Expression::Constant(value));
    }
    Err(Diagnostic::error(Code::BadNumber, format!("{value} is not a number that can be used"))
        .at(written.span())
        .label("not an ordinary number")
        .help("write an ordinary number"))
}

fn formula(text: &str, written: &Located<WrittenNumber>, names: &[&str]) -> Result<Expression, Diagnostic> {
    // A plain number needs no parser; `1e400` and `nan` are no plain numbers.
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Ok(value) = text.parse::<f64>()
    {
        return constant(value, written);
    }
    if let Some(problem) = written_as_elsewhere(text, names) {
        return Err(problem.at(written.span()));
    }
    match Formula::parse(text, names) {
        Ok(formula) => Ok(Expression::Formula(Box::new(formula))),
        Err(error) => Err(not_parsed(text, error, names).at(written.span())),
    }
}

/// What is known to be wrong before the parser looks: percent signs, signs without a meaning, units of time.
fn written_as_elsewhere(text: &str, names: &[&str]) -> Option<Diagnostic> {
    if let Some(help) = hints::for_number(text).filter(|_| !text.contains(['*', '+', '/', '(', '^'])) {
        let label = if text.contains('%') { "a percent sign" } else { "cannot be computed" };
        return Some(no_expression(text).label(label).help(help));
    }
    let strange = |c: char| !(c.is_ascii_alphanumeric() || "_ .,+-*/^()\t".contains(c));
    if let Some(c) = text.chars().find(|c| strange(*c)) {
        let help = format!("`{}` has no meaning here; use + - * / ^ ( ) and parameters", c.escape_default());
        return Some(no_expression(text).label("cannot be computed").help(help));
    }
    let (_, unit) = text.trim().rsplit_once(char::is_whitespace)?;
    TimeUnit::from_name(unit).filter(|_| !names.contains(&unit))?;
    Some(
        Diagnostic::error(
            Code::BadExpression.of(text),
            format!("`{}` has a unit of time where a plain number is wanted", shortened(text)),
        )
        .label("a plain number is wanted")
        .help(format!("take `{}` off", shortened(unit))),
    )
}

/// The message for what the parser refused.
fn not_parsed(text: &str, error: FormulaError, names: &[&str]) -> Diagnostic {
    match error {
        FormulaError::UnknownName(name) => Diagnostic::error(
            Code::UnknownName.of(&name),
            format!("no parameter is called `{}`", shortened(&name)),
        )
        .label("uses an unknown parameter")
        .help(suggest(&name, names.iter().copied(), "parameters")),
        FormulaError::TooLong => Diagnostic::error(Code::BadExpression, "this expression is too long")
            .label("too long, or nested too deeply")
            .help(format!("{}; compute a part of it in a parameter", FormulaError::TooLong)),
        FormulaError::NoBracket(_) => no_expression(text)
            .label("a function without brackets")
            .help("write brackets around what it is of: sqrt(2), exp(-x), min(a, b)"),
        FormulaError::Syntax(_) => no_expression(text)
            .label("cannot be computed")
            .help("write numbers and parameters with + - * / ^ ( ), or one of min, max, exp, ln, sqrt, abs"),
    }
}

fn no_expression(text: &str) -> Diagnostic {
    Diagnostic::error(Code::BadExpression.of(text), format!("`{}` is not an expression", shortened(text)))
}

/// Reads a plain length of time, in years.
///
/// # Errors
/// When it is not a number above 0 with a unit of time.
pub(super) fn length_years(written: &Located<LengthText>) -> Result<f64, Diagnostic> {
    let parts = written.get().0.trim().rsplit_once(char::is_whitespace);
    let read = parts.and_then(|(amount, unit)| {
        let amount: f64 = amount.trim().parse().ok()?;
        let unit = TimeUnit::from_name(unit)?;
        let years = amount * unit.years();
        (years.is_finite() && amount > 0.0).then_some(years)
    });
    read.ok_or_else(|| {
        Diagnostic::error(
            Code::BadLength.of(&written.get().0),
            format!("`{}` is not a length of time", shortened(&written.get().0)),
        )
        .at(written.span())
        .label("expected a number above 0 and a unit of time")
        .help("write \"10 days\", \"6 months\" or \"2 years\"")
    })
}

/// Reads a length of time in whole units: `"2 months"`. Of more than a number holds the largest is meant, which no calendar has.
pub(super) fn whole_length(text: &str) -> Option<(u32, TimeUnit)> {
    let (amount, unit) = text.trim().rsplit_once(char::is_whitespace)?;
    let amount = amount.trim();
    let digits = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
    let amount: u32 = if digits { amount.parse().unwrap_or(u32::MAX) } else { return None };
    (amount > 0).then_some((amount, TimeUnit::from_name(unit)?))
}

/// What values a number may take, in words.
pub(super) fn allowed(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Amount => "0 or more",
        NumberKind::Any => "an ordinary number",
        NumberKind::Duration => "above 0",
        NumberKind::Share => "between 0 and 1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Located<WrittenNumber> {
        #[derive(serde::Deserialize)]
        struct File {
            x: Located<WrittenNumber>,
        }
        toml::from_str::<File>(&format!("x = {text}")).unwrap().x
    }

    #[test]
    fn lengths_may_be_expressions() {
        let (amount, unit) = read_length(&written("\"2 * stay months\""), &["stay"]).unwrap();
        assert_eq!((amount.evaluate(&[3.0]), unit), (6.0, TimeUnit::Month));
        assert!(read_length(&written("13"), &[]).is_err());
        assert!(read_length(&written("\"years\""), &[]).is_err());
        assert_eq!(whole_length("2 months"), Some((2, TimeUnit::Month)));
        assert_eq!(whole_length("2.5 months"), None);
        assert_eq!(whole_length("99999999999 days"), Some((u32::MAX, TimeUnit::Day)));
        assert_eq!(
            (whole_length("0 days"), whole_length("-1 days"), whole_length("+1 days")),
            (None, None, None)
        );
    }

    #[test]
    fn expressions_refuse_what_is_none() {
        for text in ["\"\"", "\"1 +\"", "\"{x}\"", "\"π\"", "nan", "inf", "\"1e999\"", "\"nan\"", "\"a b\""]
        {
            assert!(read(&written(text), &["a", "b"]).is_err(), "{text}");
        }
        assert_eq!(read(&written("\"1.5\""), &[]).unwrap().evaluate(&[]), 1.5);
    }
}
