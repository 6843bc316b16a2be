//! What is wrong with how a variant is put together: names that are not there, or there already; what it removes and
//! changes at once.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Act, Item, Owner};
use super::lists;
use super::sections::{addresses, split, within};
use crate::model::Section;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant_change::VariantChange;
use crate::scenario::located::Located;
use crate::scenario::words::{list, nearest, shortened, suggest};

/// What was found.
pub(super) struct StructureReport {
    /// Each with the index of the item at which it stands.
    pub(super) problems: Vec<(usize, Diagnostic)>,
    /// The items that cannot be used, by index.
    pub(super) broken: BTreeSet<usize>,
}

impl StructureReport {
    /// What is wrong with the item `broken`, which stands at the item `at`.
    fn add(&mut self, broken: usize, at: usize, problem: Diagnostic) {
        self.broken.insert(broken);
        self.problems.push((at, problem));
    }
}

/// What is wrong with the items of a variant or of an exercise.
pub(super) fn problems(file: &ScenarioFile, whose: Owner, items: &[Item]) -> StructureReport {
    let mut found = StructureReport { problems: Vec::new(), broken: BTreeSet::new() };
    let mut there: BTreeSet<String> = addresses(file).into_iter().collect();
    // What has been taken out, by which item, and not been put back.
    let mut gone: BTreeMap<String, usize> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let address = item.address();
        let problem = match &item.act {
            Act::Remove { family, .. } => {
                if there.remove(&address) {
                    gone.insert(address, index);
                    continue;
                }
                // Of two variants that it is based on each may take out the same.
                if item.owner != whose && gone.contains_key(&address) {
                    continue;
                }
                not_there(&address, family, &there, &gone)
            }
            Act::Add { section, key, .. } => {
                gone.remove(&address);
                if there.insert(address.clone()) {
                    continue;
                }
                there_already(&address, *section, key, &items[..index])
            }
            Act::Change { .. } => continue,
        };
        found.add(index, index, problem.at(item.span.clone()));
    }
    let known: Vec<&str> = there.iter().chain(gone.keys()).map(String::as_str).collect();
    for (index, item) in items.iter().enumerate() {
        let Act::Change { written: change, .. } = &item.act else { continue };
        if let Some(problem) = lists::problem(change, &known) {
            found.add(index, index, problem);
            continue;
        }
        let removed = gone.iter().find(|(address, _)| within(&change.field, address));
        let Some((address, removal)) = removed else { continue };
        // A change that was there before is the fault of who removes what it changes.
        if index > *removal {
            found.add(index, index, changed_and_removed(change, address));
        } else {
            found.add(index, *removal, inherited_change_removed(change, item, &items[*removal]));
        }
    }
    found
}

/// The message for adding what is there already, from the scenario or from one of the items `before` it.
fn there_already(address: &str, section: Section, key: &str, before: &[Item]) -> Diagnostic {
    let added = |other: &&Item| other.address() == address && matches!(other.act, Act::Add { .. });
    let whose = match before.iter().rev().find(added) {
        Some(other) => format!("`{}`", other.owner.name()),
        None => "the scenario".to_string(),
    };
    Diagnostic::error(Code::Duplicate.of(address), format!("{whose} has `{address}` already"))
        .label("the same name")
        .help(format!(
            "write another name, or take that one's place: remove = [\"{}.{}\"]",
            section.name(),
            key
        ))
}

/// The message for a variant that changes and removes one thing.
fn changed_and_removed(change: &Located<VariantChange>, removed: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ChangedAndRemoved.of(&change.field),
        format!("`{}` is changed and removed at once", shortened(&change.field)),
    )
    .at(change.field.span())
    .label(format!("the variant removes `{}`", shortened(removed)))
    .help("take the change out, or the removal")
}

/// The message for a variant that removes what another changes that is there before it.
fn inherited_change_removed(change: &Located<VariantChange>, of: &Item, removal: &Item) -> Diagnostic {
    let (base, name) = (of.owner.name(), removal.owner.name());
    Diagnostic::error(
        Code::ChangedAndRemoved.of(&base).and(&change.field).and(&name),
        format!("`{base}` changes `{}`, which `{name}` removes", shortened(&change.field)),
    )
    .at(removal.span.clone())
    .label("changed by what it is based on")
    .help("base it on another variant, or let this be and multiply it by 0")
}

/// The message for a removal of what is not there.
fn not_there(
    address: &str,
    family: &str,
    there: &BTreeSet<String>,
    gone: &BTreeMap<String, usize>,
) -> Diagnostic {
    let shown = shortened(address);
    if gone.contains_key(address) {
        return Diagnostic::error(Code::Duplicate.of(address), format!("`{shown}` is removed twice"))
            .label("removed before")
            .help("take one of them out");
    }
    // Something within a mechanism: a field is changed, not removed.
    if let Some(whole) = there.iter().find(|known| within(address, known)) {
        return Diagnostic::error(
            Code::NotRemovable.of(address).and(&whole),
            format!("`{shown}` is a part of `{whole}`"),
        )
        .label("only wholes can be removed")
        .help(format!("remove \"{whole}\", or change the field: {{ field = \"{shown}\", times = 0 }}"));
    }
    if Section::named(family).is_none() || split(address).is_none() {
        let help = match nearest(address, there.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{}`?", shortened(near)),
            None => format!(
                "write the section and the name, such as \"programmes.some_name\"; the sections are {}",
                list(Section::ALL.map(Section::name), Section::ALL.len())
            ),
        };
        return Diagnostic::error(Code::NotRemovable.of(address), format!("`{shown}` cannot be removed"))
            .label("not the address of something that can be taken out")
            .help(help);
    }
    let of_family: Vec<&str> = there
        .iter()
        .map(String::as_str)
        .filter(|known| split(known).is_some_and(|(of, _)| of == family))
        .collect();
    Diagnostic::error(Code::UnknownName.of(address), format!("there is no `{shown}` to remove"))
        .label("not in the scenario")
        .help(suggest(address, of_family, family))
}

/// What to do where something still names what a variant removes.
pub(super) fn of_removal(items: &[Item], problem: &Diagnostic) -> Option<String> {
    let removed = items.iter().find_map(|item| match &item.act {
        Act::Remove { written, name, .. } => {
            let address = &written.address;
            let names = |subject: &String| *subject == **name || within(subject, address);
            problem.about().iter().any(names).then_some(address)
        }
        _ => None,
    })?;
    let section = split(removed).and_then(|(section, _)| Section::named(section));
    let or = section.and_then(|section| section.facts().effect).map_or_else(String::new, |field| {
        format!(", or keep it without effect: changes = [{{ field = \"{removed}.{field}\", times = 0 }}]")
    });
    Some(format!("the variant removes `{removed}`: remove what names it too{or}"))
}

/// Whether nothing of a variant makes a difference; `idle` has the items that make none by themselves.
pub(super) fn all_idle(file: &ScenarioFile, items: &[Item], idle: &[usize]) -> bool {
    items.iter().enumerate().all(|(index, item)| match &item.act {
        Act::Change { written, .. } if written.list().is_some() => !lists::apply(&mut file.clone(), written),
        Act::Change { .. } => idle.contains(&index),
        Act::Add { additions, section, key } => file.has_same(additions, *section, key),
        Act::Remove { written, .. } => items[index..]
            .iter()
            .any(|other| matches!(other.act, Act::Add { .. }) && other.address() == written.address),
    })
}
