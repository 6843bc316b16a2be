//! The words of the page, in one file for each language.
//!
//! A file of words is TOML: a table for each part of the page, a text for each key. English is `words/en.toml`, and what it has
//! every other has. What the words do not reach (sentences, charts, messages, what a scenario says of itself) stays as it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::output::format;
use crate::units::TimeUnit;

/// The words of a page in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Texts by `part.key`.
    said: BTreeMap<String, String>,
}

/// Why a file is none of words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.join("\n"))]
pub struct WordsError {
    /// Every problem, a line each, with the key that it is about.
    pub problems: Vec<String>,
}

const ENGLISH: &str = include_str!("words/en.toml");

/// The key of a language's code.
const CODE: &str = "language.code";

/// Whether a browser takes it as the code of a language: `en`, `pt-BR`.
fn is_code(code: &str) -> bool {
    let parts: Vec<&str> = code.split('-').collect();
    let is_part =
        |part: &&str| (1..=8).contains(&part.len()) && part.chars().all(|it| it.is_ascii_alphanumeric());
    let first =
        |part: &&&str| part.chars().all(|it| it.is_ascii_alphabetic()) && (2..=3).contains(&part.len());
    parts.iter().all(is_part) && parts.first().filter(first).is_some()
}

/// The languages that the program carries with it, by their codes.
pub const LANGUAGES: [(&str, &str); 1] = [("en", ENGLISH)];

static IN_ENGLISH: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| flat(ENGLISH).unwrap_or_default());

impl Default for Words {
    /// English.
    fn default() -> Words {
        Words { said: IN_ENGLISH.clone() }
    }
}

impl Words {
    /// Reads a file of words: every text that English has, and no other.
    ///
    /// # Errors
    /// Every key that is missing or that no page has, and every text without the names in braces that the English one has.
    pub fn read(text: &str) -> Result<Words, WordsError> {
        Words::of(flat(text).map_err(|problem| WordsError { problems: vec![problem] })?)
    }

    /// The same of texts by `part.key`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of(said: BTreeMap<String, String>) -> Result<Words, WordsError> {
        let missing = IN_ENGLISH.keys().filter(|key| !said.contains_key(*key));
        let mut problems: Vec<String> =
            missing.map(|key| format!("`{key}` is missing: English has \"{}\"", IN_ENGLISH[key])).collect();
        if said.get(CODE).is_some_and(|code| !is_code(code)) {
            problems.push(format!("`{CODE}` is the code of a language, such as `en` or `pt-BR`"));
        }
        for (key, text) in &said {
            let Some(english) = IN_ENGLISH.get(key) else {
                problems.push(format!("no page has `{key}`: leave it out"));
                continue;
            };
            let (has, wants) = (names(text), names(english));
            problems.extend(
                wants.iter().filter(|name| !has.contains(name)).map(|name| format!("`{key}` lacks {name}")),
            );
            problems.extend(
                has.iter()
                    .filter(|name| !wants.contains(name))
                    .map(|name| format!("`{key}` knows no {name}")),
            );
        }
        if problems.is_empty() { Ok(Words { said }) } else { Err(WordsError { problems }) }
    }

    /// The text of a key; the key itself where no language has it, which a test rules out.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.said.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with what stands for the names in its braces.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.say(key);
        let mut filled = String::with_capacity(rest.len() + 32);
        // In one go, so that a value may have braces.
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// A number that is written as the program writes it, with this language's signs.
    pub fn number(&self, written: &str) -> String {
        let (point, separator) = (self.say("language.decimal"), self.say("language.thousands"));
        let mut text = String::with_capacity(written.len());
        for sign in written.chars() {
            match sign {
                '.' => text.push_str(point),
                ',' => text.push_str(separator),
                '-' => text.push('\u{2212}'),
                other => text.push(other),
            }
        }
        text
    }

    /// A date in steps of `step`: the month alone where it is the first of one.
    pub fn date(&self, date: Date, step: TimeUnit) -> String {
        let key = format!("months.{}", format::month(date).to_lowercase());
        let (month, year, day) =
            (self.say(&key).to_string(), date.year().to_string(), date.day().to_string());
        let whole = step >= TimeUnit::Month && date.day() == 1;
        let key = if whole { "language.month" } else { "language.date" };
        self.fill(key, &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// The language's code: `"en"`.
    pub fn code(&self) -> &str {
        self.say(CODE)
    }

    /// All texts, by `part.key`.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.said
    }
}

/// The texts of a file, by `part.key`.
fn flat(text: &str) -> Result<BTreeMap<String, String>, String> {
    let parts: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_string())?;
    let flat = parts
        .into_iter()
        .flat_map(|(part, texts)| texts.into_iter().map(move |(key, text)| (format!("{part}.{key}"), text)));
    Ok(flat.collect())
}

/// The names in the braces of a text, with the braces.
fn names(text: &str) -> Vec<&str> {
    let braces = text.match_indices('{').filter_map(|(at, _)| Some(&text[at..=at + text[at..].find('}')?]));
    let mut names: Vec<&str> = braces.collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn english_has_all_words() {
        assert_eq!(Words::read(ENGLISH).unwrap(), Words::default());
        let words = Words::default();
        assert_eq!(words.number("-4,991.2"), "\u{2212}4,991.2");
        assert_eq!(words.date(date(2031, 1, 1), TimeUnit::Month), "January 2031");
        assert_eq!(words.date(date(2031, 1, 1), TimeUnit::Week), "1 January 2031");
    }

    #[test]
    fn another_language_says_what_it_lacks() {
        let mut said = Words::default().all().clone();
        said.insert("language.decimal".into(), ",".into());
        said.insert("language.thousands".into(), ".".into());
        assert_eq!(Words::of(said.clone()).unwrap().number("4,991.2"), "4.991,2");
        said.remove("answer.heading");
        said.insert("answer.haeding".into(), "Antwort".into());
        said.insert("language.month".into(), "{moon} {year}".into());
        let problems = Words::of(said).unwrap_err().problems;
        assert_eq!(
            problems,
            [
                "`answer.heading` is missing: English has \"The answer\"",
                "no page has `answer.haeding`: leave it out",
                "`language.month` lacks {month}",
                "`language.month` knows no {moon}",
            ]
        );
        assert!(Words::read("answer = 1").is_err());
    }

    #[test]
    fn values_are_put_in_once() {
        let mut said = Words::default().all().clone();
        said.insert("language.date".into(), "{day}-{month} {year}".into());
        let words = Words::of(said).unwrap();
        assert_eq!(
            words.fill("language.date", &[("day", "{month}"), ("month", "x"), ("year", "y")]),
            "{month}-x y"
        );
    }
}
