//! What varies in a study: fields of the scenario, each with its values.

use std::ops::Range;

use super::design::{External, Factor, FactorSpread, SpreadError};
use super::file::{DesignWord, StudyFile, WrittenFactor as Written};
use super::valid::{FactorField, Keep, RESERVED};
use crate::model::{Distribution, Effect, Model, Parameter, SLIGHTEST_PORTION, Truncated};
use crate::scenario::Code;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::{Diagnostic, ScenarioVariants, distribution, label_of, name_problem, text_problem};

/// More factors than this are refused.
const MOST_FACTORS: usize = 200;

/// No address of a scenario is longer: the nearest one is not looked for.
const LONGEST_ADDRESS: usize = 1000;

/// How far into the tails of a distribution values must make a scenario; a point beyond that makes none is reported as
/// such.
const TAIL: f64 = 1e-4;

/// The factors and their fields. Of a design of what is uncertain, without factors of its own: every parameter that the
/// scenario draws.
pub(super) fn factors(
    file: &StudyFile,
    scenario: &ScenarioVariants,
    variants: &[usize],
    keep: &Keep,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Factor>, Vec<FactorField>) {
    let model = &scenario.baseline;
    if file.factors.is_empty() {
        return uncertain_parameters(file, model, problems);
    }
    if file.factors.len() > MOST_FACTORS {
        let one_more = file.factors.get_index(MOST_FACTORS).map_or(0..0, |(key, _)| key.span());
        problems.push(
            Diagnostic::error(
                Code::TooMany,
                format!("{} factors are more than {MOST_FACTORS}", file.factors.len()),
            )
            .at(one_more)
            .label("one too many")
            .help("vary what may matter; a parameter can stand in many fields"),
        );
        return Default::default();
    }
    let (mut factors, mut fields): (Vec<Factor>, Vec<FactorField>) = Default::default();
    for (key, written) in &file.factors {
        problems.extend(name(key, model, keep));
        problems.extend(written.label.as_ref().and_then(|label| text_problem(label, "label")));
        if written.field.len() > LONGEST_ADDRESS {
            problems.push(too_long(&written.field));
            continue;
        }
        let address = address(&written.field);
        if let Some(twin) = fields.iter().position(|field| field.address == address) {
            problems.push(twice(&written.field, [&factors[twin].name, key]));
            continue;
        }
        let effect = match written.times.as_ref().is_some_and(|times| **times) {
            true => Effect::Times,
            false => Effect::Set,
        };
        let parameter = parameter(model, &address);
        let before = problems.len();
        let Some(spread) = spread(file, written, parameter.filter(|_| effect == Effect::Set), problems)
        else {
            continue;
        };
        let label = written.label.as_ref().map(|label| label.get().clone());
        let label = label
            .or_else(|| parameter.and_then(|parameter| parameter.label.clone()))
            .unwrap_or_else(|| label_of(key));
        let field = FactorField { address, label, effect };
        if problems.len() == before {
            problems.extend(unusable(scenario, variants, written, &field, &spread));
        }
        factors.push(Factor { name: key.to_string(), spread });
        fields.push(field);
    }
    (factors, fields)
}

/// Every parameter that the scenario draws, where the design is of what is uncertain.
fn uncertain_parameters(
    file: &StudyFile,
    model: &Model,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Factor>, Vec<FactorField>) {
    let (factors, fields): (Vec<_>, Vec<_>) = match *file.design.kind {
        DesignWord::Uncertainty => model.parameters.iter().filter_map(drawn).unzip(),
        _ => Default::default(),
    };
    if factors.is_empty() {
        let help = match *file.design.kind {
            DesignWord::Uncertainty => {
                "give parameters of the scenario a `distribution`, or write [factors.some_name]"
            }
            _ => "write [factors.some_name] with a field and its levels, range or distribution",
        };
        let nothing = Diagnostic::error(Code::NothingVaries, "nothing varies in this study");
        problems.push(nothing.at(file.design.kind.span()).label("of what?").help(help));
    }
    (factors, fields)
}

