//! Numbers of texts, and where they come from.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words that are numbers. `one` is more often none.
pub const WORDS: [(&str, f64); 24] = [
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("twenty", 20.0),
    ("hundred", 100.0),
    ("thousand", 1000.0),
    ("half", 0.5),
    ("halved", 0.5),
    ("halves", 0.5),
    ("third", 1.0 / 3.0),
    ("quarter", 0.25),
    ("fifth", 0.2),
    ("tenth", 0.1),
    ("twice", 2.0),
    ("double", 2.0),
    ("doubled", 2.0),
    ("thrice", 3.0),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    pub lesson: Vec<Said>,
    pub exercises: BTreeMap<String, Vec<Said>>,
    /// What answers say without a number: that nobody is left, that it is as many.
    #[serde(default)]
    pub unspoken: BTreeMap<String, Vec<Said>>,
}

/// A number of a text, and where it comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    says: String,
    #[serde(default)]
    is: Vec<Term>,
    #[serde(default)]
    over: Vec<Term>,
    round: Option<f64>,
    quote: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    outcome: Option<String>,
    written: Option<String>,
    constant: Option<f64>,
    of: Option<String>,
    value: Option<String>,
    times: Option<f64>,
}

/// An outcome in numbers.
#[derive(Clone, Copy)]
pub struct Outcome {
    pub mean: f64,
    pub probability: Option<f64>,
    pub quantiles: Option<[f64; 5]>,
}

pub type Outcomes = BTreeMap<String, Outcome>;

/// A scenario with all that was simulated of it, by the words of `of`.
pub struct Simulated<'s> {
    pub text: &'s str,
    pub document: &'s toml::Table,
    pub exercise: Option<&'s str>,
    pub by_name: &'s BTreeMap<String, Outcomes>,
}

/// The numbers of a text, as they are written.
pub fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == ',' || c == '.')) {
        let word = word.trim_matches(|c| c == ',' || c == '.');
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        if is_number || WORDS.iter().any(|(known, _)| *known == word.to_lowercase()) {
            found.push(word.to_string());
        }
    }
    found
}

pub fn worth(says: &str) -> f64 {
    let small = says.to_lowercase();
    let word = WORDS.iter().find(|(known, _)| *known == small).map(|(_, number)| *number);
    word.unwrap_or_else(|| says.replace(',', "").parse().unwrap_or_else(|_| panic!("{says} is no number")))
}

impl Simulated<'_> {
    fn outcomes(&self, of: Option<&str>) -> &Outcomes {
        let name = match (of, self.exercise) {
            (Some("setting"), Some(exercise)) => format!("setting {exercise}"),
            (name, _) => name.unwrap_or("baseline").to_string(),
        };
        self.by_name.get(&name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    fn term(&self, term: &Term) -> f64 {
        let value = match (&term.outcome, &term.written, term.constant) {
            (Some(name), None, None) => {
                let of = |whose: Option<&str>| {
                    let outcomes = self.outcomes(whose);
                    *outcomes.get(name).unwrap_or_else(|| panic!("no outcome is called {name}"))
                };
                let (this, baseline) = (of(term.of.as_deref()), of(None));
                match term.value.as_deref().unwrap_or("mean") {
                    "mean" => this.mean,
                    "difference" => this.mean - baseline.mean,
                    "relative" => (this.mean - baseline.mean) / baseline.mean,
                    "probability" => this.probability.unwrap(),
                    quantile => {
                        let index = ["p05", "p25", "p50", "p75", "p95"].iter().position(|it| *it == quantile);
                        this.quantiles.unwrap()[index.unwrap_or_else(|| panic!("no value {quantile}"))]
                    }
                }
            }
            (None, Some(path), None) => self.written(path),
            (None, None, Some(constant)) => constant,
            _ => panic!("either an outcome, or what is written, or a constant"),
        };
        value * term.times.unwrap_or(1.0)
    }

    /// A number at a path of the scenario's file.
    fn written(&self, path: &str) -> f64 {
        let mut words = path.split('.');
        let mut value = self.document.get(words.next().unwrap());
        for word in words {
            value = match value {
                Some(toml::Value::Table(table)) => table.get(word),
                Some(toml::Value::Array(items)) => items.get(word.parse::<usize>().unwrap()),
                _ => None,
            };
        }
        let value = value.unwrap_or_else(|| panic!("nothing is written at {path}"));
        value
            .as_float()
            .or(value.as_integer().map(|it| it as f64))
            .unwrap_or_else(|| panic!("{path} is no number"))
    }

    /// What is wrong with a number of a text.
    fn problem(&self, said: &Said) -> Option<String> {
        let number = worth(&said.says);
        if let Some(quote) = &said.quote {
            let digits = number.to_string();
            let there = numbers(quote).iter().any(|it| worth(it).to_string() == digits);
            let quoted = self.text.contains(quote.as_str()) && there;
            return (!quoted).then(|| format!("{}: the scenario does not say {quote:?}", said.says));
        }
        let round = said.round.unwrap_or_else(|| panic!("{}: rounded to what?", said.says));
        let is_word = WORDS.iter().any(|(word, _)| *word == said.says.to_lowercase());
        // A word stands for anything near it; digits are rounded where their zeros begin.
        let steps = number / round;
        let honest = if is_word { round <= number / 4.0 } else { (steps - steps.round()).abs() < 1e-6 };
        if !honest {
            return Some(format!("{} is not rounded to {round}", said.says));
        }
        let sum = |terms: &[Term]| terms.iter().map(|term| self.term(term)).sum::<f64>();
        let below = if said.over.is_empty() { 1.0 } else { sum(&said.over) };
        let value = sum(&said.is) / below;
        let near = (value - number).abs() <= round / 2.0 + 1e-9;
        (!near).then(|| format!("{} is said, and it is {value}", said.says))
    }

    pub fn problems(&self, what: &str, text: &str, said: &[Said]) -> Vec<String> {
        let (written, sourced) = (numbers(text), said.iter().map(|it| it.says.clone()).collect::<Vec<_>>());
        if written != sourced {
            return vec![format!("{what}: the numbers {written:?} are said, of {sourced:?} it is known why")];
        }
        self.wrong(what, said)
    }

    pub fn wrong(&self, what: &str, said: &[Said]) -> Vec<String> {
        said.iter()
            .filter_map(|said| self.problem(said))
            .map(|problem| format!("{what}: {problem}"))
            .collect()
    }
}

/// What these tests would let through if they were wrong themselves.
#[test]
fn numbers_of_a_text_are_found_and_none_else() {
    let text = "At 28 births per 1,000, twice as many: 2,200. Half of 0.45, one of them, in 2026?";
    assert_eq!(numbers(text), ["28", "1,000", "twice", "2,200", "Half", "0.45", "2026"]);
    assert_eq!(worth("2,200"), 2200.0);
    assert_eq!(worth("Half"), 0.5);
}
