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
    let shown: Vec<&String> = said.first.iter().chain(&said.differences).collect();
    let all = of_answer(answer);
    let others: Vec<&String> = all.iter().filter(|sentence| !shown.contains(sentence)).collect();
    html! {
        h2 { (words.say("answer.heading")) }
        @if let Some(sentence) = &said.first { p.answer { (sentence) } }
        @for sentence in &said.differences { p.answer.change { (sentence) } }
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
fn precision(content: &PageContent<'_>) -> Markup {
    let (answer, words) = (content.answer, content.words);
    let first = answer.first();
    if first.summary.expected {
        return html! { (words.say("answer.expected")) };
    }
    let number = words.number(&whole(first.summary.replicates));
    let outcome = first.model.outcomes.iter().zip(&first.summary.outcomes).next();
    let error = outcome.and_then(|(outcome, result)| Some((outcome, error_words(result, words)?)));
    html! {
        (words.fill("answer.replicates", &[("number", &number)]))
        @if let Some((outcome, error)) = error {
            " " span.error { (words.fill("answer.error", &[("outcome", &outcome.label), ("error", &error)])) }
        }
        @if !answer.comparisons.is_empty() {
            " " (words.say("answer.common"))
        }
    }
}
