//! Mutations of a file that know what is where: values move between places of the same name, names are taken from the
//! schema, addresses from the file.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::chance::Chance;
use crate::nasty;

/// Keys and positions from the top.
type Way = Vec<String>;

/// What files have under a key, wherever it stands: values that are likely to be right in another file, too.
#[derive(Debug, Default)]
pub struct Donors(BTreeMap<String, Vec<Value>>);

impl Donors {
    /// Adds everything that a file has.
    pub fn learn(&mut self, file: &Table) {
        for way in ways(file) {
            // Of sections and entries the kind counts, not the name.
            let key = kind(&way);
            if let Some(value) = get(file, &way) {
                self.0.entry(key).or_default().push(value.clone());
            }
        }
    }

    fn of(&self, way: &Way, chance: &mut Chance) -> Option<Value> {
        self.0.get(&kind(way)).map(|values| chance.one(values).clone())
    }

    fn any(&self, chance: &mut Chance) -> (String, Value) {
        let keys: Vec<&String> = self.0.keys().collect();
        let key = *chance.one(&keys);
        (key.clone(), chance.one(&self.0[key]).clone())
    }
}

/// What stands at a way, in a word: `rate`, or `moves.*` for one of the moves.
fn kind(way: &Way) -> String {
    match way.as_slice() {
        [section, _] => format!("{section}.*"),
        [.., before, last] if last.parse::<usize>().is_ok() => format!("{before}.#"),
        [.., last] => last.clone(),
        [] => String::new(),
    }
}

/// The ways to everything in a file.
fn ways(file: &Table) -> Vec<Way> {
    fn walk(value: &Value, way: &mut Way, found: &mut Vec<Way>) {
        let below: Vec<(String, &Value)> = match value {
            Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect()
            }
            _ => return,
        };
        for (word, value) in below {
            way.push(word);
            found.push(way.clone());
            walk(value, way, found);
            way.pop();
        }
    }
    let mut found = Vec::new();
    walk(&Value::Table(file.clone()), &mut Vec::new(), &mut found);
    found
}

fn step<'v>(value: &'v Value, word: &str) -> Option<&'v Value> {
    match value {
        Value::Table(table) => table.get(word),
        Value::Array(items) => items.get(word.parse::<usize>().ok()?),
        _ => None,
    }
}

fn get<'v>(file: &'v Table, way: &[String]) -> Option<&'v Value> {
    let (first, rest) = way.split_first()?;
    rest.iter().try_fold(file.get(first)?, |value, word| step(value, word))
}

fn get_mut<'v>(file: &'v mut Table, way: &[String]) -> Option<&'v mut Value> {
    let (first, rest) = way.split_first()?;
    rest.iter().try_fold(file.get_mut(first)?, |value, word| match value {
        Value::Table(table) => table.get_mut(word),
        Value::Array(items) => items.get_mut(word.parse::<usize>().ok()?),
        _ => None,
    })
}

fn remove(file: &mut Table, way: &[String]) -> Option<Value> {
    let (last, before) = way.split_last()?;
    if before.is_empty() {
        return file.remove(last);
    }
    match get_mut(file, before)? {
        Value::Table(table) => table.remove(last),
        Value::Array(items) => {
            let index = last.parse::<usize>().ok()?;
            (index < items.len()).then(|| items.remove(index))
        }
        _ => None,
    }
}

fn insert(file: &mut Table, way: &[String], value: Value) {
    let Some((last, before)) = way.split_last() else { return };
    if before.is_empty() {
        file.insert(last.clone(), value);
        return;
    }
    match get_mut(file, before) {
        Some(Value::Table(table)) => drop(table.insert(last.clone(), value)),
        Some(Value::Array(items)) => items.push(value),
        _ => {}
    }
}

