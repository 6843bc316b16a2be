//! How often each bin was hit, in as few bytes a bin as the largest of them needs: most are hit less than 256 times.

use crate::random::lanes::{InstructionLevel, levels};

/// Counts that are all below 256, or all below 65,536, or any.
#[derive(Clone, Debug)]
pub enum PackedCounts {
    /// Below 256.
    Bytes(Vec<u8>),
    /// Below 65,536.
    Halves(Vec<u16>),
    /// Any.
    Words(Vec<u32>),
}

impl Default for PackedCounts {
    fn default() -> Self {
        PackedCounts::Bytes(Vec::new())
    }
}

/// Does the same with whichever numbers there are.
macro_rules! whichever {
    ($counts:expr, $inner:ident => $work:expr) => {
        match $counts {
            PackedCounts::Bytes($inner) => $work,
            PackedCounts::Halves($inner) => $work,
            PackedCounts::Words($inner) => $work,
        }
    };
}

impl PackedCounts {
    /// So many counts of 0.
    pub fn zeros(many: usize) -> PackedCounts {
        PackedCounts::Bytes(vec![0; many])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        whichever!(self, counts => counts.len())
    }

    /// One of them.
    pub fn get(&self, place: usize) -> u32 {
        match self {
            PackedCounts::Bytes(counts) => counts[place].into(),
            PackedCounts::Halves(counts) => counts[place].into(),
            PackedCounts::Words(counts) => counts[place],
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).map(|place| self.get(place))
    }

    /// How many are above 0.
    pub fn held(&self) -> usize {
        whichever!(self, counts => counts.iter().map(|count| usize::from(*count > 0)).sum())
    }

    /// Adds to one of them.
    pub fn add(&mut self, place: usize, more: u32) {
        self.set(place, self.get(place) + more);
    }

    /// Gives one of them another value.
    pub fn set(&mut self, place: usize, count: u32) {
        loop {
            match self {
                PackedCounts::Bytes(counts) => {
                    if let Ok(count) = count.try_into() {
                        counts[place] = count;
                        return;
                    }
                }
                PackedCounts::Halves(counts) => {
                    if let Ok(count) = count.try_into() {
                        counts[place] = count;
                        return;
                    }
                }
                PackedCounts::Words(counts) => {
                    counts[place] = count;
                    return;
                }
            }
            self.widen();
        }
    }

    /// Makes room for twice as many digits in each.
    fn widen(&mut self) {
        *self = match self {
            PackedCounts::Bytes(counts) => {
                PackedCounts::Halves(counts.iter().map(|count| u16::from(*count)).collect())
            }
            PackedCounts::Halves(counts) => {
                PackedCounts::Words(counts.iter().map(|count| u32::from(*count)).collect())
            }
            PackedCounts::Words(counts) => PackedCounts::Words(std::mem::take(counts)),
        };
    }

    /// Puts counts of 0 before the first, with no more room than for these.
    pub fn put_before(&mut self, many: usize) {
        whichever!(self, counts => {
            counts.reserve_exact(many);
            counts.splice(0..0, std::iter::repeat_n(0, many));
        });
    }

    /// Lets there be so many, those that are new being 0; where there is no room, makes exactly so much and a little: doubling
    /// would hold twice what thousands of histograms need.
    pub fn grow(&mut self, to: usize) {
        whichever!(self, counts => {
            if to > counts.capacity() {
                counts.reserve_exact(to - counts.len() + to / 16 + 4);
            }
            counts.resize(to, 0);
        });
    }

    /// Moves one to another place.
    pub fn copy(&mut self, from: usize, to: usize) {
        whichever!(self, counts => counts[to] = counts[from]);
    }

    /// Counts bins once each, of which these are the lower 32 bits; the first place is that of bin `low`.
    pub fn count(
        &mut self,
        level: InstructionLevel,
        (low, places): (u32, std::ops::Range<usize>),
        mut bins: &[u32],
    ) {
        loop {
            let done = match self {
                PackedCounts::Bytes(counts) => level.count_bytes(low, &mut counts[places.clone()], bins),
                PackedCounts::Halves(counts) => level.count_halves(low, &mut counts[places.clone()], bins),
                PackedCounts::Words(counts) => level.count_words(low, &mut counts[places.clone()], bins),
            };
            bins = &bins[done..];
            if bins.is_empty() {
                return;
            }
            self.widen();
        }
    }
}

