//! What differs between variants.

use maud::{Markup, html};

use super::figure;
use crate::output::chart::spec::Spec;
use crate::page::content::PageContent;

/// What differs, in every outcome.
pub fn differences(content: &PageContent<'_>, spec: Option<Spec>) -> Markup {
    let words = content.words;
    html! {
        @if !content.answer.comparisons.is_empty() {
            h2 { (words.say("differences.heading")) }
            p.note { (words.say("differences.paired")) }
            @if let Some(spec) = spec {
                (figure::of(spec, words))
            }
        }
    }
}
