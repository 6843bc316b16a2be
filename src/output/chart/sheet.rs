//! A chart's drawing: heading, panels in a grid, footer.

use super::accessible;
use super::canvas::{Anchor, Canvas, Face};
use super::end_labels;
use super::format;
use super::palette;
use super::panel::{self, FLAG_ROW, Frame, HEADING_LINE, HEADING_ROW, SMALL};
use super::spec::{Across, EndLabel, KeyEntry, Mark, Panel, Spec, Unit};
use super::text::{Weight, shorten, width, wrap};
use super::ticks::{self, Axis};
use super::time_axis::{self, TimeTick};

/// Width of every chart in pixels. Set 16.5 cm wide (an A4 page less its margins) a pixel is 0.668 points, so that the smallest
/// text, of 12 pixels, has 8 points.
pub const WIDTH: f64 = 700.0;
const MARGIN: f64 = 16.0;
/// Between columns of panels, and between rows.
const GUTTER: (f64, f64) = (22.0, 16.0);

/// Rows of text: size, weight, distance, how many at most.
const TITLE: (f64, Weight, f64, usize) = (20.0, Weight::Bold, 26.0, 3);
const SUBTITLE: (f64, Weight, f64, usize) = (14.0, Weight::Regular, 19.0, 3);
const FOOTER: (f64, Weight, f64, usize) = (12.0, Weight::Regular, 16.5, 4);

/// Of the key: the length of a line, the gap between entries, the height of a row and the size of the names.
const KEY_LINE: f64 = 48.0;
const KEY_GAP: f64 = 22.0;
const KEY_ROW: f64 = 20.0;
const KEY_SIZE: f64 = 13.5;

/// The SVG of `spec`.
pub fn svg(spec: &Spec) -> String {
    let wrapped = |text: &str, rows: (f64, Weight, f64, usize)| {
        wrap(&super::text::drawn(text), rows.0, rows.1, WIDTH - 2.0 * MARGIN, rows.3)
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

    let key = key_rows(&spec.key);
    let texts = 14.0 + title.len() as f64 * TITLE.2 + subtitle.len() as f64 * SUBTITLE.2;
    let head = texts + key.len() as f64 * KEY_ROW + 10.0;
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
    draw_key(&canvas, &key, texts + 6.0);
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

/// Where a panel is among the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    row: usize,
    column: usize,
    /// How many columns its row has.
    columns: usize,
}

/// Panels in columns and rows.
struct Grid<'a> {
    panels: &'a [Panel],
    cells: Vec<Cell>,
    heights: Vec<f64>,
    /// Labels right of each.
    labels: Vec<Vec<EndLabel>>,
    /// Room for them.
    label_rooms: Vec<f64>,
    /// The vertical axes.
    axes: Vec<Axis>,
    /// The horizontal ones.
    across: Vec<AcrossAxis>,
    /// Left and right end of the plots.
    spans: Vec<(f64, f64)>,
    flags: Vec<Vec<Option<super::flags::Flag>>>,
    /// The text of each of them.
    flag_texts: Vec<Vec<Option<String>>>,
    /// What the letters mean that stand for labels without room.
    key: Option<String>,
}

/// The height of a row of a panel of rows.
const ROW: f64 = 36.0;

/// Names of rows have at most this share of a panel's width.
const ROW_NAMES: f64 = 0.3;

/// How wide each of some columns is.
fn column_width(columns: usize) -> f64 {
    (WIDTH - 2.0 * MARGIN - GUTTER.0 * (columns - 1) as f64) / columns as f64
}

/// Who has which row and column: a wide panel has a row of its own, others share one.
fn cells(panels: &[Panel]) -> Vec<Cell> {
    let mut next = (0, 0);
    let mut cells = Vec::with_capacity(panels.len());
    for (index, panel) in panels.iter().enumerate() {
        // A last one that would have nobody beside it takes its row.
        let alone = index + 1 == panels.len() && next.1 != 1;
        let columns = if panel.wide || alone { 1 } else { 2 };
        if next.1 > 0 && (columns == 1 || next.1 == columns) {
            next = (next.0 + 1, 0);
        }
        cells.push(Cell { row: next.0, column: next.1, columns });
        next = if columns == 1 { (next.0 + 1, 0) } else { (next.0, next.1 + 1) };
    }
    cells
}

