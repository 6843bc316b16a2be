//! A chart's drawing: heading, panels in a grid, footer.

use super::canvas::{Anchor, Canvas, Face};
use super::grid::ChartGrid;
use super::sizes::{MARGIN, WIDTH};
use super::spec::Spec;
use super::text::wrap;
use super::weight::Weight;
use super::{accessible, key, palette};

/// Rows of text: size, weight, distance, how many at most.
const TITLE: (f64, Weight, f64, usize) = (20.0, Weight::Bold, 26.0, 3);
const SUBTITLE: (f64, Weight, f64, usize) = (14.0, Weight::Regular, 19.0, 3);
const FOOTER: (f64, Weight, f64, usize) = (12.0, Weight::Regular, 16.5, 4);

/// The SVG of `spec`.
pub fn svg(spec: &Spec) -> String {
    let wrapped = |text: &str, rows: (f64, Weight, f64, usize)| {
        wrap(&super::text::drawn(text), rows.0, rows.1, WIDTH - 2.0 * MARGIN, rows.3)
    };
    let title = wrapped(&spec.title, TITLE);
    let [scenario, replicates] = &spec.subtitle;
    let mut subtitle = wrapped(&format!("{scenario} {replicates}"), SUBTITLE);
    if subtitle.len() > 1 {
        subtitle = [wrapped(scenario, SUBTITLE), wrapped(replicates, SUBTITLE)].concat();
    }
    let grid = ChartGrid::plan(spec);
    let mut footer: Vec<String> = Vec::new();
    for sentence in grid.letters().into_iter().chain(&spec.footer) {
        footer.extend(wrapped(sentence, FOOTER));
    }

    let key = key::rows(&spec.key);
    let texts = 14.0 + title.len() as f64 * TITLE.2 + subtitle.len() as f64 * SUBTITLE.2;
    let head = texts + key.len() as f64 * key::ROW + 10.0;
    let body = head + grid.height();
    let height = (body + 14.0 + footer.len() as f64 * FOOTER.2 + 10.0).ceil();

    let mut svg = String::new();
    let canvas = Canvas::new(&mut svg, WIDTH, height);
    canvas.rectangle((0.0, 0.0), (WIDTH, height), palette::PAPER, 1.0);
    let mut y = 14.0;
    let mut rows = |lines: &[String], style: (f64, Weight, f64, usize), colour| {
        for line in lines {
            y += style.2;
            let face = Face { size: style.0, weight: style.1, colour, anchor: Anchor::Start };
            canvas.text(line, MARGIN, y - 5.0, face);
        }
    };
    rows(&title, TITLE, palette::INK);
    rows(&subtitle, SUBTITLE, palette::GREY);
    key::draw(&canvas, &key, texts + 6.0);
    grid.draw(&canvas, head);
    let mut y = body + 14.0;
    for line in &footer {
        y += FOOTER.2;
        let face = Face { size: FOOTER.0, weight: FOOTER.1, colour: palette::GREY, anchor: Anchor::Start };
        canvas.text(line, MARGIN, y - 4.0, face);
    }
    drop(canvas);
    accessible::describe(&svg, spec, WIDTH, height)
}
