//! The answer in sentences: those that `repatria run` says.

use maud::{Markup, html};

use super::numbers::error_words;
use crate::output::sentences::{answering, of_answer};
use crate::page::content::PageContent;
use crate::wording::whole;

/// The answer.
pub fn answer(content: &PageContent<'_>) -> Markup {
    let (answer, words) = (content.answer, content.words);
    let said = answering(answer);
    let shown: Vec<&String> = said.differences.iter().chain(&said.first).collect();
    let all = of_answer(answer);
    let others: Vec<&String> = all.iter().filter(|sentence| !shown.contains(sentence)).collect();
    html! {
        h2 { (words.say("answer.heading")) }
        @for sentence in &shown {
            p.answer { (sentence) }
        }
        p.precision { (precision(content)) }
        @if !others.is_empty() {
            details {
                summary { (words.say("answer.all")) }
                @for sentence in others {
                    p { (sentence) }
                }
            }
        }
    }
}

/// How many replicates there are, and how far chance leaves the first numbers.
fn precision(content: &PageContent<'_>) -> String {
    let (answer, words) = (content.answer, content.words);
    let first = answer.first();
    if first.summary.expected {
        return words.say("answer.expected").to_string();
    }
    let number = words.number(&whole(first.summary.replicates));
    let mut said = vec![words.fill("answer.replicates", &[("number", &number)])];
    let outcome = first.model.outcomes.iter().zip(&first.summary.outcomes).next();
    if let Some((outcome, result)) = outcome
        && let Some(error) = error_words(result, words)
    {
        said.push(words.fill("answer.error", &[("outcome", &outcome.label), ("error", &error)]));
    }
    if !answer.comparisons.is_empty() {
        said.push(words.say("answer.common").to_string());
    }
    said.join(" ")
}
