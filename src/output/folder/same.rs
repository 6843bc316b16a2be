//! Whether two packages are of the same run, and if not, what differs.

use serde_json::{Map, Value};

use super::error::shown;
use crate::output::format::{count_of, thousands};

/// Facts of the clock and of the way to a run: no part of what it is.
const CIRCUMSTANCES: [&str; 3] = ["command", "created", "seconds"];

/// What differs between what `old` and `new` describe, in a few words each; nothing where they are the same run.
///
/// They are the same where everything that is said of them is the same, and where every file that both have has the same
/// bytes. Pictures need not: they are drawn from the others.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let (was, is) = (&old["repatria"], &new["repatria"]);
    let mut add = |differs: bool, what: &dyn Fn() -> String| {
        if differs {
            found.push(what());
        }
    };
    let differs = |key: &str| was[key] != is[key];
    add(differs("version"), &|| format!("version {}, now {}", word(&was["version"]), word(&is["version"])));
    add(differs("study") || differs("design"), &|| "the study".into());
    let name = |of: &Value| (of["scenario"]["name"].clone(), of["scenario"]["title"].clone());
    add(name(was) != name(is), &|| {
        format!("the scenario, which was \"{}\"", word(&was["scenario"]["title"]))
    });
    let text = |of: &Value| (of["scenario"]["sha256"].clone(), of["scenario"]["extends"].clone());
    add(text(was) != text(is) || inputs(old) != inputs(new), &|| "the scenario's text".into());
    add(histories(was) != histories(is), &|| format!("{}, now {}", histories(was), histories(is)));
    add(differs("seed"), &|| format!("seed {}, now {}", word(&was["seed"]), word(&is["seed"])));
    let worlds = |of: &Value| (of["variants"].clone(), of["against"].clone());
    add(worlds(was) != worlds(is), &|| "the variants".into());
    add(differs("precision"), &|| "the precision that was asked for".into());
    if found.is_empty() && (about(old) != about(new) || provenance(was) != provenance(is)) {
        found.push("what its package says".into());
    }
    if found.is_empty() && !share_files(old, new) {
        found.push("the options".into());
    }
    found
}

/// Whether `old` is a part of what `new` has more of: units of the same plan, simulated by the same program.
pub(super) fn is_part_of(old: &Value, new: &Value) -> bool {
    let (was, is) = (&old["repatria"], &new["repatria"]);
    was["partial"] == true
        && !was["study"].is_null()
        && ["study", "version", "engine"].iter().all(|key| was[key] == is[key])
}

/// How many histories, or that there are none.
fn histories(of: &Value) -> String {
    if of["expected"] == true {
        return "expected values".into();
    }
    let each = of["replicates"]
        .as_u64()
        .map_or_else(|| "no histories".into(), |n| count_of(n, "history", "histories"));
    match (of["points"].as_u64(), of["partial"] == true) {
        (None, _) => each,
        (Some(points), partial) => {
            let part = if partial { "a part of " } else { "" };
            format!("{part}{} points of {each}", thousands(points as f64))
        }
    }
}

/// A package's own words, without its files and without where they come from.
fn about(package: &Value) -> Map<String, Value> {
    let mut about = package.as_object().cloned().unwrap_or_default();
    about.remove("resources");
    about.remove("repatria");
    about
}

/// Where results come from, without the circumstances.
fn provenance(of: &Value) -> Map<String, Value> {
    let mut facts = of.as_object().cloned().unwrap_or_default();
    facts.retain(|key, _| !CIRCUMSTANCES.contains(&key.as_str()));
    facts
}

fn resources(package: &Value) -> impl Iterator<Item = &Value> {
    package["resources"].as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

/// The hashes of the files that the scenario consists of.
fn inputs(package: &Value) -> Vec<(&Value, &Value)> {
    let is_input =
        |resource: &&Value| resource["path"].as_str().is_some_and(|path| path.starts_with("scenario/"));
    resources(package).filter(is_input).map(|resource| (&resource["path"], &resource["hash"])).collect()
}

/// Whether what both packages list, but for pictures, is the same in both.
fn share_files(old: &Value, new: &Value) -> bool {
    let is_picture = |resource: &Value| {
        resource["mediatype"].as_str().is_some_and(|mediatype| mediatype.starts_with("image/"))
    };
    resources(old).filter(|resource| !is_picture(resource)).all(|resource| {
        let there = resources(new).find(|other| other["path"] == resource["path"]);
        there.is_none_or(|other| other == resource)
    })
}

/// A value as a word.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        Value::Null => "unknown".into(),
        other => other.to_string(),
    }
}
