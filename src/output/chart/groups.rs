//! Which dimension a chart goes by, and which of its values are drawn.

use super::text::{label, words};
use crate::ensemble::summary::GroupFilter;
use crate::model::{CountsAs, Mechanism, Model};

/// Dimensions of these names come first where people move between countries.
const ORIGINS: [&str; 6] = ["origin", "country", "nationality", "countries", "origins", "nationalities"];

/// Everybody.
pub fn everybody(model: &Model) -> GroupFilter {
    vec![None; model.groups.dimensions.len()]
}

/// Those with one value of a dimension.
pub fn only(model: &Model, dimension: usize, value: usize) -> GroupFilter {
    let mut filter = everybody(model);
    filter[dimension] = Some(value);
    filter
}

/// The recorded dimensions of two values or more, countries first.
pub fn dimensions(model: &Model) -> Vec<usize> {
    let recorded = model.record.dimensions.iter().copied();
    let mut useful: Vec<usize> = recorded
        .filter(|dimension| {
            model.groups.dimensions.get(*dimension).is_some_and(|known| known.values.len() > 1)
        })
        .collect();
    let rank = |dimension: &usize| {
        let name = model.groups.dimensions[*dimension].name.to_lowercase();
        ORIGINS.iter().position(|origin| name.contains(origin)).map_or(1, |_| 0)
    };
    useful.sort_by_key(rank);
    useful
}

/// The name of a value as people write it.
pub fn value_words(model: &Model, dimension: usize, value: usize) -> String {
    let axis = &model.groups.dimensions[dimension];
    label(axis.label(value).unwrap_or_default(), &axis.values[value])
}

/// The words of the scenario for what people leave by, with repatriation and release first.
pub fn counted_words(model: &Model) -> Vec<&str> {
    let mut counted: Vec<(Mechanism, &CountsAs)> = model.counted().collect();
    counted.sort_by_key(|(mechanism, _)| (!matches!(mechanism, Mechanism::Programme(_)), *mechanism));
    let mut words: Vec<&str> = Vec::new();
    for (_, word) in counted {
        if !words.contains(&word.as_str()) {
            words.push(word);
        }
    }
    words.sort_by_key(|word| match *word {
        "repatriation" => 0,
        "release" => 1,
        _ => 2,
    });
    words
}

/// Names from the scenario as a part of a file's name and of an XML identifier.
pub fn file_word(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
    name.chars().take(60).map(plain).collect()
}

/// Several of a thing: `"Repatriations"`.
pub fn plural(word: &str) -> String {
    let word = words(word);
    if word.ends_with('s') { word } else { format!("{word}s") }
}
