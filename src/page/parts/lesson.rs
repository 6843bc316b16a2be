//! The lesson: what a reader should take home, folded, as a key that a teacher may leave out.

use maud::{Markup, html};

use crate::page::content::PageScenario;

/// The lesson, where the scenario has one and it is not left out.
pub fn lesson(content: &PageScenario<'_>) -> Markup {
    let words = content.words;
    let lesson = content.scenario.baseline.lesson.as_ref().filter(|_| content.lesson);
    html! {
        @if let Some(lesson) = lesson {
            h2 { (words.say("lesson.heading")) }
            details.key {
                summary { (words.say("lesson.show")) }
                p { (lesson) }
            }
        }
    }
}
