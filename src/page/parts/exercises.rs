//! Exercises, with their answers in the key.

use maud::{Markup, html};

use crate::page::content::PageScenario;

/// The exercises of a scenario.
pub fn exercises(_content: &PageScenario<'_>) -> Markup {
    html! {}
}
