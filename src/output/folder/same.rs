//! Whether two packages are of the same run, and if not, what differs.

use std::ops::Range;

use serde_json::{Map, Value};

use super::error::shown;
use crate::output::format::{count, thousands};

/// Facts of the clock and of the way to a run: no part of what it is.
const CIRCUMSTANCES: [&str; 3] = ["command", "created", "seconds"];

/// What differs between what `old` and `new` describe, in a few words each; nothing where they are the same run.
///
/// They are the same where everything that is said of them is the same, and where every file that both have has the same
/// bytes. Pictures and the page need not: they are drawn from the others.
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
    add(replicates(was) != replicates(is), &|| format!("{}, now {}", replicates(was), replicates(is)));
    add(differs("seed"), &|| format!("seed {}, now {}", word(&was["seed"]), word(&is["seed"])));
    let variants = |of: &Value| (of["variants"].clone(), of["against"].clone());
    add(variants(was) != variants(is), &|| "the variants".into());
    add(differs("precision"), &|| "the precision that was asked for".into());
    if found.is_empty() && (about(old) != about(new) || provenance(was) != provenance(is)) {
        found.push("what its package says".into());
    }
    if found.is_empty() && !share_files(old, new) {
        found.push("the options".into());
    }
    found
}

/// Whether `old` is a part of what `new` has more of: units of the same plan, simulated by the same program, and `new` has
/// them all.
pub(super) fn is_part_of(old: &Value, new: &Value) -> bool {
    let (was, is) = (&old["repatria"], &new["repatria"]);
    was["partial"] == true
        && !was["study"].is_null()
        && ["study", "version", "engine", "points"].iter().all(|key| was[key] == is[key])
        && has_all_of(was, is).unwrap_or(false)
}

/// Whether no point that the part `was` has is missing in `is`; `None` where they do not say. A package that misses very
/// many units names the first of them: of the others it is known how many points they have.
fn has_all_of(was: &Value, is: &Value) -> Option<bool> {
    if points_done(is)? < points_done(was)? {
        return Some(false);
    }
    let (gaps, known_to) = gaps(was)?;
    let (new_gaps, _) = self::gaps(is)?;
    Some(new_gaps.into_iter().all(|new| {
        new.start >= known_to
            || gaps.iter().any(|gap| gap.start <= new.start && new.end.min(known_to) <= gap.end)
    }))
}

/// How many points were simulated.
fn points_done(of: &Value) -> Option<u64> {
    let all = of["points"].as_u64()?;
    match of["partial"] == true {
        true => all.checked_sub(of["missing"]["points"].as_u64()?),
        false => Some(all),
    }
}

/// The points that are missing, as far as they are named: ranges that do not touch, and up to which point that is all.
fn gaps(of: &Value) -> Option<(Vec<Range<u64>>, u64)> {
    let all = of["points"].as_u64()?;
    let mut gaps: Vec<Range<u64>> = Vec::new();
    if of["partial"] != true {
        return Some((gaps, all));
    }
    let missing = &of["missing"];
    let first = missing["first"].as_array()?;
    for unit in first {
        let (start, end) = (unit["first_point"].as_u64()?, unit["last_point"].as_u64()?.checked_add(1)?);
        match gaps.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => gaps.push(start..end),
        }
    }
    let has_all = missing["units"].as_u64()? == first.len() as u64;
    let known_to = if has_all { all } else { gaps.last().map_or(0, |last| last.end) };
    Some((gaps, known_to))
}

/// How many replicates, or that there are none.
fn replicates(of: &Value) -> String {
    if of["expected"] == true {
        return "expected values".into();
    }
    let each = of["replicates"].as_u64().map_or_else(|| "no replicates".into(), |n| count(n, "replicate"));
    match (of["points"].as_u64(), of["partial"] == true) {
        (None, _) => each,
        (Some(points), partial) => {
            let part = match points_done(of).filter(|_| partial) {
                Some(done) => format!("{} of ", thousands(done as f64)),
                None if partial => "a part of ".into(),
                None => String::new(),
            };
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

/// Whether what both packages list, but for pictures and the page, is the same in both.
fn share_files(old: &Value, new: &Value) -> bool {
    let is_drawn = |resource: &Value| {
        let mediatype = resource["mediatype"].as_str();
        mediatype.is_some_and(|mediatype| mediatype.starts_with("image/") || mediatype == "text/html")
    };
    resources(old).filter(|resource| !is_drawn(resource)).all(|resource| {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A package of a study of 10 points, of which those of these units are missing; the first `named` of them are named.
    fn package(missing: &[Range<u64>], named: usize) -> Value {
        let unit = |points: &Range<u64>| json!({ "first_point": points.start, "last_point": points.end - 1 });
        let first: Vec<Value> = missing.iter().take(named).map(unit).collect();
        let points: u64 = missing.iter().map(|unit| unit.end - unit.start).sum();
        let mut facts = json!({ "study": "s", "version": "1", "points": 10, "partial": !missing.is_empty() });
        if !missing.is_empty() {
            facts["missing"] = json!({ "units": missing.len(), "points": points, "first": first });
        }
        json!({ "repatria": facts })
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one unit is missing")]
    fn more_of_a_study_has_every_point_of_less() {
        let two = package(&[2..4, 4..6], 50);
        for (new, is_part) in [
            (package(&[], 50), true),
            (package(&[4..6], 50), true),
            // Of units that are cut otherwise.
            (package(&[3..5], 50), true),
            (package(&[2..4, 4..6, 6..8], 50), false),
            // As many or more, and others.
            (package(&[6..8], 50), false),
            (package(&[0..2, 2..4], 50), false),
        ] {
            assert_eq!(is_part_of(&two, &new), is_part, "{new}");
        }
        // Of units that are not named it is known how many there are.
        let three = package(&[2..4, 6..8, 8..10], 1);
        assert!(is_part_of(&three, &package(&[6..8, 8..10], 1)));
        assert!(!is_part_of(&three, &package(&[0..2], 1)));
        // A package that somebody has edited says nothing.
        let mut edited = package(&[2..4], 50);
        edited["repatria"]["missing"] = Value::Null;
        assert!(!is_part_of(&edited, &package(&[], 50)) && !is_part_of(&two, &edited));
    }
}
