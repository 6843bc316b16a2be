//! How to cite a page, and what it takes to make its numbers again.

use maud::{Markup, html};

use crate::page::content::{PageOrigin, PageScenario};

/// As `CITATION.cff` has it.
pub const PROGRAM: &str = "Repatria: a Monte Carlo simulator of detention-facility and camp populations";
/// Who wrote it, as `CITATION.cff` has it.
pub const AUTHORS: &str = "The Repatria developers";

/// What gives the numbers of a page.
pub fn command(origin: &PageOrigin) -> String {
    format!("repatria run {}.toml{}", origin.name, origin.options)
}

/// Version, seed, replicates, fingerprint and digest.
pub fn cite(content: &PageScenario<'_>) -> Markup {
    let (words, origin) = (content.words, content.origin);
    let version = env!("CARGO_PKG_VERSION");
    let title = &content.scenario.baseline.title;
    let replicates = words.number(&crate::wording::whole(origin.replicates));
    let facts = [
        ("cite.version", version.to_string()),
        ("cite.seed", origin.seed.to_string()),
        ("cite.replicates", replicates.clone()),
        ("cite.fingerprint", origin.fingerprint.clone()),
        ("cite.digest", origin.digest.clone()),
    ];
    html! {
        h2 { (words.say("cite.heading")) }
        p.citation {
            (words.fill("cite.citation", &[
                ("authors", AUTHORS),
                ("program", PROGRAM),
                ("version", version),
                ("scenario", title),
                ("seed", &origin.seed.to_string()),
                ("replicates", &replicates),
            ]))
        }
        dl.facts {
            @for (key, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                dt { (words.say(key)) }
                dd { code { (value) } }
            }
        }
        p.again { (words.say("cite.again")) }
        pre.command tabindex="0" { code { (command(origin)) } }
        @if !origin.options.is_empty() {
            p.note { (words.say("cite.as_written")) }
        }
    }
}
