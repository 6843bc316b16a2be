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
            div.scroll tabindex="0" role="group" aria-label=(chart.title) { (PreEscaped(compact(&chart.svg))) }
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

/// The same drawing in fewer bytes: what every text says of its font is said once, what is so anyway is left out, and lines of one look
/// that follow each other, such as the dashes of a curve, are one path.
pub fn compact(svg: &str) -> String {
    let family = svg.split_once(FAMILY).and_then(|(_, rest)| rest.split_once('"')).map(|it| it.0);
    let Some(family) = family else { return svg.to_string() };
    let attribute = format!("{FAMILY}{family}\"");
    let lean = svg.replace(&attribute, "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    let lean = lean.replacen(" role=\"img\"", &format!("{attribute} role=\"img\""), 1);
    let (mut joined, mut path) = (String::with_capacity(lean.len()), OpenPath::default());
    for line in lean.lines() {
        match polyline(line) {
            Some((look, points)) => path.add(look, points, &mut joined),
            None => {
                path.close(&mut joined);
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    path.close(&mut joined);
    joined
}

const FAMILY: &str = " font-family=\"";

/// The look and the points of an opaque line.
fn polyline(line: &str) -> Option<(&str, &str)> {
    let (look, points) = line.strip_prefix("<polyline ")?.strip_suffix("\"/>")?.split_once(" points=\"")?;
    (!look.contains("opacity")).then_some((look, points.trim_end()))
}

/// Lines of one look.
#[derive(Default)]
struct OpenPath<'a> {
    look: &'a str,
    lines: String,
}

impl<'a> OpenPath<'a> {
    fn add(&mut self, look: &'a str, points: &str, out: &mut String) {
        if look != self.look {
            self.close(out);
        }
        self.look = look;
        self.lines.push('M');
        self.lines.push_str(points);
    }

    fn close(&mut self, out: &mut String) {
        if !self.lines.is_empty() {
            out.push_str(&format!("<path {} d=\"{}\"/>\n", self.look, self.lines));
            self.lines.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn drawings_are_said_in_fewer_bytes() {
        let svg = "<svg role=\"img\">\n<text font-family=\"A\" opacity=\"1\" fill=\"#1\">\na\n</text>\n\
                   <polyline fill=\"none\" opacity=\"1\" stroke=\"#2\" points=\"1,2 3,4 \"/>\n\
                   <polyline fill=\"none\" opacity=\"1\" stroke=\"#2\" points=\"5,6 7,8 \"/>\n\
                   <polyline fill=\"none\" opacity=\"0.5\" stroke=\"#2\" points=\"5,6 7,8 \"/>\n</svg>\n";
        assert_eq!(
            compact(svg),
            "<svg font-family=\"A\" role=\"img\">\n<text fill=\"#1\">\na\n</text>\n\
             <path fill=\"none\" stroke=\"#2\" d=\"M1,2 3,4M5,6 7,8\"/>\n\
             <polyline fill=\"none\" opacity=\"0.5\" stroke=\"#2\" points=\"5,6 7,8 \"/>\n</svg>\n"
        );
    }
}
