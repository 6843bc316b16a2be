//! What a variant is made of, one by one: removals, additions and changes, with those of the variants it is based on.

use std::ops::Range;

use super::lineage::lineage;
use super::sections::{added, split};
use crate::model::Section;
use crate::scenario::file::variant::{Removal, VariantChange};
use crate::scenario::file::words::Key;
use crate::scenario::file::{Additions, ScenarioFile};
use crate::scenario::located::Located;

/// One thing that a variant does.
pub(super) struct Item<'f> {
    /// The variant that has it: the variant itself, or one that it is based on.
    pub(super) variant: &'f str,
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
    let mut items = Vec::new();
    for (key, variant) in lineage(file, [variant]) {
        let name: &str = key;
        for written in &variant.remove {
            let (family, removed) = split(&written.address).unwrap_or((&written.address, ""));
            let act = Act::Remove { written, family, name: removed };
            items.push(Item { variant: name, span: written.span(), part: written.part.as_ref(), act });
        }
        if let Some(additions) = &variant.add {
            for (section, key) in added(additions) {
                let act = Act::Add { additions, section, key };
                items.push(Item { variant: name, span: key.span(), part: additions.part.as_ref(), act });
            }
        }
        for (index, written) in variant.changes.iter().enumerate() {
            let act = Act::Change { index, written };
            items.push(Item { variant: name, span: written.span(), part: written.part.as_ref(), act });
        }
    }
    items
}
