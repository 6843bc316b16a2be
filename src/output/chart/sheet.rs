//! A chart's drawing: heading, panels in a grid, footer.

use super::accessible;
use super::canvas::{Anchor, Canvas, Face};
use super::end_labels;
use super::palette;
use super::panel::{self, FLAG_ROW, Frame, HEADING_ROW, SMALL};
use super::spec::{Mark, Panel, Spec};
use super::text::{Weight, width, wrap};
use super::ticks::{self, Axis};
use super::time_axis::{self, TimeTick};

/// Width of every chart in pixels: at half an A4 page's width its small text has about 7 points.
pub const WIDTH: f64 = 840.0;
const MARGIN: f64 = 24.0;
/// Between columns of panels, and between rows.
const GUTTER: (f64, f64) = (30.0, 16.0);

/// Rows of text: size, weight, distance, how many at most.
const TITLE: (f64, Weight, f64, usize) = (22.0, Weight::Bold, 28.0, 2);
const SUBTITLE: (f64, Weight, f64, usize) = (14.5, Weight::Regular, 20.0, 3);
const FOOTER: (f64, Weight, f64, usize) = (12.0, Weight::Regular, 16.5, 4);

/// The SVG of `spec`.
pub fn svg(spec: &Spec) -> String {
    let wrapped = |text: &str, rows: (f64, Weight, f64, usize)| {
        wrap(&super::text::clean(text), rows.0, rows.1, WIDTH - 2.0 * MARGIN, rows.3)
    };
    let title = wrapped(&spec.title, TITLE);
    let [scenario, histories] = &spec.subtitle;
    let mut subtitle = wrapped(&format!("{scenario} {histories}"), SUBTITLE);
    if subtitle.len() > 1 {
        subtitle = [wrapped(scenario, SUBTITLE), wrapped(histories, SUBTITLE)].concat();
    }
    let grid = Grid::plan(spec);
    let mut footer: Vec<String> = Vec::new();
    for sentence in grid.key.iter().chain(&spec.footer) {
        footer.extend(wrapped(sentence, FOOTER));
    }

    let head = 14.0 + title.len() as f64 * TITLE.2 + subtitle.len() as f64 * SUBTITLE.2 + 10.0;
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

/// Panels in columns and rows over one calendar axis.
struct Grid<'a> {
    panels: &'a [Panel],
    columns: usize,
    plot_height: f64,
    label_room: f64,
    days: f64,
    axes: Vec<Axis>,
    /// Left and right end of the plots of each column.
    spans: Vec<(f64, f64)>,
    ticks: Vec<TimeTick>,
    flags: Vec<Vec<Option<super::flags::Flag>>>,
    /// The text of each of them.
    flag_texts: Vec<Vec<Option<String>>>,
    /// What the letters mean that stand for labels without room.
    key: Option<String>,
}

