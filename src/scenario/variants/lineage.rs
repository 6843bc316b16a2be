//! What a variant is based on.

use std::collections::BTreeSet;

use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant::WrittenVariant;
use crate::scenario::file::words::Key;
use crate::scenario::words::{list, shortened, suggest};

/// The variant called `name` behind those that it is based on, the first of them first. A chain ends where it would
/// close a circle and where its next name is unknown.
pub(super) fn lineage<'f>(file: &'f ScenarioFile, name: &str) -> Vec<(&'f Key, &'f WrittenVariant)> {
    let mut chain = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = file.variants.get_key_value(name);
    while let Some((key, variant)) = next {
        if !seen.insert(&***key) {
            break;
        }
        chain.push((key, variant));
        next = variant.based_on.as_ref().and_then(|base| file.variants.get_key_value(base.as_str()));
    }
    chain.reverse();
    chain
}

/// What is wrong with the names that variants are based on.
pub(super) fn problems(file: &ScenarioFile) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for (key, variant) in &file.variants {
        let Some(base) = &variant.based_on else { continue };
        if !file.variants.contains_key(base.as_str()) {
            let others = file.variants.keys().map(|other| &***other).filter(|other| *other != &***key);
            problems.push(
                Diagnostic::error(
                    Code::UnknownName.of(&base),
                    format!("there is no variant `{}`", shortened(base)),
                )
                .at(base.span())
                .label("unknown variant")
                .help(suggest(base, others.collect::<Vec<_>>(), "other variants")),
            );
            continue;
        }
        // A circle is reported once, at the first of its variants.
        let Some(circle) = circle(file, key) else { continue };
        if circle.iter().any(|name| !reported.insert(name)) {
            continue;
        }
        let message = match circle.as_slice() {
            [only] => format!("the variant `{only}` is based on itself"),
            names => {
                let names = list(names.iter().copied(), 8);
                format!("the variants {names} are based on each other in a circle")
            }
        };
        problems.push(
            Diagnostic::error(Code::Circular.of(&key), message)
                .at(base.span())
                .label("never comes to an end")
                .help("take one `based_on` out: a variant without it is based on the scenario itself"),
        );
    }
    problems
}

/// The names from `name` back to it.
fn circle<'f>(file: &'f ScenarioFile, name: &'f Key) -> Option<Vec<&'f str>> {
    let mut names: Vec<&str> = vec![name];
    loop {
        let last = names[names.len() - 1];
        let base = file.variants.get(last)?.based_on.as_ref()?;
        let (next, _) = file.variants.get_key_value(base.as_str())?;
        if ***next == ***name {
            return Some(names);
        }
        if names.contains(&&***next) {
            return None;
        }
        names.push(next);
    }
}
