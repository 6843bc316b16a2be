//! What a scenario holds, in words.

use std::io::{self, Write};

use super::say::{fill, paragraph};
use crate::model::{Mechanism, Model};
use crate::output::format::{count, count_of, duration, shortest};
use crate::scenario::Worlds;

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
        count_of(model.replicates, "history", "histories"),
        model.seed
    )?;
    let mut size = vec![count(model.places.len() as u64, "place")];
    let dimensions = &model.groups.dimensions;
    size.extend(dimensions.iter().map(|axis| format!("{} ({})", axis.name, axis.values.len())));
    writeln!(out, "{}: {}\n", count(model.cells() as u64, "cell"), size.join(" x "))?;
    for (family, names) in families(model) {
        if !names.is_empty() {
            writeln!(out, "{}", fill(&format!("{family:<12}"), &names))?;
        }
    }
    Ok(())
}

/// Writes the variants, each with its parts.
pub fn variants(out: &mut impl Write, worlds: &Worlds) -> io::Result<()> {
    if worlds.variants.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nVariants")?;
    for variant in &worlds.variants {
        let base = variant.based_on.as_ref().map(|base| format!(", based on {base}")).unwrap_or_default();
        writeln!(out, "  {} ({}{base})", variant.label, variant.name)?;
        for part in &variant.parts {
            writeln!(out, "      {}", part.label)?;
        }
    }
    Ok(())
}

/// The sections of the file with what each holds.
fn families(model: &Model) -> [(&'static str, Vec<String>); 11] {
    fn all<T>(family: &[T], name: impl Fn(&T) -> &str) -> Vec<String> {
        family.iter().map(|one| name(one).to_string()).collect()
    }
    let values = model.parameter_values();
    let parameters = model.parameters.iter().zip(values);
    [
        ("places", all(&model.places, |place| &place.label)),
        ("arrivals", all(&model.arrivals, |arrival| &arrival.label)),
        ("births", all(&model.births, |birth| &birth.label)),
        ("ageing", all(&model.ageing, |ageing| &ageing.label)),
        ("moves", all(&model.moves, |way| &way.label)),
        ("stays", all(&model.stays, |stay| &stay.label)),
        ("programmes", all(&model.programmes, |programme| &programme.label)),
        ("shocks", all(&model.shocks, |shock| &shock.label)),
        ("regimes", all(&model.regimes, |regime| &regime.label)),
        ("policies", all(&model.policies, |policy| &policy.label)),
        (
            "parameters",
            parameters.map(|(one, value)| format!("{} = {}", one.name, shortest(value))).collect(),
        ),
    ]
}

/// A mechanism's name for people.
pub fn label(model: &Model, mechanism: Mechanism) -> &str {
    match mechanism {
        Mechanism::Move(index) => &model.moves[index].label,
        Mechanism::Stay(index) => &model.stays[index].label,
        Mechanism::Ageing(index) => &model.ageing[index].label,
        Mechanism::Arrival(index) => &model.arrivals[index].label,
        Mechanism::Birth(index) => &model.births[index].label,
        Mechanism::Programme(index) => &model.programmes[index].label,
        Mechanism::Shock(index) => &model.shocks[index].label,
        Mechanism::Closure(place) => {
            let place = &model.places[place];
            place.closes.as_ref().map_or(&place.label, |closure| &closure.label)
        }
    }
}
