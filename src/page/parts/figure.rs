//! A chart on the page: its drawing, what it shows in words, and what can be done with it.

use maud::{Markup, PreEscaped, html};

use crate::output::chart::data_table::DataTable;
use crate::output::chart::{Chart, drawn, spec::Spec};
use crate::page::words::Words;

/// A table of a chart has so many dates at most: what is between is in the CSV.
const MOST_ROWS: usize = 13;

/// A chart that is drawn now.
pub fn of(spec: Spec, words: &Words) -> Markup {
    figure(&drawn(spec), words)
}

/// A chart.
pub fn figure(chart: &Chart, words: &Words) -> Markup {
    let tables = chart.tables(MOST_ROWS);
    // Texts and numbers always make JSON; nothing in it ends the element.
    let hover = serde_json::to_string(&chart.hover).unwrap_or_default().replace('<', "\\u003c");
    html! {
        figure.chart data-chart=(chart.name) {
            // Whoever has no mouse moves a wide picture with the keys.
            div.scroll tabindex="0" role="group" aria-label=(chart.title) { (PreEscaped(&chart.svg)) }
            figcaption {
                span.caption { (chart.title) }
                details.words {
                    summary { (words.say("chart.in_words")) }
                    p { (chart.alt) }
                }
                @if !tables.is_empty() {
                    details.words {
                        summary { (words.say("chart.as_table")) }
                        @for table in &tables { (numbers(table)) }
                    }
                }
                (buttons(chart, words))
            }
            @if !chart.hover.panels.is_empty() {
                script type="application/json" { (PreEscaped(hover)) }
            }
        }
    }
}

/// The numbers of a panel.
fn numbers(table: &DataTable) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead {
                    tr {
                        @for column in &table.columns {
                            @if column.is_empty() { td { } } @else { th scope="col" { (column) } }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (index, cell) in row.iter().enumerate() {
                                @if index == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn buttons(chart: &Chart, words: &Words) -> Markup {
    html! {
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
