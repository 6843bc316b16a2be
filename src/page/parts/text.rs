//! The scenario's own text.

use maud::{Markup, html};

use super::cite::command;
use crate::page::content::PageScenario;
use crate::page::spoilers;

/// The text as it was read, with a button that copies it.
pub fn text(content: &PageScenario<'_>) -> Markup {
    let words = content.words;
    let shown = |path: &str, text: &str| spoilers::shown(path, text, content.lesson);
    let own = content.source.place();
    html! {
        h2 { (words.say("text.heading")) }
        details {
            summary { (words.say("text.show")) }
            p.note { (words.fill("text.note", &[("command", &command(content.origin))])) }
            div.buttons.scripted {
                button type="button" data-do="copy-text" { (words.say("text.copy")) }
            }
            pre.toml #scenario-text tabindex="0" { code { (spoilers::shown(".toml", &content.source.text, content.lesson)) } }
            @for (path, text) in content.source.files_read() {
                @if path != own {
                    details {
                        summary { (path) }
                        pre.toml tabindex="0" { code { (shown(&path, &text)) } }
                    }
                }
            }
        }
    }
}
