//! What a variant changes.

use std::collections::BTreeSet;

use super::of_model::{sentence, topics};
use super::telling::Telling;
use super::topic::Topic;
use super::variant_changes;
use crate::model::{Model, Section};
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
    sentences.extend(taken_away(scenario, &written));
    sentences
}

/// "Without Flights home and the Court"
fn removed(scenario: &ScenarioVariants, variant: &Variant) -> Option<String> {
    let gone = gone(&scenario.baseline, &variant.model);
    (!gone.is_empty()).then(|| format!("Without {}", list(&gone, gone.len())))
}

/// The labels of what the scenario has and the variant has not.
fn gone<'m>(scenario: &'m Model, variant: &Model) -> Vec<&'m str> {
    let of_section = |section| {
        let left = variant.labels(section);
        scenario.labels(section).into_iter().filter(move |label| !left.contains(label))
    };
    Section::ALL.into_iter().flat_map(of_section).collect()
}

/// What is said of something in the scenario and no longer in the variant, which has that something still: "Without this: Flights home:
/// paused from March to September 2026."
fn taken_away(scenario: &ScenarioVariants, variant: &Telling<'_>) -> Vec<String> {
    let all = |telling: &Telling<'_>| -> Vec<String> {
        topics(telling).into_iter().flat_map(|topic| topic.sentences).collect()
    };
    let [before, after] = [&Telling::as_written(&scenario.baseline), variant].map(all);
    let gone = gone(&scenario.baseline, variant.model);
    let about = |sentence: &str| sentence.split(':').next().unwrap_or_default().to_string();
    let of = |all: &[String], subject: &str| all.iter().filter(|sentence| about(sentence) == subject).count();
    let fewer = |sentence: &&String| {
        let subject = about(sentence);
        !gone.contains(&subject.as_str()) && of(&before, &subject) > of(&after, &subject)
    };
    let lost = before.iter().filter(|sentence| sentence.contains(':') && !after.contains(sentence));
    lost.filter(fewer).map(|sentence| format!("Without this: {sentence}")).collect()
}

/// What is said of the variant as it is written and not of the scenario.
fn different(scenario: &ScenarioVariants, variant: &Telling<'_>) -> Vec<String> {
    let all = |topics: Vec<Topic>| topics.into_iter().flat_map(|topic| topic.sentences);
    let known: BTreeSet<String> = all(topics(&Telling::as_written(&scenario.baseline))).collect();
    all(topics(variant)).filter(|sentence| !known.contains(sentence)).collect()
}
