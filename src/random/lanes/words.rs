//! The random words of many replicates at one place: Philox over lanes.

use super::level::levels;
#[cfg(target_arch = "x86_64")]
use super::vector::{Avx2Bits, Avx512Bits};
use super::vector::{Bits, PlainBits};
use crate::random::philox::{MULTIPLIERS, ROUNDS, WEYL};

/// The philox counters and key of a row, see [`Keys::pairs`](crate::random::Keys::pairs).
#[derive(Clone, Copy, Debug)]
pub struct PhiloxCounters {
    /// The first word of the counter of lane 0; those of the others follow, without passing 2^32.
    pub first: u32,
    /// The other words of the counter.
    pub counter: [u32; 3],
    /// The key.
    pub key: [u32; 2],
}

levels! {
    @
    /// The random words of a row of lanes: of the even and of the odd ordinal of a pair.
    pub fn words(block: &PhiloxCounters, even: &mut [u64], odd: &mut [u64]) =
    words_in::<PlainBits>,
    words_in::<Avx2Bits>,
    words_in::<Avx512Bits>
}

/// The most lanes of a vector.
const MOST: usize = 16;

#[inline(always)]
fn words_in<B: Bits>(block: &PhiloxCounters, even: &mut [u64], odd: &mut [u64]) {
    let lanes = even.len().min(odd.len());
    let whole = lanes / B::LANES * B::LANES;
    let keys = keys(block.key);
    for lane in (0..whole).step_by(B::LANES) {
        let [evens, odds] = words_from::<B>(block, &keys, lane);
        evens.store(&mut even[lane..]);
        odds.store(&mut odd[lane..]);
    }
    if lanes > whole {
        let mut last = [[0; MOST]; 2];
        let [evens, odds] = words_from::<B>(block, &keys, whole);
        evens.store(&mut last[0]);
        odds.store(&mut last[1]);
        even[whole..lanes].copy_from_slice(&last[0][..lanes - whole]);
        odd[whole..lanes].copy_from_slice(&last[1][..lanes - whole]);
    }
}

/// The key of each round.
#[inline(always)]
fn keys<B: Bits>(first: [u32; 2]) -> [[B; 2]; ROUNDS as usize] {
    let mut key = first;
    std::array::from_fn(|_| {
        let words = key.map(|word| B::all(u64::from(word)));
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
        words
    })
}

/// The words of the lanes from `lane` on: the four of each block, each in the lower half of 64 bits, put together to even and odd.
///
/// The product of two words of 32 bits is one instruction on words of 64, which looks at their lower halves only. So
/// the upper halves are left as they come.
#[inline(always)]
fn words_from<B: Bits>(block: &PhiloxCounters, keys: &[[B; 2]; ROUNDS as usize], lane: usize) -> [B; 2] {
    let [b, c, d] = block.counter.map(|word| B::all(u64::from(word)));
    let words = [B::count_from(u64::from(block.first) + lane as u64), b, c, d];
    // One after the other and in no loop, which the compiler would leave as one, with the words in memory.
    let [k0, k1, k2, k3, k4, k5, k6, k7, k8, k9] = keys;
    let words = round(round(round(round(round(words, k0), k1), k2), k3), k4);
    let [a, b, c, d] = round(round(round(round(round(words, k5), k6), k7), k8), k9);
    [a.with_upper(b), c.with_upper(d)]
}

/// See [`philox`](crate::random::philox).
#[inline(always)]
fn round<B: Bits>([a, b, c, d]: [B; 4], key: &[B; 2]) -> [B; 4] {
    let [one, other] = MULTIPLIERS.map(|multiplier| B::all(u64::from(multiplier)));
    let (first, second) = (a.product_of_lower(one), c.product_of_lower(other));
    [second.upper_turned(b, key[0]), second, first.upper_turned(d, key[1]), first]
}