fn too_long(field: &Located<String>) -> Diagnostic {
    Diagnostic::error(Code::UnknownAddress, "no field has so long an address")
        .at(field.span())
        .label("unknown address")
        .help("an address is the file's own words joined by dots, such as `moves.some_name.rate`")
}

fn twice(field: &Located<String>, [first, second]: [&str; 2]) -> Diagnostic {
    Diagnostic::error(
        Code::Duplicate.of(first).and(second),
        format!("`{first}` and `{second}` are one field"),
    )
    .at(field.span())
    .label("a second time")
    .help("leave one of them out")
}

/// An uncertain parameter as a factor.
fn drawn(parameter: &Parameter) -> Option<(Factor, FactorField)> {
    let spread = FactorSpread::Drawn(Truncated::new(parameter.distribution?, parameter.range)?);
    let label = parameter.label.clone().unwrap_or_else(|| label_of(&parameter.name));
    let address = format!("parameters.{}", parameter.name);
    let field = FactorField { address, label, effect: Effect::Set };
    Some((Factor { name: parameter.name.clone(), spread }, field))
}

/// A field's address in one spelling.
fn address(written: &str) -> String {
    match written.strip_suffix(".value") {
        Some(parameter) if written.starts_with("parameters.") => parameter.to_string(),
        _ => written.to_string(),
    }
}

fn parameter<'m>(model: &'m Model, address: &str) -> Option<&'m Parameter> {
    let name = address.strip_prefix("parameters.")?;
    model.parameters.iter().find(|parameter| parameter.name == name)
}

fn name(key: &Key, model: &Model, keep: &Keep) -> Option<Diagnostic> {
    let name: &str = key;
    if let Some(problem) = name_problem(name, key.span()) {
        return Some(problem);
    }
    let of_outcome = keep.outcomes.iter().any(|outcome| model.outcomes[*outcome].name == name);
    let of_dimension = model.groups.dimensions.iter().any(|dimension| dimension.name == name);
    let taken = match (RESERVED.contains(&name), of_outcome, of_dimension) {
        (true, ..) => "a column of the tables is called so",
        (_, true, _) => "an outcome of the scenario is called so",
        (.., true) => "a dimension of the scenario is called so",
        _ => return None,
    };
    Some(
        Diagnostic::error(Code::BadName.of(&name), format!("no factor can be called `{name}`"))
            .at(key.span())
            .label(taken)
            .help("write another name: it is the name of a column beside the others"),
    )
}

