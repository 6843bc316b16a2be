//! A chart's drawing: heading, panels in a grid, footer.

use super::canvas::{Anchor, Canvas, Face};
use super::grid::ChartGrid;
use super::sizes::{MARGIN, WIDTH};
use super::spec::{KeyEntry, Spec};
use super::text::wrap;
use super::weight::Weight;
use super::{accessible, key, palette};

/// Rows of text: size, weight, distance, how many at most.
const TITLE: (f64, Weight, f64, usize) = (20.0, Weight::Bold, 26.0, 3);
const SUBTITLE: (f64, Weight, f64, usize) = (14.0, Weight::Regular, 19.0, 3);
const FOOTER: (f64, Weight, f64, usize) = (12.0, Weight::Regular, 16.5, 4);

/// What is where on a sheet.
pub struct SheetLayout<'a> {
    title: Vec<String>,
    subtitle: Vec<String>,
    footer: Vec<String>,
    key: Vec<Vec<(f64, &'a KeyEntry)>>,
    /// Where the key begins.
    texts: f64,
    /// The panels.
    pub grid: ChartGrid<'a>,
    /// Where they begin.
    pub head: f64,
    /// The height of the sheet.
    height: f64,
}

impl<'a> SheetLayout<'a> {
    /// Finds room for everything on the sheet of `spec`.
    pub fn of(spec: &'a Spec) -> SheetLayout<'a> {
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
        let height = (head + grid.height() + 14.0 + footer.len() as f64 * FOOTER.2 + 10.0).ceil();
        SheetLayout { title, subtitle, footer, key, texts, grid, head, height }
    }
}

/// The SVG of `spec`.
pub fn svg(spec: &Spec) -> String {
    let layout = SheetLayout::of(spec);
    let canvas = Canvas::default();
    canvas.rectangle((0.0, 0.0), (WIDTH, layout.height), palette::PAPER, 1.0);
    let mut y = 14.0;
    let mut rows = |lines: &[String], style: (f64, Weight, f64, usize), colour| {
        for line in lines {
            y += style.2;
            let face = Face { size: style.0, weight: style.1, colour, anchor: Anchor::Start };
            canvas.text(line, MARGIN, y - 5.0, face);
        }
    };
    rows(&layout.title, TITLE, palette::INK);
    rows(&layout.subtitle, SUBTITLE, palette::GREY);
    key::draw(&canvas, &layout.key, layout.texts + 6.0);
    layout.grid.draw(&canvas, layout.head);
    let mut y = layout.head + layout.grid.height() + 14.0;
    for line in &layout.footer {
        y += FOOTER.2;
        let face = Face { size: FOOTER.0, weight: FOOTER.1, colour: palette::GREY, anchor: Anchor::Start };
        canvas.text(line, MARGIN, y - 4.0, face);
    }
    accessible::document(&canvas.elements(), spec, WIDTH, layout.height)
}
