//! The random words of many histories at one place: Philox over lanes.

use crate::random::philox::{MULTIPLIERS, ROUNDS, WEYL};

/// The four words of the blocks whose counters differ only in their first word, each in the lower half of 64 bits, as two
/// words of 64 bits: even and odd ordinals.
///
/// The product of two words of 32 bits is one instruction on words of 64, which looks at their lower halves only. So
/// the upper halves are left as they come, and cleared at the end.
#[inline(always)]
pub fn blocks<const N: usize>(first: &[u64; N], counter: [u32; 3], key: [u32; 2]) -> [[u64; N]; 2] {
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
