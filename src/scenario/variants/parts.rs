//! The parts of a variant: what stands alone. Items that name each other belong together.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::VariantPart;
use super::items::{Act, Item};
use super::labels;
use super::sections::within;
use crate::scenario::file::ScenarioFile;
use crate::scenario::source::Source;

/// The texts of a scenario as they were read: its own, and that of the file that it extends.
pub(super) struct Documents<'s>(Vec<DeTable<'s>>);

impl<'s> Documents<'s> {
    pub(super) fn of(file: &'s ScenarioFile, source: &'s Source) -> Documents<'s> {
        let texts = [Some(source), file.base.as_ref().map(|base| &*base.source)];
        let read = |source: &'s Source| DeTable::parse_recoverable(&source.text).0.into_inner();
        Documents(texts.into_iter().flatten().map(read).collect())
    }

    /// The words of everything that stands at a path.
    fn words(&self, path: &[&str]) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for document in &self.0 {
            let mut value = path.first().and_then(|word| document.get(*word)).map(|value| value.get_ref());
            for word in path.iter().skip(1) {
                value = match value {
                    Some(DeValue::Table(table)) => table.get(*word).map(|value| value.get_ref()),
                    Some(DeValue::Array(items)) => {
                        word.parse::<usize>().ok().and_then(|i| items.get(i)).map(|value| value.get_ref())
                    }
                    _ => None,
                };
            }
            if let Some(value) = value {
                gather(value, &mut words);
            }
        }
        words
    }
}

/// The words of texts and keys: addresses and expressions come apart.
fn gather(value: &DeValue, words: &mut BTreeSet<String>) {
    match value {
        DeValue::String(text) => {
            let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            words.extend(text.split(|c| !of_name(c)).filter(|word| !word.is_empty()).map(str::to_string));
        }
        DeValue::Array(items) => items.iter().for_each(|item| gather(item.get_ref(), words)),
        DeValue::Table(table) => {
            for (key, value) in table.iter() {
                words.insert(key.get_ref().to_string());
                gather(value.get_ref(), words);
            }
        }
        _ => {}
    }
}

/// The parts of `items`, in the order of their first.
pub(super) fn parts(file: &ScenarioFile, documents: &Documents, items: &[Item]) -> Vec<VariantPart> {
    // For each item the first of its part.
    let mut first: Vec<usize> = (0..items.len()).collect();
    let mut join = |a: usize, b: usize| {
        let (keep, gone) = (first[a].min(first[b]), first[a].max(first[b]));
        first.iter_mut().filter(|of| **of == gone).for_each(|of| *of = keep);
    };
    let words: Vec<BTreeSet<String>> = items.iter().map(|item| mentioned(documents, item)).collect();
    let addresses: Vec<String> = items.iter().map(Item::address).collect();
    for a in 0..items.len() {
        for b in 0..items.len() {
            let same_words = match (items[a].part, items[b].part) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            };
            if a != b && (same_words || needs(&items[a], &words[a], &addresses[a], &items[b], &addresses[b]))
            {
                join(a, b);
            }
        }
    }
    let mut parts: Vec<VariantPart> = Vec::new();
    for lead in (0..items.len()).filter(|item| first[*item] == *item) {
        let of_part: Vec<usize> = (lead..items.len()).filter(|item| first[*item] == lead).collect();
        let words = labels::of_part(file, items, &of_part);
        // Attribution tells parts apart by their names.
        let mut label = words.clone();
        let mut n = 1;
        while parts.iter().any(|part| part.label == label) {
            n += 1;
            label = format!("{words} ({n})");
        }
        parts.push(VariantPart { label, items: of_part });
    }
    parts
}

/// The words by which an item may name others.
fn mentioned(documents: &Documents, item: &Item) -> BTreeSet<String> {
    match &item.act {
        Act::Remove { family, name, .. } => documents.words(&[family, name]),
        Act::Add { section, key, .. } => {
            documents.words(&[&item.owner.path()[..], &["add", section.name(), key]].concat())
        }
        Act::Change { index, .. } => {
            let index = index.to_string();
            let of =
                |word: &str| documents.words(&[&item.owner.path()[..], &["changes", &index, word]].concat());
            let mut words = of("set");
            words.extend(of("times"));
            words.extend(of("add"));
            words
        }
    }
}

/// Whether `item` does not stand without `other`, or does not go without it.
fn needs(item: &Item, words: &BTreeSet<String>, address: &str, other: &Item, other_address: &str) -> bool {
    let name = match &other.act {
        Act::Remove { name, .. } => *name,
        Act::Add { key, .. } => &***key,
        Act::Change { .. } => return false,
    };
    match &item.act {
        // A field of something added; an amount that uses a parameter that is added.
        Act::Change { written, .. } => {
            // Entries of a list may name whatever is added.
            let may_name = other_address.starts_with("parameters.") || written.list().is_some();
            within(address, other_address) || (may_name && words.contains(name))
        }
        Act::Remove { .. } | Act::Add { .. } => address == other_address || words.contains(name),
    }
}
