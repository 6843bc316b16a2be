//! What bounds the use of a programme's seats.

use super::rate::of_events;
use super::telling::Telling;
use super::words::{number, of, percent, time};
use crate::model::{PauseLaw, RandomPauses, Terms};
use crate::wording::list;

/// A sentence for each term of a programme.
pub(super) fn of_terms(telling: &Telling<'_>, label: &str, terms: &Terms) -> Vec<String> {
    words(telling, terms).into_iter().map(|words| format!("{label}: {words}")).collect()
}

/// The terms, each in words that follow a name.
pub(super) fn words(telling: &Telling<'_>, terms: &Terms) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(
        terms
            .open
            .and_then(|(from, until)| telling.between(from, Some(until)).map(|open| format!("only {open}"))),
    );
    words.extend(
        terms
            .consent
            .map(|consent| format!("{} of those who may go agree each time", telling.told(consent, percent))),
    );
    words.extend(terms.cap_per_year.map(|cap| {
        let people = |value| match number(value).as_str() {
            "1" => "1 person".into(),
            number => format!("{number} people"),
        };
        format!("at most {} in a calendar year", telling.told(cap, people))
    }));
    let pauses: Vec<String> =
        terms.pauses.iter().filter_map(|(from, until)| telling.between(*from, Some(*until))).collect();
    if !pauses.is_empty() {
        words.push(format!("paused {}", list(&pauses, pauses.len())));
    }
    words.extend(terms.random_pauses.as_ref().map(|pauses| random(telling, pauses)));
    words
}

/// "paused at random about once in 3 years, for 2 months on average"
fn random(telling: &Telling<'_>, pauses: &RandomPauses) -> String {
    let (mean, unit) = pauses.mean;
    let lasts = telling.told(mean, |value| time(value, unit));
    let law = match pauses.law {
        PauseLaw::Fixed => String::new(),
        PauseLaw::Exponential => " on average".into(),
        PauseLaw::Lognormal(sd, unit) => {
            format!(
                " on average (standard deviation {})",
                telling.told(sd, |value| of(&number(value), unit.name()))
            )
        }
    };
    format!("paused at random {}, for {lasts}{law}", of_events(telling, &pauses.rate, "pause"))
}
