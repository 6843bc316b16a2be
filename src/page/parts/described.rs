//! What is in the scenario, in words.

use maud::{Markup, html};

use crate::page::content::PageScenario;

/// What is simulated, in words that a student reads.
pub fn described(_content: &PageScenario<'_>) -> Markup {
    html! {}
}
