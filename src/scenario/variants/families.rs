//! The sections whose named things a variant can add and remove.

use crate::scenario::file::ScenarioFile;
use crate::scenario::file::variant::Additions;
use crate::scenario::file::words::Key;

/// One line for each section: a new mechanism adds its own.
macro_rules! families {
    ($($family:ident),*) => {
        /// The names of the sections.
        pub(in crate::scenario) const FAMILIES: [&str; [$(stringify!($family)),*].len()] = [$(stringify!($family)),*];

        /// Everything that is added, each with its section.
        pub(super) fn added(additions: &Additions) -> Vec<(&'static str, &Key)> {
            let mut added = Vec::new();
            $(added.extend(additions.$family.keys().map(|key| (stringify!($family), key)));)*
            added
        }

        /// The addresses of everything that a file has.
        pub(in crate::scenario) fn addresses(file: &ScenarioFile) -> Vec<String> {
            let mut addresses = Vec::new();
            $(addresses.extend(file.$family.keys().map(|key| format!("{}.{}", stringify!($family), &***key)));)*
            addresses
        }

        /// Where the name of something stands: in the file, or in one of its variants that adds it.
        pub(super) fn written_at(file: &ScenarioFile, family: &str, name: &str) -> Option<usize> {
            $(if family == stringify!($family) {
                let added = file.variants.values().filter_map(|variant| variant.add.as_ref());
                let mut keys = file.$family.keys().chain(added.flat_map(|added| added.$family.keys()));
                return keys.find(|key| &****key == name).map(|key| key.span().start);
            })*
            None
        }

        /// Puts one addition into a file, behind what its section has.
        pub(super) fn insert(file: &mut ScenarioFile, additions: &Additions, family: &str, name: &str) {
            $(if family == stringify!($family)
                && let Some((key, one)) = additions.$family.get_key_value(name)
            {
                file.$family.insert(key.clone(), one.clone());
            })*
        }

        /// Takes something out of a file; the rest keeps its order.
        pub(super) fn remove(file: &mut ScenarioFile, family: &str, name: &str) {
            $(if family == stringify!($family) {
                file.$family.shift_remove(name);
            })*
        }

        /// What is written as the label of something.
        pub(super) fn label<'f>(file: &'f ScenarioFile, family: &str, name: &str) -> Option<&'f str> {
            $(if family == stringify!($family) {
                return file.$family.get(name)?.label.as_ref().map(|label| label.as_str());
            })*
            None
        }

        /// What is written as the label of an addition.
        pub(super) fn added_label<'f>(additions: &'f Additions, family: &str, name: &str) -> Option<&'f str> {
            $(if family == stringify!($family) {
                return additions.$family.get(name)?.label.as_ref().map(|label| label.as_str());
            })*
            None
        }

        /// Whether an addition is what the file has already.
        pub(super) fn same(file: &ScenarioFile, additions: &Additions, family: &str, name: &str) -> bool {
            $(if family == stringify!($family) {
                return file.$family.get(name) == additions.$family.get(name);
            })*
            false
        }
    };
}

families!(parameters, places, arrivals, births, ageing, moves, stays, programmes, shocks, regimes, policies);

/// The section and the name in an address.
pub(super) fn split(address: &str) -> Option<(&str, &str)> {
    address.split_once('.')
}

/// Whether `field` is `address` or something within it.
pub(super) fn within(field: &str, address: &str) -> bool {
    field.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
