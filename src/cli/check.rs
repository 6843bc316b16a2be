//! `repatria check`: everything that is wrong with a scenario, or what it holds.

use std::io::{self, Write};

use super::args::CheckArgs;
use super::colour;
use super::describe::{describe, label, variants};
use super::failure::Failure;
use super::first_year::{FirstYear, first_year, in_expected_mode};
use super::load::{Loaded, load, refused};
use super::render::render;
use super::say::{fill, say};
use super::thin_rates::thin_rates;
use crate::model::Model;
use crate::output::format::{count, decimals};
use crate::scenario;

/// Checks a scenario: problems and warnings to stderr, what it holds to stdout.
pub fn check(args: &CheckArgs) -> Result<(), Failure> {
    let Loaded { source, worlds, mut warnings } = load(&args.scenario)?;
    let model = &worlds.baseline;
    let file = scenario::parse(&source).map_err(|problems| refused(&source, &problems))?;
    let expected = in_expected_mode(model);
    if let Ok(summary) = &expected {
        warnings.extend(thin_rates(&file, source.text.len(), model, summary));
    }
    if !warnings.is_empty() {
        say(render(&source, &warnings, colour()).trim_end());
        say("");
    }
    let summary = expected
        .map_err(|error| Failure::BadInput(format!("error: {}: in expected mode, {error}", source.name)))?;
    let flows = first_year(&file, model, &summary);
    let mut out = io::stdout().lock();
    describe(&mut out, model)?;
    variants(&mut out, &worlds)?;
    if !flows.is_empty() {
        expectations(&mut out, model, &flows)?;
    }
    let verdict = match warnings.len() {
        0 => "no warnings".into(),
        many => count(many as u64, "warning"),
    };
    writeln!(out, "\n{} can be run: {verdict}.", source.name)?;
    Ok(())
}

/// How many people each mechanism is expected to move.
fn expectations(out: &mut impl Write, model: &Model, flows: &[FirstYear]) -> io::Result<()> {
    let calendar = &model.calendar;
    let short = calendar.steps() < calendar.steps_in(1.0);
    let period = if short { "from start to end" } else { "in the first twelve months" };
    writeln!(out, "\nPeople expected {period}")?;
    let labels: Vec<&str> = flows.iter().map(|flow| label(model, flow.mechanism)).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for (flow, label) in flows.iter().zip(labels) {
        let digits = if flow.people > 0.0 && flow.people < 9.95 { 1 } else { 0 };
        let people = decimals(flow.people, digits);
        // Ones stand below ones, whatever follows the point.
        let people = if digits == 0 { format!("{people}  ") } else { people };
        writeln!(out, "{people:>14}  {label:width$}  {}", model.address(flow.mechanism))?;
    }
    let idle: Vec<String> =
        flows.iter().filter(|flow| flow.people == 0.0).map(|flow| model.address(flow.mechanism)).collect();
    if !idle.is_empty() {
        writeln!(out, "\n{}", fill("Nobody is moved by ", &idle))?;
        writeln!(out, "in that time: look at dates, people and numbers if that is not meant.")?;
    }
    Ok(())
}
