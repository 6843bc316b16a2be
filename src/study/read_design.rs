//! The design of a study: which points are tried.

use std::ops::{Range, RangeInclusive};

use super::design::{
    Design, DesignError, DesignGrid, External, ExternalError, Factor, FactorSpread, LatinHypercube, Morris,
    Sobol,
};
use super::file::{DesignWord, StudyFile};
use super::inputs::Inputs;
use crate::output::format::thousands;
use crate::scenario::Code;
use crate::scenario::Diagnostic;
use crate::scenario::located::Located;

/// Levels of a factor with a range, on a grid and in trajectories, unless the study says.
const GRID_LEVELS: usize = 5;
const MORRIS_LEVELS: usize = 4;

/// What numbers of a design may be.
const POINTS: RangeInclusive<i64> = 1..=1_000_000;
const TRAJECTORIES: RangeInclusive<i64> = 2..=100_000;
const LEVELS: RangeInclusive<i64> = 2..=1_000;

/// A Latin hypercube is held in memory: so many numbers at most, four bytes each.
const MOST_NUMBERS: usize = 50_000_000;

/// What is wrong with a seed.
pub(super) fn seed_problem(seed: &Located<i64>) -> Option<Diagnostic> {
    (**seed < 0).then(|| {
        Diagnostic::error(Code::OutOfRange, "a seed is 0 or more")
            .at(seed.span())
            .label("below 0")
            .help("write a whole number from 0")
    })
}

/// What is wrong with the keys and numbers of a design, whatever varies.
pub(super) fn numbers(file: &StudyFile) -> Vec<Diagnostic> {
    let written = &file.design;
    let (reads, needs): (&[&str], &str) = match *written.kind {
        DesignWord::Grid => (&["levels"], ""),
        DesignWord::LatinHypercube | DesignWord::Uncertainty | DesignWord::Sobol => {
            (&["points", "seed"], "points")
        }
        DesignWord::Morris => (&["trajectories", "levels", "seed"], "trajectories"),
        DesignWord::File => (&["file"], "file"),
    };
    let mut problems: Vec<Diagnostic> = written.seed.as_ref().and_then(seed_problem).into_iter().collect();
    let number =
        |written: &Option<Located<i64>>| written.as_ref().map(|number| (number.span(), *number.get()));
    for (key, found, bounds) in [
        ("points", number(&written.points), POINTS),
        ("trajectories", number(&written.trajectories), TRAJECTORIES),
        ("levels", number(&written.levels), LEVELS),
        ("seed", number(&written.seed), i64::MIN..=i64::MAX),
        ("file", written.file.as_ref().map(|file| (file.span(), 0)), 0..=0),
    ] {
        match found {
            Some((span, _)) if !reads.contains(&key) => problems.push(
                Diagnostic::error(
                    Code::MisplacedKey.of(&key),
                    format!("a design of this kind has no `{key}`"),
                )
                .at(span)
                .label("not read")
                .help(format!("leave it out; this kind reads `{}`", reads.join("` and `"))),
            ),
            Some((span, value)) if !bounds.contains(&value) => problems.push(
                out_of_bounds(key, &bounds, format!("`{key}` is {}", thousands(value as f64))).at(span),
            ),
            None if needs == key => problems.push(lacks(key, written.kind.span())),
            _ => {}
        }
    }
    problems
}

/// That a number is not within bounds; `message` says what it is.
pub(super) fn out_of_bounds(key: &str, bounds: &RangeInclusive<i64>, message: String) -> Diagnostic {
    let [low, high] = [bounds.start(), bounds.end()].map(|bound| thousands(*bound as f64));
    Diagnostic::error(Code::OutOfRange.of(key), message)
        .label(format!("must be from {low} to {high}"))
        .help("write a whole number within")
}

/// That a design does not have the key that it needs.
fn lacks(key: &str, span: Range<usize>) -> Diagnostic {
    let what = if key == "file" { "the path of a table of points" } else { "a whole number" };
    Diagnostic::error(Code::MissingKey.of(key), format!("the design lacks `{key}`"))
        .at(span)
        .label(format!("needs `{key}`"))
        .help(format!("add `{key}` = {what} to [design]"))
}

