//! The chance that designs and resamples need, from keyed streams.

use rand::Rng;

/// A whole number below `n`, none favoured by more than 2^-32 in 2^32.
pub fn below(stream: &mut impl Rng, n: usize) -> usize {
    ((u128::from(stream.next_u64()) * n as u128) >> 64) as usize
}

/// A number strictly between 0 and 1.
pub fn inside(stream: &mut impl Rng) -> f64 {
    // 52 bits and a half: both ends are out of reach, and no sum of them rounds to 1.
    ((stream.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

/// The numbers from 0 to `n - 1` in an order that is drawn (Fisher and Yates).
pub fn shuffled(stream: &mut impl Rng, n: u32) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, below(stream, last + 1));
    }
    order
}
