//! A walk over a file with the schema beside it: every key and type that the schema does not know.

mod messages;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::diagnostic::Diagnostic;
use super::file_kind::FileKind;
use super::fix::Fix;
use super::hints;
use super::kinds::{choices, fits, kind, resolve, shapes, wanted};
use super::placeholder::stand_in;
use super::variants::schema_of_list;
use super::words::{list, nearest, shortened, suggest};
use crate::scenario::code::Code;

/// More problems than this are not looked for: a file with so many is no scenario.
pub(super) const MOST_PROBLEMS: usize = 500;

/// The problems of a document, and how each may be fixed.
pub(super) fn walk(document: &DeTable, schema: &Value, kind: FileKind) -> (Vec<Diagnostic>, Vec<Fix>) {
    let none = Map::new();
    let mut walk =
        Walk { root: schema, whole: kind.name, none: &none, problems: Vec::new(), fixes: Vec::new() };
    walk.table(document, schema, &mut Vec::new(), None);
    (walk.problems, walk.fixes)
}

struct Walk<'a> {
    root: &'a Value,
    /// What the file is called.
    whole: &'static str,
    /// What a table without keys of its own has.
    none: &'a Map<String, Value>,
    problems: Vec<Diagnostic>,
    /// What makes a file of a good shape of it.
    fixes: Vec<Fix>,
}

