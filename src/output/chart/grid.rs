//! Panels in columns and rows: how much room each has, and what stands around it.

use super::across::AcrossAxis;
use super::canvas::Canvas;
use super::cells::{Cell, ChartCells, GUTTER};
use super::frame::Frame;
use super::mark_labels::{MarkLabels, Marked, Plot};
use super::panel::{FLAG_ROW, HEADING_LINE, HEADING_ROW};
use super::sizes::SMALL;
use super::spec::{Across, EndLabel, Panel, Spec};
use super::text::width;
use super::ticks::{self, Axis};
use super::weight::Weight;
use super::{end_labels, panel};

/// The height of a row of a panel of rows.
const ROW: f64 = 36.0;

/// Names of rows have at most this share of a panel's width.
const ROW_NAMES: f64 = 0.3;

/// Labels have at most so much room right of a panel that has a row to itself, and of one that shares it.
const LABEL_ROOM: (f64, f64) = (165.0, 88.0);

/// Panels with their room.
pub struct ChartGrid<'a> {
    panels: &'a [Panel],
    cells: ChartCells,
    heights: Vec<f64>,
    /// The vertical axes.
    axes: Vec<Axis>,
    /// Labels right of each.
    labels: Vec<Vec<EndLabel>>,
    /// Room for them.
    label_rooms: Vec<f64>,
    /// Left and right end of the plots.
    spans: Vec<(f64, f64)>,
    /// The horizontal axes.
    across: Vec<AcrossAxis>,
    marks: MarkLabels,
}

