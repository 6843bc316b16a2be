//! A chart on the page: its drawing, what it shows in words, and what can be done with it.

use maud::{Markup, PreEscaped, html};

use crate::output::chart::{Chart, drawn, spec::Spec};
use crate::page::words::Words;

/// A chart that is drawn now.
pub fn of(spec: Spec, words: &Words) -> Markup {
    figure(&drawn(spec), words)
}

/// A chart.
pub fn figure(chart: &Chart, words: &Words) -> Markup {
    html! {
        figure.chart data-chart=(chart.name) {
            // Whoever has no mouse moves a wide picture with the keys.
            div.scroll tabindex="0" role="group" aria-label=(chart.title) { (PreEscaped(compact(&chart.svg))) }
            figcaption {
                span.caption { (chart.title) }
                details.words {
                    summary { (words.say("chart.in_words")) }
                    p { (chart.alt) }
                }
                div.buttons.scripted {
                    @for kind in ["svg", "png", "csv"] {
                        button type="button" data-do=(kind) data-chart=(chart.name)
                            aria-label=(words.fill(&format!("chart.{kind}_of"), &[("chart", &chart.title)])) {
                            (words.say(&format!("chart.{kind}")))
                        }
                    }
                }
            }
        }
    }
}

/// The same drawing in fewer bytes: what every text says of its font is said once, and what is so anyway is left out.
pub fn compact(svg: &str) -> String {
    let Some(family) = svg.split_once(FAMILY).and_then(|(_, rest)| rest.split_once('"')).map(|it| it.0)
    else {
        return svg.to_string();
    };
    let attribute = format!("{FAMILY}{family}\"");
    let lean = svg.replace(&attribute, "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    lean.replacen(" role=\"img\"", &format!("{attribute} role=\"img\""), 1)
}

const FAMILY: &str = " font-family=\"";
