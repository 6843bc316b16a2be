//! `repatria check`: everything that is wrong with a scenario, or what it holds.

use std::io::{self, Write};

use super::args::CheckArgs;
use super::failure::Failure;
use super::first_year::first_year;
use super::load::{Loaded, load};
use crate::model::Model;
use crate::output::format::{count, decimals, duration, thousands};

/// Checks a scenario: problems and warnings to stderr, what it holds to stdout.
pub fn check(args: &CheckArgs) -> Result<(), Failure> {
    let Loaded { source, model, warnings, warning_count } = load(&args.scenario)?;
    if warning_count > 0 {
        eprintln!("{}\n", warnings.trim_end());
    }
    let flows = first_year(&model)
        .map_err(|error| Failure::BadInput(format!("error: {}: in expected mode, {error}", source.name)))?;
    let mut out = io::stdout().lock();
    describe(&mut out, &model)?;
    writeln!(out, "\nExpected in the first twelve months")?;
    for flow in &flows {
        let digits = if flow.people < 10.0 { 1 } else { 0 };
        writeln!(out, "  {:>12}  {}", decimals(flow.people, digits), model.address(flow.mechanism))?;
    }
    let verdict = match warning_count {
        0 => "no warnings".into(),
        many => count(many as u64, "warning"),
    };
    writeln!(out, "\n{} can be run: {verdict}.", source.name)?;
    Ok(())
}

fn describe(out: &mut impl Write, model: &Model) -> io::Result<()> {
    let calendar = &model.calendar;
    writeln!(out, "{}", model.title)?;
    if let Some(question) = &model.question {
        writeln!(out, "{question}")?;
    }
    writeln!(
        out,
        "\n{} to {}: {} in steps of a {}; {} histories, seed {}",
        calendar.start(),
        calendar.end(),
        duration(calendar.steps(), calendar.unit()),
        calendar.unit().name(),
        thousands(model.replicates as f64),
        model.seed
    )?;
    let dimensions: Vec<String> = model
        .groups
        .dimensions
        .iter()
        .map(|dimension| format!("{} ({})", dimension.name, dimension.values.len()))
        .collect();
    let dimensions = if dimensions.is_empty() { "no dimensions".into() } else { dimensions.join(" x ") };
    writeln!(
        out,
        "{}: {} x {dimensions}",
        count(model.cells() as u64, "cell"),
        count(model.places.len() as u64, "place")
    )?;
    let mechanisms = [
        (model.arrivals.len(), "arrivals"),
        (model.births.len(), "births"),
        (model.ageing.len(), "ageing"),
        (model.moves.len(), "moves"),
        (model.programmes.len(), "programmes"),
        (model.shocks.len(), "shocks"),
        (model.regimes.len(), "regimes"),
        (model.policies.len(), "policies"),
        (model.parameters.len(), "parameters"),
    ];
    let mechanisms: Vec<String> = mechanisms
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, family)| format!("{number} {family}"))
        .collect();
    writeln!(out, "{}", if mechanisms.is_empty() { "no mechanisms".into() } else { mechanisms.join(", ") })
}
