//! People of one cell and replicate by the step in which they are due, and taking them out at random.

use std::cmp::Reverse;

use super::row::DueRow;
use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::random::Site;

/// Up to so many people are picked one by one; more are drawn row after row.
const FEW: f64 = 40.0;

/// People by row, the latest first: whose stay is completed is at the end.
///
/// Each cell has one in each replicate, and most steps only ask whether somebody is due: that is known without looking
/// at the rows, which are far away.
#[derive(Clone, Debug, PartialEq)]
pub struct DueCounts {
    rows: Vec<(DueRow, f64)>,
    /// How many there are.
    people: f64,
    /// The row of those who are due first; that of who is new where there is nobody.
    next: DueRow,
}

impl Default for DueCounts {
    fn default() -> DueCounts {
        DueCounts { rows: Vec::new(), people: 0.0, next: DueRow::NEW }
    }
}

impl DueCounts {
    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many are in it.
    pub fn people(&self) -> f64 {
        self.people
    }

    /// People by row.
    pub fn rows(&self) -> &[(DueRow, f64)] {
        &self.rows
    }

    /// Rows have come or gone.
    fn note(&mut self) {
        self.next = self.rows.last().map_or(DueRow::NEW, |(row, _)| *row);
        if self.rows.is_empty() {
            self.people = 0.0;
        }
    }

    /// Where a row is, or would be.
    fn find(&self, row: DueRow) -> Result<usize, usize> {
        let rows = self.rows.len();
        if rows == 0 || row < self.next {
            return Err(rows);
        }
        // Mostly there is somebody in every step.
        let behind = ((row.bits() - self.next.bits()) >> 32) as usize;
        let guess = rows - 1 - behind.min(rows - 1);
        if self.rows[guess].0 == row {
            return Ok(guess);
        }
        self.rows.binary_search_by(|(other, _)| row.cmp(other))
    }

    /// Adds people.
    pub fn add(&mut self, row: DueRow, count: f64) {
        self.people += count;
        match self.find(row) {
            Ok(index) => self.rows[index].1 += count,
            Err(index) => {
                self.rows.insert(index, (row, count));
                self.next = self.next.min(row);
            }
        }
    }

    /// Adds people of many rows, and leaves none.
    pub fn add_all(&mut self, more: &mut Vec<(DueRow, f64)>) {
        if more.is_empty() {
            return;
        }
        if let [(row, count)] = more[..] {
            more.clear();
            return self.add(row, count);
        }
        more.retain(|(row, count)| match self.find(*row) {
            Ok(index) => {
                self.people += count;
                self.rows[index].1 += count;
                false
            }
            Err(_) => true,
        });
        if more.is_empty() {
            return;
        }
        order(more);
        // From behind, so that nothing is moved that stays before all of them.
        let rows = &mut self.rows;
        let mut old = rows.len();
        rows.resize(old + more.len(), (DueRow::OVERDUE, 0.0));
        let mut to = rows.len();
        while let Some((row, count)) = more.pop() {
            while old > 0 && rows[old - 1].0 < row {
                (old, to) = (old - 1, to - 1);
                rows[to] = rows[old];
            }
            to -= 1;
            rows[to] = (row, count);
            self.people += count;
        }
        self.note();
    }

    /// Puts others in their place.
    pub fn replace(&mut self, rows: &mut Vec<(DueRow, f64)>) {
        std::mem::swap(&mut self.rows, rows);
        order(&mut self.rows);
        self.people = self.rows.iter().map(|(_, count)| count).sum();
        self.note();
    }

    /// Takes out those whose stay is completed by the end of a step; gives how many.
    pub fn take_over(&mut self, step: u32) -> f64 {
        let mut over = 0.0;
        while self.next.is_over(step) {
            over += self.rows.pop().map_or(0.0, |(_, count)| count);
            self.note();
        }
        self.people = (self.people - over).max(0.0);
        over
    }

    /// Takes out up to `most` of those who are overdue.
    pub fn take_overdue(&mut self, most: f64) -> f64 {
        let Some((_, count)) = self.rows.last_mut().filter(|_| self.next == DueRow::OVERDUE) else {
            return 0.0;
        };
        let taken = count.min(most);
        *count -= taken;
        let nobody = *count <= 0.0;
        self.people = (self.people - taken).max(0.0);
        if nobody {
            self.rows.pop();
            self.note();
        }
        taken
    }

    /// Takes out all of the first row, if it is this one.
    pub fn take_first(&mut self, row: DueRow) -> f64 {
        if self.rows.first().is_none_or(|(first, _)| *first != row) {
            return 0.0;
        }
        let (_, count) = self.rows.remove(0);
        self.people = (self.people - count).max(0.0);
        self.note();
        count
    }

    /// Takes out up to `most` of a row; gives how many.
    pub fn take_row(&mut self, row: DueRow, most: f64) -> f64 {
        let Ok(index) = self.rows.binary_search_by(|(other, _)| row.cmp(other)) else { return 0.0 };
        let taken = self.rows[index].1.min(most);
        self.rows[index].1 -= taken;
        if self.rows[index].1 <= 0.0 {
            self.rows.remove(index);
        }
        self.people = (self.people - taken).max(0.0);
        self.note();
        taken
    }

