//! The lists of sections that a variant can set, or to which it can add: pauses of a programme, people of a place.

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use crate::scenario::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::entries::Entries;
use crate::scenario::file::variant::{Variant, VariantChange};
use crate::scenario::file::words::{Named, OneOrMany};
use crate::scenario::located::Located;
use crate::scenario::schema;
use crate::scenario::unexpected;
use crate::scenario::validate::label_of;
use crate::scenario::words::{shortened, suggest};

/// Each list: its section, its field, and an example of an entry.
const LISTS: [(&str, &str, &str); 13] = [
    ("programmes", "pauses", "{ from = \"2028-01\", until = \"2029-01\" }"),
    ("programmes", "priority", "{ some_dimension = \"some_value\" }"),
    ("programmes", "from", "\"some_place\""),
    ("moves", "from", "\"some_place\""),
    ("births", "at", "\"some_place\""),
    ("ageing", "at", "\"some_place\""),
    ("stays", "at", "\"some_place\""),
    ("shocks", "at", "\"some_place\""),
    ("shocks", "on", "\"2028-01\""),
    ("shocks", "then", "{ field = \"moves.some_move.rate\", times = 2, lasts = \"3 months\" }"),
    ("places", "people", "{ count = 100 }"),
    ("regimes", "switches", "{ from = \"one\", to = \"other\", on = \"2028-01\" }"),
    ("policies", "changes", "{ field = \"moves.some_move.rate\", times = 2 }"),
];

/// The section, the name and the field of an address that has three words.
pub(super) fn split(address: &str) -> Option<(&str, &str, &str)> {
    let (family, rest) = address.split_once('.')?;
    let (name, field) = rest.split_once('.')?;
    Some((family, name, field))
}

/// An example of an entry of the list at an address; `None` where there is no list that variants can set.
pub(in crate::scenario) fn example(address: &str) -> Option<&'static str> {
    let (family, _, field) = split(address)?;
    LISTS.iter().find(|(of, list, _)| *of == family && *list == field).map(|(_, _, example)| *example)
}

/// The lists in words: "`pauses` of programmes".
pub(super) fn all() -> String {
    let words: Vec<String> = LISTS.iter().map(|(family, field, _)| format!("{family}.*.{field}")).collect();
    words.join(", ")
}

/// The schema of the list at an address, in that of scenarios.
pub(in crate::scenario) fn schema_of(address: &str) -> Option<&'static Value> {
    example(address)?;
    let (family, _, field) = split(address)?;
    let root = schema::of_scenarios();
    let section = root.pointer(&format!("/properties/{family}"))?;
    let one = section
        .get("patternProperties")
        .and_then(Value::as_object)
        .and_then(|patterns| patterns.values().next())
        .or_else(|| section.get("additionalProperties"))?;
    let named = one.get("$ref").and_then(Value::as_str)?;
    let one = root.pointer(named.trim_start_matches('#'))?;
    one.pointer(&format!("/properties/{field}"))
}

/// Reads the entries of lists that variants, which are `written`, set or add to: only then is it known of what they are.
pub(in crate::scenario) fn read(
    variants: &mut Named<Variant>,
    written: &Spanned<DeValue>,
) -> Result<(), Diagnostics> {
    let mut problems = Vec::new();
    for (key, variant) in variants.iter_mut() {
        for (index, change) in variant.changes.iter_mut().enumerate() {
            let Some(word) = change.list() else { continue };
            let Some(value) = entries_at(written, key, index, word) else { continue };
            match entries(change.field.get(), value) {
                Ok(entries) => *change = change.with(VariantChange { entries, ..change.get().clone() }),
                Err(error) => problems.push(unexpected(&error)),
            }
        }
    }
    Diagnostics::new(problems).map_or(Ok(()), Err)
}

/// What is written as the list of a variant's change.
fn entries_at<'s>(
    variants: &Spanned<DeValue<'s>>,
    variant: &str,
    index: usize,
    word: &str,
) -> Option<Spanned<DeValue<'s>>> {
    let DeValue::Array(changes) = within(within(variants, variant)?, "changes")?.get_ref() else {
        return None;
    };
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
    let Some((family, _, field)) = split(address) else { return Ok(None) };
    let value = ValueDeserializer::from(value);
    let read = match (family, field) {
        ("programmes", "pauses") => Entries::Pauses(Vec::deserialize(value)?),
        ("programmes", "priority") => Entries::Classes(Vec::deserialize(value)?),
        ("shocks", "on") => Entries::Dates(Vec::deserialize(value)?),
        ("shocks", "then") => Entries::Aftermath(Vec::deserialize(value)?),
        ("places", "people") => Entries::People(Vec::deserialize(value)?),
        ("regimes", "switches") => Entries::Switches(Vec::deserialize(value)?),
        ("policies", "changes") => Entries::Changes(Vec::deserialize(value)?),
        _ if example(address).is_some() => Entries::Places(Vec::deserialize(value)?),
        _ => return Ok(None),
    };
    Ok(Some(read))
}

