//! How large a scenario may be. The limits keep a slip of the pen from filling the memory; ordinary scenarios are far
//! below all of them.

use super::draft::Draft;
use crate::model::{Model, Section};
use crate::scenario::code::Code;
use crate::scenario::words::thousands;

/// Dimensions of a scenario.
pub const MOST_DIMENSIONS: usize = 8;
/// Values of a dimension.
pub const MOST_VALUES: usize = 500;
/// Cells: places times groups.
pub const MOST_CELLS: usize = 20_000;
/// Mechanisms of one family (moves, programmes, ...), places, parameters, and changes in all.
pub const MOST_MECHANISMS: usize = 2_000;
/// Ways from a cell to a cell, over all mechanisms.
pub const MOST_EDGES: u64 = 300_000;
/// Numbers of people that stays and fixed ages tell apart: places times groups times steps since entry. Each thread holds
/// two numbers for each of them and for each of 64 replicates.
pub const MOST_AGES: u64 = 120_000;
/// Numbers that are recorded: series times steps.
pub const MOST_RECORDED: u64 = 3_000_000;
/// Groups that wait at a place, or for a programme, times steps: what a queue that is never served remembers of each replicate.
pub const MOST_WAITING: u64 = 100_000;
/// Outcomes.
pub const MOST_OUTCOMES: usize = 200;
/// Observed values.
pub const MOST_OBSERVED: usize = 10_000;
/// People at the start.
pub const MOST_PEOPLE: f64 = 1e9;
/// People who arrive in a year.
pub const MOST_ARRIVALS: f64 = 1e9;
/// Occasions of a programme in a year.
pub const MOST_OCCASIONS: f64 = 1e6;
/// Replicates.
pub const MOST_REPLICATES: i64 = 100_000_000;
impl Draft<'_> {
    /// Whether the cells and mechanisms are few enough to go on; says so where they are not.
    pub(super) fn cells_in_bounds(&mut self) -> bool {
        let file = self.file;
        let mut good = true;
        let sizes = Section::ALL.map(|section| (section.name(), file.section(section).keys().len()));
        for (family, n) in sizes {
            good &=
                self.few_enough((n, family), MOST_MECHANISMS, None, "put groups that behave alike together");
        }
        let groups = self.groups.dimensions.iter().map(|dimension| dimension.values.len().max(1));
        let groups = groups.fold(1usize, usize::saturating_mul);
        let cells = groups.saturating_mul(self.place_names.len());
        if cells > MOST_CELLS {
            good = false;
            let span = self.file.dimensions.keys().next().map_or(0..0, |key| key.span());
            self.error(
                Code::TooMany,
                span,
                format!(
                    "{} places with {} groups each make {} cells; at most {} can be simulated",
                    thousands(self.place_names.len() as u64),
                    thousands(groups as u64),
                    thousands(cells as u64),
                    thousands(MOST_CELLS as u64)
                ),
                "the number of groups is the product of the numbers of values",
                "leave out a dimension, or put values that behave alike together".into(),
            );
        } else {
            self.group_values = (0..self.groups.count()).map(|group| self.groups.values(group)).collect();
        }
        good
    }

    /// Says where the mechanisms have too many ways from cell to cell.
    pub(super) fn edges_in_bounds(&mut self) {
        if self.edges > MOST_EDGES {
            self.error(
                Code::TooMany,
                0..0,
                format!(
                    "the mechanisms have {} ways from cell to cell; at most {} can be simulated",
                    thousands(self.edges),
                    thousands(MOST_EDGES)
                ),
                "",
                "leave out a dimension, or let fewer mechanisms concern everybody everywhere".into(),
            );
        }
    }

    /// Whether a model can be simulated in the memory that there is; says so where it cannot.
    pub(super) fn has_room_for(&mut self, model: &Model) -> bool {
        let before = self.errors;
        self.recorded_in_bounds(model);
        self.full_in_bounds(model);
        self.books_in_bounds(model);
        self.amounts_in_bounds(model);
        self.ages_in_bounds(model);
        self.errors == before
    }

    /// Counts ways from cell to cell before they are made, and whether there is room for them.
    pub(super) fn room_for(&mut self, cells: u64, targets: u64) -> bool {
        self.edges = self.edges.saturating_add(cells.saturating_mul(targets));
        self.edges <= MOST_EDGES
    }
}
