//! The normal deviate for the lanes: one polynomial, without the outer tails.

#![expect(clippy::excessive_precision, reason = "the coefficients as they were computed")]

use super::functions::{log2, pair, polynomial};
use super::vector::Vector;

/// What [`deviate`] is at most wrong by, with a margin of two over what the test finds.
pub const ERROR: f32 = 1.4e-6;

/// Below this value of `4 u (1 - u)`, where a thousandth of the draws lie on either side, the polynomial ends.
pub const LEAST: f32 = 0.003996;

/// `u - 1/2` and the smaller of `u` and `1 - u`, in units of 2^-32, each to the precision of its own size.
#[derive(Clone, Copy)]
pub struct Centred<V> {
    /// From -2^31 to 2^31.
    pub from_middle: V,
    /// From 0 to 2^31.
    pub tail: V,
}

impl<V: Vector> Centred<V> {
    /// Of the upper halves of random words: the lower are worth 2^-32.
    #[inline(always)]
    pub fn new(halves: V::Whole) -> Self {
        let from_middle = V::number(V::turned(halves, V::whole(1 << 31)));
        let tail = V::number(V::turned(halves, V::signs(halves)));
        Centred { from_middle, tail }
    }

    /// `u` itself, to 1.2e-7.
    #[inline(always)]
    pub fn uniform(self) -> V {
        self.from_middle.times_plus(V::all(UNIT), V::all(0.5))
    }

    /// `4 u (1 - u)`.
    #[inline(always)]
    pub fn product(self) -> V {
        self.tail.times(self.tail.times_from(V::all(4.0 * UNIT * UNIT), V::all(4.0 * UNIT)))
    }
}

/// 2^-32.
const UNIT: f32 = 1.0 / (1u64 << 32) as f32;

/// The standard normal deviates, given 4 u (1 - u), at least [`LEAST`].
///
/// With x = 2u - 1 and 1 - x^2 = 4 u (1 - u), the deviate is x times a smooth function of log(1 - x^2) (Giles, "Approximating the
/// erfinv function", 2011): one logarithm, and neither a root nor a division.
#[inline(always)]
pub fn deviate<V: Vector>(centred: Centred<V>, product: V) -> V {
    let (whole, rest) = log2(product);
    let v = whole.plus(V::all(-MIDDLE)).plus(rest);
    let v2 = v.times(v);
    let v4 = v2.times(v2);
    let smooth = pair(v, DEVIATE_FROM_8).times_plus(v4.times(v4), polynomial(v, DEVIATE));
    centred.from_middle.times(smooth)
}

/// The middle of the logarithms from [`LEAST`] to 1.
const MIDDLE: f32 = -3.98361385077;

/// The deviate over `u - 1/2` in units of 2^-32 as a function of log2(4 u (1 - u)) - MIDDLE, within 6e-8 times 2^-31.
const DEVIATE: [f32; 8] = [
    2.21399801745 * HALF,
    -0.239395462901 * HALF,
    -0.00344558520344 * HALF,
    0.000484730429204 * HALF,
    6.81551194323e-5 * HALF,
    2.18080339805e-6 * HALF,
    -4.11958321141e-7 * HALF,
    -5.16459651133e-8 * HALF,
];

/// Its coefficients from the eighth power on.
const DEVIATE_FROM_8: [f32; 2] = [5.19825133406e-10 * HALF, 3.75874859667e-10 * HALF];

/// x is twice u - 1/2.
const HALF: f32 = 2.0 * UNIT;

#[cfg(test)]
mod tests {
    use super::super::vector::{Plain, Portable};
    use super::*;
    use crate::random::{Uniform, normal};

    /// The largest error over two million uniforms, and where it is.
    fn worst<V: Vector>() -> f64 {
        let mut worst = 0.0f64;
        let mut row = [0.0; 32];
        for i in 1..2_000_000u64 {
            let word = i * 9_223_372_036_854;
            let halves = V::whole((word >> 32) as u32);
            let centred = Centred::<V>::new(halves);
            let product = centred.product();
            V::store(product.widen(), &mut row);
            if row[0] >= f64::from(LEAST) {
                V::store(deviate(centred, product).widen(), &mut row);
                worst = worst.max((row[0] - normal::quantile(Uniform(word))).abs());
            }
        }
        worst
    }

    #[test]
    fn the_error_has_a_margin_of_two() {
        for worst in [worst::<Plain>(), worst::<Portable>()] {
            assert!(worst < f64::from(ERROR) / 2.0, "{worst}");
        }
    }
}
