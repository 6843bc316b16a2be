//! What beginners write, and what they should type instead.

use serde_json::{Map, Value};
use toml::de::DeValue;

use super::sheet::{DateOrder, WrongDate, likely_date, likely_number};
use super::words::{nearest, number, shortened};
use crate::calendar::parse_date;
use crate::model::Section;

/// Words that people write for a key of ours, in the order in which they are looked for.
const OTHER_WORDS: [(&str, &str); 34] = [
    ("population", "people"),
    ("inmates", "people"),
    ("size", "capacity"),
    ("places", "capacity"),
    ("type", "kind"),
    ("number", "count"),
    ("amount", "count"),
    ("n", "count"),
    ("runs", "replicates"),
    ("simulations", "replicates"),
    ("histories", "replicates"),
    ("iterations", "replicates"),
    ("repetitions", "replicates"),
    ("end", "horizon"),
    ("duration", "horizon"),
    ("end", "until"),
    ("start", "from"),
    ("begin", "from"),
    ("begin", "start"),
    ("timestep", "step"),
    ("resolution", "step"),
    ("name", "label"),
    ("name", "title"),
    ("destination", "to"),
    ("target", "to"),
    ("location", "at"),
    ("where", "at"),
    ("place", "at"),
    ("place", "from"),
    ("date", "on"),
    ("when", "on"),
    ("probability", "share"),
    ("baby", "newborn"),
    ("babies", "newborn"),
];

/// The key of a table that `word` most likely stands for.
pub(super) fn meant<'p>(word: &str, properties: &'p Map<String, Value>) -> Option<&'p str> {
    if word.len() >= 300 {
        return None;
    }
    let small = word.to_lowercase().replace(['-', ' '], "_");
    let known = |key: &str| properties.get_key_value(key).map(|(key, _)| key.as_str());
    let other = OTHER_WORDS.iter().filter(|(theirs, _)| *theirs == small).find_map(|(_, ours)| known(ours));
    // What begins as one key alone does: `cap`.
    let begun = || {
        let mut keys = properties.keys().filter(|key| small.len() >= 3 && key.starts_with(&small));
        keys.next().filter(|_| keys.next().is_none()).map(String::as_str)
    };
    known(&small).or(other).or_else(begun).or_else(|| nearest(word, properties.keys().map(String::as_str)))
}

/// What to type for a key that belongs elsewhere or needs another form.
pub(super) fn for_key(word: &str, value: &DeValue, path: &[String]) -> Option<String> {
    let section = path.first().map(String::as_str);
    match section {
        Some("variants" | "policies") if path.len() == 2 && Section::named(word).is_some() => {
            let (address, amount) = address_in(word, value)?;
            Some(format!("write changes = [{{ field = \"{}\", set = {amount} }}]", shortened(&address)))
        }
        Some("programmes") if path.len() == 2 && word == "every" => {
            let DeValue::String(every) = value else { return None };
            Some(format!("write occasions = {{ every = \"{}\" }}", shortened(every)))
        }
        Some("programmes") if path.len() == 2 && word.starts_with("per_") => {
            Some(format!("write occasions = {{ {word} = {} }}", amount(value)?))
        }
        _ => None,
    }
}

/// `moves.leave.rate = 0.3`: the address and the number.
fn address_in(word: &str, value: &DeValue) -> Option<(String, String)> {
    match value {
        DeValue::Table(table) if table.len() == 1 => {
            let (key, value) = table.iter().next()?;
            let (rest, amount) = address_in(key.get_ref(), value.get_ref())?;
            Some((format!("{word}.{rest}"), amount))
        }
        value => Some((word.to_string(), amount(value)?)),
    }
}

fn amount(value: &DeValue) -> Option<String> {
    match value {
        DeValue::Integer(digits) => Some(digits.as_str().into()),
        DeValue::Float(digits) => Some(digits.as_str().into()),
        _ => None,
    }
}

/// What to type instead of a value of another kind than the one that is wanted.
pub(super) fn for_value(value: &DeValue, shapes: &[&Value], path: &[String]) -> Option<String> {
    let has = |key: &str| shapes.iter().any(|shape| shape.pointer(&format!("/properties/{key}")).is_some());
    let titled =
        |words: &str| shapes.iter().any(|shape| shape.get("title").is_some_and(|title| title == words));
    let pattern = |shape: &&Value| {
        shape.get("patternProperties").is_some() && shape.pointer("/properties/share").is_some()
    };
    match value {
        _ if has("per_year") => rate(value),
        DeValue::Integer(digits) if titled("a date") => {
            let year = digits.as_str();
            Some(if year.len() == 4 { year_help(year) } else { "write \"2025-01\" or \"2025-01-15\"".into() })
        }
        DeValue::Integer(digits) if titled("a length of time or a date") => {
            Some(horizon_help(digits.as_str()))
        }
        DeValue::Integer(digits) if titled("a length of time") => {
            Some(format!("write the unit, too: \"{0} months\" or \"{0} years\"", digits.as_str()))
        }
        DeValue::Integer(_) | DeValue::Float(_) if path.last().is_some_and(|word| word == "people") => {
            Some(format!("write people = [{{ count = {} }}]", amount(value)?))
        }
        DeValue::String(word) if shapes.iter().any(pattern) => {
            Some(format!("name the dimension, too: {{ some_dimension = \"{}\" }}", shortened(word)))
        }
        DeValue::String(word)
            if word.parse::<f64>().is_err()
                && shapes
                    .iter()
                    .any(|shape| shape.get("type").is_some_and(|it| it == "number" || it == "integer")) =>
        {
            Some(format!("write {}", likely_number(word)?))
        }
        _ => None,
    }
}