    /// Takes out `count` people, those of the first steps first, and hands out how many of each row.
    pub fn take_first_due(&mut self, count: f64, mut give: impl FnMut(DueRow, f64)) {
        let mut left = count;
        while left > 0.0
            && let Some((row, people)) = self.rows.last_mut()
        {
            let taken = people.min(left);
            *people -= taken;
            left -= taken;
            give(*row, taken);
            self.people = (self.people - taken).max(0.0);
            if *people <= 0.0 {
                self.rows.pop();
            }
        }
        self.note();
    }

    /// Moves everybody to another.
    pub fn pour_into(&mut self, other: &mut DueCounts) {
        other.add_all(&mut self.rows);
        self.rows.clear();
        self.note();
    }

    /// Takes out everybody.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.note();
    }

    /// Takes out `count` people at random, and hands out how many of each row, a row perhaps several times.
    pub fn take(
        &mut self,
        now: &Now<impl Chance>,
        site: Site,
        lane: usize,
        count: f64,
        mut give: impl FnMut(DueRow, f64),
    ) {
        if count <= 0.0 || self.rows.is_empty() {
            return;
        }
        let mut waiting = self.people;
        if count <= FEW && now.chance.pick(now.draw(site, 0), lane, 1.0).is_some() {
            for ordinal in 0..count as u32 {
                let Some(index) = now.chance.pick(now.draw(site, ordinal), lane, waiting) else { return };
                let Some(place) = self.place_of(index) else { return };
                let (row, left) = &mut self.rows[place];
                *left -= 1.0;
                give(*row, 1.0);
                waiting -= 1.0;
                self.people = waiting;
                if *left <= 0.0 {
                    self.rows.remove(place);
                    self.note();
                }
            }
            return;
        }
        // First by the step in which people are due, then by origin: who is due when does not depend on whether origins are kept.
        // What rounding has left of fractional people is put right.
        waiting = self.rows.iter().map(|(_, count)| count).sum();
        let mut left = count;
        let mut start = 0;
        while start < self.rows.len() && left > 0.0 {
            let due = self.rows[start].0.without_origin();
            let same = |(row, _): &&(DueRow, f64)| row.without_origin() == due;
            let end = start + self.rows[start..].iter().take_while(same).count();
            let present: f64 = self.rows[start..end].iter().map(|(_, count)| count).sum();
            let draw = now.draw(site.at(due.bits()), 0);
            let taken = now.chance.hypergeometric(draw, lane, waiting, present, left);
            waiting -= present;
            left -= taken;
            take_of(now, site, lane, &mut self.rows[start..end], (present, taken), &mut give);
            start = end;
        }
        self.rows.retain(|(_, count)| *count > 0.0);
        self.people = self.rows.iter().map(|(_, count)| count).sum();
        self.note();
    }

    /// Adds `count` people to the rows of those whose stay is not completed, at random in proportion; gives those for
    /// whom there is none.
    pub fn scatter(&mut self, now: &Now<impl Chance>, site: Site, lane: usize, count: f64) -> f64 {
        let overdue =
            self.rows.last().filter(|_| self.next == DueRow::OVERDUE).map_or(0.0, |(_, count)| *count);
        let rows = self.rows.len() - usize::from(overdue > 0.0);
        if rows == 0 || count <= 0.0 {
            return count;
        }
        let mut waiting = self.people - overdue;
        self.people += count;
        if count <= FEW && now.chance.pick(now.draw(site, 0), lane, 1.0).is_some() {
            for ordinal in 0..count as u32 {
                if let Some(index) = now.chance.pick(now.draw(site, ordinal), lane, waiting)
                    && let Some(place) = self.place_of(index)
                {
                    self.rows[place].1 += 1.0;
                    waiting += 1.0;
                }
            }
            return 0.0;
        }
        let mut left = count;
        for (index, (row, present)) in self.rows[..rows].iter_mut().enumerate() {
            // The last one takes whatever rounding has left.
            let share = if index + 1 == rows { 1.0 } else { (*present / waiting).min(1.0) };
            let taken = now.chance.binomial(now.draw(site.at(row.bits()), 0), lane, left, share);
            waiting -= *present;
            *present += taken;
            left -= taken;
        }
        0.0
    }

    /// Where the person is who has so many before them.
    fn place_of(&self, mut index: f64) -> Option<usize> {
        self.rows.iter().position(|(_, count)| {
            let here = index < *count;
            index -= count;
            here
        })
    }
}

/// The latest first, each row once.
fn order(rows: &mut Vec<(DueRow, f64)>) {
    rows.sort_by_key(|(row, _)| Reverse(*row));
    rows.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0.0 };
        same
    });
}

/// Takes people who are due in one step out of the rows of their origins.
fn take_of(
    now: &Now<impl Chance>,
    site: Site,
    lane: usize,
    rows: &mut [(DueRow, f64)],
    (mut waiting, mut left): (f64, f64),
    give: &mut impl FnMut(DueRow, f64),
) {
    for (row, count) in rows {
        if left <= 0.0 {
            return;
        }
        // In a single row everybody who is taken is of it, and nothing is drawn.
        let draw = now.draw(site.at(row.bits()), 1);
        let taken = now.chance.hypergeometric(draw, lane, waiting, *count, left);
        waiting -= *count;
        left -= taken;
        if taken > 0.0 {
            *count -= taken;
            give(*row, taken);
        }
    }
}
