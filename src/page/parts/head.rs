//! The top: title, question, and what is compared.

use maud::{Markup, html};

use crate::output::sentences::words::capital;
use crate::page::content::PageContent;

/// The head of a page.
pub fn head(content: &PageContent<'_>) -> Markup {
    let (answer, words) = (content.answer, content.words);
    let first = answer.first();
    let label = |index: usize| capital(&answer.variants[index].label);
    let others = (0..answer.variants.len()).filter(|index| *index != answer.against).map(label);
    let others: Vec<String> = others.collect();
    html! {
        h1 { (first.model.title) }
        @if let Some(question) = &first.model.question {
            p.question { (question) }
        }
        @if !others.is_empty() {
            p.compared {
                (words.fill("head.compared", &[("against", &answer.variants[answer.against].label)]))
                " "
                @for (index, other) in others.iter().enumerate() {
                    @if index > 0 { " · " }
                    b { (other) }
                }
            }
        }
    }
}