/// `0.03`, "2 per month", "15% a year"
fn rate(value: &DeValue) -> Option<String> {
    if let Some(number) = amount(value) {
        return Some(format!("write {{ per_year = {number} }}, or per_month, per_week, per_day"));
    }
    let DeValue::String(text) = value else { return None };
    let words: Vec<&str> = text.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let (first, rest) = words.split_first()?;
    let number = first.trim_end_matches('%');
    let percent = if text.contains('%') { "%" } else { "" };
    let unit = ["day", "week", "month", "quarter", "year"]
        .into_iter()
        .find(|unit| rest.iter().any(|word| word.trim_end_matches('s') == *unit))
        .or_else(|| {
            let adverb = rest.last()?;
            [
                ("daily", "day"),
                ("weekly", "week"),
                ("monthly", "month"),
                ("quarterly", "quarter"),
                ("yearly", "year"),
                ("annually", "year"),
            ]
            .into_iter()
            .find(|(word, _)| word == adverb)
            .map(|(_, unit)| unit)
        });
    match (likely_number(&format!("{number}{percent}")), unit) {
        (Some(number), Some(unit)) => Some(format!("write {{ per_{unit} = {number} }}")),
        (Some(number), None) => {
            Some(format!("write {{ per_year = {number} }}, or per_month, per_week, per_day"))
        }
        _ => Some("write { per_year = 0.1 }, or per_month, per_week, per_day".into()),
    }
}

/// What to type for text that is no expression, where it is a number as it is written elsewhere.
pub(super) fn for_number(text: &str) -> Option<String> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = likely_number(text)?;
    let share = if text.contains('%') { "a share of 1: " } else { "" };
    Some(format!("write {share}{number}"))
}

/// What to type for text that is no date.
pub(super) fn for_date(text: &str) -> String {
    if let Some(date) = likely_date(text) {
        return format!("write \"{date}\"");
    }
    match DateOrder::default().read(text) {
        Err(WrongDate::Year(year)) => year_help(&year),
        Err(WrongDate::None(_)) | Ok(_) => "write \"2025-01\" or \"2025-01-15\"".into(),
        Err(wrong) => wrong.help(),
    }
}

/// What to type for a path that leads elsewhere; `example` is the name of a file.
pub(super) fn for_path(name: &str, example: &str) -> String {
    let beside = format!("name a file beside the scenario or below: \"{example}\"");
    // In quotation marks `\n` and `\t` of a path of Windows are no longer what was typed.
    if name.chars().any(char::is_control) {
        return format!("{beside}; in quotation marks \\ begins a special sign: write / instead");
    }
    beside
}

fn year_help(year: &str) -> String {
    let next = year.parse::<u32>().map_or_else(|_| year.to_string(), |year| (year + 1).to_string());
    format!("write \"{year}\" or \"{year}-01\" for the beginning of {year}, or \"{next}\" for its end")
}

/// What to type for a horizon that is neither a length nor a date.
pub(super) fn horizon_help(text: &str) -> String {
    let text = text.trim();
    let whole: Option<u32> = text.parse().ok();
    match whole {
        Some(year) if text.len() == 4 => {
            format!(
                "write \"{year}-01\" to end as {year} begins, or \"{}-01\" to run until the end of {year}",
                year + 1
            )
        }
        Some(number) => format!("write the unit, too: \"{number} years\" or \"{number} months\""),
        None => match likely_date(text).filter(|date| parse_date(date).is_some()) {
            Some(date) => format!("write \"{date}\""),
            None => "write \"6 years\", or \"2031-01\"".into(),
        },
    }
}

/// What to write for a whole number, in words; for `share = 10`.
pub(super) fn for_share(value: f64) -> Option<String> {
    (value > 1.0 && value <= 100.0)
        .then(|| format!("write {} if {} % are meant", number(value / 100.0), number(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_in_words_have_a_form() {
        let of = |text: &str| rate(&DeValue::String(text.to_string().into())).unwrap();
        assert_eq!(of("2 per month"), "write { per_month = 2 }");
        assert_eq!(of("15% per year"), "write { per_year = 0.15 }");
        assert_eq!(of("0,5 a week"), "write { per_week = 0.5 }");
        assert_eq!(of("2/month"), "write { per_month = 2 }");
        assert_eq!(of("3 % yearly"), "write { per_year = 0.03 }");
        assert!(of("often").starts_with("write { per_year = 0.1 }"));
    }

    #[test]
    fn years_are_no_dates() {
        assert!(for_date("2027").contains("\"2027-01\" for the beginning of 2027, or \"2028\" for its end"));
        assert_eq!(for_date("01/2025"), "write \"2025-01\"");
        assert_eq!(for_date("15.01.2025"), "write \"2025-01-15\"");
        assert_eq!(for_date("03/04/2025"), "write it as year-month-day: 2025-04-03 or 2025-03-04");
        assert!(horizon_help("2026").starts_with("write \"2026-01\" to end as 2026 begins, or \"2027-01\""));
        assert_eq!(horizon_help("3"), "write the unit, too: \"3 years\" or \"3 months\"");
    }
}
