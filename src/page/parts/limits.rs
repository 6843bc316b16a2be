//! What the numbers are not, and where parameters come from.

use maud::{Markup, html};

use crate::output::limits::{BANDS, ILLUSTRATIVE, no_source, without_source};
use crate::page::content::PageScenario;

/// Limits and sources.
pub fn limits(content: &PageScenario<'_>) -> Markup {
    let (words, model) = (content.words, &content.scenario.baseline);
    let variants = content.scenario.variants.iter().map(|variant| &variant.model);
    let unsourced = without_source(std::iter::once(model).chain(variants));
    let sourced = model.parameters.iter().filter_map(|it| Some((it, it.source.as_ref()?)));
    let sourced: Vec<_> = sourced.collect();
    html! {
        h2 { (words.say("limits.heading")) }
        p { (ILLUSTRATIVE) }
        p { (words.say("limits.aggregate")) }
        p { (BANDS) }
        @if !sourced.is_empty() {
            h3 { (words.say("limits.sources")) }
            dl {
                @for (parameter, source) in &sourced {
                    dt { (parameter.label.as_ref().unwrap_or(&parameter.name)) }
                    dd { (source) }
                }
            }
        }
        @if let Some(sentence) = no_source(&unsourced) {
            p { (sentence) }
        }
    }
}