levels! {
    /// Counts bins as far as bytes hold them; gives how many.
    fn count_bytes(low: u32, counts: &mut [u8], bins: &[u32]) -> usize = count_in::<u8>, count_in::<u8>
}

levels! {
    /// The same in halves of a word.
    fn count_halves(low: u32, counts: &mut [u16], bins: &[u32]) -> usize = count_in::<u16>, count_in::<u16>
}

levels! {
    /// The same in words, which hold all of them.
    fn count_words(low: u32, counts: &mut [u32], bins: &[u32]) -> usize = count_in::<u32>, count_in::<u32>
}

/// A number that counts.
trait CountWidth: Copy {
    /// The sum where it can be held; otherwise any number.
    fn plus(self, more: u16) -> (Self, bool);
}

impl CountWidth for u8 {
    #[inline(always)]
    fn plus(self, more: u16) -> (u8, bool) {
        let sum = u16::from(self) + more;
        (sum as u8, sum > 0xFF)
    }
}

impl CountWidth for u16 {
    #[inline(always)]
    fn plus(self, more: u16) -> (u16, bool) {
        let sum = u32::from(self) + u32::from(more);
        (sum as u16, sum > 0xFFFF)
    }
}

impl CountWidth for u32 {
    #[inline(always)]
    fn plus(self, more: u16) -> (u32, bool) {
        (self + u32::from(more), false)
    }
}

#[inline(always)]
fn count_in<N: CountWidth>(low: u32, counts: &mut [N], bins: &[u32]) -> usize {
    match counts.len() {
        0..=128 => in_turns::<N, 128>(low, counts, bins),
        129..=1024 => in_turns::<N, 1024>(low, counts, bins),
        _ => one_by_one(low, counts, bins),
    }
}

#[inline(always)]
fn one_by_one<N: CountWidth>(low: u32, counts: &mut [N], bins: &[u32]) -> usize {
    for (done, bin) in bins.iter().enumerate() {
        let count = &mut counts[bin.wrapping_sub(low) as usize];
        let (sum, over) = count.plus(1);
        if over {
            return done;
        }
        *count = sum;
    }
    bins.len()
}

/// So many places take turns in counting a bin.
const TURNS: usize = 4;

/// Counts in bytes at first. Values stand close together, and a count that has just been written must be waited for before one is
/// added to it again: so a bin has four places, which take turns.
#[inline(always)]
fn in_turns<N: CountWidth, const MOST: usize>(low: u32, counts: &mut [N], bins: &[u32]) -> usize {
    for (chunk, bins) in bins.chunks(TURNS * usize::from(u8::MAX)).enumerate() {
        let mut places = [[0u8; TURNS]; MOST];
        for bins in bins.chunks(TURNS) {
            for (turn, bin) in bins.iter().enumerate() {
                places[bin.wrapping_sub(low) as usize][turn] += 1;
            }
        }
        let sum = |places: &[u8; TURNS]| {
            let [a, b, c, d] = places.map(u16::from);
            (a + b) + (c + d)
        };
        // All of them or none: whether one is too large is looked at first.
        let mut over = false;
        for (count, places) in counts.iter().zip(&places) {
            over |= count.plus(sum(places)).1;
        }
        if over {
            return chunk * TURNS * usize::from(u8::MAX);
        }
        for (count, places) in counts.iter_mut().zip(&places) {
            *count = count.plus(sum(places)).0;
        }
    }
    bins.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_one_by_one(bins in prop::collection::vec(prop_oneof![Just(3u32), 0u32..40, 0u32..1500], 1..900), wide: bool, before in prop_oneof![Just(0u32), Just(200), Just(65_400)]) {
            let width = if wide { 1500 } else { 40 };
            let bins: Vec<u32> = bins.into_iter().map(|bin| bin % width).collect();
            let mut known = vec![before; width as usize];
            for level in InstructionLevel::all() {
                let mut counts = PackedCounts::zeros(width as usize);
                (0..width as usize).for_each(|place| counts.set(place, before));
                known.fill(before);
                for some in bins.chunks(256) {
                    let lower: Vec<u32> = some.iter().map(|bin| bin.wrapping_add(u32::MAX - 20)).collect();
                    counts.count(level, (u32::MAX - 20, 0..width as usize), &lower);
                    some.iter().for_each(|bin| known[*bin as usize] += 1);
                }
                prop_assert!(counts.iter().eq(known.iter().copied()));
            }
        }
    }
}