fn vertical(panel: &Panel, height: f64) -> Axis {
    if !panel.rows.is_empty() {
        let names = panel.rows.iter().zip(0u32..).map(|(name, row)| (f64::from(row), name.clone()));
        return Axis { from: panel.rows.len() as f64 - 0.5, to: -0.5, ticks: names.collect() };
    }
    ticks::axis(ticks::Wanted {
        lowest: panel.lowest(),
        highest: panel.highest(),
        unit: panel.unit,
        signed: panel.signed,
        steps: (height / 52.0).round() as usize,
    })
}

/// A horizontal axis.
struct AcrossAxis {
    ends: (f64, f64),
    ticks: Vec<TimeTick>,
    /// What stands under it.
    words: String,
}

/// The horizontal axis of numbers of a panel whose plot is `room` pixels wide.
fn numbers(panel: &Panel, words: &str, signed: bool, room: f64) -> AcrossAxis {
    let (mut lowest, mut highest) = panel.span().unwrap_or((0.0, 1.0));
    if panel.logarithmic && lowest > 0.0 {
        return powers(lowest, highest, words, room);
    }
    // Bars and values of rows are compared with zero, which is shown where it is not far away.
    if !panel.rows.is_empty() && lowest > 0.0 && lowest < 0.6 * highest {
        lowest = 0.0;
    }
    // Texts beside each other are short: the unit says the millions.
    let largest = lowest.abs().max(highest.abs());
    let unit = format::UNITS.into_iter().find(|(unit, _)| largest >= *unit);
    let (times, many) = unit.map_or((1.0, ""), |(unit, many)| (unit, many));
    (lowest, highest) = (lowest / times, highest / times);
    let axis = |steps| ticks::axis(ticks::Wanted { lowest, highest, unit: Unit::Real, signed, steps });
    let apart = |axis: &Axis| {
        let wide = |text: &str| width(text, SMALL, Weight::Regular);
        let pixels = |at: f64| axis.part(at) * room;
        axis.ticks.windows(2).all(|pair| {
            pixels(pair[1].0) - pixels(pair[0].0) >= (wide(&pair[0].1) + wide(&pair[1].1)) / 2.0 + 10.0
        })
    };
    // As many as have room beside each other; where not even a few have, the ends.
    let axis = (1..=7).rev().map(axis).find(apart).unwrap_or_else(|| {
        let mut few = axis(1);
        let ends = (few.from, few.to);
        few.ticks.retain(|(at, _)| *at == ends.0 || *at == ends.1);
        few
    });
    let ticks =
        axis.ticks.into_iter().map(|(at, label)| TimeTick { at: at * times, label, under: String::new() });
    AcrossAxis {
        ends: (axis.from * times, axis.to * times),
        ticks: ticks.collect(),
        words: if many.is_empty() { words.to_string() } else { format!("{many} {words}") },
    }
}

/// The logarithmic axis of numbers above 0: as many of its ticks as have room beside each other.
fn powers(lowest: f64, highest: f64, words: &str, room: f64) -> AcrossAxis {
    let all = ticks::powers(lowest, highest);
    let wide = |text: &str| width(text, SMALL, Weight::Regular);
    let apart = |axis: &&Axis| {
        let part = |at: f64| libm::log10(at / axis.from) / libm::log10(axis.to / axis.from);
        axis.ticks.windows(2).all(|pair| {
            (part(pair[1].0) - part(pair[0].0)) * room >= (wide(&pair[0].1) + wide(&pair[1].1)) / 2.0 + 10.0
        })
    };
    let axis = all.iter().find(apart).or(all.last());
    let ticks = axis.into_iter().flat_map(|axis| &axis.ticks);
    let ticks = ticks.map(|(at, label)| TimeTick { at: *at, label: label.clone(), under: String::new() });
    let ends = axis.map_or((lowest, highest), |axis| (axis.from, axis.to));
    AcrossAxis { ends, ticks: ticks.collect(), words: format!("{words} (logarithmic)") }
}

