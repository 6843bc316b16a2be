//! Names of parts for people, made of what they do.

use super::items::{Act, Item};
use super::lists;
use super::sections::{addresses, split};
use crate::model::Section;
use crate::scenario::file::ScenarioFile;
use crate::scenario::file::change::PolicyChange;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::{NumberOr, WrittenNumber};
use crate::scenario::located::Located;
use crate::scenario::words::{label_of, number};

/// Longer names are cut: charts have no room for them.
const LONGEST: usize = 80;

/// The label of a part that consists of some of `items`: as it is written, or what its items do.
pub(super) fn of_part(file: &ScenarioFile, items: &[Item], part: &[usize]) -> String {
    if let Some(written) = part.iter().find_map(|item| items[*item].part) {
        return written.get().clone();
    }
    // What is changed about something that is added goes without saying.
    let adds = part.iter().any(|item| matches!(items[*item].act, Act::Add { .. }));
    let reported = part.iter().filter(|item| !(adds && matches!(items[**item].act, Act::Change { .. })));
    let words: Vec<String> = reported.map(|item| of_item(file, items, &items[*item])).collect();
    let whole = words.join(", ");
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    let cut: String = whole.chars().take(LONGEST - 1).collect();
    cut + "…"
}

fn of_item(file: &ScenarioFile, items: &[Item], item: &Item) -> String {
    match &item.act {
        Act::Remove { family, name, .. } => format!("without {}", named(file, items, family, name)),
        Act::Add { section, key, .. } => format!("with {}", named(file, items, section.name(), key)),
        Act::Change { written, .. } => {
            let change = written.as_policy_change();
            let (family, rest) = split(&written.field).unwrap_or(("", &written.field));
            let (name, field) = rest.split_once('.').unwrap_or((rest, ""));
            if let Some(words) = lists::does(written) {
                return format!("{}: {words}", named(file, items, family, name));
            }
            let what = if field.is_empty() || (family, field) == ("parameters", "value") {
                named(file, items, family, name)
            } else {
                format!("{}: {}", named(file, items, family, name), field.replace(['.', '_'], " "))
            };
            format!("{what} {}{}", does(&change), dates(&change))
        }
    }
}

/// The label of something in the file or among what is added; where something else in the file has the same (births in a
/// camp and the camp), with its section.
fn named<'f>(file: &'f ScenarioFile, items: &'f [Item], family: &str, name: &str) -> String {
    let shown = label_for_people(file, items, family, name);
    let address = format!("{family}.{name}");
    let same = |other: &String| {
        let other = split(other).filter(|_| *other != address);
        other.is_some_and(|(family, name)| label_for_people(file, items, family, name) == shown)
    };
    // Places are what people think of first.
    if family != "places" && addresses(file).iter().any(same) { format!("{shown} ({family})") } else { shown }
}

fn label_for_people<'f>(file: &'f ScenarioFile, items: &'f [Item], family: &str, name: &str) -> String {
    let of_added = |item: &'f Item, section| match &item.act {
        Act::Add { additions, .. } => additions.section(section).label(name),
        _ => None,
    };
    let written = Section::named(family).and_then(|section| {
        let added = items.iter().find_map(|item| of_added(item, section));
        added.or_else(|| file.section(section).label(name))
    });
    written.map_or_else(|| label_of(name), str::to_string)
}

fn does(change: &PolicyChange) -> String {
    let amount = |written: &WrittenNumber| match written {
        WrittenNumber::Constant(value) => number(*value),
        WrittenNumber::Text(text) => text.clone(),
    };
    match (&change.set, &change.times) {
        (Some(set), _) => match set.get() {
            NumberOr::Number(written) => format!("= {}", amount(written)),
            NumberOr::Table(_) => "of another length".into(),
        },
        (None, Some(times)) => format!("× {}", amount(times)),
        (None, None) => String::new(),
    }
}

fn dates(change: &PolicyChange) -> String {
    let word = |word: &str, date: Option<&Located<DateText>>| {
        date.map(|date| format!(" {word} {}", date.get().0)).unwrap_or_default()
    };
    word("from", change.from.as_ref()) + &word("until", change.until.as_ref())
}
