//! The whole file: parts, styles, script, and what the script needs.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;

use super::content::PageContent;
use super::parts::{Beside, PagePart, all_with};
use super::script;
use super::spoilers;
use crate::output::chart::palette::{self, Colour};

pub(super) const STYLE: &str = include_str!("assets/page.css");

/// By this a page of ours is known.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"Repatria";

/// No request leaves a page, and no script comes from elsewhere.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; \
                      style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'";

/// A page as one HTML file, with an engine as its text if there is one.
pub fn document(content: &PageContent<'_>, engine: Option<&str>, beside: Beside) -> String {
    let parts = all_with(content, beside, room(engine));
    let words = content.words;
    let version = env!("CARGO_PKG_VERSION");
    html! {
        (DOCTYPE)
        html.no-engine.no-script lang=(words.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                (PreEscaped(GENERATOR)) " " (version) (PreEscaped("\">"))
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (content.answer.first().model.title) }
                style { (PreEscaped(STYLE)) (PreEscaped(greys())) }
            }
            body {
                a.skip href="#part-answer" { (words.say("page.skip")) }
                main { (sections(&parts)) }
                footer {
                    p { (words.fill("page.made_with", &[("version", version)])) " " (words.say("page.illustrative")) }
                    div.buttons.scripted {
                        button type="button" data-do="print" { (words.say("page.print")) }
                        a.button href="?view=slide" data-view-link="slide" { (words.say("script.projector_view")) }
                    }
                }
                script type="application/json" id="page-data" { (PreEscaped(data(content))) }
                @if let Some(engine) = engine {
                    script type="application/gzip;base91" id="engine" { (PreEscaped(engine)) }
                }
                script type="text/js-worker" id="worker" { (PreEscaped(script::WORKER)) }
                script { (PreEscaped(script::PAGE)) }
            }
        }
    }
    .into_string()
}

/// A page with an engine is no larger than this, as far as charts are to blame.
const MOST_BYTES: usize = 2_500_000;

/// So many bytes of charts are on a page, and so many has the rest of it at most.
const ROOM: usize = 250_000;
const REST: usize = 130_000;

/// How many bytes of charts there is room for. Those that are left out an engine draws when they are opened.
fn room(engine: Option<&str>) -> usize {
    engine.map_or(ROOM, |engine| MOST_BYTES.saturating_sub(REST + engine.len()).min(ROOM))
}

/// Parts in their order: the first sheet of paper has what comes before the levers, the second what comes behind them.
fn sections(parts: &[PagePart]) -> Markup {
    let at = parts.iter().position(|part| part.id == "part-levers").unwrap_or(parts.len());
    let (first, rest) = parts.split_at(at);
    let (levers, second) = rest.split_at(rest.len().min(1));
    let section = |part: &PagePart| {
        html! { section id=(part.id) { (PreEscaped(&part.html)) } }
    };
    html! {
        div.sheet { @for part in first { (section(part)) } }
        @for part in levers { (section(part)) }
        div.sheet { @for part in second { (section(part)) } }
    }
}

/// Rules that give every colour of charts its grey on paper, where a filter would make pictures of drawings.
fn greys() -> String {
    let lines = (0..palette::MOST_LINES).map(|index| palette::line(index).0);
    let areas = (0..palette::MOST_AREAS).map(palette::area);
    let mut colours: Vec<Colour> = lines.chain(areas).chain([palette::ALARM]).collect();
    colours.extend(colours.clone().into_iter().map(palette::text));
    let mut rules: Vec<String> = colours.into_iter().map(rule).collect();
    rules.sort();
    rules.dedup();
    format!("@media print {{{}}}", rules.concat())
}

fn rule(colour: Colour) -> String {
    let Colour(red, green, blue) = colour;
    let grey = ((299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000) as u8;
    let (hex, grey) = (colour.hex(), Colour(grey, grey, grey).hex());
    format!("svg [fill=\"{hex}\"]{{fill:{grey}}}svg [stroke=\"{hex}\"]{{stroke:{grey}}}")
}

/// What the script needs to know.
#[derive(Serialize)]
struct PageData<'a> {
    name: &'a str,
    text: String,
    files: BTreeMap<String, String>,
    words: &'a BTreeMap<String, String>,
    replicates: u64,
    lesson: bool,
}

/// As JSON in which nothing ends a script.
fn data(content: &PageContent<'_>) -> String {
    let shown = |path: &str, text: &str| spoilers::shown(path, text, content.lesson);
    let own = content.source.place();
    let files = content.source.files_read().into_iter().filter(|(path, _)| *path != own);
    let files = files.map(|(path, text)| {
        let text = shown(&path, &text);
        (path, text)
    });
    let data = PageData {
        name: &content.origin.name,
        text: shown(".toml", &content.source.text),
        files: files.collect(),
        words: content.words.all(),
        replicates: content.origin.replicates,
        lesson: content.lesson,
    };
    // Texts and numbers always make JSON.
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}
