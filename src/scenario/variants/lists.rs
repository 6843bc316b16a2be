//! The lists of sections that a variant can set, or to which it can add: pauses of a programme, people of a place.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::model::Section;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, unexpected};
use crate::scenario::file::entries::Entries;
use crate::scenario::file::section::{ListChange, ListFacts};
use crate::scenario::file::variant_change::{ChangesAt, VariantChange};
use crate::scenario::file::{ScenarioFile, lists_of_section};
use crate::scenario::located::Located;
use crate::scenario::schema;
use crate::scenario::words::{label_of, shortened, suggest};

/// The sections whose lists are named first.
const FIRST: [Section; 6] =
    [Section::Programmes, Section::Moves, Section::Births, Section::Ageing, Section::Stays, Section::Shocks];

/// The section, the name and the field of an address that has three words.
pub(super) fn split(address: &str) -> Option<(&str, &str, &str)> {
    let (family, rest) = address.split_once('.')?;
    let (name, field) = rest.split_once('.')?;
    Some((family, name, field))
}

/// What is to be known of the list at an address; `None` where there is no list that variants can set.
fn facts(address: &str) -> Option<ListFacts> {
    let (section, _, field) = split(address)?;
    lists_of_section(Section::named(section)?).into_iter().find(|list| list.field == field)
}

/// An example of an entry of the list at an address; `None` where there is no list that variants can set.
pub(in crate::scenario) fn example(address: &str) -> Option<&'static str> {
    facts(address).map(|list| list.example)
}

/// The lists in words: "`pauses` of programmes".
pub(super) fn all() -> String {
    let others = Section::ALL.into_iter().filter(|section| !FIRST.contains(section));
    let words = FIRST.into_iter().chain(others).flat_map(|section| {
        let lists = lists_of_section(section).into_iter();
        lists.map(move |list| format!("{}.*.{}", section.name(), list.field))
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The schema of the list at an address, in that of scenarios.
pub(in crate::scenario) fn schema_of(address: &str) -> Option<&'static Value> {
    example(address)?;
    let (section, _, field) = split(address)?;
    schema_of_things(section)?.pointer(&format!("/properties/{field}"))
}

/// The schema of the things in a section.
fn schema_of_things(section: &str) -> Option<&'static Value> {
    let root = schema::of_scenarios();
    let section = root.pointer(&format!("/properties/{section}"))?;
    let one = section
        .get("patternProperties")
        .and_then(Value::as_object)
        .and_then(|patterns| patterns.values().next())
        .or_else(|| section.get("additionalProperties"))?;
    let named = one.get("$ref").and_then(Value::as_str)?;
    root.pointer(named.trim_start_matches('#'))
}

/// Reads the entries of lists that changes set or add to, which stand in a `document`: only then is it known of what they are.
pub(in crate::scenario) fn read(changes: Vec<ChangesAt<'_>>, document: &DeTable) -> Result<(), Diagnostics> {
    let mut problems = Vec::new();
    for ChangesAt { path, changes } in changes {
        for (index, change) in changes.iter_mut().enumerate() {
            let Some(word) = change.list() else { continue };
            let Some(value) = entries_at(document, &path, index, word) else { continue };
            match entries(change.field.get(), value) {
                Ok(entries) => *change = change.with(VariantChange { entries, ..change.get().clone() }),
                Err(error) => problems.push(unexpected(&error)),
            }
        }
    }
    Diagnostics::new(problems).map_or(Ok(()), Err)
}

/// What is written as the list of a change.
fn entries_at<'s>(
    document: &DeTable<'s>,
    path: &[String],
    index: usize,
    word: &str,
) -> Option<Spanned<DeValue<'s>>> {
    let (first, rest) = path.split_first()?;
    let mut value = document.get(first.as_str())?;
    for word in rest {
        value = within(value, word)?;
    }
    let DeValue::Array(changes) = value.get_ref() else { return None };
    within(changes.get(index)?, word).cloned()
}

/// What stands under a key of a table.
fn within<'v, 's>(value: &'v Spanned<DeValue<'s>>, key: &str) -> Option<&'v Spanned<DeValue<'s>>> {
    match value.get_ref() {
        DeValue::Table(table) => table.get(key),
        _ => None,
    }
}

/// The entries of the list at an address; `None` where there is no such list, which is said elsewhere.
fn entries(address: &str, value: Spanned<DeValue>) -> Result<Option<Entries>, toml::de::Error> {
    facts(address).map(|list| (list.read)(ValueDeserializer::from(value))).transpose()
}

/// Sets the list at the address of a change, or adds to it. Whether it is then another one.
pub(super) fn apply(file: &mut ScenarioFile, change: &Located<VariantChange>) -> bool {
    let Some(entries) = &change.entries else { return false };
    let Some((section, name, field)) = split(change.field.get()) else { return false };
    let Some(section) = Section::named(section) else { return false };
    let how = if change.add.is_some() { ListChange::Add } else { ListChange::Set };
    file.section_mut(section).change_list((name, field), how, entries, &change.field)
}