/// The file with a few mutations.
pub fn mutate(file: &mut Table, donors: &Donors, chance: &mut Chance) {
    for _ in 0..chance.few() {
        let ways = ways(file);
        if ways.is_empty() {
            let (key, value) = donors.any(chance);
            file.insert(key, value);
            continue;
        }
        once(file, &ways, donors, chance);
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each way to break a file")]
fn once(file: &mut Table, ways: &[Way], donors: &Donors, chance: &mut Chance) {
    let way = chance.one(ways).clone();
    let other = chance.one(ways).clone();
    match chance.below(24) {
        0 | 1 => drop(remove(file, &way)),
        2 | 3 => set(file, &way, nasty::value(chance)),
        // A value of the same type, an unusual one.
        4..8 => {
            let value = get(file, &way).cloned();
            let value = match value {
                Some(number @ (Value::Integer(_) | Value::Float(_))) => {
                    if chance.percent(60) {
                        nasty::near(&number, chance)
                    } else {
                        nasty::number(chance)
                    }
                }
                Some(Value::String(text)) => Value::String(word(&text, file, chance)),
                Some(Value::Boolean(yes)) => Value::Boolean(!yes),
                _ => return,
            };
            set(file, &way, value);
        }
        // What another file, or another place of this one, has under this key.
        8..14 => {
            if let Some(value) = donors.of(&way, chance) {
                set(file, &way, value);
            }
        }
        // One more of what another file has.
        14..17 => {
            let (key, value) = donors.any(chance);
            let (last, before) = way.split_last().map_or((String::new(), &[][..]), |(l, b)| (l.clone(), b));
            let mut place = before.to_vec();
            match key.split_once('.') {
                Some((section, "*")) => {
                    place = vec![section.to_string()];
                    if !file.contains_key(section) {
                        file.insert(section.to_string(), Value::Table(Table::new()));
                    }
                    place.push(format!(
                        "{}_{}",
                        last.chars().take(20).collect::<String>(),
                        chance.below(100)
                    ));
                }
                Some((list, _)) => place.push(list.to_string()),
                None => place.push(key),
            }
            insert(file, &place, value);
        }
        17 => {
            let (a, b) = (get(file, &way).cloned(), get(file, &other).cloned());
            if let (Some(a), Some(b)) = (a, b) {
                set(file, &way, b);
                set(file, &other, a);
            }
        }
        18 => {
            let Some(value) = remove(file, &way) else { return };
            let mut renamed = way;
            if let Some(last) = renamed.last_mut() {
                *last = if chance.percent(50) { nasty::text(chance) } else { misspelt(last, chance) };
            }
            insert(file, &renamed, value);
        }
        // A second one, or many.
        19 => {
            let Some(value) = get(file, &way).cloned() else { return };
            let many = if chance.percent(10) { 1 + chance.below(400) } else { 1 };
            for i in 0..many {
                let mut copy = way.clone();
                if let Some(last) = copy.last_mut() {
                    last.push_str(&format!("_{i}"));
                }
                insert(file, &copy, value.clone());
            }
        }
        20 => {
            let Some(value) = get(file, &way).cloned() else { return };
            let wrapped = match value {
                Value::Array(items) if items.len() == 1 && chance.percent(50) => items[0].clone(),
                value if chance.percent(50) => Value::Array(vec![value; 1 + chance.below(3)]),
                value => Value::Table(
                    [(chance.one(&["value", "by", "set", "per_year"]).to_string(), value)]
                        .into_iter()
                        .collect(),
                ),
            };
            set(file, &way, wrapped);
        }
        21 | 22 => vary(file, ways, chance),
        _ => {
            if let Some(Value::Array(items)) = get_mut(file, &way) {
                match chance.below(3) {
                    0 => items.clear(),
                    1 => items.reverse(),
                    _ => *items = items.iter().cycle().take(items.len() * 30).cloned().collect(),
                }
            }
        }
    }
}

fn set(file: &mut Table, way: &[String], value: Value) {
    if let Some(place) = get_mut(file, way) {
        *place = value;
    }
}

/// Another word for a word: one of the file's own, a misspelt one, a nasty one; of a length of time or a date another one.
fn word(text: &str, file: &Table, chance: &mut Chance) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) && chance.percent(60) {
        return nasty::time(text, chance);
    }
    match chance.below(4) {
        0 => nasty::text(chance),
        1 => misspelt(text, chance),
        _ => {
            let ways = ways(file);
            let way = chance.one(&ways);
            match get(file, way) {
                Some(Value::String(other)) => other.clone(),
                _ => way.last().cloned().unwrap_or_default(),
            }
        }
    }
}

fn misspelt(word: &str, chance: &mut Chance) -> String {
    let mut signs: Vec<char> = word.chars().collect();
    let at = chance.below(signs.len().max(1));
    match chance.below(3) {
        0 if !signs.is_empty() => drop(signs.remove(at)),
        1 if at + 1 < signs.len() => signs.swap(at, at + 1),
        _ => signs.insert(at.min(signs.len()), 'x'),
    }
    signs.into_iter().collect()
}

/// A variant, or a policy, that changes something that the file has.
fn vary(file: &mut Table, ways: &[Way], chance: &mut Chance) {
    let way = chance.one(ways);
    let field = Value::String(way.join("."));
    let amount = if chance.percent(70) {
        Value::Float(*chance.one(&[0.0, 0.5, 1.0, 2.0, 10.0, 1e6, -1.0]))
    } else {
        nasty::value(chance)
    };
    let how = chance.one(&["set", "times"]).to_string();
    let mut change: Table = [("field".to_string(), field), (how, amount)].into_iter().collect();
    for (key, text) in [("from", "2025-06"), ("until", "2026-03"), ("ramp", "3 months")] {
        if chance.percent(20) {
            change.insert(
                key.into(),
                Value::String(if chance.percent(80) { text.into() } else { nasty::text(chance) }),
            );
        }
    }
    let section = *chance.one(&["variants", "variants", "policies"]);
    let mut entry: Table =
        [("changes".to_string(), Value::Array(vec![Value::Table(change)]))].into_iter().collect();
    if section == "variants" && way.len() >= 2 && chance.percent(40) {
        entry.insert("remove".into(), Value::Array(vec![Value::String(way[..2].join("."))]));
    }
    let held = file.entry(section).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(held) = held {
        held.insert(format!("v{}", chance.below(5)), Value::Table(entry));
    }
}
