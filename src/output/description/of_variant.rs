//! What a variant changes.

use std::collections::BTreeSet;

use super::of_model::{sentence, topics};
use super::telling::Telling;
use super::topic::Topic;
use super::variant_changes;
use crate::model::Section;
use crate::scenario::{ScenarioVariants, Variant};
use crate::wording::list;

/// What a variant changes of the scenario, in words: changes of numbers with their dates, what it does not have, and what is
/// new or written differently.
pub fn of_variant(scenario: &ScenarioVariants, variant: &Variant) -> Vec<String> {
    let written = Telling::as_written(&variant.model);
    let mut sentences = variant_changes::sentences(&written, |_| true);
    sentences.extend(removed(scenario, variant));
    let mut sentences: Vec<String> = sentences.iter().map(|words| sentence(words)).collect();
    let different = different(scenario, &written);
    let new = different.into_iter().filter(|words| !sentences.contains(words)).collect::<Vec<_>>();
    sentences.extend(new);
    sentences
}

/// "Without Flights home and the Court"
fn removed(scenario: &ScenarioVariants, variant: &Variant) -> Option<String> {
    let mut gone = Vec::new();
    for section in Section::ALL {
        let left = variant.model.labels(section);
        let labels = scenario.baseline.labels(section);
        gone.extend(labels.into_iter().filter(|label| !left.contains(label)));
    }
    (!gone.is_empty()).then(|| format!("Without {}", list(&gone, gone.len())))
}

/// What is said of the variant as it is written and not of the scenario.
fn different(scenario: &ScenarioVariants, variant: &Telling<'_>) -> Vec<String> {
    let all = |topics: Vec<Topic>| topics.into_iter().flat_map(|topic| topic.sentences);
    let known: BTreeSet<String> = all(topics(&Telling::as_written(&scenario.baseline))).collect();
    all(topics(variant)).filter(|sentence| !known.contains(sentence)).collect()
}
