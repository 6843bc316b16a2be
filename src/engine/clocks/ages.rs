//! People by age: the time since they entered.

use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::random::Site;

/// Those who entered in this step.
pub const NEW: usize = 0;
/// Those who came from outside in this step, of any age.
pub const ANY: usize = 1;
/// Those whose time is over and who found no room where they were to go: they try again in every step.
pub const LATE: usize = 2;
/// Those who are older than what is told apart.
pub const OLD: usize = 3;
/// The first of the rows of single ages: a ring over the steps of entry.
pub const RING: usize = 4;

/// Up to so many people are picked one by one; more are drawn age after age.
const FEW: f64 = 40.0;

/// The people of one clock by cell, lane and row.
#[derive(Clone, Debug, PartialEq)]
pub struct Ages {
    lanes: usize,
    rows: usize,
    /// Those who are there since the step began.
    present: Vec<f64>,
    /// Those who entered in the step; with the rows of ages only where people can bring an age along.
    entered: Vec<f64>,
    entered_rows: usize,
    /// Of every cell and lane, whether somebody may have entered in the step.
    touched: Vec<bool>,
    /// The same of those who brought an age along.
    brought: Vec<bool>,
    /// Of every edge that touches the clock, how many people of this step have been settled.
    settled: Vec<f64>,
    /// Those who went on after they had entered: they land when the step ends.
    pub landing: Vec<(usize, usize, usize, f64)>,
}

impl Ages {
    /// Nobody, in `cells` cells with `ages` single ages.
    pub fn new(lanes: usize, cells: usize, ages: usize, carries: bool, edges: usize) -> Ages {
        let rows = RING + ages;
        let entered_rows = if carries { rows } else { LATE };
        Ages {
            lanes,
            rows,
            present: vec![0.0; cells * lanes * rows],
            entered: vec![0.0; cells * lanes * entered_rows],
            entered_rows,
            touched: vec![false; cells * lanes],
            brought: vec![false; cells * lanes],
            settled: vec![0.0; edges * lanes],
            landing: Vec::new(),
        }
    }

    /// Forgets what was settled.
    pub fn new_step(&mut self) {
        self.settled.fill(0.0);
    }

    /// Notes that people of an edge have been settled.
    pub fn settle(&mut self, edge: usize, lane: usize, count: f64) {
        self.settled[edge * self.lanes + lane] += count;
    }

    /// How many people of an edge have been settled, by lane.
    pub fn settled_of(&self, edge: usize) -> &[f64] {
        &self.settled[edge * self.lanes..(edge + 1) * self.lanes]
    }

    /// How many people of an edge have been settled.
    pub fn settled(&self, edge: usize, lane: usize) -> f64 {
        self.settled[edge * self.lanes + lane]
    }

    /// Those who are there, by row.
    pub fn present(&self, cell: usize, lane: usize) -> &[f64] {
        let start = (cell * self.lanes + lane) * self.rows;
        &self.present[start..start + self.rows]
    }

    /// The same, to change them.
    pub fn present_mut(&mut self, cell: usize, lane: usize) -> &mut [f64] {
        let start = (cell * self.lanes + lane) * self.rows;
        &mut self.present[start..start + self.rows]
    }

    /// Those who entered, by row.
    pub fn entered_mut(&mut self, cell: usize, lane: usize) -> &mut [f64] {
        self.touched[cell * self.lanes + lane] = true;
        let start = (cell * self.lanes + lane) * self.entered_rows;
        &mut self.entered[start..start + self.entered_rows]
    }

    /// The same, to put people there who bring an age along.
    pub fn bring_into(&mut self, cell: usize, lane: usize) -> &mut [f64] {
        self.brought[cell * self.lanes + lane] = true;
        self.entered_mut(cell, lane)
    }

    /// Whether somebody may have entered in the step, and brought an age along; from now on nobody has.
    pub fn take_touched(&mut self, cell: usize, lane: usize) -> (bool, bool) {
        let place = cell * self.lanes + lane;
        (std::mem::take(&mut self.touched[place]), std::mem::take(&mut self.brought[place]))
    }

