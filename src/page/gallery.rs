//! The index of a gallery: every scenario with its question and its first chart.

use maud::{DOCTYPE, PreEscaped, html};

use super::content::PageContent;
use super::document::{GENERATOR, POLICY, STYLE};
use super::parts::first_chart;
use super::words::Words;

/// A page that an index shows.
#[derive(Clone, Debug, Default)]
pub struct GalleryEntry {
    /// The page's file is called so, with `.html`.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// What it asks.
    pub question: Option<String>,
    /// Its first chart, as SVG.
    pub chart: Option<String>,
}

impl GalleryEntry {
    /// That of a page.
    pub fn of(content: &PageContent<'_>) -> GalleryEntry {
        let model = &content.answer.first().model;
        GalleryEntry {
            name: content.origin.name.clone(),
            title: model.title.clone(),
            question: model.question.clone(),
            chart: first_chart(content.answer),
        }
    }
}

/// The index as one HTML file.
pub fn gallery(entries: &[GalleryEntry], words: &Words) -> String {
    html! {
        (DOCTYPE)
        html.no-engine.no-script lang=(words.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                (PreEscaped(GENERATOR)) " " (env!("CARGO_PKG_VERSION")) (PreEscaped("\">"))
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (words.say("gallery.title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main.gallery {
                    h1 { (words.say("gallery.title")) }
                    p { (words.say("gallery.about")) }
                    ul.pages {
                        @for entry in entries {
                            li {
                                h2 { a href=(address(&entry.name)) { (entry.title) } }
                                @if let Some(question) = &entry.question { p { (question) } }
                                // Two pages may have charts of one name, and a picture has no ids of the page it is on.
                                @if let Some(chart) = &entry.chart {
                                    img alt="" loading="lazy" src=(format!("data:image/svg+xml,{}", percent(chart)));
                                }
                            }
                        }
                    }
                }
                footer { p { (words.say("page.illustrative")) } }
            }
        }
    }
    .into_string()
}

/// The address of the page of a name, from its index: a name is no scheme, no question and no part of a page.
fn address(name: &str) -> String {
    format!("./{}.html", name.replace('%', "%25").replace('#', "%23").replace('?', "%3F"))
}

/// A drawing as it stands in an address.
fn percent(svg: &str) -> String {
    let mut text = String::with_capacity(svg.len() * 11 / 10);
    for sign in svg.chars() {
        match sign {
            '%' => text.push_str("%25"),
            '#' => text.push_str("%23"),
            '<' => text.push_str("%3C"),
            '>' => text.push_str("%3E"),
            '"' => text.push('\''),
            '\n' => text.push(' '),
            other => text.push(other),
        }
    }
    text
}
