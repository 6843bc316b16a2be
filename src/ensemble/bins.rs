//! Counts by bin: a window of neighbouring bins where values stand close together, a list where they are far apart.
//!
//! A ratio that is 0 in some replicates and not in others spreads over tens of thousands of bins of which a few hundred
//! hold a value: a window of all of them would take more room than everything else.

use super::counts::PackedCounts;
use crate::random::lanes::InstructionLevel;

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
        counts: PackedCounts,
    },
    /// Of the bins that hold something. There are few of them, and windows are not to take the room of one.
    List(Box<BinList>),
}

/// Bins that hold something, in order, and how much each holds.
#[derive(Clone, Debug, Default)]
pub struct BinList {
    bins: Vec<u64>,
    counts: PackedCounts,
}

impl Default for Bins {
    fn default() -> Self {
        Bins::Window { first: 0, counts: PackedCounts::default() }
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
                fn held<N: Copy + Into<u32>>(
                    first: u64,
                    counts: &[N],
                ) -> Box<dyn Iterator<Item = (u64, u32)> + '_> {
                    Box::new((first..).zip(counts.iter().map(|count| (*count).into())).filter(|it| it.1 > 0))
                }
                match counts {
                    PackedCounts::Bytes(counts) => held(*first, counts),
                    PackedCounts::Halves(counts) => held(*first, counts),
                    PackedCounts::Words(counts) => held(*first, counts),
                }
            }
            Bins::List(list) => Box::new(list.bins.iter().copied().zip(list.counts.iter())),
        }
    }

    /// What the counts take of memory.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        let of = |counts: &PackedCounts| match counts {
            PackedCounts::Bytes(counts) => counts.len(),
            PackedCounts::Halves(counts) => 2 * counts.len(),
            PackedCounts::Words(counts) => 4 * counts.len(),
        };
        match self {
            Bins::Window { counts, .. } => of(counts),
            Bins::List(list) => 8 * list.bins.len() + of(&list.counts),
        }
    }

    /// Whether more than so many bins hold something, those of a list that differ in their last `bits` counting as one.
    pub fn more_than(&self, many: usize, bits: u32) -> bool {
        match self {
            Bins::Window { counts, .. } => counts.len() > many && counts.held() > many,
            Bins::List(list) => {
                let bins = &list.bins;
                bins.len() > many && bins.chunk_by(|one, other| one >> bits == other >> bits).count() > many
            }
        }
    }

    /// Adds to the counts of bins, all of them from `low` to `high`.
    pub fn add(&mut self, (low, high): (u64, u64), bins: impl ExactSizeIterator<Item = (u64, u32)>) {
        self.make_room(low, high, bins.len() as u64);
        match self {
            Bins::Window { first, counts } => {
                bins.for_each(|(bin, count)| counts.add((bin - *first) as usize, count));
            }
            Bins::List(list) => {
                let BinList { bins: known, counts } = &mut **list;
                let mut more: Vec<(u64, u32)> = Vec::new();
                for (bin, count) in bins {
                    match known.binary_search(&bin) {
                        Ok(place) => counts.add(place, count),
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
    pub fn count(&mut self, level: InstructionLevel, (low, high): (u64, u64), bins: &[u32]) {
        if let Bins::Window { first, counts } = self
            && low >= *first
            && high - *first < counts.len() as u64
        {
            let places = (low - *first) as usize..(high - *first) as usize + 1;
            return counts.count(level, (low as u32, places), bins);
        }
        let whole = |bin: &u32| (low + u64::from(bin.wrapping_sub(low as u32)), 1);
        self.add((low, high), bins.iter().map(whole));
    }

    /// Makes room for the bins `low` to `high`, in a window or in a list, whatever takes less; at most `more` of them are new.
    fn make_room(&mut self, low: u64, high: u64, more: u64) {
        let (least, most, held) = match self {
            Bins::Window { counts, .. } if counts.len() == 0 => (low, high, 0),
            Bins::Window { first, counts } => {
                let last = *first + counts.len() as u64 - 1;
                if low >= *first && high <= last {
                    return;
                }
                (low.min(*first), high.max(last), counts.held() as u64)
            }
            Bins::List(list) => (
                list.bins.first().map_or(low, |least| low.min(*least)),
                list.bins.last().map_or(high, |most| high.max(*most)),
                list.bins.len() as u64,
            ),
        };
        let width = (most - least).saturating_add(1);
        let window = width <= NARROW || width <= WORTH * (held + more);
        match self {
            Bins::Window { first, counts } if window => widen(first, counts, low, high),
            Bins::Window { .. } => {
                let bins: Vec<u64> = self.iter().map(|(bin, _)| bin).collect();
                let mut counts = PackedCounts::zeros(bins.len());
                self.iter().enumerate().for_each(|(place, (_, count))| counts.set(place, count));
                *self = Bins::List(Box::new(BinList { bins, counts }));
            }
            Bins::List(_) if window => {
                let mut counts = PackedCounts::zeros(width as usize);
                self.iter().for_each(|(bin, count)| counts.set((bin - least) as usize, count));
                *self = Bins::Window { first: least, counts };
            }
            Bins::List(_) => {}
        }
    }
}

/// Puts ordered bins that are not there yet, some of them more than once, into a list.
fn insert(bins: &mut Vec<u64>, counts: &mut PackedCounts, more: &[(u64, u32)]) {
    let distinct = 1 + more.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    let mut from = bins.len();
    let mut to = from + distinct;
    // As counts grow.
    if to > bins.capacity() {
        bins.reserve_exact(distinct + to / 16);
    }
    bins.resize(to, 0);
    counts.grow(to);
    // From the end, so that nothing is overwritten before it was moved.
    let mut last = None;
    for (bin, count) in more.iter().rev() {
        if last == Some(*bin) {
            counts.add(to, *count);
            continue;
        }
        last = Some(*bin);
        while from > 0 && bins[from - 1] > *bin {
            (from, to) = (from - 1, to - 1);
            bins[to] = bins[from];
            counts.copy(from, to);
        }
        to -= 1;
        bins[to] = *bin;
        counts.set(to, *count);
    }
}

/// Grows a window to hold the bins `low` to `high`.
fn widen(first: &mut u64, counts: &mut PackedCounts, low: u64, high: u64) {
    if counts.len() == 0 {
        *first = low;
    }
    if low < *first {
        // Some room to spare, so that a slow drift does not move the window each time.
        let room = (counts.len() as u64 / 8 + 4).min(low);
        counts.put_before((*first - (low - room)) as usize);
        *first = low - room;
    }
    let needed = (high - *first) as usize + 1;
    if needed > counts.len() {
        counts.grow(needed);
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
                    counted.count(InstructionLevel::best(), (low, high), &lower);
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
