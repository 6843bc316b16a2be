//! The sections whose named things a variant can add and remove.

use crate::model::Section;
use crate::scenario::file::words::Key;
use crate::scenario::file::{Additions, ScenarioFile};

/// Everything that is added, each with its section.
pub(super) fn added(additions: &Additions) -> Vec<(Section, &Key)> {
    let of = |section: Section| additions.section(section).keys().into_iter().map(move |key| (section, key));
    Section::ALL.into_iter().flat_map(of).collect()
}

/// The addresses of everything that a file has.
pub(in crate::scenario) fn addresses(file: &ScenarioFile) -> Vec<String> {
    let of = |section: Section| {
        let keys = file.section(section).keys();
        keys.into_iter().map(move |key| format!("{}.{}", section.name(), &***key))
    };
    Section::ALL.into_iter().flat_map(of).collect()
}

/// Where the name of something stands: in the file, or in one of its variants that adds it.
pub(super) fn written_at(file: &ScenarioFile, section: &str, name: &str) -> Option<usize> {
    let section = Section::named(section)?;
    let added = file.variants.values().filter_map(|variant| variant.add.as_ref());
    let tables = std::iter::once(file.section(section)).chain(added.map(|added| added.section(section)));
    let mut keys = tables.flat_map(|table| table.keys());
    keys.find(|key| &****key == name).map(|key| key.span().start)
}

/// The section and the name in an address.
pub(super) fn split(address: &str) -> Option<(&str, &str)> {
    address.split_once('.')
}

/// Whether `field` is `address` or something within it.
pub(super) fn within(field: &str, address: &str) -> bool {
    field.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
