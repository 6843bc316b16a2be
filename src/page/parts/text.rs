//! The scenario's own text.

use maud::{Markup, html};

use crate::page::content::PageScenario;
use crate::page::spoilers;

/// The text as it was read, with a button that copies it.
pub fn text(content: &PageScenario<'_>) -> Markup {
    let words = content.words;
    let shown = |text: &str| if content.lesson { text.to_string() } else { spoilers::without(text) };
    html! {
        h2 { (words.say("text.heading")) }
        details {
            summary { (words.say("text.show")) }
            p.note { (words.say("text.note")) }
            div.buttons.scripted {
                button type="button" data-do="copy-text" { (words.say("text.copy")) }
            }
            pre.toml #scenario-text tabindex="0" { code { (shown(&content.source.text)) } }
            @for (path, text) in content.source.files_read() {
                @if path != content.source.place() {
                    details {
                        summary { (path) }
                        pre.toml tabindex="0" { code { (shown(&text)) } }
                    }
                }
            }
        }
    }
}
