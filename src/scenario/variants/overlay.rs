//! The file of a variant: the scenario as it is written, without what is removed and with what is added.

use std::borrow::Cow;

use super::items::{Act, Item, Owner};
use super::lists;
use crate::model::Section;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant_change::VariantChange;
use crate::scenario::located::Located;

/// A file to be checked, and the changes that a variant makes in it.
pub(in crate::scenario) struct Overlay<'a> {
    /// The file with what a variant adds and without what it removes.
    pub(in crate::scenario) file: Cow<'a, ScenarioFile>,
    /// Its changes, in the order in which they stack.
    pub(in crate::scenario) changes: Vec<OverlayChange<'a>>,
    /// Who has what it is made of, the last being the variant itself; nobody: the scenario as it is.
    pub(in crate::scenario) owners: Vec<Owner<'a>>,
}

/// A change that a variant makes.
pub(in crate::scenario) struct OverlayChange<'a> {
    /// Who has it: the variant itself, or one that it is based on.
    pub(in crate::scenario) owner: Owner<'a>,
    /// Its address: "variants.twice.changes.0".
    pub(in crate::scenario) address: String,
    /// What messages call its amount: the field, where the amount stands nowhere in the file.
    pub(in crate::scenario) amount: Option<String>,
    /// As it is written.
    pub(in crate::scenario) written: &'a Located<VariantChange>,
    /// Index among the variant's items.
    pub(in crate::scenario) item: usize,
}

impl<'a> Overlay<'a> {
    /// The scenario as it is.
    pub(super) fn none(file: &'a ScenarioFile) -> Overlay<'a> {
        Overlay { file: Cow::Borrowed(file), changes: Vec::new(), owners: Vec::new() }
    }

    /// The scenario with those of a variant's items that are kept.
    pub(super) fn new(
        file: &'a ScenarioFile,
        items: &[Item<'a>],
        keep: impl Fn(usize) -> bool,
    ) -> Overlay<'a> {
        let mut overlay = Overlay::none(file);
        for (index, item) in items.iter().enumerate() {
            if !overlay.owners.contains(&item.owner) {
                overlay.owners.push(item.owner);
            }
            if !keep(index) {
                continue;
            }
            match &item.act {
                Act::Remove { family, name, .. } => {
                    if let Some(section) = Section::named(family) {
                        overlay.file.to_mut().section_mut(section).remove(name);
                    }
                }
                Act::Add { additions, section, key } => {
                    overlay.file.to_mut().insert(additions, *section, key);
                }
                Act::Change { written, .. } if written.list().is_some() => {
                    lists::apply(overlay.file.to_mut(), written);
                }
                Act::Change { index: i, written } => overlay.changes.push(OverlayChange {
                    owner: item.owner,
                    address: format!("{}.changes.{i}", item.owner.path().join(".")),
                    amount: None,
                    written,
                    item: index,
                }),
            }
        }
        overlay
    }
}