impl Grid<'_> {
    fn plan(spec: &Spec) -> Grid<'_> {
        let panels = &spec.panels;
        let (columns, plot_height) = match panels.len() {
            0 | 1 => (1, 330.0),
            2 => (2, 260.0),
            3 | 4 => (2, 185.0),
            5 | 6 => (2, 145.0),
            _ => (2, 120.0),
        };
        let most_label = if columns == 1 { 190.0 } else { 96.0 };
        let needed = panels.iter().map(|panel| end_labels::room_needed(&panel.labels, most_label));
        let label_room = needed.fold(0.0, f64::max);
        let wanted = (plot_height / 52.0_f64).round() as usize;
        let axes: Vec<Axis> =
            panels.iter().map(|panel| ticks::axis(panel.highest(), panel.unit, wanted)).collect();

        let column_width = (WIDTH - 2.0 * MARGIN - GUTTER.0 * (columns - 1) as f64) / columns as f64;
        let spans: Vec<(f64, f64)> = (0..columns)
            .map(|column| {
                let texts = axes.iter().skip(column).step_by(columns).flat_map(|axis| &axis.ticks);
                let tick_room =
                    texts.map(|(_, text)| width(text, SMALL, Weight::Regular)).fold(14.0, f64::max);
                let left = MARGIN + column as f64 * (column_width + GUTTER.0);
                (left + tick_room + 8.0, left + column_width - label_room - end_labels::LEADER)
            })
            .collect();
        let narrowest = spans.iter().map(|(left, right)| right - left).fold(f64::INFINITY, f64::min);
        let days = time_axis::days(&spec.calendar, spec.calendar.end()).max(1.0);
        let ticks = time_axis::ticks(&spec.calendar, narrowest, SMALL);

        let mut grid = Grid {
            panels,
            columns,
            plot_height,
            label_room,
            days,
            axes,
            spans,
            ticks,
            flags: vec![],
            flag_texts: vec![],
            key: None,
        };
        grid.place_flags();
        grid
    }

    /// Labels the marks by their names or, where these do not all find room, by letters that the footer explains.
    fn place_flags(&mut self) {
        let mut marks: Vec<&Mark> = Vec::new();
        for mark in self.panels.iter().flat_map(|panel| &panel.marks) {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks.sort_by(|a, b| a.at.total_cmp(&b.at));
        if self.place_texts(|mark| mark.label.clone()) {
            return;
        }
        let letter = |mark: &Mark| {
            let place = marks.iter().position(|known| *known == mark).unwrap_or(0);
            u8::try_from(place)
                .ok()
                .filter(|place| *place < 26)
                .map_or_else(|| (place + 1).to_string(), |place| char::from(b'A' + place).to_string())
        };
        self.place_texts(letter);
        let explained: Vec<String> =
            marks.iter().map(|mark| format!("{} {}", letter(mark), mark.label)).collect();
        self.key = Some(format!("{}.", explained.join(", ")));
    }

    /// A mark is labelled in the highest panel of a column that has it; its line says the rest below. Returns whether
    /// all found room.
    fn place_texts(&mut self, text: impl Fn(&Mark) -> String) -> bool {
        self.flags.clear();
        self.flag_texts.clear();
        for (index, panel) in self.panels.iter().enumerate() {
            let above = || self.panels[..index].iter().skip(index % self.columns).step_by(self.columns);
            let texts: Vec<Option<String>> = panel
                .marks
                .iter()
                .map(|mark| (!above().any(|panel| panel.marks.contains(mark))).then(|| text(mark)))
                .collect();
            let (left, right) = self.spans[index % self.columns];
            self.flags.push(panel::place_flags(panel, &texts, self.days, left, right));
            self.flag_texts.push(texts);
        }
        self.flags
            .iter()
            .flatten()
            .zip(self.flag_texts.iter().flatten())
            .all(|(flag, text)| flag.is_some() || text.is_none())
    }

    fn rows(&self) -> usize {
        self.panels.len().div_ceil(self.columns)
    }

    /// Rows of mark labels over the panels of a row.
    fn flag_rows(&self, row: usize) -> usize {
        let flags = self.flags.iter().skip(row * self.columns).take(self.columns).flatten().flatten();
        flags.map(|flag| flag.row + 1).max().unwrap_or(0)
    }

    /// Whether the dates stand under this panel: it is the lowest of its column.
    fn dates(&self, index: usize) -> bool {
        index + self.columns >= self.panels.len()
    }

    fn dates_height(&self, row: usize) -> f64 {
        let any = (row * self.columns..self.panels.len()).take(self.columns).any(|index| self.dates(index));
        match (any, self.ticks.iter().any(|tick| !tick.under.is_empty())) {
            (false, _) => 0.0,
            (true, false) => 22.0,
            (true, true) => 37.0,
        }
    }

    fn row_height(&self, row: usize) -> f64 {
        HEADING_ROW + 6.0 + self.flag_rows(row) as f64 * FLAG_ROW + self.plot_height + self.dates_height(row)
    }

    fn height(&self) -> f64 {
        let rows: f64 = (0..self.rows()).map(|row| self.row_height(row)).sum();
        rows + GUTTER.1 * self.rows().saturating_sub(1) as f64
    }

    fn draw(self, canvas: &Canvas, top: f64) {
        let mut y = top;
        for row in 0..self.rows() {
            let plot_top = y + HEADING_ROW + 6.0 + self.flag_rows(row) as f64 * FLAG_ROW;
            for index in (row * self.columns..self.panels.len()).take(self.columns) {
                let (left, right) = self.spans[index % self.columns];
                let column_width = (WIDTH - 2.0 * MARGIN + GUTTER.0) / self.columns as f64;
                let frame = Frame {
                    left,
                    right,
                    top: plot_top,
                    bottom: plot_top + self.plot_height,
                    heading_left: MARGIN + (index % self.columns) as f64 * column_width,
                    heading_y: y + 15.0,
                    label_room: self.label_room,
                    days: self.days,
                    axis: self.axes[index].clone(),
                    ticks: &self.ticks,
                    dates: self.dates(index),
                    flags: self.flags[index].clone(),
                    flag_texts: &self.flag_texts[index],
                };
                panel::draw(canvas, &self.panels[index], &frame);
            }
            y += self.row_height(row) + GUTTER.1;
        }
    }
}