/// The horizontal axis of named columns in a plot `room` pixels wide: every name, or every second, third and so on.
fn columns(names: &[String], words: &str, room: f64) -> AcrossAxis {
    let count = names.len().max(1) as f64;
    let widest = names.iter().map(|name| width(name, SMALL, Weight::Regular)).fold(0.0, f64::max);
    let every = ((widest + 8.0) * count / room).ceil().max(1.0) as usize;
    let ticks = names.iter().zip(0u32..).step_by(every);
    let ticks =
        ticks.map(|(name, at)| TimeTick { at: f64::from(at), label: name.clone(), under: String::new() });
    AcrossAxis { ends: (-0.5, count - 0.5), ticks: ticks.collect(), words: words.to_string() }
}

impl Grid<'_> {
    fn plan(spec: &Spec) -> Grid<'_> {
        let panels = &spec.panels;
        let cells = cells(panels);
        let usual = match panels.len() {
            0 | 1 => 300.0,
            2 => 230.0,
            3 | 4 => 175.0,
            5 | 6 => 145.0,
            _ => 120.0,
        };
        let height = |panel: &Panel| {
            let own = match panel.rows.len() {
                0 => usual,
                rows => rows as f64 * ROW,
            };
            panel.height.unwrap_or(own)
        };
        let heights: Vec<f64> = panels.iter().map(height).collect();
        let axes: Vec<Axis> =
            panels.iter().zip(&heights).map(|(panel, height)| vertical(panel, *height)).collect();

        let like = |index: usize| {
            let columns = cells[index].columns;
            cells.iter().enumerate().filter(move |(_, cell)| cell.columns == columns)
        };
        let labels: Vec<Vec<EndLabel>> = (panels.iter().zip(&axes).zip(&heights))
            .map(|((panel, axis), height)| {
                end_labels::merged(&panel.labels, |label| axis.part(label.at) * height)
            })
            .collect();
        let label_rooms: Vec<f64> = (0..panels.len())
            .map(|index| {
                let most_label = if cells[index].columns == 1 { 165.0 } else { 88.0 };
                let needed = like(index).map(|(it, _)| end_labels::room_needed(&labels[it], most_label));
                needed.fold(0.0, f64::max)
            })
            .collect();
        let spans: Vec<(f64, f64)> = (0..panels.len())
            .map(|index| {
                let Cell { column, columns, .. } = cells[index];
                let column_width = column_width(columns);
                let beneath = like(index).filter(|(_, cell)| cell.column == column);
                let wide = |it: usize, text: &str| {
                    if panels[it].rows.is_empty() {
                        return width(text, SMALL, Weight::Regular);
                    }
                    let lines = panel::row_name(text, ROW_NAMES * column_width);
                    lines.iter().map(|line| width(line, SMALL, Weight::Regular)).fold(0.0, f64::max)
                };
                let tick_room = beneath
                    .flat_map(|(it, _)| axes[it].ticks.iter().map(move |(_, text)| wide(it, text)))
                    .fold(14.0, f64::max);
                let left = MARGIN + column as f64 * (column_width + GUTTER.0);
                (left + tick_room + 8.0, left + column_width - label_rooms[index] - end_labels::LEADER)
            })
            .collect();
        let days = time_axis::days(&spec.calendar, spec.calendar.end()).max(1.0);
        let across = (0..panels.len())
            .map(|index| {
                let room = |(left, right): (f64, f64)| right - left;
                if let Across::Numbers { words, signed } = &panels[index].across {
                    return numbers(&panels[index], words, *signed, room(spans[index]));
                }
                if let Across::Columns { names, words } = &panels[index].across {
                    return columns(names, words, room(spans[index]));
                }
                let narrowest = like(index).map(|(it, _)| room(spans[it])).fold(f64::INFINITY, f64::min);
                let ticks = time_axis::ticks(&spec.calendar, narrowest, SMALL);
                AcrossAxis { ends: (0.0, days), ticks, words: String::new() }
            })
            .collect();

        let mut grid = Grid {
            panels,
            cells,
            heights,
            labels,
            label_rooms,
            axes,
            across,
            spans,
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
        if self.place_texts("; ", |mark| mark.label.clone()).is_empty() {
            return;
        }
        let letter = |mark: &Mark| {
            let place = marks.iter().position(|known| *known == mark).unwrap_or(0);
            u8::try_from(place)
                .ok()
                .filter(|place| *place < 26)
                .map_or_else(|| (place + 1).to_string(), |place| char::from(b'A' + place).to_string())
        };
        // The footer has the letters that the chart has, and no others.
        let without = self.place_texts(", ", letter);
        let (with, without): (Vec<&Mark>, Vec<&Mark>) =
            marks.iter().copied().partition(|mark| !without.contains(mark));
        let mut key: Vec<String> =
            with.iter().map(|mark| format!("{} {}", letter(mark), mark.label)).collect();
        if !without.is_empty() {
            let names: Vec<String> = without.iter().map(|mark| mark.label.clone()).collect();
            key.push(format!("without a letter {}", format::list(&names, 8)));
        }
        self.key = Some(format!("{}.", key.join(", ")));
    }

    /// A mark is labelled in the highest panel of a column that has it; its line says the rest below. Marks of one date share a
    /// label. Returns those that found no room.
    fn place_texts(&mut self, between: &str, text: impl Fn(&Mark) -> String) -> Vec<Mark> {
        self.flags.clear();
        self.flag_texts.clear();
        let mut without: Vec<Mark> = Vec::new();
        let panels = self.panels;
        for (index, panel) in panels.iter().enumerate() {
            let above =
                |mark: &Mark| (0..index).any(|it| self.stacked(it, index) && panels[it].marks.contains(mark));
            let labelled: Vec<usize> =
                (0..panel.marks.len()).filter(|it| !above(&panel.marks[*it])).collect();
            let mut texts: Vec<Option<String>> = vec![None; panel.marks.len()];
            let mut sharing: Vec<Vec<usize>> = Vec::new();
            for it in labelled {
                let at = panel.marks[it].at;
                match sharing.iter_mut().find(|of_date| panel.marks[of_date[0]].at == at) {
                    Some(of_date) => of_date.push(it),
                    None => sharing.push(vec![it]),
                }
            }
            for of_date in &sharing {
                let words: Vec<String> = of_date.iter().map(|it| text(&panel.marks[*it])).collect();
                texts[of_date[0]] = Some(words.join(between));
            }
            let (left, right) = self.spans[index];
            let flags = panel::place_flags(panel, &texts, self.across[index].ends, left, right);
            for of_date in sharing.iter().filter(|of_date| flags[of_date[0]].is_none()) {
                without.extend(of_date.iter().map(|it| panel.marks[*it].clone()));
            }
            self.flags.push(flags);
            self.flag_texts.push(texts);
        }
        // What one column has no room for may have it in another.
        let placed = |mark: &Mark| {
            panels.iter().enumerate().any(|(index, panel)| {
                (panel.marks.iter().enumerate())
                    .any(|(it, known)| known == mark && self.flags[index][it].is_some())
            })
        };
        without.retain(|mark| between == "; " || !placed(mark));
        without
    }

    /// Whether two panels are of one column.
    fn stacked(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.cells[one], self.cells[other]);
        (one.column, one.columns) == (other.column, other.columns)
    }

    fn rows(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.row + 1)
    }

    fn in_row(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.panels.len()).filter(move |index| self.cells[*index].row == row)
    }

    /// Rows of mark labels over the panels of a row.
    fn flag_rows(&self, row: usize) -> usize {
        let flags = self.in_row(row).flat_map(|index| self.flags[index].iter().flatten());
        flags.map(|flag| flag.row + 1).max().unwrap_or(0)
    }

    /// Whether the texts of the horizontal axis stand under this panel: of dates they do under the lowest of a column.
    fn dates(&self, index: usize) -> bool {
        let own = !matches!(self.panels[index].across, Across::Dates);
        own || !(index + 1..self.panels.len()).any(|below| self.stacked(below, index))
    }

    /// What stands under the panels of a row.
    fn under_height(&self, row: usize) -> f64 {
        let under = |index: usize| {
            let below = self.across[index].ticks.iter().any(|tick| !tick.under.is_empty());
            match self.panels[index].across {
                Across::Numbers { .. } | Across::Columns { .. } => 44.0,
                Across::Dates if !self.dates(index) => 0.0,
                Across::Dates if below => 37.0,
                Across::Dates => 22.0,
            }
        };
        self.in_row(row).map(under).fold(0.0, f64::max)
    }

    fn plot_height(&self, row: usize) -> f64 {
        self.in_row(row).map(|index| self.heights[index]).fold(0.0, f64::max)
    }

    fn row_height(&self, row: usize) -> f64 {
        let flags = self.flag_rows(row) as f64 * FLAG_ROW;
        self.heading_height(row) + flags + self.plot_height(row) + self.under_height(row)
    }

    /// What the headings of a row take.
    fn heading_height(&self, row: usize) -> f64 {
        let room = |index: usize| column_width(self.cells[index].columns);
        let lines = self.in_row(row).map(|index| panel::heading_lines(&self.panels[index], room(index)));
        HEADING_ROW + 6.0 + HEADING_LINE * (lines.max().unwrap_or(1) - 1) as f64
    }

    fn height(&self) -> f64 {
        let rows: f64 = (0..self.rows()).map(|row| self.row_height(row)).sum();
        rows + GUTTER.1 * self.rows().saturating_sub(1) as f64
    }

    fn draw(&self, canvas: &Canvas, top: f64) {
        let mut y = top;
        for row in 0..self.rows() {
            let plot_top = y + self.heading_height(row) + self.flag_rows(row) as f64 * FLAG_ROW;
            for index in self.in_row(row) {
                let Cell { column, columns, .. } = self.cells[index];
                let (left, right) = self.spans[index];
                let column_width = (WIDTH - 2.0 * MARGIN + GUTTER.0) / columns as f64;
                let frame = Frame {
                    left,
                    right,
                    top: plot_top,
                    bottom: plot_top + self.heights[index],
                    heading_left: MARGIN + column as f64 * column_width,
                    heading_y: y + 15.0,
                    labels: &self.labels[index],
                    label_room: self.label_rooms[index],
                    across: self.across[index].ends,
                    logarithmic: self.panels[index].logarithmic,
                    axis: &self.axes[index],
                    ticks: &self.across[index].ticks,
                    across_words: &self.across[index].words,
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

/// The entries of a key in rows, each with the pixel column at which it starts.
fn key_rows(key: &[KeyEntry]) -> Vec<Vec<(f64, &KeyEntry)>> {
    let mut rows: Vec<Vec<(f64, &KeyEntry)>> = Vec::new();
    let mut at = MARGIN;
    for entry in key {
        let wide = KEY_LINE + key_text(entry).1 + KEY_GAP;
        if rows.is_empty() || at + wide - KEY_GAP > WIDTH - MARGIN {
            rows.push(Vec::new());
            at = MARGIN;
        }
        if let Some(row) = rows.last_mut() {
            row.push((at, entry));
        }
        at += wide;
    }
    rows
}

/// The name of an entry and its width.
fn key_text(entry: &KeyEntry) -> (String, f64) {
    let text = shorten(&entry.name, KEY_SIZE, Weight::Regular, WIDTH - 2.0 * MARGIN - KEY_LINE);
    let wide = width(&text, KEY_SIZE, Weight::Regular);
    (text, wide)
}

/// Draws the key below `top`.
fn draw_key(canvas: &Canvas, rows: &[Vec<(f64, &KeyEntry)>], top: f64) {
    for (row, y) in rows.iter().zip(0u32..) {
        let y = top + f64::from(y) * KEY_ROW + 12.0;
        for (x, entry) in row {
            let line = [(*x, y - 4.5), (x + KEY_LINE - 8.0, y - 4.5)];
            canvas.line(&line, entry.colour, entry.thickness, entry.dash);
            let colour = palette::text(entry.colour);
            let face = Face { size: KEY_SIZE, weight: Weight::Regular, colour, anchor: Anchor::Start };
            canvas.text(&key_text(entry).0, x + KEY_LINE, y, face);
        }
    }
}