/// The values that a factor may have; `None` where that cannot be told. Of a file's design without any: found in the file.
fn spread(
    file: &StudyFile,
    written: &Written,
    parameter: Option<&Parameter>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FactorSpread> {
    let field = &written.field;
    let ways = [written.levels.is_some(), written.range.is_some(), written.distribution.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        problems.push(
            Diagnostic::error(Code::ExclusiveKeys, "a factor varies in one way")
                .at(field.span())
                .label("has several")
                .help("keep one of levels, range and distribution"),
        );
        return None;
    }
    if let Some(log) = written.log.as_ref().filter(|_| written.range.is_none()) {
        problems.push(
            Diagnostic::error(Code::MisplacedKey, "`log` is about a range")
                .at(log.span())
                .label("there is no range here")
                .help("write a range, or leave `log` out"),
        );
    }
    let (spread, span) = if ways.contains(&true) {
        written_spread(written, parameter, problems)?
    } else {
        (inherited_spread(file, field, parameter, problems)?, field.span())
    };
    if let Err(wrong) = spread.check() {
        problems.push(no_values(wrong, span));
        return None;
    }
    let limits = parameter.and_then(|parameter| parameter.range);
    if let Some(beyond) = limits.and_then(|limits| beyond_limits(&spread, limits)) {
        problems.push(beyond.at(span));
        return None;
    }
    Some(spread)
}

/// The values that a study file says, and where.
fn written_spread(
    written: &Written,
    parameter: Option<&Parameter>,
    problems: &mut Vec<Diagnostic>,
) -> Option<(FactorSpread, Range<usize>)> {
    if let Some(levels) = &written.levels {
        let mut before: Vec<f64> = Vec::new();
        for level in levels.iter() {
            if before.contains(level.get()) {
                problems.push(
                    Diagnostic::error(
                        Code::Duplicate,
                        format!("the level {} is there twice", shortest(*level.get())),
                    )
                    .at(level.span())
                    .label("a second time")
                    .help("leave one of them out: it would be the same points again"),
                );
                return None;
            }
            before.push(*level.get());
        }
        return Some((FactorSpread::Levels(before), levels.span()));
    }
    if let Some(range) = &written.range {
        // A range has two ends, and one that stands in for what cannot be read may have others.
        let [low, high] = range.as_slice() else { return None };
        let log = written.log.as_ref().is_some_and(|log| **log);
        return Some((FactorSpread::Range { low: *low.get(), high: *high.get(), log }, range.span()));
    }
    let law = written.distribution.as_ref()?;
    let (distribution, wrong) = distribution(law);
    let good = wrong.is_empty();
    problems.extend(wrong);
    let drawn = drawn_from(distribution.filter(|_| good)?, &written.field, parameter, problems)?;
    Some((drawn, law.span()))
}

/// The values of a factor of which the study file says none: those of the scenario's parameter.
fn inherited_spread(
    file: &StudyFile,
    field: &Located<String>,
    parameter: Option<&Parameter>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FactorSpread> {
    if let Some(distribution) = parameter.and_then(|parameter| parameter.distribution) {
        return drawn_from(distribution, field, parameter, problems);
    }
    if let Some((low, high)) = parameter.and_then(|parameter| parameter.range) {
        return Some(FactorSpread::Range { low, high, log: false });
    }
    if *file.design.kind == DesignWord::File {
        // Replaced by what the file has.
        return Some(FactorSpread::Levels(vec![1.0]));
    }
    problems.push(
        Diagnostic::error(Code::Incomplete, "nothing says how this factor varies")
            .at(field.span())
            .label("has no values")
            .help("write levels = [...], range = [low, high] or a distribution"),
    );
    None
}

/// What a distribution has inside the parameter's range.
fn drawn_from(
    distribution: Distribution,
    field: &Located<String>,
    parameter: Option<&Parameter>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FactorSpread> {
    let drawn = Truncated::new(distribution, parameter.and_then(|parameter| parameter.range));
    if drawn.is_none() {
        problems.push(no_values(SpreadError::NoDistribution, field.span()));
    }
    drawn.map(FactorSpread::Drawn)
}

/// That a factor has no values, at its field or at what says them.
fn no_values(wrong: SpreadError, span: Range<usize>) -> Diagnostic {
    Diagnostic::error(Code::BadDistribution, wrong.to_string())
        .at(span)
        .label("no values")
        .help("change these numbers")
}

/// What is wrong with values that the parameter's range does not have.
fn beyond_limits(spread: &FactorSpread, (low, high): (f64, f64)) -> Option<Diagnostic> {
    let (least, most) = ends(spread);
    let (label, help) = match spread {
        FactorSpread::Drawn(drawn) if drawn.portion() < SLIGHTEST_PORTION => {
            ("has next to no values in it", "change the distribution, or widen the range in the scenario")
        }
        _ if least < low || most > high => {
            ("goes beyond it", "stay within the range, or widen it in the scenario")
        }
        _ => return None,
    };
    let message = format!("the parameter's range is {low} to {high}");
    Some(Diagnostic::error(Code::OutOfRange, message).label(label).help(help))
}

/// The smallest and the largest value.
fn ends(spread: &FactorSpread) -> (f64, f64) {
    match spread {
        FactorSpread::Levels(levels) => {
            levels.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), level| {
                (least.min(*level), most.max(*level))
            })
        }
        FactorSpread::Range { low, high, .. } => (*low, *high),
        FactorSpread::Drawn(drawn) => (drawn.quantile(0.0), drawn.quantile(1.0)),
    }
}

/// Why a field cannot have its values in a variant, if it cannot.
fn unusable(
    scenario: &ScenarioVariants,
    variants: &[usize],
    written: &Written,
    field: &FactorField,
    spread: &FactorSpread,
) -> Option<Diagnostic> {
    let amounts = match spread {
        FactorSpread::Levels(levels) => levels.clone(),
        FactorSpread::Range { low, high, .. } => vec![*low, *high],
        FactorSpread::Drawn(drawn) => [TAIL, 1.0 - TAIL].map(|u| drawn.quantile(u)).to_vec(),
    };
    let values = [
        written.levels.as_ref().map(Located::span),
        written.range.as_ref().map(Located::span),
        written.distribution.as_ref().map(Located::span),
    ];
    let values = values.into_iter().flatten().next().unwrap_or_else(|| written.field.span());
    let here = |problem: &Diagnostic, place: String, span: Range<usize>| {
        let label =
            if problem.label.is_empty() { "cannot be varied so".into() } else { problem.label.clone() };
        Diagnostic::error(problem.kind.as_ref().clone(), format!("{place}{}", problem.message))
            .at(span)
            .label(label)
            .help(problem.help.clone())
    };
    for amount in amounts {
        if let Err(found) = scenario.with_settings(None, &[field.setting(amount)]) {
            let first = found.iter().next()?;
            // About the address rather than the amount.
            let of_address = first.code() != Code::OutOfRange && first.about().contains(&field.address);
            return Some(match of_address {
                true => here(first, String::new(), written.field.span()),
                false => here(first, format!("with the value {}: ", shortest(amount)), values),
            });
        }
    }
    let middle = field.setting(spread.quantile(0.5));
    variants.iter().find_map(|index| {
        let variant = &scenario.variants[*index];
        let found = scenario.with_settings(Some(variant), &[middle]).err()?;
        let place = format!("in the variant `{}`: ", variant.name);
        found.iter().next().map(|first| here(first, place, written.field.span()))
    })
}

/// A number as people write it, huge ones with an exponent.
fn shortest(number: f64) -> String {
    let text = format!("{number:?}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

/// What a table of points has in its columns that its factors cannot be.
pub(super) fn table_misfits(
    file: &StudyFile,
    scenario: &ScenarioVariants,
    variants: &[usize],
    factors: &[Factor],
    fields: &[FactorField],
    table: &External,
) -> Vec<Diagnostic> {
    let Some(name) = &file.design.file else { return Vec::new() };
    let misfit = |index: usize| {
        let (_, written) = file.factors.get_index(index)?;
        let column = || (0..table.len()).map(|row| table.values(row)[index]);
        let least = column().fold(f64::INFINITY, f64::min);
        let most = column().fold(f64::NEG_INFINITY, f64::max);
        let set = fields[index].effect == Effect::Set;
        let parameter = parameter(&scenario.baseline, &fields[index].address).filter(|_| set);
        let limits = parameter.and_then(|parameter| parameter.range);
        let beyond = limits.filter(|(low, high)| least < *low || most > *high);
        let found = match beyond {
            Some((low, high)) => Some(
                Diagnostic::error(
                    Code::OutOfRange,
                    format!(
                        "its values are {} to {}, and the parameter's range is {low} to {high}",
                        shortest(least),
                        shortest(most)
                    ),
                )
                .label("goes beyond it")
                .help("stay within the range, or widen it in the scenario"),
            ),
            None => unusable(
                scenario,
                variants,
                written,
                &fields[index],
                &FactorSpread::Levels(vec![least, most]),
            ),
        };
        found.map(|problem| {
            let message = format!("the column `{}`: {}", factors[index].name, problem.message);
            Diagnostic { message, ..problem }.at(name.span())
        })
    };
    (0..factors.len()).filter_map(misfit).collect()
}
