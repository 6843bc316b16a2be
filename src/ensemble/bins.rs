//! Counts by bin: a window of neighbouring bins where values stand close together, a list where they are far apart.
//!
//! A ratio that is 0 in some histories and not in others spreads over tens of thousands of bins of which a few hundred
//! hold a value: a window of all of them would take more room than everything else.

use crate::random::lanes::{Level, levels};

/// Windows up to this width are kept whatever they hold.
const NARROW: u32 = 1024;

/// So many bins of a window take the room of one entry of a list.
const WORTH: u64 = 6;

/// Counts by bin.
#[derive(Clone, Debug)]
pub enum Bins {
    /// Of every bin from `first` on.
    Window {
        /// The first bin that has room.
        first: u32,
        /// The counts, some of them 0.
        counts: Vec<u32>,
    },
    /// Of the bins that hold something.
    List(Vec<(u32, u32)>),
}

impl Default for Bins {
    fn default() -> Self {
        Bins::Window { first: 0, counts: Vec::new() }
    }
}

impl PartialEq for Bins {
    /// The same counts, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Bins {}

impl Bins {
    /// The bins that hold something, in order, with their counts.
    pub fn iter(&self) -> Box<dyn Iterator<Item = (u32, u32)> + '_> {
        match self {
            Bins::Window { first, counts } => {
                Box::new((*first..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0))
            }
            Bins::List(list) => Box::new(list.iter().copied()),
        }
    }

    /// Adds to the counts of bins, all of them from `low` to `high`. `values` is how many values there are in all, these
    /// among them.
    pub fn add(&mut self, (low, high): (u32, u32), values: u64, bins: impl Iterator<Item = (u32, u32)>) {
        self.make_room(low, high, values);
        match self {
            Bins::Window { first, counts } => {
                bins.for_each(|(bin, count)| counts[(bin - *first) as usize] += count);
            }
            Bins::List(list) => {
                let mut more: Vec<(u32, u32)> = bins.collect();
                more.sort_unstable();
                *list = merged(list, &more);
            }
        }
    }

    /// Counts bins once each, all of them from `low` to `high`; otherwise as [`add`](Bins::add).
    pub fn count(&mut self, level: Level, (low, high): (u32, u32), values: u64, bins: &[u32]) {
        if let Bins::Window { first, counts } = self
            && low >= *first
            && let Some(window) = counts.get_mut((low - *first) as usize..=(high - *first) as usize)
        {
            return level.count_up(low, window, bins);
        }
        self.add((low, high), values, bins.iter().map(|bin| (*bin, 1)));
    }

    /// Makes room for the bins `low` to `high`, in a window or in a list, whatever takes less.
    fn make_room(&mut self, low: u32, high: u32, values: u64) {
        let (least, most) = match self {
            Bins::Window { counts, .. } if counts.is_empty() => (low, high),
            Bins::Window { first, counts } => (low.min(*first), high.max(*first + counts.len() as u32 - 1)),
            Bins::List(list) => (
                list.first().map_or(low, |(least, _)| low.min(*least)),
                list.last().map_or(high, |(most, _)| high.max(*most)),
            ),
        };
        let width = most - least + 1;
        let window = width <= NARROW || u64::from(width) <= WORTH * values;
        match self {
            Bins::Window { first, counts } if window => widen(first, counts, low, high),
            Bins::Window { .. } => *self = Bins::List(self.iter().collect()),
            Bins::List(_) if window => {
                let mut counts = vec![0; width as usize];
                self.iter().for_each(|(bin, count)| counts[(bin - least) as usize] = count);
                *self = Bins::Window { first: least, counts };
            }
            Bins::List(_) => {}
        }
    }
}

levels! {
    /// Counts bins, the first place of `counts` being that of bin `low`.
    fn count_up(low: u32, counts: &mut [u32], bins: &[u32]) = count_up_in, count_up_in
}

#[inline(always)]
fn count_up_in(low: u32, counts: &mut [u32], bins: &[u32]) {
    match counts.len() {
        0..=128 => in_turns::<128>(low, counts, bins),
        129..=1024 => in_turns::<1024>(low, counts, bins),
        _ => bins.iter().for_each(|bin| counts[(bin - low) as usize] += 1),
    }
}

/// So many places take turns in counting a bin.
const TURNS: usize = 4;

/// Counts in bytes at first. Values stand close together, and a count that has just been written must be waited for before one is
/// added to it again: so a bin has four places, which take turns.
#[inline(always)]
fn in_turns<const MOST: usize>(low: u32, counts: &mut [u32], bins: &[u32]) {
    for bins in bins.chunks(TURNS * usize::from(u8::MAX)) {
        let mut places = [[0u8; TURNS]; MOST];
        for bins in bins.chunks(TURNS) {
            for (turn, bin) in bins.iter().enumerate() {
                places[(bin - low) as usize][turn] += 1;
            }
        }
        for (count, places) in counts.iter_mut().zip(&places) {
            let [a, b, c, d] = places.map(u32::from);
            *count += (a + b) + (c + d);
        }
    }
}

/// Two ordered lists as one; bins that are in it more than once are added up.
fn merged(one: &[(u32, u32)], other: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let next = match (one.peek(), other.peek()) {
            (Some(first), Some(second)) if second.0 < first.0 => other.next(),
            (Some(_), _) => one.next(),
            (None, _) => other.next(),
        };
        let Some((bin, count)) = next else { return all };
        match all.last_mut() {
            Some((last, sum)) if last == bin => *sum += count,
            _ => all.push((*bin, *count)),
        }
    }
}

/// Grows a window to hold the bins `low` to `high`.
fn widen(first: &mut u32, counts: &mut Vec<u32>, low: u32, high: u32) {
    if counts.is_empty() {
        *first = low;
    }
    if low < *first {
        // Some room to spare, so that a slow drift does not move the window each time.
        let room = (counts.len() as u32 / 4 + 4).min(low);
        let missing = (*first - (low - room)) as usize;
        counts.splice(0..0, std::iter::repeat_n(0, missing));
        *first = low - room;
    }
    let needed = (high - *first) as usize + 1;
    if needed > counts.len() {
        // Exactly so much and a little: doubling would hold twice what thousands of histograms need.
        if needed > counts.capacity() {
            counts.reserve_exact(needed - counts.len() + needed / 8 + 4);
        }
        counts.resize(needed, 0);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn windows_and_lists_hold_the_same(bins in prop::collection::vec(prop_oneof![0u32..50, 0u32..60_000], 1..400)) {
            let mut known = BTreeMap::new();
            let mut found = Bins::default();
            for (i, some) in bins.chunks(7).enumerate() {
                let (low, high) = (*some.iter().min().unwrap(), *some.iter().max().unwrap());
                found.add((low, high), 7 * i as u64 + 7, some.iter().map(|bin| (*bin, 1)));
                some.iter().for_each(|bin| *known.entry(*bin).or_insert(0) += 1);
                prop_assert!(found.iter().eq(known.iter().map(|(bin, count)| (*bin, *count))));
            }
        }
    }
}
