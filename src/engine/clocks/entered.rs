//! Those who entered a cell of a clock in the step at hand.

use super::due_counts::DueCounts;
use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::random::Site;

/// Those who entered a cell in a step.
#[derive(Clone, Debug, Default)]
pub struct Entered {
    /// Whose time begins.
    pub new: f64,
    /// Who came from outside with some time behind them.
    pub any: f64,
    /// Who brought theirs along.
    pub brought: DueCounts,
}

impl Entered {
    /// Whether nobody entered.
    pub fn is_empty(&self) -> bool {
        self.new <= 0.0 && self.any <= 0.0 && self.brought.is_empty()
    }

    /// Adds people.
    pub fn add(&mut self, row: DueRow, count: f64) {
        match row {
            DueRow::NEW => self.new += count,
            DueRow::ANY => self.any += count,
            row => self.brought.add(row, count),
        }
    }

    /// Takes out people who brought no time along, those of `row` first.
    pub fn take_without_time(&mut self, row: DueRow, count: f64) {
        let Entered { new, any, .. } = self;
        let (first, second) = if row == DueRow::ANY { (any, new) } else { (new, any) };
        let taken = first.min(count);
        *first -= taken;
        *second -= second.min(count - taken);
    }

    /// Takes people out at random, and hands out how many of each row.
    pub fn take(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        give: impl FnMut(DueRow, f64),
    ) {
        let Entered { new, any, brought } = self;
        for (row, count) in [(DueRow::NEW, std::mem::take(new)), (DueRow::ANY, std::mem::take(any))] {
            if count > 0.0 {
                brought.add(row, count);
            }
        }
        brought.take(now, site, lane, count, give);
        self.new = brought.take_first(DueRow::NEW);
        self.any = brought.take_first(DueRow::ANY);
    }
}
