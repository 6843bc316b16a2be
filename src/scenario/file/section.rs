//! Sections of the file as they are all alike: named things, perhaps with a label, a word that they count as, and lists that a
//! variant can set.

use serde::Deserialize;
use toml::de::ValueDeserializer;

use super::change::{AftermathChange, PolicyChange};
use super::date::DateText;
use super::entries::Entries;
use super::people::WrittenPeople;
use super::seats::Pause;
use super::switch::WrittenSwitch;
use super::target::WrittenWho;
use super::words::{Key, Named, OneOrMany};
use crate::scenario::located::Located;

/// What every named thing of a section says of itself.
pub trait NamedThing: Sized + 'static {
    /// The lists in it that a variant can set, or to which it can add, by the names of their fields.
    const LISTS: &'static [(&'static str, ListField<Self>)];

    /// What is written as its label.
    fn label(&self) -> Option<&Located<String>>;

    /// What is written as the word that its people count as.
    fn counts_as(&self) -> Option<&Located<String>>;
}

/// A list in a thing, by what its entries are.
#[derive(Clone, Copy)]
pub enum ListField<T> {
    /// Pauses of a programme.
    Pauses(fn(&mut T) -> ListMut<'_, Pause>),
    /// Names of places.
    Places(fn(&mut T) -> ListMut<'_, String>),
    /// Classes of people.
    Classes(fn(&mut T) -> ListMut<'_, WrittenWho>),
    /// People at the start.
    People(fn(&mut T) -> ListMut<'_, WrittenPeople>),
    /// Dates.
    Dates(fn(&mut T) -> ListMut<'_, DateText>),
    /// What a shock sets off.
    Aftermath(fn(&mut T) -> ListMut<'_, AftermathChange>),
    /// Switches of a regime.
    Switches(fn(&mut T) -> ListMut<'_, WrittenSwitch>),
    /// What a policy changes.
    Changes(fn(&mut T) -> ListMut<'_, PolicyChange>),
}

/// A list in a thing, by how it is written.
pub enum ListMut<'t, E> {
    /// Always as a list, perhaps an empty one.
    Plain(&'t mut Vec<Located<E>>),
    /// Always as a list, which has a place in the file.
    Located(&'t mut Located<Vec<Located<E>>>),
    /// As a list or as its only entry.
    OneOrMany(&'t mut Located<OneOrMany<E>>),
    /// The same, or not at all where there are no entries.
    Optional(&'t mut Option<Located<OneOrMany<E>>>),
    /// The same, where not at all means something else than no entries.
    Everywhere(&'t mut Option<Located<OneOrMany<E>>>),
}

/// How a variant changes a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// These are its entries.
    Set,
    /// These come behind its entries.
    Add,
}

impl<E: Clone + PartialEq> ListMut<'_, E> {
    /// Changes the list by `new`; `at` stands where the change does. Whether the list is then another one.
    fn apply(self, change: ListChange, new: &[Located<E>], at: &Located<String>) -> bool {
        let mut items = match &self {
            ListMut::Plain(list) => (**list).clone(),
            ListMut::Located(list) => list.get().clone(),
            ListMut::OneOrMany(list) => entries_of(list),
            ListMut::Optional(list) | ListMut::Everywhere(list) => {
                list.as_ref().map(entries_of).unwrap_or_default()
            }
        };
        let before = items.clone();
        if change == ListChange::Set {
            items.clear();
        }
        items.extend(new.iter().cloned());
        let differs = items != before;
        match self {
            ListMut::Plain(list) => *list = items,
            ListMut::Located(list) => *list = list.with(items),
            ListMut::OneOrMany(list) => *list = list.with(OneOrMany::Many(items)),
            ListMut::Optional(list) => *list = (!items.is_empty()).then(|| at.with(OneOrMany::Many(items))),
            ListMut::Everywhere(list) => *list = Some(at.with(OneOrMany::Many(items))),
        }
        differs
    }
}

fn entries_of<E: Clone>(list: &Located<OneOrMany<E>>) -> Vec<Located<E>> {
    match list.get() {
        OneOrMany::One(item) => vec![list.with(item.clone())],
        OneOrMany::Many(items) => items.clone(),
    }
}

/// Reads the entries of a list.
type ReadEntries = fn(ValueDeserializer) -> Result<Entries, toml::de::Error>;

/// What is to be known of a list without a thing that has it.
#[derive(Clone, Copy, Debug)]
pub struct ListFacts {
    /// The name of its field.
    pub field: &'static str,
    /// An entry, as it may be written.
    pub example: &'static str,
    /// Reads entries.
    pub read: ReadEntries,
}

impl<T> ListField<T> {
    /// What is to be known of it, in the field of a name.
    const fn facts(&self, field: &'static str) -> ListFacts {
        let (example, read): (_, ReadEntries) = match self {
            ListField::Pauses(_) => ("{ from = \"2028-01\", until = \"2029-01\" }", |value| {
                Vec::deserialize(value).map(Entries::Pauses)
            }),
            ListField::Places(_) => ("\"some_place\"", |value| Vec::deserialize(value).map(Entries::Places)),
            ListField::Classes(_) => {
                ("{ some_dimension = \"some_value\" }", |value| Vec::deserialize(value).map(Entries::Classes))
            }
            ListField::People(_) => ("{ count = 100 }", |value| Vec::deserialize(value).map(Entries::People)),
            ListField::Dates(_) => ("\"2028-01\"", |value| Vec::deserialize(value).map(Entries::Dates)),
            ListField::Aftermath(_) => {
                ("{ field = \"moves.some_move.rate\", times = 2, lasts = \"3 months\" }", |value| {
                    Vec::deserialize(value).map(Entries::Aftermath)
                })
            }
            ListField::Switches(_) => ("{ from = \"one\", to = \"other\", on = \"2028-01\" }", |value| {
                Vec::deserialize(value).map(Entries::Switches)
            }),
            ListField::Changes(_) => ("{ field = \"moves.some_move.rate\", times = 2 }", |value| {
                Vec::deserialize(value).map(Entries::Changes)
            }),
        };
        ListFacts { field, example, read }
    }

    fn apply(&self, thing: &mut T, change: ListChange, entries: &Entries, at: &Located<String>) -> bool {
        match (self, entries) {
            (ListField::Pauses(list), Entries::Pauses(new)) => list(thing).apply(change, new, at),
            (ListField::Places(list), Entries::Places(new)) => list(thing).apply(change, new, at),
            (ListField::Classes(list), Entries::Classes(new)) => list(thing).apply(change, new, at),
            (ListField::People(list), Entries::People(new)) => list(thing).apply(change, new, at),
            (ListField::Dates(list), Entries::Dates(new)) => list(thing).apply(change, new, at),
            (ListField::Aftermath(list), Entries::Aftermath(new)) => list(thing).apply(change, new, at),
            (ListField::Switches(list), Entries::Switches(new)) => list(thing).apply(change, new, at),
            (ListField::Changes(list), Entries::Changes(new)) => list(thing).apply(change, new, at),
            _ => false,
        }
    }
}

/// The lists of things of one kind.
pub(super) fn lists_of<T: NamedThing>() -> Vec<ListFacts> {
    T::LISTS.iter().map(|(field, list)| list.facts(field)).collect()
}

/// A section, whatever is in it.
pub trait SectionTable {
    /// The names in the order of the file.
    fn keys(&self) -> Vec<&Key>;

    /// The position of a name.
    fn position(&self, name: &str) -> Option<usize>;

    /// What is written as a label of something.
    fn label(&self, name: &str) -> Option<&str>;

    /// What something counts as, by its position.
    fn counts_as(&self, index: usize) -> Option<&Located<String>>;

    /// Takes something out; the rest keeps its order.
    fn remove(&mut self, name: &str);

    /// Changes the list in a field of something, which are named in that order; `at` stands where the change does. Whether the list
    /// is then another one.
    fn change_list(
        &mut self,
        list: (&str, &str),
        change: ListChange,
        entries: &Entries,
        at: &Located<String>,
    ) -> bool;
}

impl<T: NamedThing> SectionTable for Named<T> {
    fn keys(&self) -> Vec<&Key> {
        self.keys().collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.get_index_of(name)
    }

    fn label(&self, name: &str) -> Option<&str> {
        self.get(name)?.label().map(|label| label.as_str())
    }

    fn counts_as(&self, index: usize) -> Option<&Located<String>> {
        self.get_index(index)?.1.counts_as()
    }

    fn remove(&mut self, name: &str) {
        self.shift_remove(name);
    }

    fn change_list(
        &mut self,
        (name, field): (&str, &str),
        change: ListChange,
        entries: &Entries,
        at: &Located<String>,
    ) -> bool {
        let list = T::LISTS.iter().find(|(of, _)| *of == field);
        list.zip(self.get_mut(name)).is_some_and(|((_, list), thing)| list.apply(thing, change, entries, at))
    }
}

/// Says where each section stands, in a file and in what a variant adds. Where the compiler says that a section is not covered here,
/// its line is missing where this is used, in `file/mod.rs`.
macro_rules! section_tables {
    ($($section:ident: $field:ident of $thing:ty,)*) => {
        impl ScenarioFile {
            /// A section.
            pub fn section(&self, section: Section) -> &dyn SectionTable {
                match section {
                    $(Section::$section => &self.$field,)*
                }
            }

            /// The same, to be changed.
            pub(in crate::scenario) fn section_mut(&mut self, section: Section) -> &mut dyn SectionTable {
                match section {
                    $(Section::$section => &mut self.$field,)*
                }
            }

            /// Puts one of a variant's additions behind what its section has.
            pub(in crate::scenario) fn insert(&mut self, additions: &Additions, section: Section, name: &str) {
                match section {
                    $(Section::$section => {
                        if let Some((key, thing)) = additions.$field.get_key_value(name) {
                            self.$field.insert(key.clone(), thing.clone());
                        }
                    })*
                }
            }

            /// Whether one of a variant's additions is what the file has already.
            pub(in crate::scenario) fn has_same(&self, additions: &Additions, section: Section, name: &str) -> bool {
                match section {
                    $(Section::$section => self.$field.get(name) == additions.$field.get(name),)*
                }
            }
        }

        impl Additions {
            /// A section.
            pub fn section(&self, section: Section) -> &dyn SectionTable {
                match section {
                    $(Section::$section => &self.$field,)*
                }
            }
        }

        /// The lists of a section's things that variants can set.
        pub(in crate::scenario) fn lists_of_section(section: Section) -> Vec<ListFacts> {
            match section {
                $(Section::$section => section::lists_of::<$thing>(),)*
            }
        }
    };
}
pub(super) use section_tables;
