//! From what is set on the page to a variant of the scenario, in TOML, and to the scenario's text with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::setting::{NumberSetting, PageSetting, PolicySetting};
use super::toml_text::{inline, key, number, section};
use super::written::{PolicyThere, WrittenTexts};
use crate::calendar::parse_date_or_year;
use crate::scenario::{LONGEST_TEXT, ScenarioVariants, Source};
use crate::signs::{controls, turns};

/// What was set is called so, unless the scenario has a variant of that name.
const YOURS: &str = "your_setting";
/// Names that no variant may have.
const NOT_FREE: [&str; 5] = ["baseline", "none", "all", "all_held", "outside"];
/// More than this are not kept.
pub const MOST_KEPT: usize = 8;

/// A setting that somebody keeps as a variant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeptSetting {
    /// What it is called.
    pub label: String,
    /// What was set.
    pub setting: PageSetting,
}

/// A setting as a variant of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedVariant {
    /// Its name in the scenario.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Its TOML alone.
    pub toml: String,
}

/// A scenario with settings in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedScenario {
    /// The whole text.
    pub text: String,
    /// What was kept, and what is set, in the order of the text.
    pub variants: Vec<ComposedVariant>,
}

/// The scenario with `kept` settings and one that is called `label`, which is left out where nothing is set.
///
/// # Errors
/// A sentence for people that says what cannot be put together.
pub fn compose(
    scenario: &ScenarioVariants,
    source: &Source,
    kept: &[KeptSetting],
    setting: &PageSetting,
    label: &str,
) -> Result<ComposedScenario, String> {
    if kept.len() > MOST_KEPT {
        return Err(format!("At most {MOST_KEPT} settings can be kept: take one out first."));
    }
    let written = WrittenTexts::of(scenario);
    let mut taken: BTreeSet<String> = scenario.variants.iter().map(|variant| variant.name.clone()).collect();
    taken.extend(NOT_FREE.map(String::from));
    let yours = free(YOURS, &mut taken);
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut tables = Vec::new();
    for kept in kept {
        let label = one_line(&kept.label);
        let name = free(&name_of(&label), &mut taken);
        let table = variant(scenario, &written, &kept.setting, &label)?;
        if table.len() < 2 {
            return Err(format!(
                "Nothing is set in \u{201c}{label}\u{201d}: set something before you keep it."
            ));
        }
        tables.push((name, label, table));
    }
    let table = variant(scenario, &written, setting, label)?;
    // Its label alone makes no variant.
    if table.len() > 1 {
        tables.push((yours, label.to_string(), table));
    }
    let variants = tables.iter().map(|(name, label, table)| ComposedVariant {
        name: name.clone(),
        label: label.clone(),
        toml: sections(name, table, newline),
    });
    let variants: Vec<ComposedVariant> = variants.collect();
    let text = match opening_of_variants(&source.text) {
        Some(at) => inside(&source.text, at, &tables),
        None => behind(&source.text, &variants, newline),
    };
    Ok(ComposedScenario { text, variants })
}

/// The variant that a setting is, as a table; of a setting of nothing it has a label alone.
fn variant(
    scenario: &ScenarioVariants,
    written: &WrittenTexts,
    setting: &PageSetting,
    label: &str,
) -> Result<Table, String> {
    let mut table = Table::new();
    table.insert("label".into(), label.into());
    if !setting.variants.is_empty() {
        let names = setting.variants.iter().map(|name| Value::from(name.as_str()));
        table.insert("based_on".into(), names.collect::<Vec<_>>().into());
    }
    let mut removed: Vec<Value> = Vec::new();
    let mut policies = Table::new();
    for (name, policy) in &setting.policies {
        match other_policy(scenario, written, setting, name, policy)? {
            None => {}
            Some(other) => {
                removed.push(format!("policies.{name}").into());
                if let Some(table) = other {
                    policies.insert(name.clone(), table.into());
                }
            }
        }
    }
    if !removed.is_empty() {
        table.insert("remove".into(), removed.into());
    }
    let changes = setting.numbers.iter().map(|(field, amount)| change(field, *amount));
    let changes = changes.collect::<Result<Vec<Value>, String>>()?;
    if !changes.is_empty() {
        table.insert("changes".into(), changes.into());
    }
    if !policies.is_empty() {
        let add = Table::from_iter([("policies".to_string(), Value::from(policies))]);
        table.insert("add".into(), add.into());
    }
    Ok(table)
}

fn change(field: &str, amount: NumberSetting) -> Result<Value, String> {
    let (word, amount) = match amount {
        NumberSetting::Set(amount) => ("set", amount),
        NumberSetting::Times(amount) => ("times", amount),
    };
    if !amount.is_finite() {
        return Err(format!("`{}` needs an ordinary number.", one_line(field)));
    }
    let pairs = [("field".to_string(), Value::from(field)), (word.to_string(), number(amount))];
    Ok(Table::from_iter(pairs).into())
}

