//! What is in the scenario, in words.

use maud::{Markup, html};

use crate::output::description::{of_model, of_variant};
use crate::output::sentences::words::capital;
use crate::page::content::PageScenario;

/// What is simulated, and what variants change of it, in words that a student reads.
pub fn described(content: &PageScenario<'_>) -> Markup {
    let (words, scenario) = (content.words, content.scenario);
    html! {
        h2 { (words.say("described.heading")) }
        p.note.on-paper { (words.say("described.on_paper")) }
        @for topic in of_model(&scenario.baseline) {
            div.topic {
                h3 { (topic.title) }
                @for sentence in &topic.sentences { p { (sentence) } }
            }
        }
        @if !scenario.variants.is_empty() {
            div.topic {
                h3 { (words.say("described.variants")) }
                dl {
                    @for variant in &scenario.variants {
                        dt { (capital(&variant.label)) }
                        dd { @for sentence in of_variant(scenario, variant) { p { (sentence) } } }
                    }
                }
            }
        }
    }
}