/// Sets the list at the address of a change, or adds to it. Whether it is then another one.
pub(super) fn apply(file: &mut ScenarioFile, change: &Located<VariantChange>) -> bool {
    let Some(entries) = &change.entries else { return false };
    let Some((family, name, field)) = split(change.field.get()) else { return false };
    let add = change.add.is_some();
    /// The list of a section's thing, which is there.
    macro_rules! of {
        ($family:ident) => {
            match file.$family.get_mut(name) {
                Some(one) => one,
                None => return false,
            }
        };
    }
    match (family, field, entries) {
        ("programmes", "pauses", Entries::Pauses(new)) => plain(&mut of!(programmes).pauses, new, add),
        ("programmes", "priority", Entries::Classes(new)) => {
            let list = &mut of!(programmes).priority;
            let mut items = list.as_ref().map(as_list).unwrap_or_default();
            let differs = plain(&mut items, new, add);
            *list = (!items.is_empty()).then(|| change.field.with(OneOrMany::Many(items)));
            differs
        }
        ("programmes", "from", Entries::Places(new)) => many(&mut of!(programmes).from, new, add),
        ("moves", "from", Entries::Places(new)) => many(&mut of!(moves).from, new, add),
        ("births", "at", Entries::Places(new)) => many(&mut of!(births).at, new, add),
        ("ageing", "at", Entries::Places(new)) => {
            let list = &mut of!(ageing).at;
            let mut items = list.as_ref().map(as_list).unwrap_or_default();
            let differs = plain(&mut items, new, add);
            *list = Some(change.field.with(OneOrMany::Many(items)));
            differs
        }
        ("stays", "at", Entries::Places(new)) => many(&mut of!(stays).at, new, add),
        ("shocks", "at", Entries::Places(new)) => many(&mut of!(shocks).at, new, add),
        ("shocks", "on", Entries::Dates(new)) => {
            let list = &mut of!(shocks).on;
            let mut items = list.as_ref().map(as_list).unwrap_or_default();
            let differs = plain(&mut items, new, add);
            *list = (!items.is_empty()).then(|| change.field.with(OneOrMany::Many(items)));
            differs
        }
        ("shocks", "then", Entries::Aftermath(new)) => plain(&mut of!(shocks).then, new, add),
        ("places", "people", Entries::People(new)) => plain(&mut of!(places).people, new, add),
        ("regimes", "switches", Entries::Switches(new)) => plain(&mut of!(regimes).switches, new, add),
        ("policies", "changes", Entries::Changes(new)) => {
            let list = &mut of!(policies).changes;
            let mut items = list.get().clone();
            let differs = plain(&mut items, new, add);
            *list = list.with(items);
            differs
        }
        _ => false,
    }
}

/// Sets a list, or adds to it.
fn plain<T: Clone + PartialEq>(list: &mut Vec<Located<T>>, new: &[Located<T>], add: bool) -> bool {
    let before = list.clone();
    if !add {
        list.clear();
    }
    list.extend(new.iter().cloned());
    *list != before
}

/// The same of a list that may be written as its only entry.
fn many<T: Clone + PartialEq>(list: &mut Located<OneOrMany<T>>, new: &[Located<T>], add: bool) -> bool {
    let mut items = as_list(list);
    let differs = plain(&mut items, new, add);
    *list = list.with(OneOrMany::Many(items));
    differs
}

fn as_list<T: Clone>(list: &Located<OneOrMany<T>>) -> Vec<Located<T>> {
    match list.get() {
        OneOrMany::One(item) => vec![list.with(item.clone())],
        OneOrMany::Many(items) => items.clone(),
    }
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
    let shown = shortened(address);
    let example = example(address);
    let Some(word) = change.list() else {
        // A list that is set to something else.
        let example = example.filter(|_| {
            split(address)
                .is_some_and(|(family, name, _)| there.contains(&format!("{family}.{name}").as_str()))
        })?;
        if matches!(split(address), Some((_, _, "from" | "at" | "on"))) {
            return None;
        }
        return Some(
            Diagnostic::error(format!("`{shown}` is a list, not a number"))
                .at(change.field.span())
                .label("has entries")
                .help(format!(
                    "write `add` for one more entry, or `set` for all of them: {{ field = \"{shown}\", add = [{example}] }}"
                )),
        );
    };
    let Some((family, name, _)) = split(address).filter(|_| example.is_some()) else {
        return Some(
            Diagnostic::error(format!("`{shown}` is not a list that variants can change"))
                .at(change.field.span())
                .label(format!("`{word}` has a list"))
                .help(format!("write a number; or take out (`remove`) and put in (`add`) the whole thing. The lists are {}", all())),
        );
    };
    let thing = format!("{family}.{name}");
    if !there.contains(&thing.as_str()) {
        let section = format!("{family}.");
        let others = there.iter().copied().filter(|other| other.starts_with(&section)).collect::<Vec<_>>();
        return Some(
            Diagnostic::error(format!("there is no `{}` whose list could change", shortened(&thing)))
                .at(change.field.span())
                .label("not in the scenario")
                .help(suggest(&thing, others, family)),
        );
    }
    let times = change.times.as_ref().map(Located::span);
    let both = change.set.as_ref().filter(|_| change.add.is_some()).map(Located::span);
    if let Some(span) = times.or(both) {
        return Some(
            Diagnostic::error(format!("`{shown}` is changed in two ways at once"))
                .at(span)
                .label("one too many")
                .help("write either `set` (all entries) or `add` (more entries)"),
        );
    }
    let dated = [&change.from, &change.until].into_iter().flatten().map(Located::span).next();
    let other = change.ramp.as_ref().map(Located::span).or_else(|| change.share.as_ref().map(Located::span));
    let other = other.or_else(|| change.applies_to.as_ref().map(Located::span));
    dated.or(other).map(|span| {
        Diagnostic::error("a list is another one from the start, not from a date")
            .at(span)
            .label("belongs to changes of numbers")
            .help("take it out; entries of the list have dates of their own where they need them")
    })
}
