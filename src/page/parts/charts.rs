//! Further charts, each behind its plain name.

use maud::{Markup, html};

use super::figure;
use crate::output::chart::{Chart, drawn, spec::Spec};
use crate::page::words::Words;

/// What lies beside a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: it stands alone.
    #[default]
    Nothing,
    /// The charts of the same run, as SVG.
    Charts,
}

/// As many as there is room for, in bytes; the others are named.
pub fn all(specs: Vec<Spec>, mut room: usize, words: &Words, beside: Beside) -> Markup {
    let charts: Vec<Markup> = specs
        .into_iter()
        .map(|spec| {
            let chart = drawn(spec);
            let figure = figure::figure(&chart, words);
            let size = figure.0.len();
            let fits = size <= room;
            room -= if fits { size } else { 0 };
            let inside = if fits { figure } else { left_out(&chart, words, beside) };
            folded(&chart.name, &chart.title, false, &inside)
        })
        .collect();
    section(&charts, words)
}

/// A chart for which there is no room.
fn left_out(chart: &Chart, words: &Words, beside: Beside) -> Markup {
    html! {
        p.note.left-out {
            (words.say("charts.left_out")) " "
            @if beside == Beside::Charts {
                a href=(format!("{}.svg", chart.name)) { (chart.name) ".svg" }
            } @else {
                (words.say("charts.where"))
            }
        }
        p { (chart.alt) }
    }
}

/// Those that are `open`, and the names of the others.
pub fn open(specs: Vec<Spec>, words: &Words, open: &[String]) -> Markup {
    let charts: Vec<Markup> = specs
        .into_iter()
        .map(|spec| {
            let (name, title) = (spec.name.clone(), spec.title.clone());
            let is_open = open.contains(&name);
            folded(
                &name,
                &title,
                is_open,
                &html! {
                    @if is_open { (figure::of(spec, words)) }
                },
            )
        })
        .collect();
    section(&charts, words)
}

fn section(charts: &[Markup], words: &Words) -> Markup {
    html! {
        @if !charts.is_empty() {
            h2 { (words.say("charts.heading")) }
            @for chart in charts { (chart) }
        }
    }
}

fn folded(name: &str, title: &str, open: bool, inside: &Markup) -> Markup {
    html! {
        details.further data-chart=(name) open[open] {
            summary { (title) }
            (inside)
        }
    }
}