impl<'a> Walk<'a> {
    /// Checks `value`, which stands at `span` and is called by the last word of `path`.
    fn value(&mut self, value: &DeValue, span: Range<usize>, schema: &'a Value, path: &mut Vec<String>) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let schema = resolve(self.root, schema);
        let shapes = shapes(self.root, schema);
        let Some(shape) = shapes.iter().find(|shape| fits(value, shape)) else {
            return self.misfit(value, span, schema, path);
        };
        match value {
            DeValue::Table(table) => self.table(table, shape, path, Some(span)),
            DeValue::Array(items) => self.list(items, span, shape, path),
            DeValue::String(word) => self.word(word, span, shape, path),
            DeValue::Integer(_) | DeValue::Float(_) => self.number(value, span, schema, path),
            DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    /// A value of none of the types that `schema` takes.
    fn misfit(&mut self, value: &DeValue, span: Range<usize>, schema: &'a Value, path: &mut Vec<String>) {
        let shapes = shapes(self.root, schema);
        let expected = self.expected(schema);
        let whole = matches!(value, DeValue::Float(_))
            && shapes.iter().any(|shape| wanted(shape) == "a whole number");
        let is = if whole { "a fraction" } else { kind(value) };
        let problem = Diagnostic::error(
            Code::WrongType.of(&joined(path)),
            format!("`{}` is {is}, not {expected}", joined(path)),
        )
        .at(span.clone())
        .label(format!("expected {expected}"))
        .help(self.advice(value, schema, path));
        self.problems.push(problem);
        let list = shapes.iter().find(|shape| wanted(shape) == "a list");
        let entry = list.and_then(|list| list.get("items")).filter(|entry| self.takes(value, entry));
        match entry.filter(|_| matches!(value, DeValue::Table(_))) {
            // The only entry of a list, without its brackets.
            Some(entry) => {
                self.fixes.push(Fix::Wrap { path: path.clone() });
                self.value(value, span, entry, path);
            }
            None => self.stand_in(path, span, schema),
        }
    }

    /// Checks how many entries a list has, and each of them.
    fn list(&mut self, items: &DeArray, span: Range<usize>, shape: &'a Value, path: &mut Vec<String>) {
        let count = items.len() as u64;
        let least = shape.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let most = shape.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
        if !(least..=most).contains(&count) {
            self.problems.push(Self::wrong_count(count, least..=most, path).at(span.clone()));
            let length = count.clamp(least, most) as usize;
            let filler = shape.get("items").map(|items| stand_in(self.root, items, &span));
            self.fixes.push(Fix::Resize { path: path.clone(), length, filler, span });
        }
        let Some(item_schema) = shape.get("items") else { return };
        for (i, item) in items.iter().enumerate() {
            path.push(i.to_string());
            self.value(item.get_ref(), item.span(), item_schema, path);
            path.pop();
        }
    }

    /// A word that is one of a few.
    fn word(&mut self, word: &str, span: Range<usize>, shape: &'a Value, path: &[String]) {
        let Some(words) = choices(shape) else { return };
        if !words.contains(&word) {
            if let Some(likely) = nearest(word, words.iter().copied()).or(words.first().copied()) {
                self.fixes.push(Fix::Replace { path: path.to_vec(), word: likely.into() });
            }
            self.problems.push(
                Diagnostic::error(
                    Code::UnknownWord.of(&joined(path)).and(&word),
                    format!("`{}` cannot be `{}`", joined(path), shortened(word)),
                )
                .at(span)
                .label(format!("expected one of {}", list(words.iter().copied(), 12)))
                .help(suggest(word, words.iter().copied(), "possible words")),
            );
        }
    }

    /// A number that a computer can hold.
    fn number(&mut self, value: &DeValue, span: Range<usize>, schema: &'a Value, path: &[String]) {
        if !held(value) {
            self.stand_in(path, span.clone(), schema);
            self.problems.push(
                Diagnostic::error(
                    Code::BadNumber.of(&joined(path)),
                    format!("`{}` is not a number that can be used", joined(path)),
                )
                .at(span)
                .label("too large, or not a number")
                .help("write an ordinary number"),
            );
        }
    }

    /// Checks the keys of a table.
    fn table(
        &mut self,
        table: &DeTable,
        shape: &'a Value,
        path: &mut Vec<String>,
        span: Option<Range<usize>>,
    ) {
        let properties = shape.get("properties").and_then(Value::as_object).unwrap_or(self.none);
        // Names that the file chooses; whether they are good names is for validation to say.
        let any = shape
            .get("patternProperties")
            .and_then(Value::as_object)
            .and_then(|patterns| patterns.values().next())
            .or_else(|| shape.get("additionalProperties").filter(|schema| schema.is_object()));
        // Required keys that are there, misspelt: one mistake is reported once.
        let mut meant: Vec<String> = Vec::new();
        for (key, value) in table.iter() {
            let word = key.get_ref().as_ref();
            let Some(schema) = properties.get(word).or(any) else {
                let mut problem = self.unknown(word, properties, path).at(key.span());
                if let Some(help) = hints::for_key(word, value.get_ref(), path) {
                    problem.help = help;
                }
                self.problems.push(problem);
                let fix = likely_fix(word, properties, path);
                let likely = match &fix {
                    Fix::Rename { to, .. } => Some(to.clone()),
                    _ => None,
                };
                self.fixes.push(fix);
                if let Some(likely) = likely {
                    if let Some(schema) = properties.get(&likely) {
                        self.misnamed(key, value, schema, path);
                    }
                    meant.push(likely);
                }
                if self.problems.len() >= MOST_PROBLEMS {
                    return;
                }
                continue;
            };
            // The entries of a list that is changed are those of the list.
            let schema = of_a_changed_list(table, word, path).unwrap_or(schema);
            path.push(step(word));
            let at = value.span();
            // A table under a header or of dotted keys has no place of its own: its key has.
            let own =
                at.end > at.start && !matches!(value.get_ref(), DeValue::Table(table) if !table.is_empty());
            self.value(value.get_ref(), if own { at } else { key.span() }, schema, path);
            path.pop();
        }
        let required = shape.get("required").and_then(Value::as_array).into_iter().flatten();
        let there = |word: &str| table.contains_key(word) || meant.iter().any(|meant| meant == word);
        for word in required.filter_map(Value::as_str).filter(|word| !there(word)) {
            let about = properties.get(word).map(|schema| self.about(schema)).unwrap_or_default();
            let whole =
                if path.is_empty() { format!("the {}", self.whole) } else { format!("`{}`", joined(path)) };
            let problem = Diagnostic::error(Code::MissingKey.of(&word), format!("{whole} lacks `{word}`"))
                .label(format!("nothing here says `{word}`"))
                .help(format!("add `{word}`: {about}"));
            self.problems.push(match &span {
                Some(span) => problem.at(span.clone()),
                None => problem,
            });
            if let Some(schema) = properties.get(word) {
                let path: Vec<String> = path.iter().cloned().chain([word.to_string()]).collect();
                self.stand_in(&path, span.clone().unwrap_or(0..0), schema);
            }
        }
    }

    /// Checks what stands under a misspelt key as if it were under the likely one. Where it has not even the type it is no
    /// second mistake.
    fn misnamed(
        &mut self,
        key: &Spanned<Cow<'_, str>>,
        value: &Spanned<DeValue>,
        schema: &'a Value,
        path: &mut Vec<String>,
    ) {
        path.push(step(key.get_ref()));
        let fit = self.takes(value.get_ref(), schema);
        match value.get_ref() {
            DeValue::Table(_) | DeValue::Array(_) if fit => {
                self.value(value.get_ref(), key.span(), schema, path);
            }
            DeValue::String(word) if fit && !self.known(word, schema) => {
                self.stand_in(path, key.span(), schema);
            }
            number if fit && held(number) => {}
            _ => self.stand_in(path, key.span(), schema),
        }
        path.pop();
    }

    /// Whether a value has one of the types of a schema.
    fn takes(&self, value: &DeValue, schema: &'a Value) -> bool {
        shapes(self.root, resolve(self.root, schema)).iter().any(|shape| fits(value, shape))
    }

    /// Whether a text is one of the words of a schema, or may be any.
    fn known(&self, word: &str, schema: &'a Value) -> bool {
        let shapes = shapes(self.root, resolve(self.root, schema));
        let any = |shape: &&Value| choices(shape).is_none_or(|words| words.contains(&word));
        shapes.iter().filter(|shape| wanted(shape) == "text" || choices(shape).is_some()).any(any)
    }

    /// Where the file has nothing that could be used, something of the right shape stands in for it.
    fn stand_in(&mut self, path: &[String], span: Range<usize>, schema: &'a Value) {
        let value = stand_in(self.root, schema, &span);
        self.fixes.push(Fix::Put { path: path.to_vec(), value, span });
    }
}

/// Whether a number is one that a computer can hold; anything else is.
fn held(value: &DeValue) -> bool {
    match value {
        DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).is_ok(),
        DeValue::Float(digits) => digits.as_str().parse::<f64>().is_ok_and(f64::is_finite),
        _ => true,
    }
}

/// What an author who misspelt a key will do, or one who wrote a key that does not exist.
fn likely_fix(word: &str, properties: &Map<String, Value>, path: &[String]) -> Fix {
    let (path, key) = (path.to_vec(), word.to_string());
    match hints::meant(word, properties) {
        Some(near) => Fix::Rename { path, key, to: near.into() },
        None => Fix::Remove { path, key },
    }
}

/// The schema of what a change of a variant, or of the setting of an exercise, sets or adds to, where that is a list.
fn of_a_changed_list(change: &DeTable, word: &str, path: &[String]) -> Option<&'static Value> {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    let of_changes =
        matches!(words.as_slice(), ["variants", _, "changes", _] | ["exercises", _, "setting", "changes", _]);
    if !of_changes || !matches!(word, "set" | "add") {
        return None;
    }
    match change.get("field")?.get_ref() {
        DeValue::String(field) => schema_of_list(field),
        _ => None,
    }
}

/// A key as a part of an address, of which every problem and every fix below it has a copy: no name of ours is so long that it
/// would have to be whole.
fn step(key: &str) -> String {
    if key.len() > LONGEST_STEP { shortened(key) } else { key.to_string() }
}

/// A longer key is no part of an address.
const LONGEST_STEP: usize = 1_000;

/// An address as messages show it.
fn joined(path: &[String]) -> String {
    shortened(&path.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::schema;

    /// Each of some hundred problems would have megabytes of its own.
    #[test]
    fn no_problem_has_a_copy_of_a_key_without_end() {
        let keys: String = (0..400).map(|i| format!("unknown_{i} = 1\n")).collect();
        let text = format!("[places.{}]\n{keys}", "x".repeat(1 << 20));
        let document = DeTable::parse(&text).unwrap();
        let (problems, fixes) =
            walk(document.get_ref(), schema::of_scenarios(), super::super::file_kind::SCENARIO);
        assert!(problems.len() > 400);
        for fix in fixes {
            let (Fix::Remove { path, .. } | Fix::Rename { path, .. } | Fix::Put { path, .. }) = fix else {
                panic!("{fix:?}")
            };
            assert!(path.iter().map(String::len).sum::<usize>() < 2_000);
        }
    }
}