impl<'a> ChartGrid<'a> {
    /// Finds room for the panels of a sheet.
    pub fn plan(spec: &'a Spec) -> ChartGrid<'a> {
        let panels = &spec.panels;
        let mut grid = ChartGrid {
            panels,
            cells: ChartCells::of(panels),
            heights: panels.iter().map(|panel| height(panel, panels.len())).collect(),
            axes: Vec::new(),
            labels: Vec::new(),
            label_rooms: Vec::new(),
            spans: Vec::new(),
            across: Vec::new(),
            marks: MarkLabels::default(),
        };
        // Each needs what was found before.
        let all = 0..panels.len();
        grid.axes =
            panels.iter().zip(&grid.heights).map(|(panel, height)| vertical(panel, *height)).collect();
        grid.labels = all.clone().map(|panel| grid.merged_labels(panel)).collect();
        grid.label_rooms = all.clone().map(|panel| grid.label_room(panel)).collect();
        grid.spans = all.clone().map(|panel| grid.span(panel)).collect();
        grid.across = all.map(|panel| grid.across(panel, spec)).collect();
        grid.marks = grid.mark_labels();
        grid
    }

    /// What the letters at marks mean, for the footer.
    pub fn letters(&self) -> Option<&String> {
        self.marks.letters.as_ref()
    }

    fn merged_labels(&self, panel: usize) -> Vec<EndLabel> {
        end_labels::merged(&self.panels[panel].labels, |label| {
            self.axes[panel].part(label.at) * self.heights[panel]
        })
    }

    /// What the labels of panels that are as wide need, so that plots end below each other.
    fn label_room(&self, panel: usize) -> f64 {
        let most = if self.cells.at(panel).columns == 1 { LABEL_ROOM.0 } else { LABEL_ROOM.1 };
        let needed = self.cells.as_wide_as(panel).map(|it| end_labels::room_needed(&self.labels[it], most));
        needed.fold(0.0, f64::max)
    }

    /// The left and right end of a plot, beside what stands left of any of its column.
    fn span(&self, panel: usize) -> (f64, f64) {
        let cell = self.cells.at(panel);
        let wide = |it: usize, text: &str| {
            if self.panels[it].rows.is_empty() {
                return width(text, SMALL, Weight::Regular);
            }
            let lines = panel::row_name(text, ROW_NAMES * cell.width());
            lines.iter().map(|line| width(line, SMALL, Weight::Regular)).fold(0.0, f64::max)
        };
        let ticks = self
            .cells
            .in_column_of(panel)
            .flat_map(|it| self.axes[it].ticks.iter().map(move |tick| (it, tick)));
        let tick_room = ticks.map(|(it, (_, text))| wide(it, text)).fold(14.0, f64::max);
        let right = cell.left() + cell.width() - self.label_rooms[panel] - end_labels::LEADER;
        (cell.left() + tick_room + 8.0, right)
    }

    fn across(&self, panel: usize, spec: &Spec) -> AcrossAxis {
        let room = |it: usize| self.spans[it].1 - self.spans[it].0;
        match &self.panels[panel].across {
            Across::Numbers { words, signed } => {
                AcrossAxis::numbers(&self.panels[panel], words, *signed, room(panel))
            }
            Across::Columns { names, words } => AcrossAxis::columns(names, words, room(panel)),
            Across::Dates => {
                let narrowest = self.cells.as_wide_as(panel).map(room).fold(f64::INFINITY, f64::min);
                AcrossAxis::dates(&spec.calendar, narrowest)
            }
        }
    }

    fn mark_labels(&self) -> MarkLabels {
        let plots = self.spans.iter().zip(&self.across);
        let plots = plots.map(|(span, across)| Plot { span: *span, ends: across.ends }).collect();
        Marked { panels: self.panels, cells: &self.cells, plots }.labels()
    }

    /// Rows of mark labels over the panels of a row.
    fn flag_rows(&self, row: usize) -> usize {
        let flags = self.cells.in_row(row).flat_map(|index| self.marks.of[index].flags.iter().flatten());
        flags.map(|flag| flag.row + 1).max().unwrap_or(0)
    }

    /// Whether the texts of the horizontal axis stand under this panel: of dates they do under the lowest of a column.
    fn has_tick_texts(&self, panel: usize) -> bool {
        !matches!(self.panels[panel].across, Across::Dates) || self.cells.is_lowest(panel)
    }

    /// What stands under the panels of a row.
    fn under_height(&self, row: usize) -> f64 {
        let under = |index: usize| {
            let below = self.across[index].ticks.iter().any(|tick| !tick.under.is_empty());
            match self.panels[index].across {
                Across::Numbers { .. } | Across::Columns { .. } => 44.0,
                Across::Dates if !self.has_tick_texts(index) => 0.0,
                Across::Dates if below => 37.0,
                Across::Dates => 22.0,
            }
        };
        self.cells.in_row(row).map(under).fold(0.0, f64::max)
    }

    /// What the headings of a row take.
    fn heading_height(&self, row: usize) -> f64 {
        let lines = |index: usize| panel::heading_lines(&self.panels[index], self.cells.at(index).width());
        let lines = self.cells.in_row(row).map(lines).max().unwrap_or(1);
        HEADING_ROW + 6.0 + HEADING_LINE * (lines - 1) as f64
    }

    fn row_height(&self, row: usize) -> f64 {
        let flags = self.flag_rows(row) as f64 * FLAG_ROW;
        let plot = self.cells.in_row(row).map(|index| self.heights[index]).fold(0.0, f64::max);
        self.heading_height(row) + flags + plot + self.under_height(row)
    }

    /// The height of all rows.
    pub fn height(&self) -> f64 {
        let rows: f64 = (0..self.cells.rows()).map(|row| self.row_height(row)).sum();
        rows + GUTTER.1 * self.cells.rows().saturating_sub(1) as f64
    }

    /// Draws the panels from `top` down.
    pub fn draw(&self, canvas: &Canvas, top: f64) {
        for (index, frame) in self.frames(top) {
            panel::draw(canvas, &self.panels[index], &frame);
        }
    }

    /// Where each panel is, from `top` down.
    pub fn frames(&self, top: f64) -> Vec<(usize, Frame<'_>)> {
        let mut frames = Vec::with_capacity(self.panels.len());
        let mut y = top;
        for row in 0..self.cells.rows() {
            frames.extend(self.cells.in_row(row).map(|index| (index, self.frame(index, y))));
            y += self.row_height(row) + GUTTER.1;
        }
        frames
    }

    /// Where the panel number `index` is drawn whose row begins at `y`.
    fn frame(&self, index: usize, y: f64) -> Frame<'_> {
        let cell: Cell = self.cells.at(index);
        let (left, right) = self.spans[index];
        let top = y + self.heading_height(cell.row) + self.flag_rows(cell.row) as f64 * FLAG_ROW;
        Frame {
            left,
            right,
            top,
            bottom: top + self.heights[index],
            heading_left: cell.left(),
            heading_y: y + 15.0,
            labels: &self.labels[index],
            label_room: self.label_rooms[index],
            logarithmic: self.panels[index].logarithmic,
            axis: &self.axes[index],
            across: &self.across[index],
            tick_texts: self.has_tick_texts(index),
            marks: &self.marks.of[index],
        }
    }
}

/// The height of a panel's plot on a sheet of so many.
fn height(panel: &Panel, panels: usize) -> f64 {
    let usual = match panels {
        0 | 1 => 300.0,
        2 => 230.0,
        3 | 4 => 175.0,
        5 | 6 => 145.0,
        _ => 120.0,
    };
    let of_rows = panel.rows.len() as f64 * ROW;
    panel.height.unwrap_or(if panel.rows.is_empty() { usual } else { of_rows })
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
