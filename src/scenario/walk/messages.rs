//! What the walk says of a value, of a list and of a key, and what to write instead.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};
use toml::de::DeValue;

use super::{Walk, joined};
use crate::model::Section;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::kinds::{first_key, resolve, shapes, wanted};
use crate::scenario::words::{list, shortened};
use crate::scenario::{hints, schema};

impl<'a> Walk<'a> {
    /// The message for a key that is not in the schema.
    pub(super) fn unknown(&self, word: &str, properties: &Map<String, Value>, path: &[String]) -> Diagnostic {
        let shown = shortened(word);
        let extends = properties.contains_key("extends");
        let of_scenarios = schema::of_scenarios().pointer("/properties").and_then(Value::as_object);
        if path.is_empty() && extends && of_scenarios.is_some_and(|words| words.contains_key(word)) {
            let varied = Section::named(word).is_some();
            let or = format!(", or let a variant add it: [variants.some_name.add.{shown}.new_name]");
            return Diagnostic::error(
                Code::BadExtension.of(&shown),
                format!("a file that extends another has no `{shown}` of its own"),
            )
            .label("belongs to a whole scenario")
            .help(format!("write it in the file that this extends{}", if varied { &or } else { "" }));
        }
        let place = if path.is_empty() {
            format!("at the top of a {}", self.whole)
        } else {
            format!("in `{}`", joined(path))
        };
        let allowed = || properties.keys().map(String::as_str);
        let known = list(allowed(), 40);
        let help = match hints::meant(word, properties) {
            Some(near) => format!("did you mean `{near}`? Allowed here: {known}"),
            None => format!("allowed here: {known}"),
        };
        Diagnostic::error(Code::UnknownKey.of(&shown), format!("unknown key `{shown}` {place}"))
            .label("not known here")
            .help(help)
    }

    /// What a schema wants, in words.
    pub(super) fn expected(&self, schema: &'a Value) -> String {
        if let Some(title) = schema.get("title").and_then(Value::as_str) {
            return title.into();
        }
        let shapes = shapes(self.root, schema);
        let mut words: Vec<&str> = shapes.iter().map(|shape| wanted(shape)).collect();
        words.dedup();
        words.join(" or ")
    }

    /// What a schema is about: the first sentence of its description.
    pub(super) fn about(&self, schema: &'a Value) -> String {
        let text = |schema: &Value| schema.get("description").and_then(Value::as_str).map(str::to_string);
        let description = text(schema).or_else(|| text(resolve(self.root, schema))).unwrap_or_default();
        let sentence = description.split_once(". ").map_or(description.as_str(), |(first, _)| first);
        let mut chars = sentence.trim_end_matches('.').chars();
        chars
            .next()
            .map(|first| first.to_lowercase().collect::<String>() + chars.as_str())
            .unwrap_or_default()
    }

    /// What to write instead of `value`.
    pub(super) fn advice(&self, value: &DeValue, schema: &'a Value, path: &[String]) -> String {
        let shapes = shapes(self.root, schema);
        let titled: Vec<&Value> = shapes.iter().copied().chain([schema]).collect();
        if let Some(help) = hints::for_value(value, &titled, path) {
            return help;
        }
        let takes = |word: &str| shapes.iter().any(|shape| shape.get("type").is_some_and(|t| t == word));
        match value {
            DeValue::String(word) if takes("number") || takes("integer") => match word.parse::<f64>() {
                Ok(_) => format!("take the quotation marks off: {}", shortened(word)),
                Err(_) => "write a number".into(),
            },
            DeValue::Array(items) if items.len() == 1 => "take the brackets off".into(),
            DeValue::Float(_) if takes("integer") => "write a whole number".into(),
            DeValue::String(_) if takes("array") => "put it in brackets: [ ... ]".into(),
            DeValue::Table(_) if takes("array") => "put it in brackets: [ { ... } ]".into(),
            DeValue::Boolean(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)
                if takes("string") && !takes("number") =>
            {
                "put it in quotation marks".into()
            }
            _ => match shapes.iter().find(|shape| wanted(shape) == "a table") {
                Some(table) => format!("write a table: {{ {} = ... }}", first_key(table)),
                None => format!("write {}", self.expected(schema)),
            },
        }
    }

    /// The message for a list of `count` entries that should have another number of them.
    pub(super) fn wrong_count(count: u64, allowed: RangeInclusive<u64>, path: &[String]) -> Diagnostic {
        let (least, most) = allowed.into_inner();
        let wanted = match (least == most, count > most) {
            (true, _) => format!("{least}"),
            (false, true) => format!("at most {most}"),
            (false, false) => format!("at least {least}"),
        };
        let entries = if count == 1 { "1 entry".into() } else { format!("{count} entries") };
        let help = if count < least { "add what is missing" } else { "take out what is too much" };
        Diagnostic::error(
            Code::WrongCount.of(&joined(path)),
            format!("`{}` has {entries} and needs {wanted}", joined(path)),
        )
        .label(format!("expected {wanted}"))
        .help(help)
    }
}
