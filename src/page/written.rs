//! The texts of a scenario as they are written, for what a variant takes over from them.

use toml::{Table, Value};

use crate::scenario::ScenarioVariants;

/// The scenario's own text and that of the file that it extends, read as TOML.
#[derive(Clone, Debug)]
pub struct WrittenTexts(Vec<Table>);

/// What some variants, one over the other, make of a policy.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyThere {
    /// It is there, as this table.
    Is(Table),
    /// The scenario has it, and the variant of this name takes it out.
    RemovedBy(String),
    /// The variant of this name changes what it changes.
    ChangedBy(String),
    /// There is none of that name.
    Unknown,
}

impl WrittenTexts {
    /// Of a scenario that was read.
    pub fn of(scenario: &ScenarioVariants) -> WrittenTexts {
        // They were read before.
        WrittenTexts(scenario.sources().filter_map(|source| source.text.parse().ok()).collect())
    }

    fn find(&self, path: &[&str]) -> Option<&Value> {
        self.0.iter().find_map(|text| {
            let (first, rest) = path.split_first()?;
            rest.iter().try_fold(text.get(*first)?, |value, key| value.get(*key))
        })
    }

    /// The dates that a policy of the scenario is written with: from, and until.
    pub fn policy_dates(&self, name: &str) -> [Option<String>; 2] {
        let policy = self.find(&["policies", name]);
        ["from", "until"].map(|key| policy.and_then(|policy| policy.get(key)).and_then(text_of))
    }

    /// What stands for the policy `name` once `variants` are laid over the scenario.
    pub fn policy(&self, scenario: &ScenarioVariants, variants: &[String], name: &str) -> PolicyThere {
        let own = self.find(&["policies", name]).and_then(Value::as_table);
        let mut there = own.map_or(PolicyThere::Unknown, |table| PolicyThere::Is(table.clone()));
        let address = format!("policies.{name}");
        for variant in lineage(scenario, variants) {
            let part = |key: &str| self.find(&["variants", variant, key]);
            let entries = |key: &str| part(key).and_then(Value::as_array).into_iter().flatten();
            let removed = |entry: &Value| {
                entry.as_str().or_else(|| entry.get("what")?.as_str()) == Some(address.as_str())
            };
            if entries("remove").any(removed) {
                there = PolicyThere::RemovedBy(variant.into());
            }
            let added = part("add").and_then(|add| add.get("policies")?.get(name)?.as_table());
            if let Some(table) = added {
                there = PolicyThere::Is(table.clone());
            }
            let list = |entry: &Value| {
                let field = entry.get("field").and_then(Value::as_str).unwrap_or_default();
                field.strip_prefix(&address).is_some_and(|rest| rest.starts_with('.'))
            };
            if entries("changes").any(list) {
                there = PolicyThere::ChangedBy(variant.into());
            }
        }
        there
    }
}

/// The variants of these names, each behind those that it is based on, each once.
fn lineage<'s>(scenario: &'s ScenarioVariants, names: &[String]) -> Vec<&'s str> {
    fn lay<'s>(scenario: &'s ScenarioVariants, name: &str, laid: &mut Vec<&'s str>) {
        let Some(variant) = scenario.variant(name) else { return };
        if laid.contains(&variant.name.as_str()) {
            return;
        }
        variant.based_on.iter().for_each(|base| lay(scenario, base, laid));
        laid.push(&variant.name);
    }
    let mut laid = Vec::new();
    names.iter().for_each(|name| lay(scenario, name, &mut laid));
    laid
}

/// A date as it is written: a text, or a bare date of TOML.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}
