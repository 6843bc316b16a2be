//! What a variant is based on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant::WrittenVariant;
use crate::scenario::file::words::Key;
use crate::scenario::words::{list, shortened, suggest};

/// The variants of these names, each behind those that it is based on, each once. What would close a circle and names
/// that are unknown are left out.
pub(super) fn lineage<'f, 'n>(
    file: &'f ScenarioFile,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<(&'f Key, &'f WrittenVariant)> {
    let mut laid = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names {
        lay(file, name, &mut seen, &mut laid);
    }
    laid
}

fn lay<'f>(
    file: &'f ScenarioFile,
    name: &str,
    seen: &mut BTreeSet<&'f str>,
    laid: &mut Vec<(&'f Key, &'f WrittenVariant)>,
) {
    let Some((key, variant)) = file.variants.get_key_value(name) else { return };
    if !seen.insert(&***key) {
        return;
    }
    for (_, base) in variant.bases() {
        lay(file, base, seen, laid);
    }
    laid.push((key, variant));
}

/// What is wrong with the names that variants are based on.
pub(super) fn problems(file: &ScenarioFile) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for (key, variant) in &file.variants {
        let others = file.variants.keys().map(|other| &***other).filter(|other| *other != &***key);
        problems.extend(wrong_names(file, &variant.bases(), &others.collect::<Vec<_>>()));
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
        let next = circle.get(1).unwrap_or(&circle[0]);
        let at = variant.bases().into_iter().find_map(|(span, base)| (base == *next).then_some(span));
        problems.push(
            Diagnostic::error(Code::Circular.of(&key), message)
                .at(at.unwrap_or_else(|| key.span()))
                .label("never comes to an end")
                .help("take one `based_on` out: a variant without it is based on the scenario itself"),
        );
    }
    problems
}

/// Which of these names are those of no variant, or are there twice. `others` are the variants that could be meant.
pub(super) fn wrong_names(
    file: &ScenarioFile,
    names: &[(Range<usize>, &str)],
    others: &[&str],
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (index, (span, name)) in names.iter().enumerate() {
        if !file.variants.contains_key(*name) {
            problems.push(
                Diagnostic::error(
                    Code::UnknownName.of(name),
                    format!("there is no variant `{}`", shortened(name)),
                )
                .at(span.clone())
                .label("unknown variant")
                .help(suggest(name, others.to_vec(), "other variants")),
            );
        } else if names[..index].iter().any(|(_, before)| before == name) {
            problems.push(
                Diagnostic::error(Code::Duplicate.of(name), format!("the variant `{name}` is named twice"))
                    .at(span.clone())
                    .label("here again")
                    .help("take one of them out: each is laid over the scenario once"),
            );
        }
    }
    problems
}

/// The names from `name` back to it.
fn circle<'f>(file: &'f ScenarioFile, name: &'f Key) -> Option<Vec<&'f str>> {
    let mut names: Vec<&str> = vec![name];
    closes(file, &mut names, &mut BTreeSet::new()).then_some(names)
}

/// Whether the names go on until they come back to the first of them; then they have gone on as far as that.
fn closes<'f>(file: &'f ScenarioFile, names: &mut Vec<&'f str>, seen: &mut BTreeSet<&'f str>) -> bool {
    let Some(last) = names.last().and_then(|last| file.variants.get(*last)) else { return false };
    for (_, base) in last.bases() {
        if base == names[0] {
            return true;
        }
        let Some((next, _)) = file.variants.get_key_value(base) else { continue };
        if seen.insert(&***next) {
            names.push(next);
            if closes(file, names, seen) {
                return true;
            }
            names.pop();
        }
    }
    false
}
