//! Counts by bin: a window of neighbouring bins where values stand close together, a list where they are far apart.
//!
//! A ratio that is 0 in some histories and not in others spreads over tens of thousands of bins of which a few hundred
//! hold a value: a window of all of them would take more room than everything else.

use crate::random::lanes::{Level, levels};

/// Windows up to this width are kept whatever they hold.
const NARROW: u64 = 512;

/// So many bins of a window take the room of one entry of a list.
const WORTH: u64 = 3;

/// Counts by bin.
#[derive(Clone, Debug)]
pub enum Bins {
    /// Of every bin from `first` on.
    Window {
        /// The first bin that has room.
        first: u64,
        /// The counts, some of them 0.
        counts: Vec<u32>,
    },
    /// Of the bins that hold something, in order.
    List {
        /// The bins.
        bins: Vec<u64>,
        /// How much each holds.
        counts: Vec<u32>,
    },
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
    pub fn iter(&self) -> Box<dyn Iterator<Item = (u64, u32)> + '_> {
        match self {
            Bins::Window { first, counts } => {
                Box::new((*first..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0))
            }
            Bins::List { bins, counts } => Box::new(bins.iter().copied().zip(counts.iter().copied())),
        }
    }

    /// Whether more than so many bins hold something, those of a list that differ in their last `bits` counting as one.
    pub fn more_than(&self, many: usize, bits: u32) -> bool {
        match self {
            Bins::Window { counts, .. } => {
                counts.len() > many
                    && counts.iter().map(|count| usize::from(*count > 0)).sum::<usize>() > many
            }
            Bins::List { bins, .. } => {
                bins.len() > many && bins.chunk_by(|one, other| one >> bits == other >> bits).count() > many
            }
        }
    }

    /// Adds to the counts of bins, all of them from `low` to `high`.
    pub fn add(&mut self, (low, high): (u64, u64), bins: impl ExactSizeIterator<Item = (u64, u32)>) {
        self.make_room(low, high, bins.len() as u64);
        match self {
            Bins::Window { first, counts } => {
                bins.for_each(|(bin, count)| counts[(bin - *first) as usize] += count);
            }
            Bins::List { bins: known, counts } => {
                let mut more: Vec<(u64, u32)> = Vec::new();
                for (bin, count) in bins {
                    match known.binary_search(&bin) {
                        Ok(place) => counts[place] += count,
                        Err(_) => more.push((bin, count)),
                    }
                }
                if !more.is_empty() {
                    more.sort_unstable();
                    insert(known, counts, &more);
                }
            }
        }
    }

    /// Counts bins once each, all of them from `low` to `high`, of which `bins` has the lower 32 bits.
    pub fn count(&mut self, level: Level, (low, high): (u64, u64), bins: &[u32]) {
        if let Bins::Window { first, counts } = self
            && low >= *first
            && let Some(window) = counts.get_mut((low - *first) as usize..=(high - *first) as usize)
        {
            return level.count_up(low as u32, window, bins);
        }
        let whole = |bin: &u32| (low + u64::from(bin.wrapping_sub(low as u32)), 1);
        self.add((low, high), bins.iter().map(whole));
    }

    /// Makes room for the bins `low` to `high`, in a window or in a list, whatever takes less; at most `more` of them are new.
    fn make_room(&mut self, low: u64, high: u64, more: u64) {
        let (least, most, held) = match self {
            Bins::Window { counts, .. } if counts.is_empty() => (low, high, 0),
            Bins::Window { first, counts } => {
                let last = *first + counts.len() as u64 - 1;
                if low >= *first && high <= last {
                    return;
                }
                (low.min(*first), high.max(last), counts.iter().map(|count| u64::from(*count > 0)).sum())
            }
            Bins::List { bins, .. } => (
                bins.first().map_or(low, |least| low.min(*least)),
                bins.last().map_or(high, |most| high.max(*most)),
                bins.len() as u64,
            ),
        };
        let width = (most - least).saturating_add(1);
        let window = width <= NARROW || width <= WORTH * (held + more);
        match self {
            Bins::Window { first, counts } if window => widen(first, counts, low, high),
            Bins::Window { .. } => {
                let (bins, counts) = self.iter().unzip();
                *self = Bins::List { bins, counts };
            }
            Bins::List { .. } if window => {
                let mut counts = vec![0; width as usize];
                self.iter().for_each(|(bin, count)| counts[(bin - least) as usize] = count);
                *self = Bins::Window { first: least, counts };
            }
            Bins::List { .. } => {}
        }
    }
}