/// What is done about a policy: nothing, or it is taken out, perhaps for another table.
fn other_policy(
    scenario: &ScenarioVariants,
    written: &WrittenTexts,
    setting: &PageSetting,
    name: &str,
    policy: &PolicySetting,
) -> Result<Option<Option<Table>>, String> {
    if *policy == PolicySetting::default() {
        return Ok(None);
    }
    let label_of = |variant: &str| {
        scenario.variant(variant).map_or_else(|| variant.to_string(), |variant| variant.label.clone())
    };
    let known = scenario.baseline.policies.iter().find(|known| known.name == name);
    let label = known.map_or_else(|| one_line(name), |known| known.label.clone());
    let table = match written.policy(scenario, &setting.variants, name) {
        PolicyThere::Is(table) => table,
        PolicyThere::RemovedBy(_) if policy.off => return Ok(None),
        PolicyThere::RemovedBy(variant) => {
            return Err(format!(
                "\u{201c}{label}\u{201d} has no dates to move: \u{201c}{}\u{201d} is on, which takes it out.",
                label_of(&variant)
            ));
        }
        PolicyThere::ChangedBy(variant) => {
            return Err(format!(
                "\u{201c}{label}\u{201d} can be neither switched off nor moved while \u{201c}{}\u{201d} is on, which changes what it does.",
                label_of(&variant)
            ));
        }
        PolicyThere::Unknown => return Err(format!("The scenario has no policy `{label}`.")),
    };
    if policy.off {
        return Ok(Some(None));
    }
    let moved = moved(&table, policy);
    Ok((moved != table).then_some(Some(moved)))
}

/// A policy with other dates.
fn moved(table: &Table, policy: &PolicySetting) -> Table {
    let mut moved = table.clone();
    for (word, date) in [("from", &policy.from), ("until", &policy.until)] {
        let Some(date) = date else { continue };
        let before = table.get(word).and_then(super::written::text_of);
        let same = |before: &String| {
            before == date
                || parse_date_or_year(before).is_some_and(|before| Some(before) == parse_date_or_year(date))
        };
        if date.is_empty() {
            moved.remove(word);
        } else if !before.as_ref().is_some_and(same) {
            moved.insert(word.into(), date.as_str().into());
        }
    }
    moved
}

/// A label as the language has them: one line of at most so many letters, of which none turns or hides the others.
fn one_line(label: &str) -> String {
    let clean =
        label.chars().map(|sign| if controls(sign) { ' ' } else { sign }).filter(|sign| !turns(*sign));
    let clean: String = clean.collect();
    let clean: String = clean.trim().chars().take(LONGEST_TEXT).collect();
    let clean = clean.trim_end();
    if clean.is_empty() { "Kept setting".into() } else { clean.into() }
}

/// A name from a label: "Twice the flights" becomes `twice_the_flights`.
fn name_of(label: &str) -> String {
    let letters =
        label.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '_' });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split('_').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("_").chars().take(40).collect();
    if name.is_empty() { "kept".into() } else { name }
}

/// The name, or the name with a number, so that nothing else has it.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut found = name.to_string();
    let mut number = 1;
    while !taken.insert(found.clone()) {
        number += 1;
        found = format!("{name}_{number}");
    }
    found
}

/// A variant under headers of its own.
fn sections(name: &str, table: &Table, newline: &str) -> String {
    let (mut own, mut added) = (table.clone(), String::new());
    let add = own.remove("add");
    let policies = add.as_ref().and_then(|add| add.get("policies")?.as_table());
    for (policy, table) in policies.into_iter().flatten() {
        if let Some(table) = table.as_table() {
            let path = format!("variants.{}.add.policies.{}", key(name), key(policy));
            added.push_str(&section(&path, table, newline));
        }
    }
    section(&format!("variants.{}", key(name)), &own, newline) + &added
}

/// Variants behind the end of a text.
fn behind(text: &str, variants: &[ComposedVariant], newline: &str) -> String {
    let mut whole = text.to_string();
    if !variants.is_empty() && !whole.is_empty() && !whole.ends_with('\n') {
        whole.push_str(newline);
    }
    for variant in variants {
        whole.push_str(newline);
        whole.push_str(&variant.toml);
    }
    whole
}

/// Where variants begin that are written as one value, `variants = { ... }`: no header can add to those.
fn opening_of_variants(text: &str) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let variants = document.get_ref().get("variants")?;
    let at = variants.span().start;
    let is_table = matches!(variants.get_ref(), DeValue::Table(_));
    (is_table && text.get(at..)?.starts_with('{')).then_some(at + 1)
}

/// Variants before the others that are written as one value.
fn inside(text: &str, at: usize, tables: &[(String, String, Table)]) -> String {
    let ours =
        tables.iter().map(|(name, _, table)| format!(" {} = {},", key(name), inline(&table.clone().into())));
    format!("{}{}{}", &text[..at], ours.collect::<String>(), &text[at..])
}
