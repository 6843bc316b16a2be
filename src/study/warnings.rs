//! What is probably not meant in a study, though it can be run.

use super::design::Design;
use super::file::StudyFile;
use super::valid::Study;
use crate::model::Effect;
use crate::scenario::Code;
use crate::scenario::{Diagnostic, OnDates, list};

/// A warning for each factor that a variant of the study sets itself, and one for columns of its table that are of no
/// factor.
pub fn warnings(file: &StudyFile, study: &Study) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Design::External(table) = &study.design
        && let ignored = table.ignored()
        && !ignored.is_empty()
    {
        let span = file.design.file.as_ref().map_or_else(|| file.design.kind.span(), |file| file.span());
        let columns = if ignored.len() == 1 { "a column" } else { "columns" };
        let more = ignored.len().saturating_sub(8);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names = ignored.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        found.push(
            Diagnostic::warning(
                Code::IgnoredColumn,
                format!("the table has {columns} of no factor: {names}{more}"),
            )
            .at(span)
            .label("ignored")
            .help("the columns that are read are called as the factors are"),
        );
    }
    for (factor, field) in study.factors.iter().zip(&study.fields) {
        // What multiplies a field also multiplies what a variant sets it to.
        if field.effect == Effect::Times {
            continue;
        }
        let written = file.factors.iter().find(|(key, _)| ****key == *factor.name);
        let span = written.map_or_else(|| file.design.kind.span(), |(_, written)| written.field.span());
        for dated in [false, true] {
            let variants: Vec<&str> = (study.variants.iter().map(|index| &study.scenario.variants[*index]))
                .filter(|variant| study.scenario.sets(variant, &field.address) == Some(OnDates(dated)))
                .map(|variant| variant.name.as_str())
                .collect();
            if variants.is_empty() {
                continue;
            }
            let (word, verb) = if variants.len() == 1 { ("variant", "sets") } else { ("variants", "set") };
            let when = if dated { " while it does" } else { "" };
            let names = list(variants.iter().copied(), 8);
            found.push(
                Diagnostic::warning(
                    Code::NoEffect.of(&field.address).and(&factor.name),
                    format!(
                        "the {word} {names} {verb} `{}`: there `{}` makes no difference{when}",
                        field.address, factor.name
                    ),
                )
                .at(span.clone())
                .label("set by a variant too")
                .help("leave such variants out, or let them multiply (`times`) what the study sets"),
            );
        }
    }
    found
}