    /// Whether somebody may have entered in the step who brought an age along.
    pub fn has_brought(&self, cell: usize, lane: usize) -> bool {
        self.brought[cell * self.lanes + lane]
    }

    /// Those who are there and those who entered.
    pub fn both_mut(&mut self, cell: usize, lane: usize) -> (&mut [f64], &mut [f64]) {
        let place = cell * self.lanes + lane;
        let (present, entered) = (place * self.rows, place * self.entered_rows);
        (
            &mut self.present[present..present + self.rows],
            &mut self.entered[entered..entered + self.entered_rows],
        )
    }
}

/// Takes `count` people out of some rows at random, and hands out how many of each row.
pub fn take(
    now: &Now<impl Chance>,
    site: Site,
    lane: usize,
    bag: &mut [f64],
    eligible: impl Fn(usize) -> bool,
    count: f64,
    mut give: impl FnMut(usize, f64),
) {
    if count <= 0.0 {
        return;
    }
    let mut left = count;
    let mut waiting: f64 = (0..bag.len()).filter(|row| eligible(*row)).map(|row| bag[row]).sum();
    if count <= FEW && now.chance.pick(now.draw(site, 0), lane, 1.0).is_some() {
        for ordinal in 0..count as u32 {
            let Some(mut index) = now.chance.pick(now.draw(site, ordinal), lane, waiting) else { return };
            for row in (0..bag.len()).filter(|row| eligible(*row)) {
                if index < bag[row] {
                    bag[row] -= 1.0;
                    give(row, 1.0);
                    break;
                }
                index -= bag[row];
            }
            waiting -= 1.0;
        }
        return;
    }
    for row in (0..bag.len()).filter(|row| eligible(*row)) {
        let present = bag[row];
        if present <= 0.0 {
            continue;
        }
        let draw = now.draw(site.at(row as u64), 0);
        let taken = now.chance.hypergeometric(draw, lane, waiting, present, left);
        waiting -= present;
        left -= taken;
        if taken > 0.0 {
            bag[row] -= taken;
            give(row, taken);
        }
        if left <= 0.0 {
            return;
        }
    }
}

/// Takes `count` people out of all rows at random: how many of each row, rows perhaps several times.
pub fn take_any(
    now: &Now<impl Chance>,
    site: Site,
    lane: usize,
    bag: &mut [f64],
    count: f64,
) -> Vec<(usize, f64)> {
    let mut rows = Vec::new();
    take(now, site, lane, bag, |_| true, count, |row, count| rows.push((row, count)));
    rows
}

/// Divides `count` people over `weights` at random, and hands out how many each gets.
pub fn spread(
    now: &Now<impl Chance>,
    site: Site,
    lane: usize,
    count: f64,
    weights: &[f64],
    mut give: impl FnMut(usize, f64),
) {
    /// Parts of 1 to which a person's place is drawn.
    const FINE: f64 = (1u64 << 52) as f64;
    let mut behind: f64 = weights.iter().sum();
    if count <= 0.0 || behind <= 0.0 {
        return;
    }
    if count <= FEW && now.chance.pick(now.draw(site, 0), lane, 1.0).is_some() {
        for ordinal in 0..count as u32 {
            let Some(part) = now.chance.pick(now.draw(site, ordinal), lane, FINE) else { return };
            let mut place = part / FINE * behind;
            let mut chosen = 0;
            for (index, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                chosen = index;
                if place < *weight {
                    break;
                }
                place -= weight;
            }
            give(chosen, 1.0);
        }
        return;
    }
    let mut left = count;
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    for (index, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        // The last one takes whatever rounding has left.
        let share = if index == last { 1.0 } else { (weight / behind).min(1.0) };
        let taken = now.chance.binomial(now.draw(site.at(index as u64), 0), lane, left, share);
        behind -= weight;
        if taken > 0.0 {
            give(index, taken);
            left -= taken;
        }
        if left <= 0.0 {
            return;
        }
    }
}