/// What a change does to a list, in words: "paused from 2028-01 until 2029-01".
pub(super) fn does(change: &VariantChange) -> Option<String> {
    let entries = change.entries.as_ref()?;
    let (_, _, field) = split(change.field.get())?;
    let field = field.replace('_', " ");
    let add = change.add.is_some();
    let joined = |words: Vec<String>| words.join(" and ");
    let spells = |also: &str, words: Vec<String>| match words.is_empty() {
        true => format!("without {field}"),
        false => format!("{also}{}", joined(words)),
    };
    Some(match entries {
        Entries::Pauses(pauses) => {
            let words = pauses
                .iter()
                .map(|pause| format!("from {} until {}", pause.from.get().0, pause.until.get().0));
            spells(if add { "also paused " } else { "paused " }, words.collect())
        }
        Entries::Places(places) => {
            let words = places.iter().map(|place| label_of(place)).collect();
            spells(&format!("{}{field} ", if add { "also " } else { "" }), words)
        }
        Entries::Dates(dates) => {
            let words = dates.iter().map(|date| date.get().0.clone()).collect();
            spells(&format!("{}{field} ", if add { "also " } else { "" }), words)
        }
        _ if add => format!("with more {field}"),
        Entries::People(list) if list.is_empty() => format!("without {field}"),
        _ => format!("with other {field}"),
    })
}

/// What is wrong with a change, as far as lists are concerned. `there`: the
/// addresses of what the scenario has.
pub(super) fn problem(change: &Located<VariantChange>, there: &[&str]) -> Option<Diagnostic> {
    let address = change.field.get();
    let Some(word) = change.list() else { return set_as_a_number(change, there) };
    let Some((family, name, _)) = split(address).filter(|_| example(address).is_some()) else {
        return Some(no_list(change, word));
    };
    let thing = format!("{family}.{name}");
    if !there.contains(&thing.as_str()) {
        return Some(list_of_nothing(change, family, &thing, there));
    }
    changed_in_two_ways(change).or_else(|| changed_at_a_date(change))
}

/// A list that is set to something else.
fn set_as_a_number(change: &Located<VariantChange>, there: &[&str]) -> Option<Diagnostic> {
    let address = change.field.get();
    let example = example(address)?;
    let (family, name, field) = split(address)?;
    if !there.contains(&format!("{family}.{name}").as_str()) || matches!(field, "from" | "at" | "on") {
        return None;
    }
    let shown = shortened(address);
    Some(
        Diagnostic::error(Code::NotChangeable.of(&shown), format!("`{shown}` is a list, not a number"))
            .at(change.field.span())
            .label("has entries")
            .help(format!(
                "write `add` for one more entry, or `set` for all of them: {{ field = \"{shown}\", add = [{example}] }}"
            )),
    )
}

/// Entries for what has none.
fn no_list(change: &Located<VariantChange>, word: &str) -> Diagnostic {
    let shown = shortened(change.field.get());
    Diagnostic::error(
        Code::NotChangeable.of(&shown),
        format!("`{shown}` is not a list that variants can change"),
    )
    .at(change.field.span())
    .label(format!("`{word}` has a list"))
    .help(format!(
        "write a number; or take out (`remove`) and put in (`add`) the whole thing. The lists are {}",
        all()
    ))
}

/// Entries for a `thing` that the scenario has not.
fn list_of_nothing(change: &Located<VariantChange>, family: &str, thing: &str, there: &[&str]) -> Diagnostic {
    let section = format!("{family}.");
    let others = there.iter().copied().filter(|other| other.starts_with(&section)).collect::<Vec<_>>();
    Diagnostic::error(
        Code::UnknownName.of(&thing),
        format!("there is no `{}` whose list could change", shortened(thing)),
    )
    .at(change.field.span())
    .label("not in the scenario")
    .help(suggest(thing, others, family))
}

/// All entries and more entries, or a factor beside them.
fn changed_in_two_ways(change: &Located<VariantChange>) -> Option<Diagnostic> {
    let times = change.times.as_ref().map(Located::span);
    let both = change.set.as_ref().filter(|_| change.add.is_some()).map(Located::span);
    let shown = shortened(change.field.get());
    times.or(both).map(|span| {
        Diagnostic::error(Code::ChangedTwice.of(&shown), format!("`{shown}` is changed in two ways at once"))
            .at(span)
            .label("one too many")
            .help("write either `set` (all entries) or `add` (more entries)")
    })
}

/// A date, a course or a share, which only changes of numbers have.
fn changed_at_a_date(change: &Located<VariantChange>) -> Option<Diagnostic> {
    let dated = [&change.from, &change.until].into_iter().flatten().map(Located::span).next();
    let other = change.ramp.as_ref().map(Located::span).or_else(|| change.share.as_ref().map(Located::span));
    let other = other.or_else(|| change.applies_to.as_ref().map(Located::span));
    dated.or(other).map(|span| {
        Diagnostic::error(Code::MisplacedKey, "a list is another one from the start, not from a date")
            .at(span)
            .label("belongs to changes of numbers")
            .help("take it out; entries of the list have dates of their own where they need them")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the table says of a section is so in the language.
    #[test]
    fn every_field_that_the_table_names_is_in_the_schema() {
        for section in Section::ALL {
            let name = section.name();
            let things = schema_of_things(name).expect("a section of the schema");
            let has = |field: &str| things.pointer(&format!("/properties/{field}")).is_some();
            let facts = section.facts();
            assert!(facts.effect.is_none_or(has), "{name}: {:?}", facts.effect);
            assert_eq!(facts.counts.is_some(), has("counts_as"), "{name}");
            for list in lists_of_section(section) {
                assert!(has(list.field), "{name}: {}", list.field);
            }
            let costs =
                schema::of_scenarios().pointer(&format!("/definitions/WrittenCosts/properties/{name}"));
            assert_eq!(facts.priced, costs.is_some(), "{name}");
        }
    }

    #[test]
    fn lists_are_named_in_one_order() {
        let first = "programmes.*.pauses, programmes.*.priority, programmes.*.from, moves.*.from, births.*.at, ageing.*.at";
        let then = "stays.*.at, shocks.*.at, shocks.*.on, shocks.*.then, places.*.people, regimes.*.switches, policies.*.changes";
        assert_eq!(all(), format!("{first}, {then}"));
    }
}
