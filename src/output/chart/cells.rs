//! Which row and column of the sheet each panel has.

use super::sizes::{MARGIN, WIDTH};
use super::spec::Panel;

/// Between columns of panels, and between rows.
pub const GUTTER: (f64, f64) = (22.0, 16.0);

/// Where a panel is among the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// How many columns its row has.
    pub columns: usize,
}

impl Cell {
    /// How wide it is.
    pub fn width(self) -> f64 {
        (WIDTH - 2.0 * MARGIN - GUTTER.0 * (self.columns - 1) as f64) / self.columns as f64
    }

    /// Its left end.
    pub fn left(self) -> f64 {
        MARGIN + self.column as f64 * (self.width() + GUTTER.0)
    }
}

/// The cells of the panels, in their order.
pub struct ChartCells(Vec<Cell>);

impl ChartCells {
    /// A wide panel has a row of its own, others share one.
    pub fn of(panels: &[Panel]) -> ChartCells {
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
        ChartCells(cells)
    }

    /// The cell of a panel.
    pub fn at(&self, panel: usize) -> Cell {
        self.0[panel]
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.0.last().map_or(0, |cell| cell.row + 1)
    }

    /// The panels of a row.
    pub fn in_row(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len()).filter(move |panel| self.0[*panel].row == row)
    }

    /// The panels that are as wide as this one, itself among them.
    pub fn as_wide_as(&self, panel: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len()).filter(move |other| self.0[*other].columns == self.0[panel].columns)
    }

    /// The panels of its column, itself among them.
    pub fn in_column_of(&self, panel: usize) -> impl Iterator<Item = usize> + '_ {
        self.as_wide_as(panel).filter(move |other| self.0[*other].column == self.0[panel].column)
    }

    /// The panels above it in its column.
    pub fn above(&self, panel: usize) -> impl Iterator<Item = usize> + '_ {
        self.in_column_of(panel).filter(move |other| *other < panel)
    }

    /// Whether it is the lowest of its column.
    pub fn is_lowest(&self, panel: usize) -> bool {
        self.in_column_of(panel).all(|other| other <= panel)
    }
}
