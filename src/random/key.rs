//! Who draws: the address of every random number.

use std::convert::Infallible;

use rand::TryRng;

use super::lanes::{InstructionLevel, PhiloxCounters};
use super::philox;
use super::uniform::Uniform;

/// The step that no simulation reaches, kept for the streams of [`Keys::stream`].
const STREAM_STEP: u32 = 0x00FF_FFFF;

/// The ordinals that fit beside the step: two to a block, 2^8 blocks.
const ORDINALS: u32 = 512;

/// A place that draws, named by its path: mechanism, purpose, cell.
///
/// A hash of names rather than a position in a list, so that adding a place reshuffles no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(u64);

impl Site {
    /// The site of a path of names. Names are kept apart: `["ab", "c"]` is not `["a", "bc"]`.
    ///
    /// FNV-1a over the bytes, each name closed by 0xFF (a byte that UTF-8 never uses), then the finaliser of
    /// splitmix64, because FNV leaves its high bits poorly mixed. The value is part of the reproducibility
    /// promise and does not change between versions.
    pub fn of(names: &[&str]) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for name in names {
            for byte in name.bytes().chain([0xFF]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        Self(mixed(hash))
    }

    /// One of many sites under this one, such as that of the people who entered in one step.
    #[must_use]
    pub fn at(self, index: u64) -> Self {
        Self(mixed(self.0 ^ mixed(index.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }

    /// The 64 bits of the hash.
    pub fn bits(self) -> u64 {
        self.0
    }
}

/// The finaliser of splitmix64 (Steele, Lea and Flood 2014): a bijection that maps 0 to 0.
fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// All the random numbers of one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The seed of the run.
    pub seed: u64,
}

impl Keys {
    /// The uniform of one draw: the same for the same five coordinates, independent for any others.
    ///
    /// `step` is below 2^24 - 1 and `ordinal`, which tells apart the draws of one site in one step, below 512.
    /// Ordinals `2i` and `2i + 1` share a Philox block.
    #[inline]
    pub fn uniform(&self, replicate: u64, site: Site, step: u32, ordinal: u32) -> Uniform {
        debug_assert!(step < STREAM_STEP, "step {step} does not fit in 24 bits");
        debug_assert!(ordinal < ORDINALS, "ordinal {ordinal} does not fit");
        let words = philox::block(counter(replicate, site, step, ordinal / 2), self.key(replicate));
        Uniform(if ordinal & 1 == 0 { joined(words[0], words[1]) } else { joined(words[2], words[3]) })
    }

    /// The words of [`uniform`](Self::uniform) at the ordinals `2 pair` and `2 pair + 1` for the replicates `first`, `first + 1`,
    /// ...: one for each place in `even` and in `odd`, which are equally long.
    #[expect(clippy::too_many_arguments, reason = "the address of a random number has five parts")]
    pub fn pairs(
        &self,
        level: InstructionLevel,
        first: u64,
        site: Site,
        step: u32,
        pair: u32,
        even: &mut [u64],
        odd: &mut [u64],
    ) {
        debug_assert!(step < STREAM_STEP && pair < ORDINALS / 2, "step {step}, pair {pair}");
        // Replicates on both sides of a multiple of 2^32 have different keys.
        let until_next_key = (1 << 32) - (first & 0xFFFF_FFFF);
        if (even.len() as u64) > until_next_key {
            let (even, even_rest) = even.split_at_mut(until_next_key as usize);
            let (odd, odd_rest) = odd.split_at_mut(until_next_key as usize);
            self.pairs(level, first, site, step, pair, even, odd);
            return self.pairs(level, first + until_next_key, site, step, pair, even_rest, odd_rest);
        }
        let [first_word, step, low, high] = counter(first, site, step, pair);
        let block = PhiloxCounters { first: first_word, counter: [step, low, high], key: self.key(first) };
        level.words(&block, even, odd);
    }

    /// A generator in the sense of the `rand` crates, for draws that need an unknown number of words.
    ///
    /// Its key comes from the block of this site at a step that [`uniform`](Self::uniform) never uses, and its
    /// own counters keep that step, so that no block of a stream is a block of a uniform.
    pub fn stream(&self, replicate: u64, site: Site) -> KeyedStream {
        let [key0, key1, tag0, tag1] =
            philox::block(counter(replicate, site, STREAM_STEP, 0), self.key(replicate));
        KeyedStream { key: [key0, key1], tag: [tag0, tag1], next_block: 0, words: [0; 4], used: 4 }
    }

    /// The seed, mixed with the half of the replicate that the counter has no room for.
    #[inline]
    fn key(&self, replicate: u64) -> [u32; 2] {
        let key = self.seed ^ mixed(replicate >> 32);
        [key as u32, (key >> 32) as u32]
    }
}

#[inline]
fn counter(replicate: u64, site: Site, step: u32, block: u32) -> [u32; 4] {
    [replicate as u32, step | block << 24, site.0 as u32, (site.0 >> 32) as u32]
}

#[inline]
fn joined(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

/// A counter-based generator of 2^40 blocks of four words, made by [`Keys::stream`].
#[derive(Clone, Debug)]
pub struct KeyedStream {
    key: [u32; 2],
    tag: [u32; 2],
    next_block: u64,
    words: [u32; 4],
    used: usize,
}

impl KeyedStream {
    #[inline]
    fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            let step = STREAM_STEP | ((self.next_block >> 32) as u32) << 24;
            self.words = philox::block([self.next_block as u32, step, self.tag[0], self.tag[1]], self.key);
            self.next_block += 1;
            self.used = 0;
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }
}

impl TryRng for KeyedStream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = self.word();
        Ok(joined(low, self.word()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for piece in bytes.chunks_mut(4) {
            piece.copy_from_slice(&self.word().to_le_bytes()[..piece.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand::Rng;

    use super::*;

    #[test]
    fn names_do_not_run_together() {
        let sites = [
            Site::of(&["ab", "c"]),
            Site::of(&["a", "bc"]),
            Site::of(&["abc"]),
            Site::of(&["abc", ""]),
            Site::of(&[]),
        ];
        assert_eq!(sites.iter().collect::<BTreeSet<_>>().len(), sites.len());
    }

    #[test]
    fn many_at_once_are_the_same_as_one_by_one() {
        let (keys, site) = (Keys { seed: 7 }, Site::of(&["here"]));
        for level in InstructionLevel::all() {
            for first in [0, 64, u64::from(u32::MAX) - 20, 3 << 32] {
                for pair in [0, 1, 255] {
                    let (mut even, mut odd) = ([0; 45], [0; 45]);
                    keys.pairs(level, first, site, 9, pair, &mut even, &mut odd);
                    for lane in 0..45 {
                        let alone = |ordinal| keys.uniform(first + lane as u64, site, 9, ordinal).0;
                        let expected = (alone(2 * pair), alone(2 * pair + 1));
                        assert_eq!((even[lane], odd[lane]), expected, "{level:?}, {first} + {lane}, {pair}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_coordinate_matters() {
        let keys = Keys { seed: 1 };
        let (site, other) = (Site::of(&["here"]), Site::of(&["there"]));
        let uniforms = [
            keys.uniform(0, site, 0, 0),
            keys.uniform(0, site, 0, 1),
            keys.uniform(0, site, 0, 2),
            keys.uniform(0, site, 1, 0),
            keys.uniform(1, site, 0, 0),
            keys.uniform(1 << 32, site, 0, 0),
            keys.uniform(0, other, 0, 0),
            Keys { seed: 2 }.uniform(0, site, 0, 0),
        ];
        assert_eq!(uniforms.iter().collect::<BTreeSet<_>>().len(), uniforms.len());
    }

    #[test]
    fn a_stream_is_the_same_however_it_is_read() {
        let keys = Keys { seed: 7 };
        let mut by_word = keys.stream(3, Site::of(&["prior"]));
        let mut by_byte = by_word.clone();
        let mut by_pair = by_word.clone();
        let mut bytes = [0; 16];
        by_byte.fill_bytes(&mut bytes);
        for piece in bytes.chunks(4) {
            assert_eq!(piece, by_word.next_u32().to_le_bytes());
        }
        assert_eq!(by_pair.next_u64().to_le_bytes(), bytes[..8]);
        assert_eq!(by_pair.next_u64().to_le_bytes(), bytes[8..]);
    }
}