/// The design of `file`, whose [`numbers`] are good, and, of a file's design, what its factors have for values.
pub(super) fn design(
    inputs: &Inputs,
    file: &StudyFile,
    factors: &mut [Factor],
    problems: &mut Vec<Diagnostic>,
) -> Option<Design> {
    let written = &file.design;
    let number = |written: &Option<Located<i64>>, otherwise: usize| {
        written.as_ref().and_then(|number| usize::try_from(**number).ok()).unwrap_or(otherwise)
    };
    let (points, trajectories) = (number(&written.points, 0), number(&written.trajectories, 0));
    let seed = written.seed.as_ref().map_or(1, |seed| seed.unsigned_abs());
    let k = factors.len();
    let made = match *written.kind {
        DesignWord::Grid => {
            let levels = number(&written.levels, GRID_LEVELS);
            let counts = factors.iter().map(|factor| factor.spread.own_levels().unwrap_or(levels));
            DesignGrid::new(counts.collect()).map(Design::Grid)
        }
        DesignWord::LatinHypercube | DesignWord::Uncertainty => {
            if points.saturating_mul(k) > MOST_NUMBERS {
                problems.push(too_many_points(file, points, k));
                return None;
            }
            LatinHypercube::new(points, k, seed).map(Design::LatinHypercube)
        }
        DesignWord::Sobol => Sobol::new(points, k, seed).map(Design::Sobol),
        DesignWord::Morris => {
            Morris::new(trajectories, k, number(&written.levels, MORRIS_LEVELS), seed).map(Design::Morris)
        }
        DesignWord::File => match external(inputs, file, factors) {
            Ok(table) => {
                found_in(&table, file, factors);
                Ok(Design::External(table))
            }
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        },
    };
    made.map_err(|wrong| problems.push(no_such_design(file, &wrong))).ok()
}

/// That a Latin hypercube would not fit into memory.
fn too_many_points(file: &StudyFile, points: usize, factors: usize) -> Diagnostic {
    let written = &file.design;
    let points = thousands(points as f64);
    let message = format!("{points} points of {factors} factors are more than memory should hold");
    Diagnostic::error(Code::TooMany, message)
        .at(written.points.as_ref().map_or_else(|| written.kind.span(), Located::span))
        .label("too many")
        .help(format!("write {} points at most", thousands((MOST_NUMBERS / factors) as f64)))
}

/// That there is no design of these numbers and factors, at the number that is most likely wrong.
fn no_such_design(file: &StudyFile, wrong: &DesignError) -> Diagnostic {
    let written = &file.design;
    let numbers = match wrong {
        DesignError::OddLevels { .. } => [&written.levels, &None, &None],
        _ => [&written.points, &written.trajectories, &written.levels],
    };
    let span = numbers.into_iter().find_map(|number| number.as_ref().map(Located::span));
    Diagnostic::error(Code::BadDesign, wrong.to_string())
        .at(span.unwrap_or_else(|| written.kind.span()))
        .label("no such design")
        .help("change the design, or its factors")
}

fn external(inputs: &Inputs, file: &StudyFile, factors: &[Factor]) -> Result<External, Diagnostic> {
    let span: Range<usize> = file.design.file.as_ref().map_or_else(|| file.design.kind.span(), Located::span);
    let Some((name, text)) = &inputs.table else {
        return Err(lacks("file", span));
    };
    let names: Vec<&str> = factors.iter().map(|factor| factor.name.as_str()).collect();
    External::read(text.as_bytes(), &names).map_err(|wrong: ExternalError| {
        Diagnostic::error(Code::BadTable.of(&name), format!("`{name}`: {wrong}"))
            .at(span)
            .label("no table of points for these factors")
            .help("one point a line, one number for each factor; a first line may name the columns")
    })
}

/// Gives factors whose values the study leaves to the table the range that the table has.
fn found_in(table: &External, file: &StudyFile, factors: &mut [Factor]) {
    for (index, factor) in factors.iter_mut().enumerate() {
        let written = file.factors.get_index(index).map(|(_, written)| written);
        let says = written.is_some_and(|written| {
            written.levels.is_some() || written.range.is_some() || written.distribution.is_some()
        });
        if says {
            continue;
        }
        let column = (0..table.len()).map(|row| table.values(row)[index]);
        let (low, high) = column
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        factor.spread = match low < high {
            true => FactorSpread::Range { low, high, log: false },
            false => FactorSpread::Levels(vec![low]),
        };
    }
}
