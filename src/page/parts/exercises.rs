//! Exercises: questions for a class. What has to be set to find an answer, and the answer, are the key.

use maud::{Markup, html};

use crate::page::content::PageScenario;
use crate::page::words::Words;
use crate::scenario::Exercise;
use crate::wording::list;

/// The exercises of a scenario.
pub fn exercises(content: &PageScenario<'_>) -> Markup {
    let words = content.words;
    let exercises = &content.scenario.exercises;
    let all = exercises.len().to_string();
    html! {
        @if !exercises.is_empty() {
            h2 { (words.say("exercises.heading")) }
            @for (index, exercise) in exercises.iter().enumerate() {
                div.exercise {
                    h3 { (words.fill("exercises.number", &[("number", &(index + 1).to_string()), ("all", &all)])) }
                    p { (exercise.question) }
                    @if content.lesson { (key(exercise, words)) }
                }
            }
        }
    }
}

fn key(exercise: &Exercise, words: &Words) -> Markup {
    let parts: Vec<&str> =
        exercise.setting.iter().flat_map(|setting| &setting.parts).map(|part| part.label.as_str()).collect();
    html! {
        details.key {
            summary { (words.say("exercises.show")) }
            @if !parts.is_empty() {
                p { (words.fill("exercises.setting", &[("setting", &list(&parts, parts.len()))])) }
            }
            p { (exercise.answer) }
        }
    }
}
