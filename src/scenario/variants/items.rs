//! What a variant is made of, one by one: removals, additions and changes, with those of the variants it is based on.

use std::ops::Range;

use super::lineage::lineage;
use super::sections::{added, split};
use crate::model::Section;
use crate::scenario::file::exercise::WrittenSetting;
use crate::scenario::file::variant::Removal;
use crate::scenario::file::variant_change::VariantChange;
use crate::scenario::file::words::Key;
use crate::scenario::file::{Additions, ScenarioFile};
use crate::scenario::located::Located;

/// Who has an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Owner<'f> {
    /// A variant of the file.
    Variant(&'f str),
    /// The setting of an exercise of the file.
    Exercise(&'f str),
}

impl<'f> Owner<'f> {
    /// Its name in the file.
    pub(in crate::scenario) fn name(self) -> &'f str {
        match self {
            Owner::Variant(name) | Owner::Exercise(name) => name,
        }
    }

    /// What messages call it: "the variant `twice`".
    pub(in crate::scenario) fn in_words(self) -> String {
        match self {
            Owner::Variant(name) => format!("the variant `{name}`"),
            Owner::Exercise(name) => format!("the exercise `{name}`"),
        }
    }

    /// The words of the file that lead to its items.
    pub(super) fn path(self) -> Vec<&'f str> {
        match self {
            Owner::Variant(name) => vec!["variants", name],
            Owner::Exercise(name) => vec!["exercises", name, "setting"],
        }
    }
}

/// One thing that a variant does.
pub(super) struct Item<'f> {
    /// Who has it: the variant itself, or one that it is based on.
    pub(super) owner: Owner<'f>,
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// The part to which it says it belongs.
    pub(super) part: Option<&'f Located<String>>,
    pub(super) act: Act<'f>,
}

/// What it does.
pub(super) enum Act<'f> {
    /// Takes something out. Without a dot in the address there is no name, and nothing of it.
    Remove { written: &'f Located<Removal>, family: &'f str, name: &'f str },
    /// Puts something in.
    Add { additions: &'f Additions, section: Section, key: &'f Key },
    /// Changes a field.
    Change { index: usize, written: &'f Located<VariantChange> },
}

impl Item<'_> {
    /// The address of what it adds or removes, or of the field that it changes.
    pub(super) fn address(&self) -> String {
        match &self.act {
            Act::Remove { written, .. } => written.address.clone(),
            Act::Add { section, key, .. } => format!("{}.{}", section.name(), &****key),
            Act::Change { written, .. } => written.field.get().clone(),
        }
    }
}

/// The items of a variant in the order in which they are applied: those of what it is based on first; of each variant
/// first what it removes, then what it adds, then what it changes.
pub(super) fn of<'f>(file: &'f ScenarioFile, variant: &str) -> Vec<Item<'f>> {
    of_variants(file, [variant])
}

/// The items of the setting of an exercise: those of its variants, then its own.
pub(super) fn of_exercise<'f>(
    file: &'f ScenarioFile,
    name: &'f str,
    setting: &'f WrittenSetting,
) -> Vec<Item<'f>> {
    let mut items = of_variants(file, setting.variants.iter().map(|name| name.as_str()));
    items.extend(changes(Owner::Exercise(name), &setting.changes));
    items
}

fn of_variants<'f, 'n>(file: &'f ScenarioFile, names: impl IntoIterator<Item = &'n str>) -> Vec<Item<'f>> {
    let mut items = Vec::new();
    for (key, variant) in lineage(file, names) {
        let owner = Owner::Variant(key);
        for written in &variant.remove {
            let (family, removed) = split(&written.address).unwrap_or((&written.address, ""));
            let act = Act::Remove { written, family, name: removed };
            items.push(Item { owner, span: written.span(), part: written.part.as_ref(), act });
        }
        if let Some(additions) = &variant.add {
            for (section, key) in added(additions) {
                let act = Act::Add { additions, section, key };
                items.push(Item { owner, span: key.span(), part: additions.part.as_ref(), act });
            }
        }
        items.extend(changes(owner, &variant.changes));
    }
    items
}

fn changes<'f>(
    owner: Owner<'f>,
    changes: &'f [Located<VariantChange>],
) -> impl Iterator<Item = Item<'f>> + use<'f> {
    changes.iter().enumerate().map(move |(index, written)| {
        let act = Act::Change { index, written };
        Item { owner, span: written.span(), part: written.part.as_ref(), act }
    })
}
