//! What a scenario holds, in words.

use std::io::{self, Write};

use super::say::{fill, paragraph};
use crate::model::{Mechanism, Model, Section};
use crate::output::format::{count, duration, shortest};
use crate::scenario::ScenarioVariants;

/// Writes title, question, size and everything that has a name.
pub fn describe(out: &mut impl Write, model: &Model) -> io::Result<()> {
    let calendar = &model.calendar;
    writeln!(out, "{}", model.title)?;
    if let Some(question) = &model.question {
        writeln!(out, "{}", paragraph(question))?;
    }
    writeln!(
        out,
        "\n{} to {}: {} in steps of a {}; {}, seed {}",
        calendar.start(),
        calendar.end(),
        duration(calendar.steps(), calendar.unit()),
        calendar.unit().name(),
        count(model.replicates, "replicate"),
        model.seed
    )?;
    let mut size = vec![count(model.places.len() as u64, "place")];
    let dimensions = &model.groups.dimensions;
    size.extend(dimensions.iter().map(|axis| format!("{} ({})", axis.name, axis.values.len())));
    writeln!(out, "{}: {}\n", count(model.cells() as u64, "cell"), size.join(" x "))?;
    for (family, names) in sections(model) {
        if !names.is_empty() {
            writeln!(out, "{}", fill(&format!("{family:<12}"), &names))?;
        }
    }
    Ok(())
}

/// Writes the variants, each with its parts.
pub fn variants(out: &mut impl Write, scenario: &ScenarioVariants) -> io::Result<()> {
    if scenario.variants.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nVariants")?;
    for variant in &scenario.variants {
        let base = match variant.based_on.as_slice() {
            [] => String::new(),
            names => format!(", based on {}", names.join(" and ")),
        };
        writeln!(out, "  {} ({}{base})", variant.label, variant.name)?;
        for part in &variant.parts {
            writeln!(out, "      {}", part.label)?;
        }
    }
    Ok(())
}

/// The sections of the file with what each holds; parameters come last, with their values.
fn sections(model: &Model) -> Vec<(&'static str, Vec<String>)> {
    let labels = |section: Section| model.labels(section).into_iter().map(str::to_string).collect();
    let others = Section::ALL.into_iter().filter(|section| *section != Section::Parameters);
    let parameters = model.parameters.iter().zip(model.parameter_values());
    let parameters = parameters
        .zip(model.wandering())
        .map(|((one, value), wander)| {
            let wanders = if wander.is_some() { ", wandering" } else { "" };
            format!("{} = {}{wanders}", one.name, shortest(value))
        })
        .collect();
    others
        .map(|section| (section.name(), labels(section)))
        .chain([(Section::Parameters.name(), parameters)])
        .collect()
}

/// A mechanism's name for people.
pub fn label(model: &Model, mechanism: Mechanism) -> &str {
    model.mover(mechanism).label
}