levels! {
    /// Counts bins, the first place of `counts` being that of bin `low`; of all the lower 32 bits.
    fn count_up(low: u32, counts: &mut [u32], bins: &[u32]) = count_up_in, count_up_in
}

#[inline(always)]
fn count_up_in(low: u32, counts: &mut [u32], bins: &[u32]) {
    match counts.len() {
        0..=128 => in_turns::<128>(low, counts, bins),
        129..=1024 => in_turns::<1024>(low, counts, bins),
        _ => bins.iter().for_each(|bin| counts[bin.wrapping_sub(low) as usize] += 1),
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
                places[bin.wrapping_sub(low) as usize][turn] += 1;
            }
        }
        for (count, places) in counts.iter_mut().zip(&places) {
            let [a, b, c, d] = places.map(u32::from);
            *count += (a + b) + (c + d);
        }
    }
}

/// Puts ordered bins that are not there yet, some of them more than once, into a list.
fn insert(bins: &mut Vec<u64>, counts: &mut Vec<u32>, more: &[(u64, u32)]) {
    let distinct = 1 + more.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    let mut from = bins.len();
    let mut to = from + distinct;
    // Exactly so much and a little: doubling would hold twice what thousands of lists need.
    if to > bins.capacity() {
        bins.reserve_exact(distinct + to / 8);
        counts.reserve_exact(distinct + to / 8);
    }
    bins.resize(to, 0);
    counts.resize(to, 0);
    // From the end, so that nothing is overwritten before it was moved.
    let mut last = None;
    for (bin, count) in more.iter().rev() {
        if last == Some(*bin) {
            counts[to] += count;
            continue;
        }
        last = Some(*bin);
        while from > 0 && bins[from - 1] > *bin {
            (from, to) = (from - 1, to - 1);
            (bins[to], counts[to]) = (bins[from], counts[from]);
        }
        to -= 1;
        (bins[to], counts[to]) = (*bin, *count);
    }
}

/// Grows a window to hold the bins `low` to `high`.
fn widen(first: &mut u64, counts: &mut Vec<u32>, low: u64, high: u64) {
    if counts.is_empty() {
        *first = low;
    }
    if low < *first {
        // Some room to spare, so that a slow drift does not move the window each time.
        let room = (counts.len() as u64 / 4 + 4).min(low);
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
        fn windows_and_lists_hold_the_same(bins in prop::collection::vec(prop_oneof![0u64..50, 0u64..60_000, (1u64 << 40)..(1 << 40) + 60_000], 1..400)) {
            let mut known = BTreeMap::new();
            let (mut found, mut counted) = (Bins::default(), Bins::default());
            for some in bins.chunks(7) {
                let (low, high) = (*some.iter().min().unwrap(), *some.iter().max().unwrap());
                found.add((low, high), some.iter().map(|bin| (*bin, 1)));
                if high - low < 1 << 32 {
                    let lower: Vec<u32> = some.iter().map(|bin| *bin as u32).collect();
                    counted.count(Level::best(), (low, high), &lower);
                } else {
                    counted.add((low, high), some.iter().map(|bin| (*bin, 1)));
                }
                some.iter().for_each(|bin| *known.entry(*bin).or_insert(0) += 1);
                prop_assert!(found.iter().eq(known.iter().map(|(bin, count)| (*bin, *count))));
                prop_assert_eq!(&found, &counted);
                prop_assert!(found.more_than(known.len() - 1, 0) && !found.more_than(known.len(), 0));
            }
        }
    }
}
