//! The random words of many histories at one place: Philox over lanes.

use super::level::levels;
use crate::random::philox::{MULTIPLIERS, ROUNDS, WEYL};

/// The philox counters and key of a row, see [`Keys::pairs`](crate::random::Keys::pairs).
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// The first word of the counter of lane 0; those of the others follow, without passing 2^32.
    pub first: u32,
    /// The other words of the counter.
    pub counter: [u32; 3],
    /// The key.
    pub key: [u32; 2],
}

levels! {
    /// The random words of a row of lanes: of the even and of the odd ordinal of a pair.
    pub fn words(block: &Block, even: &mut [u64], odd: &mut [u64]) = words_in::<8>, words_in::<16>
}

#[inline(always)]
fn words_in<const N: usize>(block: &Block, even: &mut [u64], odd: &mut [u64]) {
    for (chunk, (even, odd)) in even.chunks_mut(N).zip(odd.chunks_mut(N)).enumerate() {
        let mut first = [0; N];
        for (lane, first) in first.iter_mut().enumerate() {
            *first = u64::from(block.first) + (chunk * N + lane) as u64;
        }
        let [evens, odds] = blocks(&first, block.counter, block.key);
        match (even.first_chunk_mut(), odd.first_chunk_mut()) {
            (Some(even), Some(odd)) => (*even, *odd) = (evens, odds),
            _ => {
                even.copy_from_slice(&evens[..even.len()]);
                odd.copy_from_slice(&odds[..odd.len()]);
            }
        }
    }
}

/// The four words of the blocks whose counters differ only in their first word, each in the lower half of 64 bits, as two
/// words of 64 bits: even and odd ordinals.
///
/// The product of two words of 32 bits is one instruction on words of 64, which looks at their lower halves only. So
/// the upper halves are left as they come, and cleared at the end.
#[inline(always)]
fn blocks<const N: usize>(first: &[u64; N], counter: [u32; 3], key: [u32; 2]) -> [[u64; N]; 2] {
    let low = 0xFFFF_FFFFu64;
    let [mut a, mut b, mut c, mut d] = [*first, [0; N], [0; N], [0; N]];
    for lane in 0..N {
        b[lane] = u64::from(counter[0]);
        c[lane] = u64::from(counter[1]);
        d[lane] = u64::from(counter[2]);
    }
    let mut key = key;
    for _ in 0..ROUNDS {
        let (key0, key1) = (u64::from(key[0]), u64::from(key[1]));
        for lane in 0..N {
            let first = u64::from(MULTIPLIERS[0]) * (a[lane] & low);
            let second = u64::from(MULTIPLIERS[1]) * (c[lane] & low);
            a[lane] = (second >> 32) ^ b[lane] ^ key0;
            b[lane] = second;
            c[lane] = (first >> 32) ^ d[lane] ^ key1;
            d[lane] = first;
        }
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    let mut even = [0; N];
    let mut odd = [0; N];
    for lane in 0..N {
        even[lane] = (a[lane] & low) | b[lane] << 32;
        odd[lane] = (c[lane] & low) | d[lane] << 32;
    }
    [even, odd]
}
