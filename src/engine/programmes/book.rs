//! The book of a programme whose longest waiting go first: its people by the step in which they came.

use super::waiting::Waiting;
use crate::engine::chance::{Chance, Draw};
use crate::engine::clocks::{DueCounts, DueRow};
use crate::random::Site;

/// Fractions of people this small are what rounding leaves.
pub(super) const NOTHING: f64 = 1e-9;

/// The draw of a cell's site, at a row: how many of those who came then would go.
const WILLING: u32 = 5;

/// People by cell of a programme and lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    lanes: usize,
    /// Those who were there when the step began. Rows are ordered from the latest, so who came first is last.
    pub(super) there: Vec<DueCounts>,
    /// Those who came in this step and brought their time along.
    pub(super) came: Vec<DueCounts>,
    /// Where not all of those there would go: who would, the longest waiting first.
    pub(super) willing: Vec<Vec<(DueRow, f64)>>,
    /// By way on which time is brought along: people of this step who are written in.
    pub(super) reconciled: Vec<f64>,
    /// People who had left a cell when it was looked at in the middle of the step.
    pub(super) left: Vec<f64>,
}

/// When people came. Who was there at the start of a run came before all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryStep {
    /// Before the first step.
    Before,
    /// As a step began, by a programme or a shock.
    AtStart(u32),
    /// At some moment of a step.
    Within(u32),
}

impl EntryStep {
    /// The row of those who came then.
    pub(super) fn row(self) -> DueRow {
        DueRow::due(Some(match self {
            EntryStep::Before => 0,
            EntryStep::AtStart(step) => 1 + 2 * i64::from(step),
            EntryStep::Within(step) => 2 + 2 * i64::from(step),
        }))
    }

    fn of(row: DueRow) -> EntryStep {
        match row.step().unwrap_or(0) {
            0 => EntryStep::Before,
            odd if odd % 2 == 1 => EntryStep::AtStart((odd / 2) as u32),
            even => EntryStep::Within((even / 2 - 1) as u32),
        }
    }

    /// Of those of a row, the share who have waited longer than `steps` when `step` begins. Moments within a step are evenly spread.
    pub(super) fn longer(row: DueRow, step: u32, steps: f64) -> f64 {
        let since = |came: u32| f64::from(step) - f64::from(came) - steps;
        match EntryStep::of(row) {
            EntryStep::Before => f64::from(u8::from(f64::from(step) - steps > NOTHING)),
            EntryStep::AtStart(came) => f64::from(u8::from(since(came) > NOTHING)),
            EntryStep::Within(came) => since(came).clamp(0.0, 1.0),
        }
    }
}

impl Book {
    /// An empty book.
    pub(super) fn new(lanes: usize, cells: usize, ways: usize) -> Book {
        Book {
            lanes,
            there: vec![DueCounts::default(); cells * lanes],
            came: vec![DueCounts::default(); cells * lanes],
            willing: vec![Vec::new(); cells * lanes],
            reconciled: vec![0.0; ways * lanes],
            left: vec![0.0; cells * lanes],
        }
    }

    /// Where the people of a cell are, or what is reconciled of a way.
    pub(super) fn at(&self, row: usize, lane: usize) -> usize {
        row * self.lanes + lane
    }

    /// Hands out those of a cell who would go, the longest waiting first, with the seats that they would take. Of those there `gone`
    /// have a seat already: they are the longest waiting, too. Who consents is told the `first` time.
    pub(super) fn roll(
        &mut self,
        chance: &impl Chance,
        draw: impl Fn(Site, u32) -> Draw,
        (cell, site, lane): (usize, Site, usize),
        (waiting, gone, first): (&Waiting, f64, bool),
        mut give: impl FnMut(DueRow, f64),
    ) {
        let at = self.at(cell, lane);
        let (there, willing) = (&self.there[at], &mut self.willing[at]);
        let (mut among, mut left) = (there.people(), waiting.people + gone);
        if first && willing.is_empty() && left < among - NOTHING {
            for (row, count) in there.rows().iter().rev() {
                let draw = draw(site.at(row.bits()), WILLING);
                let would = chance.hypergeometric(draw, lane, among, *count, left);
                among -= count;
                left -= would;
                if would > 0.0 {
                    willing.push((*row, would));
                }
            }
        }
        let (mut gone, mut people, mut seats) = (gone, 0.0, 0.0);
        let mut next = |(row, count): (DueRow, f64)| {
            let passed = gone.min(count);
            gone -= passed;
            let going = (count - passed).min(waiting.people - people);
            if going <= 0.0 {
                return;
            }
            people += going;
            // Those who travel along are shared out among heads, whole people to whole people.
            let along = chance.whole(waiting.along * (people / waiting.people));
            give(row, people + along - seats);
            seats = people + along;
        };
        match willing.is_empty() {
            true => there.rows().iter().rev().copied().for_each(&mut next),
            false => willing.iter().copied().for_each(&mut next),
        }
    }

    /// Takes out those who were served, and hands out how many of each row: of those who would go the longest waiting.
    pub(super) fn serve(&mut self, at: usize, count: f64, mut give: impl FnMut(DueRow, f64)) {
        let Book { there, willing, .. } = self;
        let mut left = count;
        for (row, would) in willing[at].iter() {
            let taken = there[at].take_row(*row, would.min(left));
            left -= taken;
            if taken > 0.0 {
                give(*row, taken);
            }
        }
        there[at].take_first_due(left, give);
        willing[at].clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_when_people_came() {
        for came in [
            EntryStep::Before,
            EntryStep::AtStart(0),
            EntryStep::Within(0),
            EntryStep::AtStart(7),
            EntryStep::Within(7),
        ] {
            assert_eq!(EntryStep::of(came.row()), came);
        }
        assert!(EntryStep::Before.row() < EntryStep::AtStart(0).row());
        assert!(EntryStep::AtStart(3).row() < EntryStep::Within(3).row());
        assert!(EntryStep::Within(3).row() < EntryStep::AtStart(4).row());
        // Four steps after a step began, those who came in it have waited three to four.
        let longer = |steps| EntryStep::longer(EntryStep::Within(2).row(), 6, steps);
        assert_eq!([longer(3.0), longer(3.25), longer(4.0)], [1.0, 0.75, 0.0]);
        let longer = |steps| EntryStep::longer(EntryStep::AtStart(2).row(), 6, steps);
        assert_eq!([longer(3.9), longer(4.0)], [1.0, 0.0]);
    }
}
